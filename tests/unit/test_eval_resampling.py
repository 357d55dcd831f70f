"""Intervals and p-values against theory and hand-made cases."""

import numpy as np
import pytest

from eval.resampling import Scores, difference_intervals, intervals, p_values


def _scores(*columns: list[float]) -> Scores:
    totals = np.array(columns, np.float64).T
    return Scores(totals, np.ones_like(totals))


def test_interval_of_a_share_is_that_of_theory() -> None:
    """Half of 400 questions right: 0.5 ± 1.96 · √(0.25 / 400) = 0.5 ± 0.049."""
    found = intervals(_scores([0.0, 1.0] * 200, [1.0] * 400))
    assert found.low[0] == pytest.approx(0.451, abs=0.006)
    assert found.high[0] == pytest.approx(0.549, abs=0.006)
    assert (found.low[1], found.high[1]) == (1, 1)


def test_a_ratio_is_over_what_could_be_scored() -> None:
    totals, counts = np.array([[1.0], [0.0], [0.0]]), np.array([[2.0], [2.0], [0.0]])
    found = intervals(Scores(totals, counts))
    assert (found.low[0], found.high[0]) == (0, 0.5)


def test_a_measure_about_nothing_has_no_interval_and_no_p_value() -> None:
    nothing = Scores(np.zeros((3, 1)), np.zeros((3, 1)))
    assert np.isnan(intervals(nothing).low[0])
    assert np.isnan(p_values(nothing, nothing)[0])


def test_equal_runs_do_not_differ() -> None:
    scores = _scores([0.0, 1.0, 1.0])
    assert p_values(scores, scores)[0] == 1
    found = difference_intervals(scores, scores)
    assert (found.low[0], found.high[0]) == (0, 0)


@pytest.mark.parametrize("changed", [1, 4, 6])
def test_p_is_the_share_of_sign_changes_as_extreme(changed: int) -> None:
    """Of n one-sided changes only all and none are as extreme: 2 / 2ⁿ."""
    first = [0.0] * 20
    second = [1.0] * changed + [0.0] * (20 - changed)
    assert p_values(_scores(first), _scores(second))[0] == pytest.approx(2 / 2**changed, abs=0.015)


def test_the_difference_is_second_less_first() -> None:
    found = difference_intervals(_scores([0.0] * 50), _scores([1.0] * 40 + [0.0] * 10))
    assert 0.6 < found.low[0] < 0.8 < found.high[0] < 0.95
