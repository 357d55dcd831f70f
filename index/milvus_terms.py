"""A passage's terms as one sparse vector, whose product with a question's is its BM25 score.

BM25 (Robertson and Zaragoza 2009) is a sum over terms of idf · tf (k1 + 1) / (tf + k1 (1 − b +
b · length / average)). What depends on the passage is its vector's, what depends on the question
and the collection, idf and the field's weight, is the question's: both may change later. Every
term of every field has a dimension, by hash.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import tantivy

from index.lexical_schema import EXACT_FIELDS, FOLDED_FIELDS
from index.lexical_weights import field_of
from index.terms import PassageTerms

K1, B = 1.2, 0.75
"""As Tantivy's."""
EVERY = 0
"""A dimension that every passage has, because a sparse vector must have one."""
FIELDS = (*EXACT_FIELDS, *FOLDED_FIELDS)
MOST_HELD = 4096
_DIMENSIONS = 2**31 - 2
"""Above 0 and within 32 bits with their sign. With 5·10^7 terms two in a hundred share one."""


@dataclass(frozen=True, slots=True)
class CountedTerms:
    """How often each term is in each field of a passage, in the order of `FIELDS`."""

    counts: tuple[Counter[str], ...]

    @property
    def lengths(self) -> tuple[int, ...]:
        """The number of terms in each field, repeats counted."""
        return tuple(count.total() for count in self.counts)


def dimension(field: str, term: str) -> int:
    """Return the dimension of a term in a field."""
    return 1 + crc32(f"{field} {term}".encode()) % _DIMENSIONS


def count_terms(terms: PassageTerms, folding: tantivy.TextAnalyzer) -> CountedTerms:
    """Return the terms of a passage, counted, the folded ones as ``folding`` spells them."""
    exact = (terms.syllables.split(), terms.pairs.split())
    folded = map(folding.analyze, (terms.syllables, terms.pairs, terms.title))
    return CountedTerms(tuple(map(Counter, (*exact, *folded))))


def dimensions_of(counted: CountedTerms) -> set[int]:
    """Return the dimensions of all terms."""
    return {
        dimension(field, term)
        for field, count in zip(FIELDS, counted.counts, strict=True)
        for term in count
    }


def sparse_vector(counted: CountedTerms, averages: Sequence[float]) -> dict[int, float]:
    """Return a passage's vector, given the average lengths of the fields."""
    vector = {EVERY: 1.0}
    fields = zip(FIELDS, counted.counts, counted.lengths, averages, strict=True)
    for field, count, length, average in fields:
        norm = K1 * (1 - B + B * length / average) if average else K1
        for term, times in count.items():
            place = dimension(field, term)
            vector[place] = vector.get(place, 0.0) + times * (K1 + 1) / (times + norm)
    return vector


def held_terms(counted: CountedTerms) -> list[int]:
    """Return the dimensions of the folded syllables and pairs, at most `MOST_HELD`, in order."""
    by_field: Mapping[str, Counter[str]] = dict(zip(FIELDS, counted.counts, strict=True))
    terms = (*by_field["folded_syllables"], *by_field["folded_pairs"])
    return sorted({dimension(field_of(term), term) for term in terms})[:MOST_HELD]
