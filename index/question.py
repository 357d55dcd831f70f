"""The content of a question: what to look for in a text, and how much each part matters."""

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass

from documents.dates import DateMention
from documents.normalising import fold, has_accents
from index.question_dates import dates_of, without_dates
from index.question_words import AnswerType, answer_type, is_asking
from index.terms import Terms, terms_of

Idf = Callable[[str], float]
"""From a lower-case syllable to its inverse document frequency in the index."""

_NAME = re.compile(r"(?<![.!?:\n“\"(] )(?<!^)\b[A-ZĐÀ-Ỹ]\w+")
_DIGITS = re.compile(r"\d+")
_COUNTED = re.compile(r"\b(?:bao nhieu|may) ([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Question:
    """A question's content words with their weights.

    Attributes
    ----------
    syllables, pairs
        Distinct content terms → IDF weight; a pair weighs as much as its two syllables. Folded
        when the question was typed without accents.
    sequence
        All its pairs in order, function words too.
    kind
        What would answer it.
    folded
        Whether its terms are without accents.
    names, numbers
        Folded capitalised syllables (the first word apart) and digit groups.
    dates
        The days it names. They are no content words: the sentence that answers often leaves them
        to the sentence before it or to the article's date.
    unit
        What is counted: "dieu" of "bao nhiêu điều", folded; empty when nothing is.
    """

    syllables: Mapping[str, float]
    pairs: Mapping[str, float]
    sequence: tuple[str, ...]
    kind: AnswerType
    folded: bool
    names: frozenset[str]
    numbers: frozenset[str]
    dates: tuple[DateMention, ...]
    unit: str

    def terms(self, text: str) -> frozenset[str]:
        """Return the distinct syllables and pairs of a text, spelled as the question's are."""
        terms = self._spelled(text)
        return frozenset(terms.syllables) | frozenset(terms.pairs)

    def _spelled(self, text: str) -> Terms:
        terms = terms_of(text)
        return terms.folded() if self.folded else terms


def analyse(question: str, idf: Idf) -> Question:
    """Return the content of a question, its words weighed by how rare they are in the index."""
    folded = not has_accents(question)
    dates = dates_of(question)
    kind = answer_type(question)
    counted = _COUNTED.search(fold(question).lower())
    undated = without_dates(question, dates)
    terms = terms_of(undated)
    terms = terms.folded() if folded else terms
    asking = [is_asking(syllable) for syllable in terms.syllables]
    weights = {s: idf(s) for s, skip in zip(terms.syllables, asking, strict=True) if not skip}
    neighbours = zip(terms.syllables, terms.syllables[1:], asking, asking[1:], strict=False)
    pairs = {
        pair: idf(first) + idf(second)
        for pair, (first, second, skip, skip_next) in zip(terms.pairs, neighbours, strict=True)
        if not (skip and skip_next)
    }
    return Question(
        syllables=weights,
        pairs=pairs,
        sequence=terms.pairs,
        kind=kind,
        folded=folded,
        names=names_in(undated),
        numbers=numbers_in(undated),
        dates=tuple(dates),
        unit=counted.group(1) if counted else "",
    )


def share(weights: Mapping[str, float], found: Set[str]) -> float:
    """Return the share of the weight that is found, 0 to 1; 0 when there is no weight."""
    total = sum(weights.values())
    return (
        sum(weight for term, weight in weights.items() if term in found) / total if total else 0.0
    )


def names_in(text: str) -> frozenset[str]:
    """Return the folded, lower-case capitalised words of a text, sentence starts apart."""
    return frozenset(fold(name).lower() for name in _NAME.findall(text))


def numbers_in(text: str) -> frozenset[str]:
    """Return the groups of digits of a text."""
    return frozenset(_DIGITS.findall(text))
