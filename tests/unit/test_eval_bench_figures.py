"""Figures of a benchmark: means with bootstrap intervals, losses by typing style, latency."""

import math

import pytest

from eval.bench.figures import Estimate, TypingFigures, estimate, latency, quality, typing
from eval.collection import Question

QUESTIONS = [Question(str(number), "?", documents=("gold",)) for number in range(4)]


def test_interval_of_a_share_is_that_of_theory() -> None:
    """Half of 400 questions right: 0.5 ± 1.96 · √(0.25 / 400) = 0.5 ± 0.049."""
    found = estimate([0.0, 1.0] * 200)
    assert found.value == 0.5
    assert found.low == pytest.approx(0.5 - 0.049, abs=0.006)
    assert found.high == pytest.approx(0.5 + 0.049, abs=0.006)


def test_interval_is_the_percentiles_of_resampled_means() -> None:
    """Of three values, 1 in 27 samples has the mean of the lowest alone: 3.7 % > 2.5 %."""
    assert estimate([0.0, 0.0, 1.0]) == Estimate(1 / 3, 0.0, 1.0)
    assert estimate([0.25, 0.5, 1.0]) == Estimate(1.75 / 3, 0.25, 1.0)


def test_the_same_values_give_the_same_interval() -> None:
    values = [0.1, 0.7, 0.3, 1.0, 0.2]
    assert estimate(values) == estimate(values)


@pytest.mark.parametrize("values", [[0.5], [0.5, 0.5, 0.5]])
def test_interval_of_equal_values_is_the_value(values: list[float]) -> None:
    assert estimate(values) == Estimate(0.5, 0.5, 0.5)


def test_nothing_has_no_mean() -> None:
    with pytest.raises(ValueError, match="no value"):
        estimate([])


def test_every_question_counts() -> None:
    rankings = [("gold",), ("a", "gold"), (), (*"abcde", "gold")]
    measures = quality(QUESTIONS, rankings)
    assert {name: figure.value for name, figure in measures.items()} == {
        "recall@1": 1 / 4,
        "recall@5": 2 / 4,
        "recall@10": 3 / 4,
        "mrr@10": pytest.approx((1 + 1 / 2 + 1 / 6) / 4),
        "ndcg@10": pytest.approx((1 + 1 / math.log2(3) + 1 / math.log2(7)) / 4),
        "map@10": pytest.approx((1 + 1 / 2 + 1 / 6) / 4),
    }


def test_loss_is_question_by_question_against_full_accents() -> None:
    hit, miss = ("gold",), ("a",)
    figures = typing(
        QUESTIONS,
        {"accented": [hit, hit, hit, miss], "telex": [hit, miss, miss, miss], "vni": [hit] * 4},
    )
    assert list(figures) == ["accented", "telex", "vni"]
    assert figures["accented"].loss == Estimate(0, 0, 0)
    assert figures["telex"].recall.value == 1 / 4
    assert figures["telex"].loss.value == 2 / 4
    assert figures["telex"].loss.low >= 0
    assert figures["vni"] == TypingFigures(Estimate(1, 1, 1), estimate([0, 0, 0, -1]))


def test_latency_is_the_median_and_the_95th_percentile() -> None:
    assert latency([float(ms) for ms in range(101)]) == {"p50": 50, "p95": 95}
    assert latency([0.0]) == {"p50": 0, "p95": 0}
