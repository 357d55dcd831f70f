"""What a reader is: it chooses the evidence among the passages found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from documents.document import Passage
from index.hit import Hit
from index.query import Query
from index.question import Idf


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage, or less: ``passage.text[start:end]``, without blanks at its ends."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The evidence as it stands in the document."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found.

    Attributes
    ----------
    evidence
        The sentences of the answer in the order they are to be read; the first answers best. Of a
        refusal the sentence that would have been the answer, if any.
    confidence
        Estimated probability, 0 to 1, that the first sentence answers the question.
    refused
        True when the evidence is too weak to be shown as an answer.
    short
        The words of the first sentence that answer; None when they cannot be told.
    """

    evidence: tuple[Evidence, ...]
    confidence: float
    refused: bool
    short: Evidence | None = None


class Reader(Protocol):
    """Chooses the sentences that answer a question."""

    def read(self, query: Query, hits: Sequence[Hit], *, idf: Idf) -> Reading:
        """Return the answering sentences of the passages found, or a refusal."""
        ...
