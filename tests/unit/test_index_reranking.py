from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEmbedder
from numpy.typing import NDArray

from documents.document import Passage
from documents.normalising import one_spelling
from index.embedding import load_embedder
from index.hit import Hit
from index.passage_features import FEATURE_NAMES, passage_features
from index.query import Query
from index.question import analyse
from index.reranking import BUNDLED, RERANKED, LearnedReranker, load_learned, load_reranker
from index.tree_ensemble import ModelFileError, TreeEnsemble

TEXTS = (
    "Trời mưa suốt tuần ở miền Trung.",
    "Sáu tỉnh ký kết giao ước thi đua năm 2021. Hội nghị bế mạc.",
    "Hội nghị bàn về thi đua.",
)


def hits(texts: Sequence[str] = TEXTS) -> list[Hit]:
    return [
        Hit(Passage(f"{place}.txt", 0, 0, len(text), text), "Tin", "", None, 1.0 - place, place + 1)
        for place, text in enumerate(texts)
    ]


class ByFeature(TreeEnsemble):
    """Scores a passage by one feature."""

    def predict(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        return rows[:, FEATURE_NAMES.index("best_syllables_found")]


def reranker() -> LearnedReranker:
    none = np.zeros(0)
    places = np.zeros(0, np.int64)
    trees = ByFeature(FEATURE_NAMES, places, places, none, places, places, none, 0)
    return LearnedReranker(trees, HashEmbedder())


def test_the_passage_that_answers_comes_first() -> None:
    ordered = reranker().rerank(Query("Ai ký kết giao ước thi đua?"), hits(), idf=lambda _: 1.0)
    assert [hit.passage.document for hit in ordered] == ["1.txt", "2.txt", "0.txt"]
    assert [hit.rank for hit in ordered] == [1, 2, 3]


def test_the_whole_comes_before_its_excerpt() -> None:
    excerpt = "Cầu Long Biên khánh thành năm 1902."
    whole = f"{excerpt} Cầu Chương Dương khánh thành năm 1985. Cầu Thăng Long có từ năm 1985."
    question = Query("Cầu Long Biên khánh thành năm nào?")
    for texts in ([excerpt, whole, "Trời mưa."], ["Trời mưa.", whole, excerpt]):
        ranked = reranker().rerank(question, hits(texts), idf=lambda _: 1.0)
        assert [hit.passage.text for hit in ranked[:2]] == [whole, excerpt]
        assert ranked[0].score >= ranked[1].score
    other = whole.replace("khánh thành năm 1902", "xây xong năm 1902")
    ranked = reranker().rerank(question, hits([other, excerpt]), idf=lambda _: 1.0)
    assert ranked[0].passage.text == excerpt


def test_reranking_is_a_permutation_with_falling_scores_also_beyond_its_depth() -> None:
    many = hits([f"Đoạn số {place} về thi đua." for place in range(RERANKED + 5)])
    ordered = reranker().rerank(Query("thi đua đoạn số 7"), many, idf=lambda _: 1.0)
    assert sorted(hit.passage.document for hit in ordered) == sorted(
        hit.passage.document for hit in many
    )
    scores = [hit.score for hit in ordered]
    assert scores == sorted(scores, reverse=True)
    assert [hit.passage for hit in ordered[RERANKED:]] == [hit.passage for hit in many[RERANKED:]]


def test_a_reranked_hit_keeps_its_place_before_and_what_the_trees_saw() -> None:
    ordered = reranker().rerank(Query("Ai ký kết giao ước thi đua?"), hits(), idf=lambda _: 1.0)
    assert [hit.rank_before for hit in ordered] == [2, 3, 1]
    column = FEATURE_NAMES.index("best_syllables_found")
    assert [hit.features[column] for hit in ordered] == [hit.score for hit in ordered]
    many = reranker().rerank(
        Query("thi đua"), hits(["thi đua"] * (RERANKED + 1)), idf=lambda _: 1.0
    )
    assert many[-1].features == ()
    assert many[-1].rank_before == RERANKED + 1


def test_the_bundled_reranker_ranks_alike_wherever_the_tone_marks_stand() -> None:
    ranker = load_reranker(BUNDLED, load_embedder())
    assert ranker is not None
    question, texts = "Toà án hoà giải mấy vụ?", ["Toà hoà giải 312 vụ.", "Xoá nợ.", "Uỷ ban họp."]
    placed = list(map(one_spelling, texts))
    assert placed[0] == "Tòa hòa giải 312 vụ."
    scores = [
        [hit.score for hit in ranker.rerank(Query(asked), hits(found), idf=lambda _: 1.0)]
        for asked in (question, one_spelling(question))
        for found in (texts, placed)
    ]
    assert scores == [scores[0]] * len(scores)


def test_the_bundled_models_contributions_sum_to_the_difference_of_scores() -> None:
    bundled = load_learned(HashEmbedder())
    ordered = bundled.rerank(Query("Ai ký kết giao ước thi đua?"), hits(), idf=lambda _: 1.0)
    sums = [sum(bundled.contributions(hit).values()) for hit in ordered]
    assert sums[0] - sums[-1] == pytest.approx(ordered[0].score - ordered[-1].score)
    assert set(bundled.contributions(ordered[0])) == set(FEATURE_NAMES)


def test_reading_is_part_of_the_score_and_of_its_explanation() -> None:
    bundled = load_reranker("bundled", HashEmbedder())
    assert bundled is not None
    texts = ["Mưa to ở Huế, gió giật cấp 7.", "Ông Hòa ký kết giao ước thi đua năm 1958."]
    ordered = bundled.rerank(Query("Ai ký kết giao ước thi đua?"), hits(texts), idf=lambda _: 1.0)
    contributions = [bundled.contributions(hit) for hit in ordered]
    assert max(added["answer_read"] for added in contributions) > 0
    sums = [sum(added.values()) for added in contributions]
    assert sums[0] - sums[-1] == pytest.approx(ordered[0].score - ordered[-1].score)


def test_a_hit_that_was_not_scored_has_no_contributions() -> None:
    assert reranker().contributions(hits()[0]) == {}


def test_nothing_found_stays_nothing() -> None:
    assert reranker().rerank(Query("thi đua"), [], idf=lambda _: 1.0) == []


@pytest.mark.parametrize(
    "question", ["Ai ký kết giao ước?", "ai ky ket giao uoc", "?", "26/11/2020"]
)
def test_every_passage_has_a_finite_row(question: str) -> None:
    embedder = HashEmbedder()
    found = [*hits(), *hits(["Lên đầu trang", "# Tiêu đề"])]
    features = passage_features(
        analyse(question, lambda _: 1.0), embedder.embed_query(question), found, embedder
    )
    assert features.shape == (5, len(FEATURE_NAMES))
    assert np.isfinite(features).all()


def test_short_forms_are_ranked_as_the_long_ones() -> None:
    long = "Ban quản trị chợ họp. Năm nay ban quản trị thu phí của 40 sạp."
    short = "BQT chợ họp. Năm nay BQT thu phí của 40 sạp."
    embedder = HashEmbedder()
    question = "Ban quản trị thu phí của bao nhiêu sạp?"
    rows = [
        passage_features(
            analyse(question, lambda _: 1.0), embedder.embed_query(question), [hit], embedder
        )
        for hit in (
            hits([long])[0],
            replace(hits([short])[0], meanings={"BQT": "ban quản trị"}),
            hits([short])[0],
        )
    ]
    assert rows[1].tolist() == rows[0].tolist()
    assert rows[2].tolist() != rows[0].tolist()


def test_a_model_for_other_features_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "model.txt"
    path.write_text(
        "tree\nfeature_names=a b\n\nTree=0\nnum_leaves=1\nleaf_value=0\n\nend of trees\n"
    )
    with pytest.raises(ModelFileError, match="make reranker"):
        load_learned(HashEmbedder(), path)


def test_the_bundled_model_loads() -> None:
    assert load_reranker("bundled", HashEmbedder())
    assert load_reranker("none", HashEmbedder()) is None
