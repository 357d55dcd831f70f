"""Whatever is typed: keystrokes read back, typed marks stay, understanding twice is once."""

import unicodedata
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.normalising import fold, has_accents, normalise, search_key, syllables
from eval.typing_styles import telex, vni
from index.keystrokes import decode
from index.restoring import agrees, restore, words_of
from index.teencode import informal_choices
from index.typed_text import understand_typing
from index.typing_table import TypingTable, load_typing_table
from index.word_statistics import NoStatistics

COMMON = 50
"""A syllable met so often in the training texts is a common one."""


@lru_cache(maxsize=1)
def table() -> TypingTable:
    return load_typing_table()


@lru_cache(maxsize=1)
def common() -> tuple[str, ...]:
    return tuple(word for word in sorted(table().syllables) if table().count(word) >= COMMON)


def understood(text: str) -> str:
    return understand_typing(text, table(), NoStatistics()).text


CASES = st.sampled_from([str.lower, str.capitalize, str.upper])
SYLLABLE = st.deferred(lambda: st.sampled_from(common()))
QUESTION = st.lists(SYLLABLE, min_size=1, max_size=12).map(" ".join)
FOREIGN = st.sampled_from(
    ("Covid", "VKSND", "84-KL/TW", "26/11", "F0", "ko", "bn", "đuoc", "has", "laf", "Vie65n", "?")
)
MIXED = st.lists(SYLLABLE | SYLLABLE.map(fold) | FOREIGN, max_size=12).map(" ".join)
ANYTHING = st.text(max_size=60)


@pytest.mark.parametrize("keystrokes", [telex, vni])
@pytest.mark.parametrize("tone_last", [False, True])
def test_keystrokes_of_every_common_syllable_are_read_back(keystrokes, tone_last: bool) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001, FBT001
    wrong = []
    for syllable in common():
        typed = keystrokes(syllable, tone_last=tone_last)
        decoded = decode(typed, table().known)
        if typed != syllable and (decoded is None or decoded.syllable != syllable):
            wrong.append((syllable, typed, decoded))
    assert not wrong


@given(SYLLABLE.filter(lambda syllable: has_accents(syllable) and len(syllable) > 1), CASES)
def test_keystrokes_keep_their_capitals(syllable: str, case) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    for typed in (telex(case(syllable)), vni(case(syllable))):
        decoded = decode(typed, table().known)
        assert decoded
        assert decoded.syllable == case(syllable)


@given(QUESTION)
def test_restoring_adds_nothing_but_accents(question: str) -> None:
    words = words_of(fold(question))
    for word, meant in zip(words, restore(words, table(), NoStatistics()), strict=True):
        # "lun" is an informal "luôn": such words may also change their letters.
        assert fold(meant) == word.typed or informal_choices(word.typed, table().syllables)


@given(MIXED)
def test_a_typed_mark_is_never_changed(question: str) -> None:
    words = words_of(question)
    for word, meant in zip(words, restore(words, table(), NoStatistics()), strict=True):
        if has_accents(word.typed):
            assert agrees(search_key(meant), search_key(word.typed))


@given(MIXED | ANYTHING)
def test_understanding_twice_is_understanding_once(text: str) -> None:
    once = understood(text)
    assert understood(once) == once


@given(MIXED | ANYTHING)
def test_composed_and_decomposed_text_are_understood_alike(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert understood(composed) == understood(decomposed)


@given(MIXED | ANYTHING)
def test_changes_are_the_whole_difference(text: str) -> None:
    found = understand_typing(text, table(), NoStatistics())
    rebuilt = normalise(text)
    if not found.changes:
        return
    for change in reversed(found.changes):
        assert rebuilt[change.start : change.end] == change.typed
        rebuilt = rebuilt[: change.start] + change.understood + rebuilt[change.end :]
    assert rebuilt == found.text


@given(MIXED)
def test_understanding_keeps_the_words_that_carry_no_letters(text: str) -> None:
    numbers = [word for word in syllables(text) if word.isdigit()]
    assert [word for word in syllables(understood(text)) if word.isdigit()] == numbers
