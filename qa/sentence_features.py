"""Numbers that say how well a sentence answers a question.

Computed for each sentence of the best passages; the weights are learned (`training/reader.py`).
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from documents.dates import DateMention
from documents.normalising import fold, has_accents
from documents.residue import is_residue
from documents.sentences import split_sentences
from index.hit import Hit
from index.terms import terms_of
from qa.question_dates import dates_of, share_named, without_dates
from qa.question_words import AnswerType, answer_type, is_asking
from qa.reader import Evidence, Idf

FEATURE_NAMES = (
    "syllables_found",
    "pairs_found",
    "found_with_previous",
    "found_with_title",
    "found_in_passage",
    "found_in_title",
    "passage_score",
    "passage_rank",
    "passage_cosine",
    "first_sentence",
    "short",
    "long",
    "person_fits",
    "time_fits",
    "place_fits",
    "number_fits",
    "unit_fits",
    "reason_fits",
    "fit_missing",
    "names_found",
    "numbers_found",
    "dates_found",
    "dates_in_context",
)

_TIME = re.compile(
    r"\b\d{3,4}\b|\b\d{1,2}[/-]\d{1,2}\b|\bngày\b|\btháng\b|\bnăm\b|\bthế kỷ\b|\bgiờ\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn|triệu|tỷ)\b")
_REASON = re.compile(r"\b(?:vì|do|bởi|nhờ|nên|nguyên nhân|để|nhằm)\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:tại|ở|tỉnh|thành phố|TP|nước|phía|vùng|đảo|sông|quận|huyện)\b")
_NAME = re.compile(r"(?<![.!?:\n“\"(] )(?<!^)\b[A-ZĐÀ-Ỹ]\w+")
_COUNTED = re.compile(r"\b(?:bao nhieu|may) ([^\W\d]+)")
_SHORT, _LONG = 8, 40  # syllables
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question's content words with their weights.

    Attributes
    ----------
    syllables, pairs
        Distinct content terms → IDF weight; a pair weighs as much as its two syllables. Folded
        when the question was typed without accents.
    names, numbers
        Folded capitalised syllables (the first word apart) and digit groups of the question.
    dates
        The days it names. They are no content words: the sentence that answers often leaves them
        to the sentence before it or to the article's date.
    unit
        What is counted: "điều" of "bao nhiêu điều", folded; empty when nothing is.
    """

    syllables: dict[str, float]
    pairs: dict[str, float]
    kind: AnswerType
    folded: bool
    names: frozenset[str]
    numbers: frozenset[str]
    dates: tuple[DateMention, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sentences to choose from.

    Attributes
    ----------
    evidence
        Sentences in the order of the hits, then of reading.
    hits
        The hit each sentence comes from.
    features
        Shape (sentences, len(FEATURE_NAMES)), float64.
    """

    evidence: tuple[Evidence, ...]
    hits: tuple[Hit, ...]
    features: NDArray[np.float64]


def analyse(question: str, idf: Idf) -> Question:
    """Return the content words of a question, weighted by how rare they are in the index."""
    folded = not has_accents(question)
    dates = dates_of(question)
    kind = answer_type(question)
    question = without_dates(question, dates)
    terms = terms_of(question)
    terms = terms.folded() if folded else terms
    asking = [is_asking(syllable) for syllable in terms.syllables]
    weights = {s: idf(s) for s, skip in zip(terms.syllables, asking, strict=True) if not skip}
    pairs = {
        pair: idf(first) + idf(second)
        for pair, first, second, skip, skip_next in zip(
            terms.pairs, terms.syllables, terms.syllables[1:], asking, asking[1:], strict=False
        )
        if not (skip and skip_next)
    }
    names = frozenset(fold(name).lower() for name in _NAME.findall(question))
    numbers = frozenset(_DIGITS.findall(question))
    counted = _COUNTED.search(fold(question).lower())
    unit = counted.group(1) if counted else ""
    return Question(weights, pairs, kind, folded, names, numbers, tuple(dates), unit)


def candidates(question: Question, hits: Sequence[Hit]) -> Candidates:
    """Return every sentence of the hits that is not web residue, with its features."""
    evidence: list[Evidence] = []
    owners: list[Hit] = []
    rows: list[list[float]] = []
    best = hits[0].score if hits else 0.0
    for hit in hits:
        text = hit.passage.text
        shared = _passage_features(question, hit, best)
        passage_terms = _terms(question, text)
        title_terms = _terms(question, hit.title)
        in_context = share_named(question.dates, f"{hit.title}\n{text}", hit.published)
        previous: Set[str] = frozenset()
        for position, sentence in enumerate(split_sentences(text)):
            words = text[sentence.start : sentence.end]
            if _says_nothing(words, hit.title):
                continue
            terms = _terms(question, words)
            row = [
                _share(question.syllables, terms),
                _share(question.pairs, terms),
                _share(question.syllables, terms | previous),
                _share(question.syllables, terms | previous | title_terms),
                _share(question.syllables, passage_terms),
                *shared,
                float(position == 0),
                *_own_features(question, words),
                share_named(question.dates, words),
                in_context,
            ]
            evidence.append(Evidence(hit.passage, sentence.start, sentence.end))
            owners.append(hit)
            rows.append(row)
            previous = terms
    features = np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURE_NAMES))
    return Candidates(tuple(evidence), tuple(owners), features)


def _passage_features(question: Question, hit: Hit, best: float) -> list[float]:
    return [
        _share(question.syllables, _terms(question, hit.title)),
        hit.score - best,
        1 / hit.rank,
        hit.dense,
    ]


def _own_features(question: Question, sentence: str) -> list[float]:
    length = len(sentence.split())
    kind = question.kind
    plain = fold(sentence).lower()
    names = {fold(name).lower() for name in _NAME.findall(sentence)}
    numbers = set(_DIGITS.findall(sentence))
    fits = {
        AnswerType.PERSON: bool(names - question.names - set(question.syllables)),
        AnswerType.TIME: bool(_TIME.search(sentence)) and bool(numbers - question.numbers),
        AnswerType.PLACE: bool(_PLACE.search(sentence)) and bool(names - question.names),
        AnswerType.NUMBER: bool(_NUMBER.search(sentence)) and bool(numbers - question.numbers),
        AnswerType.REASON: bool(_REASON.search(sentence)),
    }
    asked = {wanted: float(kind is wanted and fit) for wanted, fit in fits.items()}
    reason = asked.pop(AnswerType.REASON)
    return [
        float(length < _SHORT),
        max(0.0, length - _LONG) / _LONG,
        *asked.values(),
        float(bool(question.unit) and _counts(question.unit, plain)),
        reason,
        float(kind in fits and not fits[kind]),
        _found(question.names, plain),
        _found(question.numbers, plain),
    ]


def _says_nothing(sentence: str, title: str) -> bool:
    """Return whether a sentence can be no answer: residue, the title, a heading, a question."""
    bare = sentence.strip("#*_ \t")
    return is_residue(bare) or bare.endswith("?") or bare == title or sentence.startswith("#")


def _counts(unit: str, plain: str) -> bool:
    """Return whether a folded sentence has a number in front of the unit: "120 dieu"."""
    return re.search(rf"\d[\d.,]*\s+{unit}\b", plain) is not None


def _found(wanted: Set[str], plain: str) -> float:
    """Return the share of some strings that a folded sentence holds; 0.5 when none is wanted."""
    if not wanted:
        return 0.5
    words = set(re.findall(r"\w+", plain))
    return sum(word in words for word in wanted) / len(wanted)


def _terms(question: Question, text: str) -> frozenset[str]:
    terms = terms_of(text)
    terms = terms.folded() if question.folded else terms
    return frozenset(terms.syllables) | frozenset(terms.pairs)


def _share(weights: dict[str, float], found: Set[str]) -> float:
    """Return the share of the weight that is found; 0 when there is no weight."""
    total = sum(weights.values())
    return (
        sum(weight for term, weight in weights.items() if term in found) / total if total else 0.0
    )
