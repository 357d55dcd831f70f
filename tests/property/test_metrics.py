"""What holds of the metrics for any ranking; and that they equal the IR community's own."""

import math

import ir_measures
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import AP, RR, Qrel, R, ScoredDoc, nDCG

from eval import metrics

DOCUMENTS = [f"d{number:02d}" for number in range(20)]
rankings = st.permutations(DOCUMENTS).flatmap(
    lambda order: st.integers(0, len(order)).map(lambda length: order[:length])
)
relevances = st.dictionaries(st.sampled_from(DOCUMENTS), st.integers(1, 3), min_size=1)
cutoffs = st.integers(1, 25)
WORDS = ["hòa", "hoà", "Ho\u0302\u0300", "hồ", "1954", ",", ".", "“", "năm"]
sentences = st.lists(st.sampled_from(WORDS)).map(" ".join)
scores = st.lists(st.integers(0, 5).map(float), min_size=1)


@settings(deadline=None)  # the first call loads their libraries
@given(st.lists(st.tuples(rankings, relevances), min_size=1, max_size=4))
def test_equal_to_ir_measures(runs: list[tuple[list[str], dict[str, int]]]) -> None:
    qrels = []
    run = []
    for number, (ranking, relevance) in enumerate(runs):
        qrels += [Qrel(str(number), doc_id, grade) for doc_id, grade in relevance.items()]
        run += [ScoredDoc(str(number), doc_id, -place) for place, doc_id in enumerate(ranking)]
    measures = [R @ 1, R @ 5, R @ 10, RR @ 10, nDCG @ 10, AP @ 10]
    theirs = {
        (int(metric.query_id), metric.measure): metric.value
        for metric in ir_measures.iter_calc(measures, qrels, run)
    }
    assert len(theirs) == len(runs) * len(measures)
    for (number, measure), value in theirs.items():
        ranking, relevance = runs[number]
        ours = {
            R @ 1: metrics.recall_at_k(ranking, relevance, 1),
            R @ 5: metrics.recall_at_k(ranking, relevance, 5),
            R @ 10: metrics.recall_at_k(ranking, relevance, 10),
            RR @ 10: metrics.reciprocal_rank(ranking, relevance, 10),
            nDCG @ 10: metrics.ndcg_at_k(ranking, relevance, 10),
            AP @ 10: metrics.average_precision(ranking, relevance, 10),
        }[measure]
        assert math.isclose(ours, value, abs_tol=1e-9), (measure, ranking, relevance)


@given(rankings, relevances, cutoffs)
def test_scores_lie_between_0_and_1(ranking: list[str], relevance: dict[str, int], k: int) -> None:
    for score in (
        metrics.recall_at_k(ranking, relevance, k),
        metrics.reciprocal_rank(ranking, relevance, k),
        metrics.ndcg_at_k(ranking, relevance, k),
        metrics.average_precision(ranking, relevance, k),
    ):
        assert 0 <= score <= 1 + 1e-12


@given(relevances, cutoffs)
def test_the_ideal_order_has_ndcg_1(relevance: dict[str, int], k: int) -> None:
    ideal = sorted(relevance, key=lambda document: -relevance[document])
    assert math.isclose(metrics.ndcg_at_k(ideal, relevance, k), 1)


@given(rankings, relevances, cutoffs)
def test_recall_grows_with_the_cutoff(
    ranking: list[str], relevance: dict[str, int], k: int
) -> None:
    deeper = metrics.recall_at_k(ranking, relevance, k + 1)
    assert metrics.recall_at_k(ranking, relevance, k) <= deeper


@given(rankings, relevances, cutoffs, st.data())
def test_moving_a_better_document_up_never_lowers_ndcg(
    ranking: list[str], relevance: dict[str, int], k: int, data: st.DataObject
) -> None:
    if len(ranking) < 2:
        return
    place = data.draw(st.integers(0, len(ranking) - 2))
    upper, lower = ranking[place : place + 2]
    if relevance.get(lower, 0) < relevance.get(upper, 0):
        return
    swapped = [*ranking[:place], lower, upper, *ranking[place + 2 :]]
    before = metrics.ndcg_at_k(ranking, relevance, k)
    assert metrics.ndcg_at_k(swapped, relevance, k) >= before - 1e-12


@given(sentences, st.lists(sentences, max_size=3))
def test_an_exact_match_has_f1_of_1(answer: str, golds: list[str]) -> None:
    exact = metrics.exact_match(answer, golds)
    overlap = metrics.f1(answer, golds)
    assert 0 <= overlap <= 1
    assert exact <= overlap


@given(sentences, sentences)
def test_f1_with_one_gold_is_symmetric(one: str, other: str) -> None:
    assert metrics.f1(one, [other]) == metrics.f1(other, [one])


@given(scores, scores)
def test_auroc_of_swapped_classes_is_the_rest(one: list[float], other: list[float]) -> None:
    pairs = [(p > n) + (p == n) / 2 for p in one for n in other]
    area = metrics.auroc(one, other)
    swapped = metrics.auroc(other, one)
    assert area is not None
    assert swapped is not None
    assert math.isclose(area, sum(pairs) / len(pairs))
    assert math.isclose(area + swapped, 1)


@given(scores, st.floats(0, 1))
def test_a_percentile_lies_within_the_values(values: list[float], share: float) -> None:
    value = metrics.percentile(values, share)
    assert value is not None
    assert min(values) <= value <= max(values)
