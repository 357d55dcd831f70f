"""Small real classes that stand in for models."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from index.terms import terms_of


class HashEmbedder:
    """Each folded syllable adds one coordinate: texts that share words point the same way."""

    def __init__(self, *, revision: str = "1", dimension: int = 64) -> None:
        self.name = "hash"
        self.revision = revision
        self.dimension = dimension
        self.embedded: list[str] = []

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question."""
        return self._vector(text)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of passages, and remember what was embedded."""
        self.embedded.extend(texts)
        return np.array([self._vector(text) for text in texts], np.float32).reshape(
            len(texts), self.dimension
        )

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self.dimension, np.float32)
        for syllable in terms_of(text).folded().syllables:
            place = int.from_bytes(sha256(syllable.encode()).digest()[:4], "big")
            vector[place % self.dimension] += 1
        norm = float(np.linalg.norm(vector))
        return vector / norm if norm else vector
