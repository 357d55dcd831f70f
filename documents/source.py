"""Where documents come from: a folder, or a collection already in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from documents.document import Document


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a source, seen but not yet loaded.

    Attributes
    ----------
    path
        The identity its document will have.
    fingerprint
        Hex SHA-256 of its content: equal fingerprints mean that nothing changed.
    """

    path: str
    fingerprint: str


class DocumentSource(Protocol):
    """Lists what there is, and loads one document at a time."""

    def entries(self) -> Iterator[Entry]:
        """Yield every document once, ordered by path."""
        ...

    def load(self, path: str) -> Document:
        """Return one document; raise `UnreadableDocumentError` with the reason when it cannot."""
        ...


class MemorySource:
    """Documents that are already in memory, for collections and tests."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.path: document for document in documents}

    def entries(self) -> Iterator[Entry]:
        """Yield every document once, ordered by path."""
        for path, document in sorted(self._documents.items()):
            content = f"{document.title}\n{document.source}\n{document.published}\n{document.text}"
            yield Entry(path, sha256(content.encode()).hexdigest())

    def load(self, path: str) -> Document:
        """Return one document."""
        return self._documents[path]
