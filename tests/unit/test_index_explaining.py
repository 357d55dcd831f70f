"""Why a passage was found, for the page, the terminal and JSON."""

from dataclasses import replace

import pytest

from documents.document import Passage
from index.explaining import Matched, explain, matched_words, summary
from index.hit import Hit
from index.passage_features import FEATURE_NAMES
from index.text_words import words_of

TEXT = "Bà Trần Thị Mai chủ trì hội nghị tổng kết của Sở Tư pháp."
HIT = Hit(
    Passage("a.txt", 0, 0, len(TEXT), TEXT),
    "Hội nghị tổng kết",
    "",
    None,
    score=1.5,
    rank=1,
    lexical=12.34,
    dense=0.5,
)


@pytest.mark.parametrize(
    ("question", "exact", "unaccented"),
    [
        pytest.param("Ai chủ trì hội nghị?", ["chủ trì hội nghị"], [], id="neighbours stay one"),
        pytest.param("Hội nghị ở Sở Tư pháp", ["Hội nghị", "Sở Tư pháp"], [], id="apart"),
        pytest.param("chủ tri tổng kết", ["chủ", "tổng kết"], ["tri"], id="half accents"),
        pytest.param("hoi nghi tong ket", [], ["hoi nghi tong ket"], id="no accents"),
        pytest.param("HỘI NGHỊ", ["HỘI NGHỊ"], [], id="capitals"),
        pytest.param("Mưa rơi là gì?", [], [], id="none"),
        pytest.param("Hội nghị nào tổng kết hội nghị?", ["Hội nghị", "tổng kết"], [], id="once"),
        pytest.param("tổng và tổng kết", ["tổng kết"], [], id="part of another"),
        pytest.param("của ai?", [], [], id="function words alone"),
        pytest.param("Tra\u0302\u0300n Thi\u0323 Mai", ["Trần Thị Mai"], [], id="NFD"),
        pytest.param("", [], [], id="empty"),
    ],
)
def test_the_words_found_are_the_questions_own(
    question: str, exact: list[str], unaccented: list[str]
) -> None:
    assert matched_words(question, words_of(TEXT, {})) == Matched(tuple(exact), tuple(unaccented))


def test_a_letter_of_another_script_does_not_shift_the_words() -> None:
    assert matched_words("İzmir hội nghị", words_of(TEXT, {})).exact == ("hội nghị",)


def test_a_hit_that_was_not_reranked_tells_words_scores_and_its_place() -> None:
    why = explain("Ai chủ trì hội nghị?", HIT)
    assert why.as_json() == {
        "text": {"exact": ["chủ trì hội nghị"], "unaccented": []},
        "title": {"exact": ["Hội nghị".lower()], "unaccented": []},
        "bm25": 12.34,
        "cosine": 0.5,
        "fused_rank": 1,
        "of_time": 0.0,
        "required": [],
    }


def test_long_forms_match_the_short_ones_of_the_document() -> None:
    hit = replace(
        HIT, passage=Passage("a.txt", 0, 0, 8, "BQT họp."), meanings={"BQT": "ban quản trị"}
    )
    assert explain("ban quản trị là ai?", hit).text.exact == ("ban quản trị",)
    assert explain("BQT là ai?", hit).text.exact == ("BQT",)


def test_a_reranked_hit_tells_both_places_and_the_reasons() -> None:
    features = [0.0] * len(FEATURE_NAMES)
    features[FEATURE_NAMES.index("cosine")] = 0.6
    hit = Hit(HIT.passage, "", "", None, score=2.5, rank=1, rank_before=4, features=tuple(features))
    why = explain("hội nghị", hit, {"cosine": 0.75, "score_gap": -1.0})
    assert why.fused_rank == 4
    assert why.as_json()["reranker"] == {
        "score": 2.5,
        "rank_before": 4,
        "rank_after": 1,
        "reasons": [{"reason": "gần nghĩa với câu hỏi", "contribution": 0.75}],
    }


def test_a_cross_encoder_tells_places_without_reasons() -> None:
    hit = Hit(HIT.passage, "", "", None, score=0.9, rank=2, rank_before=1)
    reranked = explain("hội nghị", hit).reranked
    assert reranked is not None
    assert (reranked.rank_before, reranked.rank_after, reranked.reasons) == (1, 2, ())


def test_the_line_for_the_terminal_leaves_out_what_there_is_not() -> None:
    assert summary(explain("chủ tri hội nghị", HIT)) == (
        "có “chủ”, “hội nghị”; bỏ dấu thì có “tri”; tiêu đề có “hội nghị”;"
        " điểm từ 12.34; gần nghĩa 0.50"
    )
    assert summary(explain("mưa", HIT)) == "điểm từ 12.34; gần nghĩa 0.50"


def test_times_and_parts_that_must_match_are_told() -> None:
    why = explain("“hội nghị” tháng 3", replace(HIT, of_time=0.5), required=("hội nghị", "127/129"))
    assert (why.as_json()["of_time"], why.as_json()["required"]) == (0.5, ["hội nghị"])
    assert "có phần bắt buộc “hội nghị”; đúng thời gian được hỏi" in summary(why)
