"""What every system of a benchmark is given to search."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.document import Document, Passage
from documents.splitting import split


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents, and the passages our splitter makes of them, in the same order.

    Our own index splits the documents itself, by the same rules; the others are given the passages.
    """

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]


def corpus_of(documents: Sequence[Document]) -> Corpus:
    """Return the documents with their passages."""
    passages = tuple(passage for document in documents for passage in split(document))
    return Corpus(tuple(documents), passages)
