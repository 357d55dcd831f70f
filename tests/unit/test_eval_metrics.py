"""Each formula on cases small enough to work out by hand."""

import math

import pytest

from eval import metrics


@pytest.mark.parametrize(
    ("ranking", "relevant", "k", "expected"),
    [
        pytest.param("abc", "a", 1, 1, id="first"),
        pytest.param("abc", "b", 1, 0, id="just below the cutoff"),
        pytest.param("abc", "bx", 10, 1 / 2, id="one of two found"),
        pytest.param("", "ab", 10, 0, id="nothing found"),
    ],
)
def test_recall_is_the_share_of_relevant_documents_found(
    ranking: str, relevant: str, k: int, expected: float
) -> None:
    assert metrics.recall_at_k(ranking, relevant, k) == expected


@pytest.mark.parametrize(
    ("ranking", "relevant", "k", "expected"),
    [("abc", "c", 10, 1 / 3), ("abc", "cb", 10, 1 / 2), ("abc", "c", 2, 0), ("", "a", 10, 0)],
)
def test_reciprocal_rank_looks_at_the_best_relevant_document(
    ranking: str, relevant: str, k: int, expected: float
) -> None:
    assert metrics.reciprocal_rank(ranking, relevant, k) == expected


def test_ndcg_divides_by_the_ideal_order() -> None:
    found_at_2_and_3 = 1 / math.log2(3) + 1 / math.log2(4)
    ideal = 1 / math.log2(2) + 1 / math.log2(3)
    assert metrics.ndcg_at_k("xab", {"a": 1, "b": 1}, 10) == pytest.approx(found_at_2_and_3 / ideal)


def test_ndcg_gains_are_the_grades_and_the_ideal_is_cut_too() -> None:
    relevance = {"a": 1, "b": 3, "c": 2}
    gained = 1 / 1 + 3 / math.log2(3)
    ideal = 3 / 1 + 2 / math.log2(3)
    assert metrics.ndcg_at_k("abc", relevance, 2) == pytest.approx(gained / ideal)


def test_a_measure_without_relevant_documents_is_refused() -> None:
    with pytest.raises(ValueError, match="no relevant document"):
        metrics.recall_at_k("abc", "", 10)
    with pytest.raises(ValueError, match="1 or more"):
        metrics.reciprocal_rank("abc", "a", 0)


@pytest.mark.parametrize(
    ("answer", "gold", "expected"),
    [
        pytest.param("Năm 1954.", "năm 1954", 1, id="case and full stop"),
        pytest.param("nam 1954", "năm 1954", 0, id="accents count"),
        pytest.param("Ho\u0302\u0300", "hồ", 1, id="NFD"),
        pytest.param("“Tô”", "Tô", 1, id="curly quotes"),
        pytest.param("the Beatles", "Beatles", 0, id="no English articles"),
        pytest.param("năm  \n1954", "năm 1954", 1, id="blanks"),
        pytest.param("ông Tô", "Tô", 0, id="part of it"),
    ],
)
def test_exact_match_compares_syllables(answer: str, gold: str, expected: float) -> None:
    assert metrics.exact_match(answer, ["khác", gold]) == expected


def test_answer_syllables_are_nfc_lower_case_without_punctuation() -> None:
    assert metrics.answer_syllables("Ho\u0302\u0300 Gươm: 98,5% (nay) – $5") == (
        ["hồ", "gươm", "985", "nay", "5"]
    )


@pytest.mark.parametrize(
    ("answer", "golds", "expected"),
    [
        # 2 syllables shared of 4 and of 2: P = 2/4, R = 2/2, F1 = 2 · 1/2 · 1 / (3/2).
        pytest.param("vào năm 1954 ấy", ["năm 1954"], 2 / 3, id="longer than gold"),
        pytest.param("năm năm", ["năm 1954"], 1 / 2, id="a repeated syllable counts once"),
        pytest.param("Hà Nội", ["Huế", "Hà Nội"], 1, id="best gold"),
        pytest.param("Hà Nội", ["Huế"], 0, id="nothing shared"),
        pytest.param("", ["Huế"], 0, id="empty answer"),
        pytest.param("?", ["!"], 1, id="both empty"),
        pytest.param("Huế", [], 0, id="no gold"),
    ],
)
def test_f1_is_the_overlap_with_the_best_gold(
    answer: str, golds: list[str], expected: float
) -> None:
    assert metrics.f1(answer, golds) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("sentence", "golds", "expected"),
    [
        pytest.param("Ông sinh năm\n1906.", ["NĂM 1906"], True, id="case and blanks"),
        pytest.param("Nước Cộng hoà.", ["Cộng hòa"], True, id="tone placement"),
        pytest.param("Ông sinh năm 1906.", ["1907", "1906"], True, id="any gold"),
        pytest.param("Ông sinh nam 1906.", ["năm 1906"], False, id="accents count"),
        pytest.param("Ông sinh năm 1906.", [" "], False, id="blank gold"),
        pytest.param("Ông sinh năm 1906.", [], False, id="no gold"),
    ],
)
def test_a_sentence_contains_a_gold_answer(
    sentence: str, golds: list[str], *, expected: bool
) -> None:
    assert metrics.contains_gold(sentence, golds) is expected


@pytest.mark.parametrize(
    ("positives", "negatives", "expected"),
    [
        pytest.param([0.9, 0.8], [0.1], 1, id="apart"),
        pytest.param([0.1], [0.9], 0, id="upside down"),
        pytest.param([0.5], [0.5], 1 / 2, id="tie"),
        # pairs: .9>.5, .9>.3, .5=.5, .5>.3
        pytest.param([0.9, 0.5], [0.5, 0.3], (1 + 1 + 1 / 2 + 1) / 4, id="mixed"),
        pytest.param([0.9], [], None, id="no negatives"),
        pytest.param([], [0.9], None, id="no positives"),
    ],
)
def test_auroc_is_the_chance_of_a_right_order(
    positives: list[float], negatives: list[float], expected: float | None
) -> None:
    assert metrics.auroc(positives, negatives) == expected


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([3, 1, 2], 0.5, 2), ([1, 2], 0.5, 3 / 2), ([0, 10], 0.95, 9.5), ([7], 0.95, 7)],
)
def test_percentile_is_linear_between_neighbours(
    values: list[float], share: float, expected: float
) -> None:
    assert metrics.percentile(values, share) == pytest.approx(expected)


def test_nothing_has_no_percentile_mean_or_margin() -> None:
    assert metrics.percentile([], 0.5) is None
    assert metrics.mean([]) is None
    assert metrics.margin([0.5]) is None


def test_margin_is_half_of_the_95_percent_interval() -> None:
    # values 0, 0, 1, 1: mean 1/2, variance (4 · 1/4) / 3 = 1/3, so 1.96 · √(1/3 / 4).
    assert metrics.margin([0, 1, 0, 1]) == pytest.approx(1.96 * math.sqrt(1 / 12))
