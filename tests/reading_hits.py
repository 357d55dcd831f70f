"""Reading the passages of hits with one reader, as no part of the program does."""

from collections.abc import Sequence

from index.hit import Hit
from index.hit_reading import AskedTexts, HitReading
from index.read_passages import PassageReader


def read_hits(reader: PassageReader, question: str, hits: Sequence[Hit]) -> tuple[HitReading, ...]:
    """Read the passages of the hits together; one reading for each, in order."""
    asked = AskedTexts.of(question, hits)
    return asked.readings(asked.read_by(reader))
