"""From a typed question to the text that was meant."""

import unicodedata

import pytest

from index.typed_text import Change, TypedText, Typing, understand_typing
from index.typing_table import TypingTable, load_typing_table
from index.word_statistics import NoStatistics


@pytest.fixture(scope="module")
def table() -> TypingTable:
    return load_typing_table()


def understood(text: str, table: TypingTable) -> TypedText:
    return understand_typing(text, table, NoStatistics())


MEANT = "Viện trưởng VKSND tối cao là ai?"


@pytest.mark.parametrize(
    ("typed", "typing"),
    [
        ("Vieejn truwowrng VKSND toosi cao laf ai?", Typing.KEYSTROKES),
        ("Vieenj truowngr VKSND toois cao laf ai?", Typing.KEYSTROKES),
        ("Vie65n tru7o7ng3 VKSND to6i1 cao la2 ai?", Typing.KEYSTROKES),
        ("Vien truong VKSND toi cao la ai?", Typing.UNACCENTED),
        ("Vien trưởng VKSND toi cao là ai?", Typing.PARTLY),
        (MEANT, Typing.AS_MEANT),
        (unicodedata.normalize("NFD", MEANT), Typing.AS_MEANT),
    ],
)
def test_however_typed_it_is_understood(typed: str, typing: Typing, table: TypingTable) -> None:
    found = understood(typed, table)
    assert (found.typed, found.text, found.typing) == (typed, MEANT, typing)


def test_changes_name_their_places(table: TypingTable) -> None:
    found = understood("Giá vàng (SJC) laf naof?", table)
    assert found.text == "Giá vàng (SJC) là nào?"
    assert found.changes == (Change(15, 18, "laf", "là"), Change(19, 23, "naof", "nào"))


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định 84-KL/TW ngày 26/11 về F0, B1, Q1 và CO2",
        "Test COVID as of now has been free",
        "Xe bus của Air France, taxi và gas",
        "Thủ đô của Laos là gì?",
        "Công ty MOOS ở đâu",
        "Ca sĩ chính của nhóm Boyzone",
        "quý hoá quá, khoẻ không",
        "Trộm cắp tài sản theo điểm a khoản 2 Điều 173 BLHS",
        "e-mail abc@dantri.com.vn",
        "",
        "   ",
        "北京在哪里",
    ],
)
def test_other_words_survive(text: str, table: TypingTable) -> None:
    assert understood(text, table) == TypedText(text, text)


def test_doubtful_words_are_read_where_the_question_is_keystrokes(table: TypingTable) -> None:
    assert understood("has tieefn coos ddinhj", table).text == "há tiền cố định"
    assert understood("mua bông gòn has", table).text == "mua bông gòn has"


@pytest.mark.parametrize("typed", ["Gaston Jefze laf ai", "Gaston Jefze la2 ai"])
def test_one_frequent_word_is_enough_where_nothing_has_accents(
    typed: str, table: TypingTable
) -> None:
    assert understood(typed, table).text == "Gaston Jefze là ai"


def test_a_foreign_word_of_the_index_is_read(table: TypingTable) -> None:
    class Canada:
        def word_count(self, word: str) -> int:
            return int(word == "québec")

        def pair_count(self, first: str, second: str) -> int:
            return 0

    found = understand_typing("Quesbec laf tinhr naof", table, Canada())
    assert found.text == "Québec là tỉnh nào"


def test_a_formula_survives_among_keystrokes(table: TypingTable) -> None:
    assert understood("khi1 CO2 la2 gi2", table).text == "khí CO2 là gì"
    assert understood("KHO6NG d9u1ng la2 gi2", table).text == "KHÔNG đúng là gì"
    assert understood("KHI1 THA3I", table).text == "KHÍ THẢI"


def test_abbreviations_with_d_are_read_among_keystrokes(table: TypingTable) -> None:
    assert understood("HDDND laf cow quan gif?", table).text == "HĐND là cơ quan gì?"
    assert understood("HD9ND la2 co7 quan gi2?", table).text == "HĐND là cơ quan gì?"
    assert understood("DDT la chat gi", table).text.startswith("DDT")


def test_very_long_text_is_looked_at_only_so_far(table: TypingTable) -> None:
    found = understood("vien kiem sat " * 1000, table)
    assert found.text.startswith("viện kiểm sát")
    assert found.text.endswith("vien kiem sat ")


def test_half_a_surrogate_pair_is_no_failure(table: TypingTable) -> None:
    assert understood("vien kiem sat \ud800", table).text == "viện kiểm sát \ufffd"
