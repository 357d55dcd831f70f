"""What the understanding of a question may ask about the words of the indexed documents."""

from typing import Protocol


class WordStatistics(Protocol):
    """Document frequencies of words and of pairs of neighbours.

    Words are in the form of `documents.normalising.search_key`, as in `index.terms`.
    """

    def word_count(self, word: str) -> int:
        """Return in how many passages the word stands."""
        ...

    def pair_count(self, first: str, second: str) -> int:
        """Return in how many passages the second word stands right after the first."""
        ...


class NoStatistics:
    """The statistics of an empty index: the bundled table decides alone."""

    def word_count(self, word: str) -> int:
        """Return 0."""
        return 0

    def pair_count(self, first: str, second: str) -> int:
        """Return 0."""
        return 0
