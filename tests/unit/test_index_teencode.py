"""Informal spellings and what they may stand for."""

import pytest

from index.teencode import DOUBTFUL, RULED, SURE, informal_choices
from index.typing_table import load_typing_table

SYLLABLES = frozenset(
    [
        "không",
        "trong",
        "những",
        "phải",
        "quá",
        "vui",
        "dui",
        "xanh",
        "bạn",
        "với",
        "cá",
        "khá",
        "ngành",
        "nghiệp",
        "gà",
        "ghế",
        "kéo",
    ]
)


def meanings(word: str) -> list[str]:
    return [" ".join(choice.words) for choice in informal_choices(word, SYLLABLES)]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("ko", ["không"]),
        ("bn", ["bao nhiêu", "bạn"]),
        ("ntn", ["như thế nào"]),
        ("nhữg", ["những"]),
        ("fải", ["phải"]),
        ("nghành", ["ngành"]),
        ("ngiệp", ["nghiệp"]),
        ("ghà", ["gà"]),
        ("gế", ["ghế"]),
        ("céo", ["kéo"]),
        ("wuá", []),
        ("xah", ["xanh"]),
        ("ká", ["cá", "khá"]),
    ],
)
def test_informal_spellings_are_explained(word: str, meant: list[str]) -> None:
    assert meanings(word) == meant


@pytest.mark.parametrize("word", ["cá", "26", "km2", "b", "", "covid", "cá1g"])
def test_other_words_are_not(word: str) -> None:
    assert meanings(word) == []


def test_letters_pay_more_than_rules_and_rules_more_than_the_table() -> None:
    penalties = [informal_choices(word, SYLLABLES)[0].penalty for word in ("a", "fải", "ko")]
    assert penalties == [DOUBTFUL, RULED, SURE]
    assert DOUBTFUL < RULED < SURE < 0


def test_the_table_explains_no_accented_word_of_the_language() -> None:
    table = load_typing_table()
    accented = {word for word in table.syllables if not word.isascii() and table.count(word) > 2000}
    assert not [word for word in sorted(accented) if informal_choices(word, table.syllables)]
