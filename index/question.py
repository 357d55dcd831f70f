"""The content of a question: what to look for in a text, and how much each part matters."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from documents.dates import DateMention
from documents.normalising import fold, has_accents
from index.question_dates import dates_of, without_dates
from index.question_words import AnswerType, answer_type, is_asking
from index.terms import terms_of
from index.text_words import Keys, TextWords

Idf = Callable[[str], float]
"""From a lower-case syllable to its inverse document frequency in the index."""

# It begins with the letter, not with the look-behinds: twice as fast.
_CAPITALS = "".join(letter for letter in map(chr, range(0x1EF9)) if letter.isupper())
_NAME = re.compile(rf"[{_CAPITALS}](?<!\w.)(?<!^.)(?<![.!?:\n“\"(] .)\w+")
_DIGITS = re.compile(r"\d+")
_NOWHERE = "\0"  # stored text holds none
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
        Folded capitalised syllables (the first word apart) and digit groups. No names where all
        is in capitals.
    dates
        The days it names. They are no content words: the sentence that answers often leaves them
        to the sentence before it or to the article's date.
    unit
        What is counted: "dieu" of "bao nhiêu điều", folded; empty when nothing is.
    unseen
        The weight of a term that no passage holds: it grows with the index.
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
    unseen: float

    def keys(self, words: TextWords) -> Keys:
        """Return the keys of a text, spelled as the question's terms are."""
        return words.folded_keys if self.folded else words.keys


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
        names=frozenset() if undated.isupper() else names_in(undated),
        numbers=numbers_in(undated),
        dates=tuple(dates),
        unit=counted.group(1) if counted else "",
        unseen=idf(_NOWHERE),
    )


def find_terms(terms: Iterable[str], keys: Sequence[str]) -> NDArray[np.bool_]:
    """Return whether each key of a text holds each syllable or pair, shape (keys, terms)."""
    wanted = [f" {term.replace('_', ' ')} " for term in terms]
    rows = [[term in key for term in wanted] for key in keys]
    return np.array(rows, dtype=np.bool_).reshape(len(keys), len(wanted))


def share(weights: Mapping[str, float], found: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the share of the weight that each row of `find_terms` holds, 0 to 1.

    Zeros when there is no weight. Weights are added from first to last, so that texts with the
    same terms are equal to the last bit and the first of them is the best.
    """
    total = sum(weights.values())
    if not total:
        return np.zeros(len(found))
    sums = np.cumsum(found * np.array(list(weights.values())), axis=1)
    return np.asarray(sums[:, -1] / total)


def names_in(text: str) -> frozenset[str]:
    """Return the folded, lower-case capitalised words of a text, sentence starts apart."""
    return frozenset(fold(" ".join(_NAME.findall(text))).lower().split())


def numbers_in(text: str) -> frozenset[str]:
    """Return the groups of digits of a text."""
    return frozenset(_DIGITS.findall(text))
