from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from documents.document import Passage
from index.hit import Hit
from index.question import analyse
from index.sentence_features import FEATURE_NAMES, FoundSentences, find_sentences


def find(question: str, *texts: str, titles: Sequence[str] = ()) -> FoundSentences:
    hits = [
        Hit(
            Passage(f"{place}.txt", 0, 0, len(text), text),
            titles[place] if titles else "",
            "",
            date(2020, 11, 26),
            2.0 - place,
            place + 1,
        )
        for place, text in enumerate(texts)
    ]
    return find_sentences(analyse(question, lambda _: 1.0), hits)


def column(found: FoundSentences, name: str) -> list[float]:
    return [float(value) for value in found.features[:, FEATURE_NAMES.index(name)]]


def test_the_sentence_before_counts_within_its_passage_only() -> None:
    found = find("cầu Long Biên", "Cầu Long Biên. Màu nâu. Rất dài.", "Biên có cầu. Xa.")
    assert [sentence.text for sentence in found.sentences][2:] == [
        "Rất dài.",
        "Biên có cầu.",
        "Xa.",
    ]
    assert found.counts == (3, 2)
    assert column(found, "syllables_found") == pytest.approx([1, 0, 0, 2 / 3, 0])
    assert column(found, "found_with_previous") == pytest.approx([1, 1, 0, 2 / 3, 2 / 3])
    assert column(found, "pairs_found") == pytest.approx([1, 0, 0, 0, 0])
    assert column(found, "found_in_passage") == pytest.approx([1, 1, 1, 2 / 3, 2 / 3])
    assert column(found, "first_sentence") == [1, 0, 0, 1, 0]
    assert column(found, "passage_score") == [0, 0, 0, -1, -1]


def test_the_title_counts_for_its_own_passage_and_is_no_answer() -> None:
    found = find("cầu Long Biên", "Sơn đỏ.", "Hồ Gươm. Nước xanh.", titles=["Cầu Biên", "Hồ Gươm."])
    assert [sentence.text for sentence in found.sentences] == ["Sơn đỏ.", "Nước xanh."]
    assert column(found, "found_with_title") == pytest.approx([2 / 3, 0])
    assert column(found, "found_in_title") == pytest.approx([2 / 3, 0])


@pytest.mark.parametrize(
    ("question", "feature", "fitting", "other"),
    [
        ("Ai xây chùa?", "person_fits", "Người xây là Lý Công.", "Nhiều người xây."),
        ("Chùa xây khi nào?", "time_fits", "Chùa xây năm 1049.", "Chùa xây lâu rồi."),
        ("Chùa ở đâu?", "place_fits", "Chùa ở quận Ba Đình.", "Chùa ở xa."),
        ("Chùa có bao nhiêu gian?", "number_fits", "Chùa có 5 gian.", "Chùa có gian."),
        ("Vì sao chùa đóng?", "reason_fits", "Chùa đóng vì mưa.", "Chùa đóng hôm qua."),
    ],
)
def test_a_sentence_fits_when_it_holds_what_is_asked_for(
    question: str, feature: str, fitting: str, other: str
) -> None:
    found = find(question, f"{fitting} {other}")
    assert column(found, feature) == [1, 0]
    assert column(found, "fit_missing") == [0, 1]
    kinds = [name for name in FEATURE_NAMES if name.endswith("_fits") and name != "unit_fits"]
    assert sum(sum(column(found, name)) for name in kinds) == 1


def test_a_number_of_the_question_is_no_answer_to_it() -> None:
    found = find("Phố 36 có bao nhiêu chùa?", "Phố 36 có chùa. Phố 36 có 12 chùa.")
    assert column(found, "number_fits") == [0, 1]
    assert column(found, "numbers_found") == [1, 1]
    assert column(found, "unit_fits") == [0, 1]


def test_names_are_found_as_whole_words() -> None:
    found = find("chùa của Lê Lam", "Ông Lê dựng. Bà Lambert xem.")
    assert column(found, "names_found") == [0.5, 0]


def test_dates_are_looked_for_in_the_sentence_and_around_it() -> None:
    found = find("họp ngày 26/11/2020 ở đâu", "Họp sáng 26/11 tại Huế. Trời nắng.", "Họp 3/2/2019.")
    assert column(found, "dates_found") == [1, 0, 0]
    assert column(found, "dates_in_context") == [1, 1, 1]


def test_nothing_asked_for_is_half_found_and_nothing_to_read_is_no_row() -> None:
    found = find("chùa xưa", "Chùa xưa.")
    for name in ("names_found", "numbers_found", "dates_found", "dates_in_context"):
        assert column(found, name) == [0.5]
    empty = find("chùa", "Lên đầu trang", " ")
    assert empty.counts == (0, 0)
    assert empty.features.shape == (0, len(FEATURE_NAMES))
    assert np.isfinite(found.features).all()
