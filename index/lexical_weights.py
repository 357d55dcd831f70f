"""What a question's terms weigh in the search by words, whatever engine searches."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import tantivy

from documents.normalising import has_accents
from index.terms import Terms, terms_of

PAIR_WEIGHT = 0.35
"""A pair's weight beside a syllable's. Measured on ViQuAD dev, 5,300 passages, nDCG@10: 0 .771,
0.25 .809, 0.35 .811, 0.5 .805, 1 .777 (accented and folded fields together)."""
TITLE_WEIGHT = 0.2
"""Of the title's terms. The same set: 0 .811, 0.2 .816."""
_IMAGINED_PASSAGES = 100


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term of a question in one field, and what its BM25 score there is multiplied by."""

    field: str
    term: str
    weight: float


def weighted_terms(text: str, folding: tantivy.TextAnalyzer) -> list[WeightedTerm]:
    """Return the terms a text is searched by, each once in each field that it is searched in.

    A text without accents is looked for in the folded fields alone.
    """
    terms, accented = terms_of(text), has_accents(text)
    folded = Terms(_folded(terms.syllables, folding), _folded(terms.pairs, folding))
    share = 0.5 if accented else 1.0
    weighted = [
        ("folded_syllables", folded.syllables, share),
        ("folded_pairs", folded.pairs, share * PAIR_WEIGHT),
        ("title", folded.syllables + folded.pairs, TITLE_WEIGHT),
    ]
    if accented:
        weighted += [
            ("exact_syllables", terms.syllables, share),
            ("exact_pairs", terms.pairs, share * PAIR_WEIGHT),
        ]
    return [
        WeightedTerm(field, term, weight)
        for field, field_terms, weight in weighted
        for term in dict.fromkeys(field_terms)
    ]


def field_of(folded: str) -> str:
    """Return the field that a folded syllable or pair is in."""
    return "folded_pairs" if "_" in folded else "folded_syllables"


def idf(frequency: int, passages: int) -> float:
    """Return ln(1 + (n − df + 0.5) / (df + 0.5)), as in BM25; above 0."""
    return float(np.log1p((passages - frequency + 0.5) / (frequency + 0.5)))


def imagined_idf(frequency: int, passages: int) -> float:
    """Return the idf over the passages and a hundred imagined ones, of which one holds the term.

    In an index of few passages a missing word must not outweigh all that are there.
    """
    return idf(frequency + 1, passages + _IMAGINED_PASSAGES)


def _folded(terms: Sequence[str], folding: tantivy.TextAnalyzer) -> tuple[str, ...]:
    """Return terms as the folded fields spell them."""
    return tuple(folding.analyze(" ".join(terms)))
