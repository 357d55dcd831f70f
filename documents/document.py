"""The two values everything else is built from: a document and its passages."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    r"""One text of the collection.

    Attributes
    ----------
    path
        Identity: the path below the synced folder, with ``/`` between parts.
    text
        NFC text with ``\n`` line ends. Every offset in the project counts its code points.
    title
        One line, never empty (the file's name when nothing better is known).
    source
        Who published it (``kiemsat.vn``), or empty.
    published
        Day of publication, or None when the document does not say.
    """

    path: str
    text: str
    title: str
    source: str = ""
    published: date | None = None

    def __post_init__(self) -> None:
        if not self.path or not self.title:
            raise ValueError(
                f"a document needs a path and a title, got {self.path!r}, {self.title!r}"
            )


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document: ``document.text[start:end] == text``.

    Attributes
    ----------
    document
        Path of the document it belongs to.
    ordinal
        Position among the document's passages, from 0.
    start, end
        Half-open span in code points of the document's stored text.
    """

    document: str
    ordinal: int
    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.text):
            raise ValueError(
                f"span {self.start}:{self.end} does not fit a text of {len(self.text)} code points"
            )
