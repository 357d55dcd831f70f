import numpy as np
import pytest

from index.preferring import TIME_WEIGHT, preferred


def test_nothing_asked_for_changes_nothing() -> None:
    scores = np.array([0.3, 0.1, -0.7])
    same = preferred(scores, np.zeros(3), np.zeros(3, np.int64))
    assert same.tobytes() == scores.tobytes()
    everywhere = preferred(scores, np.zeros(3), np.ones(3, np.int64))
    assert everywhere.tobytes() == scores.tobytes()


@pytest.mark.parametrize("scale", [0.001, 1.0, 1000.0])
def test_a_passage_of_the_time_is_raised_in_units_of_the_scores(scale: float) -> None:
    scores = np.array([3.0, 1.0, 2.0]) * scale
    raised = preferred(scores, np.array([0.0, 1.0, 0.5]), np.zeros(3, np.int64)) - scores
    assert raised == pytest.approx(TIME_WEIGHT * 2 * scale * np.array([0, 1, 0.5]))


def test_passages_with_more_required_parts_stand_above_all_others() -> None:
    scores = np.array([5.0, 4.0, -1.0, -3.0, 0.0])
    ordered = preferred(scores, np.zeros(5), np.array([0, 1, 2, 2, 1]))
    assert np.argsort(-ordered).tolist() == [2, 3, 1, 4, 0]
    assert ordered[2] - ordered[3] == pytest.approx(2.0)
    assert ordered[1] - ordered[4] == pytest.approx(4.0)


def test_required_parts_count_more_than_times() -> None:
    ordered = preferred(np.array([9.0, 1.0]), np.array([1.0, 0.0]), np.array([0, 1]))
    assert ordered[1] > ordered[0]


def test_no_passages_are_fine() -> None:
    nothing = np.zeros(0)
    assert len(preferred(nothing, nothing, nothing.astype(np.int64))) == 0
