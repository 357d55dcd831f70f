import numpy as np
import pytest

from index.read_passages import ReadPassage, ReadPassages, best_span, together
from index.reading_tokens import ReadingTokenizer


def read_passage(starts: list[float], ends: list[float]) -> ReadPassage:
    tokens = ReadingTokenizer().encode(["a b c d e"])[0]
    return ReadPassage(tokens, np.array(starts, dtype=np.float32), np.array(ends, dtype=np.float32))


def test_the_best_span_ends_no_earlier_than_it_starts() -> None:
    passage = read_passage([0, 0, 0, 5, 0], [9, 1, 2, 0, 3])
    assert passage.best_span() == (9.0, 0, 1)
    assert passage.best_span(1) == (8.0, 3, 5)
    assert passage.best_span(1, 3) == (2.0, 2, 3)
    assert passage.best_span(2, 2)[0] == -np.inf


def test_the_best_span_is_as_long_as_wanted_and_of_equal_ones_the_shortest_then_the_first() -> None:
    starts, ends = np.zeros(6, np.float32), np.zeros(6, np.float32)
    assert best_span(starts, ends, 6) == (0.0, 0, 1)
    starts[1], ends[4], ends[3] = 8, 8, 7
    assert best_span(starts, ends, 4) == (16.0, 1, 5)
    assert best_span(starts, ends, 3) == (15.0, 1, 4)


def read(*starts: list[float], nothing: float = 0.0) -> ReadPassages:
    return ReadPassages(tuple(read_passage(s, s) for s in starts), nothing)


def share(of: ReadPassages) -> float:
    starts = [float(np.exp(passage.starts).sum()) for passage in of.passages]
    return sum(starts) + float(np.exp(of.nothing))


def test_two_readers_together_have_the_mean_of_their_log_probabilities() -> None:
    sure, unsure = read([9, 0, 0, 0, 0], nothing=1.0), read([1, 1, 1, 1, 1], nothing=1.0)
    both = together(sure, unsure, 0.5)
    assert both.passages[0].starts[0] == pytest.approx(np.log(1 / 6) / 2, abs=1e-2)
    assert both.passages[0].starts[0] - both.passages[0].starts[1] == pytest.approx(4.5)
    assert both.nothing - both.passages[0].starts[1] == pytest.approx(0.5)


def test_what_one_of_two_readers_rules_out_is_ruled_out() -> None:
    both = together(read([5, 5, 0, 0, 0]), read([0, 5, 5, 0, 0]), 0.5)
    assert both.passages[0].best_span()[1:] == (1, 2)


def test_a_shift_of_all_scores_of_a_reader_changes_nothing() -> None:
    one, other = read([3, 1, 0, 0, 2], [0, 1, 0, 4, 0]), read([0, 2, 0, 0, 1], [1, 0, 0, 2, 0])
    moved = read([13, 11, 10, 10, 12], [10, 11, 10, 14, 10], nothing=10.0)
    for a, b in zip(
        together(one, other, 0.4).passages, together(moved, other, 0.4).passages, strict=True
    ):
        assert a.starts == pytest.approx(b.starts, abs=1e-5)
    assert share(together(one, one, 0.7)) == pytest.approx(1, abs=1e-5)


def test_the_share_is_that_of_the_second_reader() -> None:
    one, other = read([3, 1, 0, 0, 2]), read([0, 2, 0, 0, 1])
    alone = together(one, other, 1.0).passages[0].starts
    assert alone == pytest.approx(together(other, other, 0.5).passages[0].starts, abs=1e-5)
    alone = together(one, other, 0.0).passages[0].starts
    assert alone == pytest.approx(together(one, one, 0.5).passages[0].starts, abs=1e-5)


def test_some_of_the_passages_are_the_same_as_among_all() -> None:
    all_read = read([3, 1, 0, 0, 2], [0, 1, 0, 4, 0], nothing=2.0)
    assert all_read.some([1]).passages == all_read.passages[1:]
    assert all_read.some([1]).nothing == 2.0


def test_passages_without_words_are_ruled_out_together_too() -> None:
    nowhere = ReadPassage(ReadingTokenizer().encode(["…"])[0], *np.zeros((2, 0), np.float32))
    both = together(ReadPassages((nowhere,), 0.0), ReadPassages((nowhere,), 1.0), 0.5)
    assert both.passages[0].best_span()[0] == -np.inf
    assert both.nothing == pytest.approx(0)


def test_a_question_without_words_is_answered_by_neither() -> None:
    nowhere = read([-np.inf] * 5)
    both = together(nowhere, nowhere, 2 / 3)
    assert both.passages[0].best_span()[0] == -np.inf
    assert both.nothing == pytest.approx(0)
