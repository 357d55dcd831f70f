"""Which span a model's scores choose, and the sentence around it."""

import numpy as np
import pytest

from documents.document import Passage
from qa.span_model_reader import LONGEST_SPAN, BestSpan, FoundSpan, best_span, sentence_around

TEXT = "Mở đầu. Bà Mai chủ trì.\nÔng Nam dự."
PASSAGE = Passage("a.txt", 0, 0, len(TEXT), TEXT)


def test_start_and_end_are_chosen_together() -> None:
    starts = np.array([9, 1, 5, 0, 2], np.float32)
    ends = np.array([9, 7, 0, 4, 6], np.float32)
    shown = np.array([False, True, True, True, True])
    # An end before its start (2 → 1 would score 12) is no span.
    assert best_span(starts, ends, shown) == BestSpan(2, 4, 11.0)


def test_a_span_is_no_longer_than_the_longest() -> None:
    starts, ends = np.zeros(100, np.float32), np.zeros(100, np.float32)
    starts[5], ends[5 + LONGEST_SPAN] = 8, 8
    ends[4 + LONGEST_SPAN] = 7
    assert best_span(starts, ends, np.ones(100, bool)) == BestSpan(5, 4 + LONGEST_SPAN, 15.0)


def test_of_equal_spans_the_first_is_taken() -> None:
    zeros = np.zeros(4, np.float32)
    shown = np.array([False, True, True, True])
    assert best_span(zeros, zeros, shown) == BestSpan(1, 1, 0.0)


def test_a_window_without_a_passage_has_no_span() -> None:
    zeros = np.zeros(4, np.float32)
    assert best_span(zeros, zeros, np.zeros(4, bool)) is None


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        ("Mai", "Bà Mai chủ trì."),
        ("Mở đầu.", "Mở đầu."),
        ("trì.\nÔng", "Bà Mai chủ trì.\nÔng Nam dự."),
        ("\n", "\n"),
    ],
)
def test_the_sentence_around_a_span_is_cited(span: str, sentence: str) -> None:
    start = TEXT.index(span)
    evidence = sentence_around(FoundSpan(PASSAGE, start, start + len(span), 1.0))
    assert evidence.text == sentence
