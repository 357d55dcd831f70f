"""Chance: intervals of a measure, and whether two runs differ by more than it. Pure, seeded.

A measure is a ratio: what the questions scored over what they could have scored. Both are given
for each question, so that means over questions and shares of citations are dealt with alike.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
PERMUTATIONS = 10_000
SEED = 0
_CHUNK = 1_000
_TIE = 1e-12

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """What each question scored in each measure: ``totals`` over ``counts``, (questions, measures).

    A question that a measure is not about has 0 in both.
    """

    totals: Matrix
    counts: Matrix


@dataclass(frozen=True, slots=True)
class Intervals:
    """95 % intervals, one of each measure; NaN where a measure is about nothing."""

    low: Matrix
    high: Matrix


def intervals(scores: Scores) -> Intervals:
    """Return the bootstrap interval of every measure.

    The 2.5th and 97.5th percentile over `RESAMPLES` samples of the questions, drawn with
    replacement: Efron, Bootstrap Methods: Another Look at the Jackknife (1979).
    """
    weights = _samples(len(scores.totals))
    return _percentiles(_ratio(weights @ scores.totals, weights @ scores.counts))


def difference_intervals(first: Scores, second: Scores) -> Intervals:
    """Return the interval of second − first: the same questions are drawn for both."""
    weights = _samples(len(first.totals))
    return _percentiles(
        _ratio(weights @ second.totals, weights @ second.counts)
        - _ratio(weights @ first.totals, weights @ first.counts)
    )


def p_values(first: Scores, second: Scores) -> Matrix:
    """Return the chance of a difference at least as large, were the runs' names arbitrary.

    Two-sided paired randomisation test, `PERMUTATIONS` times swapping each question's results with
    chance 1/2: Smucker, Allan and Carterette, A Comparison of Statistical Significance Tests for
    Information Retrieval Evaluation (2007). NaN where a measure is about nothing.
    """
    generator = np.random.default_rng(SEED)
    own = first.totals.sum(axis=0), first.counts.sum(axis=0)
    both = own[0] + second.totals.sum(axis=0), own[1] + second.counts.sum(axis=0)

    def gap(total: Matrix, count: Matrix) -> Matrix:
        return np.abs(_ratio(both[0] - total, both[1] - count) - _ratio(total, count))

    totals, counts = second.totals - first.totals, second.counts - first.counts
    seen = gap(*own)
    extreme = np.zeros(len(seen))
    for _ in range(PERMUTATIONS // _CHUNK):
        swapped = generator.integers(0, 2, (_CHUNK, len(totals))).astype(np.float64)
        found = gap(own[0] + swapped @ totals, own[1] + swapped @ counts)
        extreme += (found >= seen - _TIE).sum(axis=0)
    chances: Matrix = np.where(np.isnan(seen), np.nan, (extreme + 1) / (PERMUTATIONS + 1))
    return chances


def _samples(questions: int) -> Matrix:
    """Return how often each question is drawn in each sample, (samples, questions)."""
    generator = np.random.default_rng(SEED)
    if not questions:
        return np.zeros((RESAMPLES, 0))
    shares = np.full(questions, 1 / questions)
    return generator.multinomial(questions, shares, RESAMPLES).astype(np.float64)


def _ratio(totals: Matrix, counts: Matrix) -> Matrix:
    ratio: Matrix = np.divide(totals, counts, out=np.full(counts.shape, np.nan), where=counts > 0)
    return ratio


def _percentiles(samples: Matrix) -> Intervals:
    """Return the percentiles of each column, samples without a value left out."""
    columns = [column[~np.isnan(column)] for column in samples.T]
    bounds = [np.percentile(c, (2.5, 97.5)) if len(c) else (np.nan, np.nan) for c in columns]
    low, high = np.array(bounds, np.float64).reshape(-1, 2).T
    return Intervals(low, high)
