"""The judge's figures on cases small enough to work out by hand."""

from collections.abc import Sequence
from math import log2

import numpy as np
import pytest
from numpy.typing import NDArray

from training.judge_embedder import dense_scores, judge, mean_figures, rank_fused
from training.judging_data import JudgingCollection
from training.lexical import Bm25

TEXTS = ("Toà án nhân dân xét xử", "Ngân hàng cho vay tiền", "Người dân gửi tiền ngân hàng")


def test_figures_of_two_questions() -> None:
    figures = mean_figures(
        [np.array([3, 1]), np.array([0, 2])], [frozenset({1}), frozenset({0, 9})]
    )
    assert figures.first == 1 / 2
    assert figures.recall_at_10 == (1 + 1 / 2) / 2
    ideal = 1 + 1 / log2(3)
    assert figures.ndcg_at_10 == pytest.approx((1 / log2(3) + 1 / ideal) / 2)


@pytest.mark.parametrize(
    ("weight", "best"),
    [
        pytest.param(0.0, 0, id="bm25"),
        pytest.param(0.05, 0, id="mostly-bm25"),
        pytest.param(0.5, 1, id="both"),
        pytest.param(0.95, 2, id="mostly-dense"),
        pytest.param(1.0, 2, id="dense"),
    ],
)
def test_the_weight_moves_from_words_to_meaning(weight: float, best: int) -> None:
    words, meaning = np.array([10.0, 9.0, 0.0]), np.array([0.0, 0.9, 1.0])
    assert rank_fused(words, meaning, weight)[0] == best


def test_bm25_prefers_the_text_with_the_pair_of_syllables() -> None:
    scores = Bm25(["hàng ngân cho vay", "ngân hàng cho vay"], unaccented=False).scores("ngân hàng")
    assert scores[1] > scores[0] > 0


def test_bm25_reads_both_tone_placements_as_one() -> None:
    assert (Bm25(TEXTS, unaccented=False).scores("tòa") > 0).tolist() == [True, False, False]


def test_unaccented_bm25_folds_both_sides() -> None:
    assert Bm25(TEXTS, unaccented=True).scores("nguoi dan").argmax() == 2
    assert not Bm25(TEXTS, unaccented=False).scores("nguoi dan").any()


def test_a_text_scores_as_its_likest_window() -> None:
    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[text.count("x"), len(text)] for text in texts], np.float32)

    texts = ["Xa. Ax x. Xa x x.", "Một."]
    whole, best = (dense_scores(["x"], texts, encode, windows=w) for w in (False, True))
    assert whole.tolist() == [[4 + 17, 4]]
    assert best.tolist() == [[4 + 13, 4]]


def test_unaccented_questions_are_stripped_before_they_are_encoded() -> None:
    seen: list[str] = []

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        seen.extend(texts)
        return np.ones((len(texts), 2), np.float32)

    collection = JudgingCollection("toy", TEXTS, ("Toà án?",), (frozenset({0}),))
    lines = judge([collection], encode)
    assert "toy accented passage 0.00 1.0000 1.0000 1.0000" in lines
    assert seen.count("Toa an?") == 2
    assert not any("toa an" in text for text in seen)
