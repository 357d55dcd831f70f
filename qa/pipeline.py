"""From a question to a cited answer: retrieve, read, cite; the one path for page and commands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from documents.document import Document
from index.hit import Hit
from index.query import Query
from index.store import DocumentInfo
from qa.answer import Answer


@dataclass(frozen=True, slots=True)
class Found:
    """The first event of a stream: the ranked passages."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A further event: all of the answer's text so far."""

    text: str


Event = Found | Written | Answer


class Pipeline:
    """Answers questions over one index; safe to use from several threads."""

    def stream(self, query: Query) -> Iterator[Event]:
        """Yield `Found` once, `Written` as the text grows, and last the finished `Answer`.

        Never raises for what a user typed: an empty or unreadable question gets a refusal that
        says what to type.
        """
        raise NotImplementedError

    def ask(self, query: Query) -> Answer:
        """Return the finished answer: the last event of `stream`."""
        raise NotImplementedError

    def document(self, path: str) -> Document | None:
        """Return a document as stored, or None when the index no longer holds it."""
        raise NotImplementedError

    def documents(self) -> Sequence[DocumentInfo]:
        """Return what the index holds, ordered by path, without texts."""
        raise NotImplementedError
