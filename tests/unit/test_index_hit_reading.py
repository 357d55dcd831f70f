import numpy as np
import pytest
import torch
from reading_hits import read_hits

from documents.document import Passage
from index.hit import Hit
from index.hit_reading import HitReading
from index.reading_tokens import ReadingTokenizer
from index.span_reader import SpanReader
from training.span_network import SpanNetwork

QUESTION = "Viện trưởng là ai?"
SHORT = "Theo VKSND tỉnh, ông Hòa là viện trưởng. Ông sinh ở Huế."
PLAIN = "Mưa to ở Huế."


def hit(text: str, **meanings: str) -> Hit:
    return Hit(Passage("a.txt", 0, 0, len(text), text), "", "", None, 1.0, 1, meanings=meanings)


@pytest.fixture(scope="module")
def readings() -> tuple[HitReading, ...]:
    torch.manual_seed(0)
    tokenizer = ReadingTokenizer()
    network = SpanNetwork(len(tokenizer.folded) + 1).eval()
    weights = {name: values.numpy() for name, values in network.state_dict().items()}
    hits = [hit(SHORT, VKSND="Viện kiểm sát nhân dân"), hit(PLAIN)]
    return read_hits(SpanReader(weights, tokenizer), QUESTION, hits)


def test_tokens_stand_where_the_stored_text_has_them(readings: tuple[HitReading, ...]) -> None:
    reading = readings[0]
    words = [SHORT[start:end] for start, end in zip(reading.starts, reading.ends, strict=True)]
    assert words[:8] == ["Theo", *["VKSND"] * 5, "tỉnh", "ông"]
    assert words[-4:] == ["Ông", "sinh", "ở", "Huế"]


def test_the_shares_of_all_tokens_and_of_nothing_make_one(
    readings: tuple[HitReading, ...],
) -> None:
    whole = [reading.shares(0, 100) for reading in readings]
    both = sum(start + end for start, end in whole) / 2
    assert both + readings[0].nothing == pytest.approx(1, abs=1e-5)


def test_the_best_span_stays_within_the_range_asked_for(readings: tuple[HitReading, ...]) -> None:
    reading = readings[0]
    second = SHORT.index("Ông sinh")
    found = reading.best_span(second, len(SHORT))
    assert found is not None
    assert second <= found.start < found.end <= len(SHORT)
    assert SHORT[found.start : found.end].strip(" .") == SHORT[found.start : found.end]
    assert reading.best_span(0, 0) is None
    everywhere = [one.best_span(0, 100) for one in readings]
    assert max(span.score for span in everywhere if span) == pytest.approx(reading.highest)
    assert np.isfinite(reading.highest)
