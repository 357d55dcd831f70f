"""Plain BM25 over syllables and pairs of neighbouring syllables, to judge embedders beside."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from documents.normalising import fold, search_key, syllables

_SATURATION = 1.2  # k1 and b of Robertson & Zaragoza (2009), "The Probabilistic Relevance
_LENGTH = 0.75  # Framework: BM25 and Beyond", section 3.4
FloatVector = NDArray[np.float64]


class Bm25:
    """BM25 scores of a query for every text; ``unaccented`` folds both sides."""

    def __init__(self, texts: Sequence[str], *, unaccented: bool) -> None:
        self._unaccented = unaccented
        counts = [Counter(self._terms(text)) for text in texts]
        lengths = np.array([count.total() for count in counts], dtype=np.float64)
        norms = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / lengths.mean())
        postings: dict[str, list[tuple[int, int]]] = {}
        for number, count in enumerate(counts):
            for term, times in count.items():
                postings.setdefault(term, []).append((number, times))
        self._size = len(texts)
        self._postings = {
            term: _weigh(np.array(posting), norms, self._size) for term, posting in postings.items()
        }

    def scores(self, query: str) -> FloatVector:
        """Return the score of each text, in their order."""
        scores = np.zeros(self._size)
        for term in self._terms(query):
            if term in self._postings:
                weights = self._postings[term]
                scores[weights[0].astype(np.int64)] += weights[1]
        return scores

    def _terms(self, text: str) -> list[str]:
        words = syllables(search_key(fold(text) if self._unaccented else text))
        return words + [f"{a} {b}" for a, b in pairwise(words)]


def _weigh(posting: NDArray[np.int64], norms: FloatVector, size: int) -> FloatVector:
    """Return the texts of a term and its weight in each, as two rows."""
    texts, times = posting[:, 0], posting[:, 1]
    frequency = len(texts)
    rarity = np.log1p((size - frequency + 0.5) / (frequency + 0.5))
    return np.stack([texts, rarity * times * (_SATURATION + 1) / (times + norms[texts])])
