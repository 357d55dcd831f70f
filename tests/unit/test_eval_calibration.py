"""Risk, coverage and calibration on values that can be worked out by hand."""

import pytest

from eval.calibration import aurc, expected_calibration_error, risks


def test_risk_is_the_share_of_wrong_ones_among_the_most_confident() -> None:
    assert risks([0.2, 0.9, 0.5], [False, True, False]) == (0, 1 / 2, 2 / 3)


def test_among_equal_confidences_errors_are_spread_whatever_their_order() -> None:
    assert risks([0.5, 0.5], [True, False]) == risks([0.5, 0.5], [False, True]) == (1 / 2, 1 / 2)


@pytest.mark.parametrize(
    ("correct", "expected"),
    [
        ([True, True, True], 0),
        ([False, False, False], 1),
        ([True, True, False], (0 + 0 + 1 / 3) / 3),
        ([False, True, True], (1 + 1 / 2 + 1 / 3) / 3),
    ],
)
def test_aurc_is_the_mean_risk(correct: list[bool], expected: float) -> None:
    assert aurc([0.9, 0.5, 0.1], correct) == pytest.approx(expected)


def test_calibration_compares_confidence_and_correctness_bin_by_bin() -> None:
    # bin (0.5, 0.6]: mean 0.55, half right; bin (0.9, 1]: 1.0, right; 0 falls into the first.
    confidences = [0.52, 0.58, 1.0, 0.0]
    correct = [True, False, True, True]
    expected = (2 * abs(0.55 - 1 / 2) + 0 + abs(0 - 1)) / 4
    assert expected_calibration_error(confidences, correct) == pytest.approx(expected)


def test_a_bin_holds_its_upper_end() -> None:
    """0.5 and 0.45 are of one bin, (0.4, 0.5]: mean 0.475, half of them right."""
    found = expected_calibration_error([0.5, 0.45], [True, False])
    assert found == pytest.approx(1 / 2 - 0.475)


def test_nothing_has_no_area_and_no_error() -> None:
    assert aurc([], []) is None
    assert expected_calibration_error([], []) is None
    assert risks([], []) == ()
