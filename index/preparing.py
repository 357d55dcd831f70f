"""From a changed file to a document ready to be stored: load, split, embed, find its terms.

The slow part of a sync. It writes nothing and asks no store, so it may run in other processes or
on other machines; it gives the same documents wherever it runs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from documents.document import Document, Passage
from documents.errors import UnreadableDocumentError
from documents.source import DocumentSource, Loaded
from documents.splitting import split, split_again
from index.abbreviation_definitions import definitions_in
from index.abbreviations import expand_both, vocabulary
from index.embedding import Embedder
from index.records import Former, NewDocument, NewPassage
from index.report import Failure
from index.terms import NO_TERMS, passage_terms, title_terms


@dataclass(frozen=True, slots=True)
class Change:
    """A document to be stored anew.

    Attributes
    ----------
    marks
        What its source said of it when it was listed.
    replaces
        Path of the document whose place it takes: its own, or the one it was moved from.
    former
        The version it replaces, or None of a new one.
    """

    path: str
    marks: str
    replaces: str
    former: Former | None = None


@dataclass(frozen=True, slots=True)
class Partition:
    """A document with its passages, without vectors.

    Attributes
    ----------
    texts
        What is to be embedded, in order: of passages neither kept nor like a stored one.
    """

    document: NewDocument
    texts: tuple[str, ...]


Prepared = NewDocument | Failure
Preparing = Callable[
    [DocumentSource, Embedder, Iterable[Sequence[Change]]], Iterator[Sequence[Prepared]]
]
"""Prepares batches of changes, yielding one result for each batch, in order."""


def prepare_here(
    source: DocumentSource, embedder: Embedder, batches: Iterable[Sequence[Change]]
) -> Iterator[Sequence[Prepared]]:
    """Prepare batches in this process, one after another."""
    for batch in batches:
        yield prepare(source, embedder, batch)


def prepare(
    source: DocumentSource, embedder: Embedder, batch: Sequence[Change]
) -> Sequence[Prepared]:
    """Return each change's document, or why it cannot be read; in order."""
    parted = [partition(source, change) for change in batch]
    texts = [text for one in parted if isinstance(one, Partition) for text in one.texts]
    vectors = iter(embedder.embed_passages(texts) if texts else ())
    return [
        _with_vectors(one.document, vectors) if isinstance(one, Partition) else one
        for one in parted
    ]


def partition(source: DocumentSource, change: Change) -> Partition | Failure:
    """Return a change's document with its passages, of which those that did not change are kept."""
    try:
        loaded = source.read(change.path)
    except UnreadableDocumentError as error:
        return Failure(change.path, str(error))
    former = change.former
    if former is None:
        return _partition(loaded, split(loaded.document), change)
    old_texts = [former.text[passage.start : passage.end] for passage in former.passages]
    return _partition(loaded, split_again(loaded.document, old_texts), change)


def _partition(loaded: Loaded, passages: Sequence[Passage], change: Change) -> Partition:
    document = loaded.document
    defined = definitions_in(document.text)
    meanings = vocabulary(defined)
    title = expand_both(document.title, meanings)
    context = _context(document, title.text)
    terms_of_title = title_terms(title.searched)
    reused = _Reused(change.former)
    ready: list[NewPassage] = []
    texts: list[str] = []
    for passage in passages:
        expansion = expand_both(passage.text, meanings)
        embedded, searched = context + expansion.text, expansion.searched
        hashes = _hash(embedded), _hash(f"{title.searched}\n{searched}")
        kept, like = reused.of(*hashes)
        terms = NO_TERMS if kept else passage_terms(searched, terms_of_title)
        if not (kept or like):
            texts.append(embedded)
        ready.append(NewPassage(passage.start, passage.end, *hashes, kept, like, terms))
    new = NewDocument(
        document,
        loaded.fingerprint,
        tuple(ready),
        marks=change.marks,
        replaces=change.replaces,
        abbreviations=defined,
    )
    return Partition(new, tuple(texts))


def _context(document: Document, title: str) -> str:
    """Return what is embedded before each passage: the document's title, if it has one."""
    return "" if document.title == document.path else f"{title}\n"


class _Reused:
    """Gives the passages of a former version to equal new ones, each once, in order."""

    def __init__(self, former: Former | None) -> None:
        self._same: dict[tuple[bytes, bytes], list[int]] = {}
        self._like: dict[bytes, int] = {}
        for passage in reversed(former.passages if former else ()):
            if passage.embedded_hash:
                both = (passage.embedded_hash, passage.terms_hash)
                self._same.setdefault(both, []).append(passage.passage_id)
                self._like[passage.embedded_hash] = passage.passage_id

    def of(self, embedded_hash: bytes, terms_hash: bytes) -> tuple[int, int]:
        """Return the ids ``kept`` and ``like`` of a passage; see `index.records.NewPassage`."""
        same = self._same.get((embedded_hash, terms_hash))
        return (same.pop(), 0) if same else (0, self._like.get(embedded_hash, 0))


def _with_vectors(document: NewDocument, vectors: Iterator[NDArray[np.float32]]) -> NewDocument:
    return replace(
        document,
        passages=tuple(
            passage if passage.kept or passage.like else replace(passage, vector=next(vectors))
            for passage in document.passages
        ),
    )


def _hash(text: str) -> bytes:
    return sha256(text.encode()).digest()[:16]
