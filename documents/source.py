"""Where documents come from: a folder, or a collection already in memory."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Protocol

from documents.document import Document

NOTHING_KNOWN: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a source, seen but not yet loaded.

    Attributes
    ----------
    path
        The identity its document will have.
    marks
        What is known without reading it, such as size and time: equal marks, if any, mean that
        nothing changed. Empty when only the fingerprint can tell.
    skipped
        Why this is no document, in the user's language; empty when it is one.
    is_closed
        Whether it is a folder or archive that cannot be opened: what was below it may still be
        there.
    """

    path: str
    marks: str = ""
    skipped: str = ""
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document with the hex SHA-256 of the content that it was made from."""

    document: Document
    fingerprint: str


class DocumentSource(Protocol):
    """Lists what there is, and loads one document at a time."""

    def entries(self, known: Mapping[str, str] = NOTHING_KNOWN) -> Iterator[Entry]:
        """Yield every document once, ordered by path, and what was skipped.

        Parameters
        ----------
        known
            Path → marks of the documents that were listed before: what they tell need not be
            looked up again.
        """
        ...

    def fingerprint(self, path: str) -> str:
        """Return the hex SHA-256 of one document's content; empty when it cannot be read."""
        ...

    def read(self, path: str) -> Loaded:
        """Return one document; raise `UnreadableDocumentError` with the reason when it cannot."""
        ...


class MemorySource:
    """Documents that are already in memory, for collections and tests."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.path: document for document in documents}

    def entries(self, known: Mapping[str, str] = NOTHING_KNOWN) -> Iterator[Entry]:
        """Yield every document once, ordered by path."""
        yield from map(Entry, sorted(self._documents))

    def fingerprint(self, path: str) -> str:
        """Return the hash of all that one document says."""
        document = self._documents[path]
        content = f"{document.title}\n{document.source}\n{document.published}\n{document.text}"
        return sha256(content.encode()).hexdigest()

    def read(self, path: str) -> Loaded:
        """Return one document."""
        return Loaded(self._documents[path], self.fingerprint(path))
