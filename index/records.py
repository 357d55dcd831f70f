"""What goes into the store and comes out of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from documents.document import Document, Passage
from documents.normalising import fold


@dataclass(frozen=True, slots=True)
class Identity:
    """What a store says of itself.

    Attributes
    ----------
    store_id
        Made at random with the file; the manifest repeats it.
    makers
        The manifest's makers as JSON; empty before the first sync has begun.
    published
        The last published generation.
    """

    store_id: str
    makers: str
    published: int


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its id and what is known of its document.

    Attributes
    ----------
    abbreviations
        What the document defines: short form → long form.
    """

    passage_id: int
    passage: Passage
    title: str
    source: str
    published: date | None
    abbreviations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors by passage: ids of shape (n,), rows of shape (n, dimension), float32."""

    ids: NDArray[np.int64]
    rows: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document ready to be stored; vectors of shape (passages, dimension).

    Attributes
    ----------
    abbreviations
        What it defines: short form → long form.
    """

    document: Document
    fingerprint: str
    passages: Sequence[Passage]
    vectors: NDArray[np.float32]
    abbreviations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form, one of its meanings, and how many documents define it so."""

    short: str
    long: str
    documents: int


def source_key(source: str) -> str:
    """Return a source as it is compared: no case, no accents, no blanks at the ends."""
    return fold(source).lower().strip()


def stored_passage(row: tuple[Any, ...]) -> StoredPassage:
    """Return the passage of a row of the store."""
    passage_id, path, ordinal, start, end, text, title, source, published, defined = row
    passage = Passage(path, ordinal, start, end, text)
    own = json.loads(defined) if defined else {}
    return StoredPassage(passage_id, passage, title, source, day_of(published), own)


def day_of(published: str | None) -> date | None:
    """Return the day of an ISO date, or None of none."""
    return date.fromisoformat(published) if published else None
