"""Search by words and by meaning in a Milvus collection, at one generation."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

from index.among import Allowed, Among
from index.lexical_schema import folding
from index.lexical_weights import field_of, idf, imagined_idf, weighted_terms
from index.milvus_collection import MilvusCollection
from index.milvus_statistics import TermStatistics
from index.milvus_terms import dimension
from index.records import source_key
from index.scores import Scores, ranked
from index.store import Store

NO_DATE = -1
NEVER = 2**62
"""The generation that removed what was not removed."""


class MilvusLexical:
    """BM25 as `index.lexical.LexicalSearcher` has it, as the product of sparse vectors."""

    def __init__(
        self, collection: MilvusCollection, statistics: TermStatistics, generation: int
    ) -> None:
        self._collection = collection
        self._statistics = statistics
        self._generation = generation
        self._folding = folding()

    def search(
        self,
        text: str,
        k: int,
        *,
        among: Among = None,
        holding: Sequence[Sequence[str]] = (),
    ) -> Scores:
        """Return at most ``k`` passages that share terms with the text, best first."""
        vector = self._vector(text)
        if not vector or k < 1 or _is_none(among):
            return _nothing()
        conditions = [condition(self._generation, among)]
        if holding:
            conditions.append(f"({' or '.join(map(_holding, holding))})")
        return self._collection.search("words", vector, k, " and ".join(conditions))

    def idf(self, syllable: str, *, folded: bool) -> float:
        """Return the inverse document frequency of a lower-case syllable, above 0."""
        field = "folded_syllables" if folded else "exact_syllables"
        return imagined_idf(self._count(field, syllable), self._statistics.passages())

    def word_count(self, word: str) -> int:
        """Return in how many passages a word stands (`index.word_statistics`)."""
        return self._count("exact_syllables", word)

    def pair_count(self, first: str, second: str) -> int:
        """Return in how many passages the second word stands right after the first."""
        return self._count("exact_pairs", f"{first}_{second}")

    def _count(self, field: str, term: str) -> int:
        place = dimension(field, term)
        return self._statistics.counts([place]).get(place, 0)

    def _vector(self, text: str) -> dict[int, float]:
        """Return a question's vector: idf times weight of each term that any passage has."""
        weighted = [
            (dimension(one.field, one.term), one.weight)
            for one in weighted_terms(text, self._folding)
        ]
        counts = self._statistics.counts(place for place, _ in weighted)
        passages = max(self._statistics.passages(), *counts.values(), 0) if counts else 0
        vector: dict[int, float] = {}
        for place, weight in weighted:
            if place in counts:
                vector[place] = vector.get(place, 0.0) + weight * idf(counts[place], passages)
        return vector


@dataclass(frozen=True, slots=True)
class MilvusDense:
    """The nearest vectors, as `index.dense.DenseSearcher` has them, but of an HNSW graph."""

    collection: MilvusCollection
    store: Store
    generation: int

    def search(self, vector: NDArray[np.float32], k: int, *, among: Among = None) -> Scores:
        """Return the ``k`` nearest passages to a vector of shape (dimension,), best first."""
        if k < 1 or _is_none(among):
            return _nothing()
        wanted = condition(self.generation, among)
        return self.collection.search("vector", vector.tolist(), k, wanted)

    def with_scores(
        self, scores: Scores, vector: NDArray[np.float32], ids: NDArray[np.int64]
    ) -> Scores:
        """Return a ranking with further passages, scored exactly; unknown ids are left out."""
        more = self.store.vectors(np.setdiff1d(ids, scores.ids).tolist(), dimension=len(vector))
        return ranked(
            np.concatenate([scores.ids, more.ids]),
            np.concatenate([scores.values, (more.rows @ vector).astype(np.float32)]),
        )


def condition(generation: int, among: Among = None) -> str:
    """Return the expression that is true of the rows a search at a generation may find."""
    visible = f"added <= {generation} and removed > {generation}"
    if among is None:
        return visible
    if isinstance(among, Allowed):
        return " and ".join([visible, *_filters(among)])
    return f"{visible} and passage_id in {among.tolist()}"


def day_number(day: date | None) -> int:
    """Return a date as it is kept in a row."""
    return NO_DATE if day is None else day.toordinal()


def name_of(text: str) -> str:
    """Return a text as it is kept in a row: a hash, which needs no quoting whatever is in it."""
    return sha256(text.encode()).hexdigest()[:32]


def kind_of(path: str) -> str:
    """Return the ending of a path as `index.query.Query.kind` has it."""
    return PurePosixPath(path).suffix.lower().removeprefix(".")


def _filters(allowed: Allowed) -> list[str]:
    query = allowed.query
    found = []
    if query.since or query.until:
        found.append(f"published >= {day_number(query.since or date.min)}")
    if query.until:
        found.append(f"published <= {day_number(query.until)}")
    if query.source:
        found.append(f'source == "{name_of(source_key(query.source))}"')
    if query.kind:
        found.append(f'kind == "{name_of(query.kind.lower())}"')
    if query.documents:
        found.append(f"document in {json.dumps([name_of(path) for path in query.documents])}")
    return found


def _holding(terms: Sequence[str]) -> str:
    return f"array_contains_all(held, {[dimension(field_of(term), term) for term in terms]})"


def _is_none(among: Among) -> bool:
    return isinstance(among, np.ndarray) and not len(among)


def _nothing() -> Scores:
    return Scores(np.empty(0, np.int64), np.empty(0, np.float32))
