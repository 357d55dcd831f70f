import numpy as np
import pytest

from index.question import analyse, find_terms, names_in, share
from index.text_words import words_of


def test_syllables_and_pairs_are_found_as_whole_words() -> None:
    keys = [" kiểm sát viên ", " kiểm tra giám sát ", "  "]
    found = find_terms(["kiểm", "kiểm_sát", "viên", "át"], keys)
    assert found.tolist() == [
        [True, True, True, False],
        [True, False, False, False],
        [False] * 4,
    ]
    assert find_terms([], keys).shape == (3, 0)


def test_the_share_is_of_the_weight() -> None:
    weights = {"bão": 3.0, "lũ": 1.0}
    found = np.array([[True, False], [False, True], [True, True], [False, False]])
    assert share(weights, found).tolist() == [0.75, 0.25, 1.0, 0.0]
    assert share({}, np.zeros((2, 0), dtype=np.bool_)).tolist() == [0.0, 0.0]
    assert share({"bão": 0.0}, found[:, :1]).tolist() == [0.0] * 4


def test_weights_are_added_in_order_so_that_ties_stay_ties() -> None:
    rng = np.random.default_rng(3)
    weights = {str(place): float(weight) for place, weight in enumerate(rng.random(37))}
    found = rng.random((150, 37)) < 0.5
    one_by_one = [
        sum(weight for weight, is_found in zip(weights.values(), row, strict=True) if is_found)
        / sum(weights.values())
        for row in found.tolist()
    ]
    assert share(weights, found).tolist() == one_by_one


@pytest.mark.parametrize(("question", "key"), [("bão số 3", " bão "), ("bao so 3", " bao ")])
def test_a_text_is_spelled_as_the_question_is(question: str, key: str) -> None:
    assert analyse(question, lambda _: 1.0).keys(words_of("Bão.", {})).whole == key


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ông Lê Văn Tám về Huế", {"le", "van", "tam", "hue"}),
        ("Xe tới Vinh. Ga vắng khách", {"vinh"}),
        ("(Nam Định) xa", {"nam", "dinh"}),
        ("xanHoá", set()),
    ],
)
def test_names_are_capitalised_words_inside_a_sentence(text: str, names: set[str]) -> None:
    assert names_in(text) == names


def test_a_question_in_capitals_asks_what_it_asks_in_small_letters() -> None:
    question = "Ai chủ trì hội nghị tổng kết ngày 5/6/2021?"
    assert analyse(question.upper(), len) == analyse(question.lower(), len)
