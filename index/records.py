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
from index.terms import NO_TERMS, PassageTerms


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
    root
        The folder that was synced last; empty when there was none.
    """

    store_id: str
    makers: str
    published: int
    root: str = ""


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
class DocumentInfo:
    """A document of the index without its text."""

    path: str
    title: str
    source: str
    published: date | None
    passages: int


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows a document by: the hash of its content, and its marks."""

    fingerprint: str
    marks: str


@dataclass(frozen=True, slots=True)
class FormerPassage:
    """A passage of a document's present version; its hashes say what it was made from."""

    passage_id: int
    start: int
    end: int
    embedded_hash: bytes
    terms_hash: bytes


@dataclass(frozen=True, slots=True)
class Former:
    """The present version of a document, which a new one replaces; passages in order."""

    text: str
    passages: tuple[FormerPassage, ...]


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage ready to be stored.

    Attributes
    ----------
    embedded_hash, terms_hash
        Of what is embedded and of what is searched by words.
    kept
        Id of the equal passage of the version before, which goes on; 0 for a new one.
    like
        Id of a passage whose vector is this one's; 0 when the vector is given or the passage kept.
    """

    start: int
    end: int
    embedded_hash: bytes
    terms_hash: bytes
    kept: int = 0
    like: int = 0
    terms: PassageTerms = NO_TERMS
    vector: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document ready to be stored, its passages in order.

    Attributes
    ----------
    replaces
        Path of the document whose place it takes: its own, or the one it was moved from.
    abbreviations
        What it defines: short form → long form.
    """

    document: Document
    fingerprint: str
    passages: Sequence[NewPassage]
    marks: str = ""
    replaces: str = ""
    abbreviations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Added:
    """What storing some documents did: ids of the new passages in order, and how many went."""

    ids: tuple[int, ...]
    passages_removed: int


@dataclass(frozen=True, slots=True)
class PastSync:
    """A sync of the store's history; ``report`` is the JSON that it ended with."""

    finished: str
    generation: int
    root: str
    report: Mapping[str, Any]


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
