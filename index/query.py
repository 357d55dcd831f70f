"""What is asked of the index."""

from dataclasses import dataclass
from datetime import date

from index.times import Time

MOST_CHARACTERS = 2_000
"""Longer questions are refused: nobody asks that much at once, and every word costs time."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the retriever understands it.

    Attributes
    ----------
    text
        The text to look for.
    typed
        What the user typed, where ``text`` is what was understood by it; else empty.
    required
        Quoted words and document numbers: passages that hold more of them come first
        (`index.required`).
    times
        Times named in the question: documents and passages of them are preferred, not demanded.
    asked
        The day it is asked, from which "năm ngoái" is counted; None is today.
    since, until
        First and last day of publication wanted, both included; None leaves that end open.
        A document without a date is left out as soon as either is given.
    source
        Only documents of this source (case and accents ignored), or empty for all.
    kind
        Only files of this ending without the dot (``pdf``), or empty for all.
    documents
        Only these paths; empty for all.
    """

    text: str
    since: date | None = None
    until: date | None = None
    source: str = ""
    typed: str = ""
    required: tuple[str, ...] = ()
    times: tuple[Time, ...] = ()
    asked: date | None = None
    kind: str = ""
    documents: tuple[str, ...] = ()

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the text says which documents are wanted."""
        return bool(self.since or self.until or self.source or self.kind or self.documents)

    def understood(self) -> str:
        """Return what is looked for, to be shown; empty where that is just what was typed.

        With what words like "năm ngoái" mean: ``hội nghị năm ngoái (năm ngoái → 2025)``.
        """
        meant = [f"{time.text} → {time.described()}" for time in self.times if time.is_relative]
        if not meant:
            return self.text if self.typed else ""
        return f"{self.text} ({'; '.join(meant)})"
