"""Normalising, folding and search keys over Vietnamese text of every form."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from documents.normalising import (
    fold,
    has_accents,
    normalise,
    one_spelling,
    search_key,
    syllables,
)

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯ"
TONES = "\u0300\u0301\u0303\u0309\u0323"
OTHERS = " \t\r\n.,;:!?()\"'–…0123456789\ufeff\0\ud800😀İßΣ\u200b"
VIETNAMESE = st.text(alphabet=LETTERS + TONES + OTHERS, max_size=80)
ANYTHING = st.text(max_size=80)


@given(VIETNAMESE | ANYTHING)
@example("\r\0\n")
@example("e\ufeff\u0301")
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(VIETNAMESE | ANYTHING)
def test_normalised_text_can_be_stored(text: str) -> None:
    stored = normalise(text)
    assert stored.encode("utf-8").decode("utf-8") == stored
    assert not set(stored) & {"\r", "\0", "\ufeff"}
    assert unicodedata.is_normalized("NFC", stored)


@given(VIETNAMESE)
def test_composed_and_decomposed_text_are_stored_alike(text: str) -> None:
    stored = normalise(text)
    for form in ("NFC", "NFD"):
        assert normalise(unicodedata.normalize(form, text)) == stored


@given(VIETNAMESE)
def test_composed_and_decomposed_text_have_equal_keys(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert search_key(composed) == search_key(decomposed)
    assert fold(composed) == fold(decomposed)


@given(VIETNAMESE)
@example("hoà thuỷ khoẻ quý hoàng")
def test_a_search_key_is_its_own_key_and_ignores_case(text: str) -> None:
    key = search_key(text)
    assert search_key(key) == key
    if text.lower().upper().lower() == text.lower():
        assert search_key(text.upper()) == key


@given(VIETNAMESE)
def test_folding_leaves_no_accent(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert not has_accents(folded)
    assert not set(folded) & set(TONES + "đĐăâêôơư")


@given(VIETNAMESE)
def test_folding_keeps_the_syllables_apart(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    if not any(unicodedata.combining(character) for character in composed):
        assert syllables(fold(composed)) == [fold(syllable) for syllable in syllables(composed)]


def test_tone_marks_have_one_place() -> None:
    assert search_key("Hoà khoẻ thuỷ") == "hòa khỏe thủy"
    assert search_key("hoàng quý toán") == "hoàng quý toán"


def test_tone_marks_move_and_nothing_else_does() -> None:
    assert one_spelling("Hoà, KHOẺ, Uỷ: QUÝ, Quý, thuỳ, hoàng") == (
        "Hòa, KHỎE, Ủy: QUÝ, Quý, thùy, hoàng"
    )


def test_of_i_and_y_the_usual_one_is_written() -> None:
    assert one_spelling("Kí tự, bác sỹ, QUI định, tỉ lệ, Mĩ, lí_do") == (
        "Ký tự, bác sĩ, QUY định, tỷ lệ, Mỹ, lý_do"
    )
    assert search_key("học kì") == search_key("Học kỳ")
    assert search_key("mì, mỹ; ti vi, kiên, thì, quyết, tay, tai") == (
        "mì, mỹ; ti vi, kiên, thì, quyết, tay, tai"
    )


@given(VIETNAMESE)
def test_one_spelling_keeps_every_place_and_the_case(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    spelled = one_spelling(composed)
    assert len(spelled) == len(composed)
    assert spelled.isupper() == composed.isupper()
    assert fold(spelled).replace("y", "i").replace("Y", "I") == (
        fold(composed).replace("y", "i").replace("Y", "I")
    )
    assert search_key(spelled) == search_key(composed)
    assert one_spelling(spelled) == spelled
