"""ALCE's citation recall and precision, with a judge of words and with one written down."""

from collections.abc import Sequence

import pytest

from eval.citation_support import Statement, Support, WordJudge, judge_support, statements_of
from qa.answer import Answer, Citation


class SetJudge:
    """Quotes support a statement when they have all of its words."""

    name = "set"

    def supports(self, statement: str, quotes: Sequence[str]) -> bool:
        return set(statement.split()) <= set(" ".join(quotes).split())


def _answer(text: str, *quotes: str, refused: bool = False) -> Answer:
    citations = tuple(
        Citation(marker, "a.txt", "", "", None, 0, len(quote), quote)
        for marker, quote in enumerate(quotes, start=1)
    )
    return Answer("?", text, refused, 0.5, citations)


def test_sentences_are_cut_behind_their_markers() -> None:
    answer = _answer("26/11/2020: Một. [1] Hai [2][1][1]  [7] ba", "x", "y")
    assert statements_of(answer) == (
        Statement("Một.", ("x",)),
        Statement("Hai", ("y", "x")),
        Statement("ba", ()),
    )


@pytest.mark.parametrize(
    ("text", "quotes", "expected"),
    [
        pytest.param("a b [1]", ["a b c"], Support(1, 1, 1, 1), id="one holds"),
        pytest.param("a b [1]", ["a c"], Support(1, 0, 1, 0), id="one does not"),
        pytest.param("a b [1][2]", ["a", "b"], Support(1, 1, 2, 2), id="both are needed"),
        pytest.param("a b [1][2]", ["a b", "c"], Support(1, 1, 2, 1), id="one is too many"),
        pytest.param("a b [1][2]", ["a b", "b a"], Support(1, 1, 2, 2), id="either would do"),
        pytest.param("a b [1][2]", ["a", "c"], Support(1, 0, 2, 0), id="together not enough"),
        pytest.param("a [1] b", ["a"], Support(2, 1, 1, 1), id="a sentence without any"),
        pytest.param("a [1] d [2]", ["a", "c"], Support(2, 1, 2, 1), id="two sentences"),
    ],
)
def test_support(text: str, quotes: list[str], expected: Support) -> None:
    assert judge_support(_answer(text, *quotes), SetJudge()) == expected


def test_a_refusal_states_nothing() -> None:
    assert judge_support(_answer("Không tìm thấy.", refused=True), SetJudge()) is None


@pytest.mark.parametrize(
    ("statement", "quotes", "expected"),
    [
        ("Huế là kinh đô từ năm 1802.", ["Huế là kinh đô của triều Nguyễn từ năm 1802."], True),
        ("Huế là kinh đô từ năm 1803.", ["Huế là kinh đô của triều Nguyễn từ năm 1802."], False),
        ("Hà Nội là kinh đô từ năm 1802.", ["Huế là kinh đô từ năm 1802."], False),
        ("Huế không là kinh đô.", ["Huế là kinh đô."], False),
        ("Con mèo nằm ngủ trên mái nhà.", ["Huế là kinh đô."], False),
    ],
)
def test_words_support_numbers_names_negation_and_content(
    statement: str, quotes: list[str], *, expected: bool
) -> None:
    assert WordJudge().supports(statement, quotes) is expected
