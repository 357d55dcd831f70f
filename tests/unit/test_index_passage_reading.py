from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reading_hits import read_hits

from documents.document import Passage
from index.hit import Hit
from index.passage_reading import (
    ADDED_NAMES,
    MOST_READ,
    MOST_SKIMMED,
    READING_NAMES,
    SKIMMED_GAP,
    TREES_GAP,
    PassageReading,
    ReadingWeights,
    Weights,
    load_reading_weights,
    reading_rows,
)
from index.read_passages import PassageReader, ReadPassage, ReadPassages
from index.reading_tokens import ReadingTokenizer, TokenisedText
from index.tree_ensemble import ModelFileError

GAP_ALONE = np.array([1.0, 0.0, 0.0, 0.0])
SAME = Weights(2.0, GAP_ALONE)


class ByDigits(PassageReader):
    """Finds answers where a text has digits: as good as there are digits."""

    def __init__(self) -> None:
        super().__init__(ReadingTokenizer())
        self.asked: list[str] = []

    def read(self, question: str, texts: Sequence[str]) -> ReadPassages:
        self.asked += texts
        return ReadPassages(tuple(map(self._one, texts)), 0.0)

    def _one(self, text: str) -> ReadPassage:
        tokens = self._tokenizer.encode([text])[0]
        digits = [
            sum(map(str.isdigit, text[a:b]))
            for a, b in zip(tokens.starts, tokens.ends, strict=True)
        ]
        return ReadPassage(
            tokens, np.array(digits, dtype=np.float32), np.zeros(len(digits), np.float32)
        )

    def _scores(
        self, asked: TokenisedText, passages: Sequence[TokenisedText], *, folded: bool
    ) -> ReadPassages:
        raise NotImplementedError


def reading(
    skimmer: PassageReader | None = None, closer: PassageReader | None = None
) -> PassageReading:
    return PassageReading(skimmer or ByDigits(), closer or ByDigits(), ReadingWeights(SAME, SAME))


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
    result = reading().add_to(
        np.array([1.0, 0.9, 0.0]), "năm nào", hits(["mưa", "năm 1902", "số 12"])
    )
    assert np.argsort(-result.scores).tolist() == [1, 0, 2]
    added = result.table[:, ADDED_NAMES.index("answer_read")]
    assert added[1] > added[0] == 0
    assert result.scores == pytest.approx(2 * np.array([1.0, 0.9, 0.0]) + added)
    assert result.scores[1] > 2.0
    assert result.table[1, ADDED_NAMES.index("answer_share")] == result.table[:, 1].max()
    assert set(result.readings) == {1}


def test_only_the_best_by_the_trees_are_skimmed() -> None:
    texts = [f"năm {place}" for place in range(MOST_SKIMMED + 3)]
    trees = np.linspace(1.0, 0.0, len(texts))
    trees[[0, -1]] = trees[[-1, 0]]
    trees[1] = trees.max() - TREES_GAP - 0.1
    skimmer = ByDigits()
    reading(skimmer).add_to(trees, "năm nào", hits(texts))
    assert set(skimmer.asked) == {texts[-1], *texts[2 : MOST_SKIMMED + 1]}


def test_only_the_best_after_skimming_are_read_and_the_rest_stays_behind() -> None:
    texts = [f"năm {10**place}" for place in range(MOST_SKIMMED)]
    closer = ByDigits()
    trees = np.linspace(1.0, 0.0, len(texts))
    result = reading(None, closer).add_to(trees, "năm nào", hits(texts))
    skimmed = 2 * trees + np.arange(len(texts))
    near = [text for text, s in zip(texts, skimmed, strict=True) if s >= max(skimmed) - SKIMMED_GAP]
    assert set(closer.asked) == set(near)
    assert 1 < len(near) <= MOST_READ
    read = sorted(result.readings)
    assert np.delete(result.scores, read).max() < result.scores[read].min()
    assert not np.delete(result.table, read, axis=0).any()
    assert not set(closer.asked) - set(texts[-MOST_READ:])


def test_what_a_question_insists_on_is_read() -> None:
    texts = [f"năm {place}" for place in range(MOST_SKIMMED + 1)]
    found = hits(texts)
    found[-1] = replace(found[-1], held=1)
    trees = np.linspace(3.0, 0.0, len(texts))
    assert len(texts) - 1 in reading().add_to(trees, "năm nào", found).readings
    assert len(texts) - 1 not in reading().add_to(trees, "năm nào", hits(texts)).readings


def test_hits_that_no_trees_have_ordered_are_read_as_they_come() -> None:
    found = hits(["mưa", "năm 1902", "số 12", "số 1", "nắng", "gió", "mây", "tuyết", "năm 5"])
    read = reading().read("năm nào", found)
    assert [hit.passage.text for hit in read] == ["năm 1902", "số 12", "số 1"]
    assert all(hit.reading is not None for hit in read)
    assert reading().read("năm nào", []) == []


ONE = '{"trees": 1, "reading": {"span_gap": 1, "start_share": 1, "end_share": 1, "share": 1}}'


@pytest.mark.parametrize(
    "content", [None, "", "[]", '{"skimmed": 1}', ONE, f'{{"skimmed": {ONE}, "read": {{}}}}']
)
def test_missing_or_damaged_weights_are_named_with_the_remedy(
    tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "reading.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ModelFileError, match="make reranker"):
        load_reading_weights(path)
