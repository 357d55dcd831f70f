"""What is asked of the searchers that are derived from the store, whatever engine they are of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.among import Among
from index.scores import Scores
from index.word_statistics import WordStatistics


class LexicalSearch(WordStatistics, Protocol):
    """Search by words; `index.lexical.LexicalSearcher` says what each method returns."""

    def search(
        self,
        text: str,
        k: int,
        *,
        among: Among = None,
        holding: Sequence[Sequence[str]] = (),
    ) -> Scores:
        """Return at most ``k`` passages that share terms with the text, best first."""
        ...

    def idf(self, syllable: str, *, folded: bool) -> float:
        """Return the inverse document frequency of a lower-case syllable, above 0."""
        ...


class DenseSearch(Protocol):
    """Search by meaning; `index.dense.DenseSearcher` says what each method returns."""

    def search(self, vector: NDArray[np.float32], k: int, *, among: Among = None) -> Scores:
        """Return the ``k`` nearest passages to a vector of shape (dimension,), best first."""
        ...

    def with_scores(
        self, scores: Scores, vector: NDArray[np.float32], ids: NDArray[np.int64]
    ) -> Scores:
        """Return a ranking with further passages, scored exactly; unknown ids are left out."""
        ...


@dataclass(frozen=True, slots=True)
class Searchers:
    """The two searchers of one generation."""

    lexical: LexicalSearch
    dense: DenseSearch
