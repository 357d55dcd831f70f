"""The learned reranker's features in words."""

import pytest

from index.reasons import MOST_REASONS, strongest_reasons

VALUES = {
    "most_syllables_found": 0.8,
    "passage_syllables_found": 0.9,
    "cosine": 0.5,
    "reciprocal_rank": 1.0,
    "title_found": 0.5,
}


def texts(contributions: dict[str, float], values: dict[str, float]) -> list[str]:
    return [reason.text for reason in strongest_reasons(contributions, values)]


def test_features_that_say_the_same_are_one_reason_and_the_strongest_comes_first() -> None:
    found = {"best_syllables_found": 0.2, "most_pairs_found": 0.3, "cosine": 0.4}
    [first, second] = strongest_reasons(found, VALUES)
    assert first.text == "nhiều từ của câu hỏi trong một câu"
    assert first.contribution == pytest.approx(0.5)
    assert second.text == "gần nghĩa với câu hỏi"


def test_at_most_three_reasons_are_given() -> None:
    found = {
        "most_pairs_found": 0.1,
        "longest_run": 0.2,
        "cosine": 0.3,
        "title_found": 0.4,
        "score_gap": 0.5,
    }
    assert texts(found, VALUES) == [
        "đứng cao ngay khi tìm",
        "tài liệu hợp với câu hỏi",
        "gần nghĩa với câu hỏi",
    ]
    assert MOST_REASONS == 3


def test_what_lowered_a_passage_is_no_reason_for_it() -> None:
    assert texts({"cosine": -0.5, "longest_run": 0.1}, VALUES) == [
        "nhiều từ của câu hỏi trong đoạn"
    ]


@pytest.mark.parametrize(
    ("feature", "undecided", "text"),
    [
        ("best_dates_found", 0.5, "có ngày được hỏi"),
        ("best_names_found", 0.5, "có tên được hỏi"),
        ("best_numbers_found", 0.5, "có số được hỏi"),
        ("best_person_fits", 0.0, "đúng kiểu trả lời"),
        ("title_found", 0.0, "tài liệu hợp với câu hỏi"),
    ],
)
def test_no_reason_is_given_that_is_not_so(feature: str, undecided: float, text: str) -> None:
    assert texts({feature: 0.3}, {feature: undecided}) == []
    assert texts({feature: 0.3}, {feature: 1.0}) == [text]


def test_the_kind_of_answer_is_named() -> None:
    values = {"best_number_fits": 1.0, "asks_number": 1.0, "asks_person": 0.0}
    assert texts({"best_number_fits": 0.3}, values) == ["đúng kiểu trả lời (con số)"]


def test_a_feature_unknown_here_gives_no_reason_and_does_no_harm() -> None:
    found = {"a_new_feature": 9.0, "syllables": 5.0, "cosine": 0.1}
    assert texts(found, {**VALUES, "a_new_feature": 1.0}) == ["gần nghĩa với câu hỏi"]


def test_without_contributions_there_is_no_reason() -> None:
    assert strongest_reasons({}, VALUES) == ()
