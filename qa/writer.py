"""What a writer is: it answers in its own words, which are checked before they are an answer."""

from collections.abc import Generator, Sequence
from typing import Protocol

from documents.errors import DanChungError
from index.hit import Hit
from index.query import Query

SHOWN_PASSAGES = 6
"""How many of the best passages a writer is shown."""
MOST_WRITTEN = 20_000
"""Code points after which a writer is stopped: it has run away."""


class WriterError(DanChungError):
    """A writer failed or did not finish; the message names the remedy."""


class Writer(Protocol):
    """Writes an answer from the passages found."""

    def write(self, query: Query, hits: Sequence[Hit]) -> Generator[str, None, None]:
        """Yield the text piece by piece; closing the generator stops the writing.

        The text refers to the hits as ``[1]``, ``[2]``, … in their order; nothing of it is to be
        trusted.

        Raises
        ------
        WriterError
            The text is not complete, for whatever reason.
        """
        ...
