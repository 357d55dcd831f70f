"""Figures by kind, on results worked out by hand."""

import pytest

from eval.collection import Question, Span
from eval.grading import Result
from eval.kinds import by_kind, kinds_as_table
from qa.answer import REFUSAL, Answer, Citation

WHO = Question(
    "who", "Ai xây?", ("Gia Long",), ("hue.txt",), kind="who", spans=(Span("hue.txt", 10, 18),)
)
LIST = Question(
    "list", "Những ai?", ("An, Bình",), ("hue.txt",), kind="list", items=("An", "Bình", "Cúc")
)
MISS = Question("miss", "Ai phá?", refuse=True, kind="near_miss")
OWN = Question("own", "Sao?", ("x",), ("hue.txt",), kind="của tôi")


def _result(question: Question, *cited: tuple[str, int, str], found: str = "") -> Result:
    """Make a result whose answer cites (document, start, quote); without any it is a refusal."""
    citations = tuple(
        Citation(marker, document, "", "", None, start, start + len(quote), quote)
        for marker, (document, start, quote) in enumerate(cited, start=1)
    )
    text = " ".join(f"{c.quote} [{c.marker}]" for c in citations) or REFUSAL
    answer = Answer("?", text, not citations, 0.5, citations)
    return Result(question, "?", answer, tuple(found.split()), (True,) * len(cited), 1.0)


RESULTS = [
    _result(WHO, ("hue.txt", 5, "vua Gia Long"), found="hue.txt"),
    _result(WHO, ("hue.txt", 18, "Gia Long"), found="x hue.txt"),  # right words, another place
    _result(WHO, found="hue.txt"),
    _result(LIST, ("x", 0, "Không"), ("hue.txt", 0, "Bình, An"), found="x"),
    _result(LIST),
    _result(MISS, ("x", 0, "Gia Long")),
    _result(MISS),
    _result(Question("plain", "?", ("x",), ("x",))),
    _result(OWN),
]


@pytest.mark.parametrize(
    ("kind", "name", "expected", "count"),
    [
        ("who", "recall@1", 2 / 3, 3),
        ("who", "sentence_accuracy", 2 / 3, 3),
        ("who", "evidence_accuracy", 1 / 3, 3),
        # "vua Gia Long" shares 2 of its 3 syllables with the 2 of the gold: 4/5.
        ("who", "f1", (4 / 5 + 1 + 0) / 3, 3),
        ("who", "refused", 1 / 3, 3),
        ("who", "wrong_when_answered", 0, 2),
        ("who", "list_completeness", None, 0),
        ("list", "sentence_accuracy", 0, 2),
        ("list", "evidence_accuracy", None, 0),
        ("list", "f1", None, 0),
        ("list", "wrong_when_answered", 1, 1),
        ("list", "list_completeness", (2 / 3 + 0) / 2, 2),
        ("near_miss", "recall@1", None, 0),
        ("near_miss", "refused", 1 / 2, 2),
        ("near_miss", "wrong_when_answered", 1, 1),
    ],
)
def test_figures(kind: str, name: str, expected: float | None, count: int) -> None:
    figure = by_kind(RESULTS)[kind][name]
    assert figure.value == (None if expected is None else pytest.approx(expected))
    assert figure.count == count


def test_kinds_stand_in_the_order_of_the_report_whatever_the_order_of_results() -> None:
    assert list(by_kind(RESULTS)) == ["who", "list", "near_miss", "của tôi"]
    assert by_kind(RESULTS) == by_kind(RESULTS[::-1])


def test_a_refusal_points_at_nothing() -> None:
    cited = _result(WHO, ("hue.txt", 5, "vua Gia Long"))
    refused = Answer("?", "vua Gia Long", True, 0.5, cited.answer.citations)  # noqa: FBT003
    result = Result(WHO, "?", refused, (), (True,), 1.0)
    assert (cited.evidence_correct, result.evidence_correct) == (True, False)
    listed = Result(LIST, "?", Answer("?", "", True, 0.5, cited.answer.citations), (), (True,), 1.0)  # noqa: FBT003
    assert listed.list_completeness == 0


def test_the_place_is_judged_in_its_document() -> None:
    assert not _result(WHO, ("khac.txt", 5, "vua Gia Long")).evidence_correct


def test_the_table_is_of_equal_columns_and_empty_without_kinds() -> None:
    lines = kinds_as_table(by_kind(RESULTS)).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[2].startswith("| ai ")
    assert any(line.startswith("| của tôi ") for line in lines)
    assert kinds_as_table({}) == ""
