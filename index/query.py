"""What is asked of the index."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the retriever understands it.

    Attributes
    ----------
    text
        The text to look for.
    typed
        What the user typed, where ``text`` is what was understood by it; else empty.
    since, until
        First and last day of publication wanted, both included; None leaves that end open.
        A document without a date is left out as soon as either is given.
    source
        Only documents of this source (case and accents ignored), or empty for all.
    """

    text: str
    since: date | None = None
    until: date | None = None
    source: str = ""
    typed: str = ""
