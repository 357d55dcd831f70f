"""Questions and collections that contradict themselves cannot be made."""

from collections.abc import Callable

import pytest

from eval.collection import Collection, Question


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Question("1", "?", ("Huế",), refuse=True), "unanswerable yet has answers"),
        (lambda: Question("1", "?", documents=("a", "a")), "a gold document twice"),
        (lambda: Question("1", "?", documents=("a",), grades=(1, 2)), "2 grades, 1 documents"),
        (lambda: Collection("c", (Question("1", "?"), Question("1", "?"))), "1 question ids"),
    ],
)
def test_contradictions_are_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_gold_documents_without_grades_are_equally_relevant() -> None:
    assert Question("1", "?", documents=("a", "b")).relevance == {"a": 1, "b": 1}
    assert Question("1", "?", documents=("a", "b"), grades=(2, 1)).relevance == {"a": 2, "b": 1}
