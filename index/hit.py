"""What the index gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from documents.document import Passage
from documents.orders import find_orders

if TYPE_CHECKING:
    from index.hit_reading import HitReading


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query.

    Attributes
    ----------
    passage
        The text found, a span of its document.
    title, source, published
        Of the document, as in `documents.document.Document`.
    score
        Higher is better; comparable within one ranking only.
    rank
        Place in the ranking, from 1.
    lexical, dense
        What the searchers said: BM25 and cosine. A passage that one of them did not rank has the
        lowest score it gave.
    of_time, held
        How far the passage is of the times asked for, 0 to 1, and how many of the required parts
        it holds.
    meanings
        Short form → long form, of those in the passage and the title; texts are compared with a
        question after `index.abbreviations.expand_and_keep`.
    rank_before
        Place before reranking, from 1; 0 when nothing was reranked.
    features
        What the learned reranker saw (`index.passage_features.FEATURE_NAMES`); else empty.
    reading
        What was read of the passage, where the reranker has read it closely.
    """

    passage: Passage
    title: str
    source: str
    published: date | None
    score: float
    rank: int
    lexical: float = 0.0
    dense: float = 0.0
    of_time: float = 0.0
    held: int = 0
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False, repr=False)
    rank_before: int = 0
    features: tuple[float, ...] = field(default=(), repr=False)
    reading: "HitReading | None" = field(default=None, repr=False, compare=False)

    def as_json(self) -> dict[str, object]:
        """Return the hit in the form of the commands' JSON."""
        return {
            "rank": self.rank,
            "score": round(self.score, 6),
            "document": self.passage.document,
            "title": self.title,
            "source": self.source,
            "published": self.published.isoformat() if self.published else None,
            "start": self.passage.start,
            "end": self.passage.end,
            "text": self.passage.text,
            "gives_orders": bool(find_orders(self.passage.text)),
        }
