"""The truth: documents, passages and vectors in one SQLite file (WAL)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document of the index without its text."""

    path: str
    title: str
    source: str
    published: date | None
    passages: int
