"""Numbers that say how well a sentence answers a question.

The weights are learned: by the reader for sentences, by the reranker for passages.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from documents.normalising import fold
from documents.residue import is_residue
from documents.sentences import split_sentences
from index.hit import Hit
from index.question import Question, names_in, numbers_in, share
from index.question_dates import share_named
from index.question_words import AnswerType

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
_SHORT, _LONG = 8, 40  # syllables


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence of a hit: ``hit.passage.text[start:end]``, without blanks at its ends."""

    hit: Hit
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence as it stands in the document."""
        return self.hit.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class FoundSentences:
    """Sentences in the order of the hits, then of reading.

    Attributes
    ----------
    features
        Shape (sentences, len(FEATURE_NAMES)), float64.
    """

    sentences: tuple[FoundSentence, ...]
    features: NDArray[np.float64]


def find_sentences(question: Question, hits: Sequence[Hit]) -> FoundSentences:
    """Return every sentence of the hits that can be an answer, with its features.

    Web residue, titles, headings and questions (of an FAQ) cannot.
    """
    best = hits[0].score if hits else 0.0
    found: list[FoundSentence] = []
    rows: list[list[float]] = []
    for hit in hits:
        for sentence, row in _of_hit(question, hit, best):
            found.append(sentence)
            rows.append(row)
    features = np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURE_NAMES))
    return FoundSentences(tuple(found), features)


def _of_hit(question: Question, hit: Hit, best: float) -> list[tuple[FoundSentence, list[float]]]:
    text = hit.passage.text
    title_terms = question.terms(hit.title)
    in_context = share_named(question.dates, f"{hit.title}\n{text}", hit.published)
    shared = [
        share(question.syllables, question.terms(text)),
        share(question.syllables, title_terms),
        hit.score - best,
        1 / hit.rank,
        hit.dense,
    ]
    rows = []
    previous: Set[str] = frozenset()
    for position, span in enumerate(split_sentences(text)):
        words = text[span.start : span.end]
        if _says_nothing(words, hit.title):
            continue
        terms = question.terms(words)
        row = [
            share(question.syllables, terms),
            share(question.pairs, terms),
            share(question.syllables, terms | previous),
            share(question.syllables, terms | previous | title_terms),
            *shared,
            float(position == 0),
            *_own_features(question, words),
            share_named(question.dates, words),
            in_context,
        ]
        rows.append((FoundSentence(hit, span.start, span.end), row))
        previous = terms
    return rows


def _own_features(question: Question, sentence: str) -> list[float]:
    length = len(sentence.split())
    kind = question.kind
    plain = fold(sentence).lower()
    names = names_in(sentence) - question.names
    has_new_number = bool(numbers_in(sentence) - question.numbers)
    fits = {
        AnswerType.PERSON: bool(names - set(question.syllables)),
        AnswerType.TIME: bool(_TIME.search(sentence)) and has_new_number,
        AnswerType.PLACE: bool(_PLACE.search(sentence)) and bool(names),
        AnswerType.NUMBER: bool(_NUMBER.search(sentence)) and has_new_number,
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
        share_of_words(question.names, plain),
        share_of_words(question.numbers, plain),
    ]


def share_of_words(wanted: Set[str], plain: str) -> float:
    """Return the share of some words that a folded text holds; 0.5 when none is wanted."""
    if not wanted:
        return 0.5
    words = set(re.findall(r"\w+", plain))
    return sum(word in words for word in wanted) / len(wanted)


def _says_nothing(sentence: str, title: str) -> bool:
    """Return whether a sentence can be no answer: residue, the title, a heading, a question."""
    bare = sentence.strip("#*_ \t")
    return is_residue(bare) or bare.endswith("?") or bare == title or sentence.startswith("#")


def _counts(unit: str, plain: str) -> bool:
    """Return whether a folded sentence has a number in front of the unit: "120 dieu"."""
    return re.search(rf"\d[\d.,]*\s+{unit}\b", plain) is not None
