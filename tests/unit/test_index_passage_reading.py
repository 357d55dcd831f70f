from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from documents.document import Passage
from index.hit import Hit
from index.hit_reading import read_hits
from index.passage_reading import (
    ADDED_NAMES,
    READ_PASSAGES,
    READING_NAMES,
    PassageReading,
    ReadingWeights,
    load_reading_weights,
    reading_rows,
)
from index.reading_tokens import ReadingTokenizer
from index.span_reader import ReadPassage, ReadPassages, SpanReader
from index.tree_ensemble import ModelFileError

WEIGHTS = ReadingWeights(2.0, np.array([1.0, 0.0, 0.0, 0.0]))


class ByDigits(SpanReader):
    """Finds answers where a text has digits: as good as there are digits."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._tokens = ReadingTokenizer()

    def read(self, question: str, texts: Sequence[str]) -> ReadPassages:
        self.asked += texts
        return ReadPassages(tuple(map(self._one, texts)), 0.0)

    def _one(self, text: str) -> ReadPassage:
        tokens = self._tokens.encode([text])[0]
        digits = [
            sum(map(str.isdigit, text[a:b]))
            for a, b in zip(tokens.starts, tokens.ends, strict=True)
        ]
        return ReadPassage(
            tokens, np.array(digits, dtype=np.float32), np.zeros(len(digits), np.float32)
        )


def hits(texts: Sequence[str]) -> list[Hit]:
    return [
        Hit(Passage(f"{place}.txt", 0, 0, len(text), text), "Tin", "", None, 1.0, place + 1)
        for place, text in enumerate(texts)
    ]


def test_rows_say_how_far_a_span_is_below_the_best_and_how_likely_it_is() -> None:
    rows = reading_rows(read_hits(ByDigits(), "năm nào", hits(["năm 1902", "số 12", "mưa"])))
    gap, start, end, share = rows.T
    assert gap.tolist() == [0.0, -2.0, -4.0]
    assert start[0] > start[1] > start[2]
    assert end[0] == end[1] > end[2]
    assert share == pytest.approx((np.exp(start) + np.exp(end)) / 2)
    assert share.sum() < 1


def test_a_text_without_words_has_the_least_share() -> None:
    rows = reading_rows(read_hits(ByDigits(), "năm nào", hits(["năm 1902", "…"])))
    assert rows[1, READING_NAMES.index("span_gap")] == -20
    assert np.isfinite(rows).all()
    assert np.isfinite(reading_rows(read_hits(ByDigits(), "năm nào", hits(["…", "!"])))).all()


def test_a_passage_that_holds_the_answer_rises() -> None:
    result = PassageReading(ByDigits(), WEIGHTS).add_to(
        np.array([1.0, 0.5, 0.0]), "năm nào", hits(["mưa", "năm 1902", "số 12"])
    )
    added = result.table
    assert result.scores.tolist() == [2.0, 5.0, 2.0]
    assert added[:, ADDED_NAMES.index("answer_read")].tolist() == [0.0, 4.0, 2.0]
    assert added[1, ADDED_NAMES.index("answer_share")] == added[:, 1].max()


def test_only_the_best_by_the_trees_are_read_and_the_rest_stays_behind() -> None:
    texts = [f"năm {10**place}" for place in range(READ_PASSAGES + 2)]
    reader = ByDigits()
    trees = np.arange(len(texts), 0.0, -1.0)
    trees[[0, -1]] = trees[[-1, 0]]
    scores = PassageReading(reader, WEIGHTS).add_to(trees, "năm nào", hits(texts)).scores
    assert set(reader.asked) == {texts[-1], *texts[1:READ_PASSAGES]}
    unread = [0, READ_PASSAGES]
    assert scores[unread].max() <= np.delete(scores, unread).min()


@pytest.mark.parametrize("content", [None, "", "[]", '{"trees": 1}', '{"trees": 1, "reading": {}}'])
def test_missing_or_damaged_weights_are_named_with_the_remedy(
    tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "reading.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ModelFileError, match="make reranker"):
        load_reading_weights(path)
