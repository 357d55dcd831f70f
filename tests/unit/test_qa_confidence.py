from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from documents.document import Passage
from index.hit import Hit
from index.sentence_features import FoundSentence
from qa.confidence import CONFIDENCE_NAMES, confidence_row
from qa.sentence_reading import FEATURE_NAMES, QUESTION_NAMES, ReadSentences

TEXT = "Câu trả lời."
FOUND = FEATURE_NAMES.index("found_in_passage")


def read(
    answers: Sequence[str], found: Sequence[float] | None = None, *, ranks_before: Sequence[int]
) -> ReadSentences:
    """Return sentences of one passage each, which say their answer."""
    hits = [
        Hit(_passage(place), "", "", None, 1.0, place + 1, rank_before=before)
        for place, before in enumerate(ranks_before)
    ]
    features = np.zeros((len(answers), len(FEATURE_NAMES)))
    features[:, FOUND] = found if found is not None else 0.5
    sentences = tuple(FoundSentence(hit, 0, len(TEXT)) for hit in hits)
    spans = (None,) * len(answers)
    question = np.zeros(len(QUESTION_NAMES))
    return ReadSentences(sentences, spans, tuple(answers), tuple(answers), features, question)


def _passage(number: int) -> Passage:
    return Passage(f"{number}.txt", 0, 0, len(TEXT), TEXT)


def column(row: NDArray[np.float64], name: str) -> float:
    assert row.shape == (len(CONFIDENCE_NAMES),)
    return float(row[CONFIDENCE_NAMES.index(name)])


def test_the_lead_is_over_another_answer() -> None:
    sentences = read(["nam 1902", "nam 1902", "nam 1954"], ranks_before=[1, 2, 3])
    row = confidence_row(sentences, np.array([3.0, 2.9, 1.0]))
    assert column(row, "lead") == pytest.approx(2.0)
    assert column(row, "certainty") == pytest.approx(1 / (1 + np.exp(-2.0)))
    assert column(row, "intercept") == 1


def test_a_rival_as_good_leaves_a_half() -> None:
    sentences = read(["nam 1902", "nam 1954"], ranks_before=[1, 2])
    row = confidence_row(sentences, np.array([2.0, 2.0]))
    assert column(row, "lead") == 0
    assert column(row, "certainty") == pytest.approx(0.5)


def test_a_sentence_without_rivals_leads_a_little() -> None:
    row = confidence_row(read(["nam 1902"], ranks_before=[1]), np.array([2.0]))
    assert column(row, "lead") == 1
    assert column(row, "certainty") == 1
    assert column(row, "found_elsewhere") == 0


def test_a_passage_that_holds_more_of_the_question_but_another_answer_casts_doubt() -> None:
    sentences = read(["nam 1902", "nam 1902", "nam 1954"], [0.5, 1.0, 0.8], ranks_before=[1, 2, 3])
    row = confidence_row(sentences, np.array([3.0, 2.0, 1.0]))
    assert column(row, "found_elsewhere") == pytest.approx(0.3)


@pytest.mark.parametrize(("before", "expected"), [(1, 0.0), (8, np.log(8)), (0, np.log(2))])
def test_the_place_before_reranking_is_looked_at_or_the_place_there_is(
    before: int, expected: float
) -> None:
    sentences = read(["nam 1902", "nam 1954"], ranks_before=[1, before])
    row = confidence_row(sentences, np.array([1.0, 2.0]))
    assert column(row, "rank_before") == pytest.approx(expected)
