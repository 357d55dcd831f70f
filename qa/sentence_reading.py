"""The sentences of passages with what was read of each: what an answer is chosen by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from documents.normalising import fold, search_key, syllables
from index.hit import Hit
from index.hit_reading import FoundSpan
from index.question import Question, names_in
from index.question_words import AnswerType
from index.sentence_features import FEATURE_NAMES as SENTENCE_FEATURES
from index.sentence_features import FoundSentence, find_sentences

_READ_NAMES = (
    "span_gap",
    "start_share",
    "end_share",
    "share",
    "span_fits",
    "span_asked",
    "span_length",
)
FEATURE_NAMES = (*SENTENCE_FEATURES, *_READ_NAMES)
"""Columns of `ReadSentences.features`: those of the words, then those of what was read."""
QUESTION_NAMES = ("nothing", "best_share", "second_gap", "unseen")
"""Columns of `ReadSentences.question`."""
_LEAST_GAP = -20.0
_LONG = 12  # syllables
_TELLING = 4  # letters of an answer whose mere mention elsewhere counts: "hai" says little
_UNKNOWN_FIT = 0.5
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class ReadSentences:
    """The sentences of some passages, with what was read of them.

    Attributes
    ----------
    sentences
        In the order of the passages, then of reading.
    spans
        The best answer within each sentence; None where it has no word.
    answers
        The words of each span, to be compared: what several documents say is one answer.
    keys
        The folded syllables of each sentence, between single blanks.
    features
        Shape (sentences, len(FEATURE_NAMES)).
    question
        Shape (len(QUESTION_NAMES),): how likely no passage holds the answer; the greatest
        probability of one answer; how far the best span of another answer is below the best; the
        weight of a word that no passage of the index holds, since the same words found in a small
        index say something else than in a large one.
    """

    sentences: tuple[FoundSentence, ...]
    spans: tuple[FoundSpan | None, ...]
    answers: tuple[str, ...]
    keys: tuple[str, ...]
    features: NDArray[np.float64]
    question: NDArray[np.float64]

    def says(self, place: int, answer: str) -> bool:
        """Return whether a sentence gives an answer, or has its words beside other ones."""
        return self.answers[place] == answer or (
            len(answer) >= _TELLING and f" {answer} " in self.keys[place]
        )


def read_sentences(question: Question, hits: Sequence[Hit]) -> ReadSentences:
    """Return every sentence of the hits that can be an answer; all hits have their readings."""
    readings = [hit.reading for hit in hits if hit.reading is not None]
    found = find_sentences(question, hits)
    of_sentence = [
        reading for reading, count in zip(readings, found.counts, strict=True) for _ in range(count)
    ]
    pairs = list(zip(found.sentences, of_sentence, strict=True))
    spans = tuple(reading.best_span(one.start, one.end) for one, reading in pairs)
    answers = tuple(map(_answer, found.sentences, spans))
    shares = _of_answers([reading.shares(one.start, one.end) for one, reading in pairs], answers)
    rows = [
        _row(question, sentence, span, reading.highest, share)
        for (sentence, reading), span, share in zip(pairs, spans, shares, strict=True)
    ]
    read = np.array(rows).reshape(len(rows), len(_READ_NAMES))
    features = np.concatenate([found.features, read], axis=1)
    nothing = readings[0].nothing if readings else 1.0
    told = np.array([nothing, *_best_and_second(spans, answers, shares), question.unseen])
    return ReadSentences(found.sentences, spans, answers, found.keys, features, told)


def _answer(sentence: FoundSentence, span: FoundSpan | None) -> str:
    """Return the syllables of a span without accents; of none those of the sentence."""
    text = sentence.hit.passage.text[span.start : span.end] if span else sentence.text
    return " ".join(syllables(fold(search_key(text))))


def _of_answers(
    shares: Sequence[tuple[float, float]], answers: Sequence[str]
) -> NDArray[np.float64]:
    """Return the shares of each sentence's answer: of all sentences that give it, (sentences, 2).

    One fact in several documents divides what would be one document's.
    """
    values = np.array(shares, dtype=np.float64).reshape(len(answers), 2)
    groups = np.unique(np.array(answers, dtype=str), return_inverse=True)[1]
    totals = np.zeros((len(answers), 2))
    np.add.at(totals, groups, values)
    return np.asarray(totals[groups])


def _best_and_second(
    spans: Sequence[FoundSpan | None], answers: Sequence[str], shares: NDArray[np.float64]
) -> tuple[float, float]:
    """Return the greatest share of an answer, and how far another's best span is below the best."""
    found = [(span.score, answer) for span, answer in zip(spans, answers, strict=True) if span]
    if not found:
        return 0.0, _LEAST_GAP
    best, first = max(found)
    others = [score for score, answer in found if answer != first]
    return float(shares.mean(axis=1).max()), max([score - best for score in others] + [_LEAST_GAP])


def _row(
    question: Question,
    sentence: FoundSentence,
    span: FoundSpan | None,
    highest: float,
    shares: NDArray[np.float64],
) -> tuple[float, ...]:
    """Return what is read of a sentence, in the order of `_READ_NAMES`.

    How far its best span is below the best of all; the logarithms of the probabilities that the
    answer starts and ends in it or where the same is said, and their mean; whether the span is of
    the kind asked for; which share of it the question says already; and its length, 1 from a dozen
    syllables on.
    """
    start, end = shares.tolist()
    if span is None:
        return (_LEAST_GAP, np.log(start), np.log(end), (start + end) / 2, 0.0, 0.0, 0.0)
    text = sentence.hit.passage.text[span.start : span.end]
    said = syllables(fold(search_key(text)))
    asked = {fold(syllable) for syllable in question.syllables}
    return (
        max(span.score - highest, _LEAST_GAP),
        float(np.log(start)),
        float(np.log(end)),
        (start + end) / 2,
        _fits(question, text),
        sum(syllable in asked for syllable in said) / max(1, len(said)),
        min(len(said) / _LONG, 1.0),
    )


def _fits(question: Question, text: str) -> float:
    """Return whether a span is what the question's kind asks for; a half where that is open."""
    match question.kind:
        case AnswerType.TIME | AnswerType.NUMBER:
            return float(bool(_DIGIT.search(text)))
        case AnswerType.PERSON | AnswerType.PLACE:
            return float(bool(names_in(f"– {text}")))
        case _:
            return _UNKNOWN_FIT
