"""Numbers that say how well a sentence answers a question.

The weights are learned: by the reader for sentences, by the reranker for passages.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.abbreviations import expand
from index.hit import Hit
from index.question import Question, find_terms, names_in, numbers_in, share
from index.question_dates import share_named
from index.question_words import AnswerType
from index.text_words import TextWords, bare, words_of

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
_REASON = re.compile(r"\b(?:vì|do|bởi|nhờ|nên|nguyên nhân|để|nhằm)\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:tại|ở|tỉnh|thành phố|TP|nước|phía|vùng|đảo|sông|quận|huyện)\b")
_WORD = re.compile(r"\w+")
_SHORT, _LONG = 8, 40  # syllables
_NONE_WANTED = 0.5
_FITTING = (
    AnswerType.PERSON,
    AnswerType.TIME,
    AnswerType.PLACE,
    AnswerType.NUMBER,
    AnswerType.REASON,
)
"""What a sentence can be seen to hold, in the order of the features."""

_Place = tuple[int, int]
"""Of a sentence: its hit, from 0, and its position among the sentences of the text."""
_Column = NDArray[np.float64]


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
    counts
        How many are of each hit.
    keys
        The folded syllables of each, between single blanks (`index.text_words.Keys`).
    expanded
        Each in long forms.
    """

    sentences: tuple[FoundSentence, ...]
    features: NDArray[np.float64]
    counts: tuple[int, ...]
    keys: tuple[str, ...]
    expanded: tuple[str, ...]


def find_sentences(question: Question, hits: Sequence[Hit]) -> FoundSentences:
    """Return every sentence of the hits that can be an answer, with its features.

    Web residue, titles, headings and questions (of an FAQ) cannot.
    """
    texts = [words_of(hit.passage.text, hit.meanings) for hit in hits]
    titles = [expand(hit.title, hit.meanings) for hit in hits]
    positions = [_answering(words, title) for words, title in zip(texts, titles, strict=True)]
    counts = tuple(map(len, positions))
    if not any(counts):
        return FoundSentences((), np.zeros((0, len(FEATURE_NAMES))), counts, (), ())
    places = [(of, position) for of, found in enumerate(positions) for position in found]
    columns = [
        *_terms_found(question, hits, texts, places),
        *_where(hits, places),
        *_lengths(texts, places),
        *_fits(question, texts, places),
        *_named(question, texts, places),
        *_dates_found(question, hits, texts, places),
    ]
    spans = [(hits[of], texts[of].spans[position]) for of, position in places]
    sentences = tuple(FoundSentence(hit, span.start, span.end) for hit, span in spans)
    keys = tuple(texts[of].folded_keys.sentences[position] for of, position in places)
    expanded = tuple(texts[of].sentences[position] for of, position in places)
    return FoundSentences(sentences, np.column_stack(columns), counts, keys, expanded)


def _answering(words: TextWords, title: str) -> list[int]:
    """Return the positions of the sentences that can be an answer."""
    return [
        position
        for position, sentence in enumerate(words.sentences)
        if words.can_answer[position] and bare(sentence) != title
    ]


def _terms_found(
    question: Question, hits: Sequence[Hit], texts: Sequence[TextWords], places: Sequence[_Place]
) -> list[_Column]:
    keys = [question.keys(words) for words in texts]
    titles = [question.keys(words_of(hit.title, hit.meanings)).whole for hit in hits]
    sentences = [keys[of].sentences[position] for of, position in places]
    of_hit = np.array([of for of, _ in places])
    found = find_terms(question.syllables, sentences)
    before = np.roll(found, 1, axis=0)
    before[np.diff(of_hit, prepend=-1) > 0] = False
    in_title = find_terms(question.syllables, titles)
    in_text = find_terms(question.syllables, [key.whole for key in keys])
    return [
        share(question.syllables, found),
        share(question.pairs, find_terms(question.pairs, sentences)),
        share(question.syllables, found | before),
        share(question.syllables, found | before | in_title[of_hit]),
        share(question.syllables, in_text)[of_hit],
        share(question.syllables, in_title)[of_hit],
    ]


def _where(hits: Sequence[Hit], places: Sequence[_Place]) -> list[_Column]:
    rows = [
        (
            hits[of].score - hits[0].score,
            1 / hits[of].rank,
            hits[of].dense,
            float(position == 0),
        )
        for of, position in places
    ]
    return list(np.array(rows).T)


def _lengths(texts: Sequence[TextWords], places: Sequence[_Place]) -> list[_Column]:
    lengths = np.array([texts[of].lengths[position] for of, position in places], np.float64)
    return [(lengths < _SHORT).astype(np.float64), np.maximum(0.0, lengths - _LONG) / _LONG]


def _fits(
    question: Question, texts: Sequence[TextWords], places: Sequence[_Place]
) -> list[_Column]:
    """Return whether each sentence holds the kind of thing, and the unit, that is asked for."""
    kind = question.kind
    fit = np.zeros(len(places))
    if kind in _FITTING:
        fit[:] = [_fits_kind(question, texts[of].sentences[position]) for of, position in places]
    unit = np.zeros(len(places))
    if question.unit:
        counted = re.compile(rf"\d[\d.,]*\s+{question.unit}\b")
        unit[:] = [bool(counted.search(texts[of].plain[position])) for of, position in places]
    asked = {wanted: fit * (kind is wanted) for wanted in _FITTING}
    reason = asked.pop(AnswerType.REASON)
    return [*asked.values(), unit, reason, (1 - fit) * (kind in _FITTING)]


def _fits_kind(question: Question, sentence: str) -> bool:
    """Return whether a sentence names what would answer, and not only what was asked."""
    match question.kind:
        case AnswerType.PERSON:
            return bool(names_in(sentence) - question.names - question.syllables.keys())
        case AnswerType.TIME:
            return bool(numbers_in(sentence) - question.numbers and _TIME.search(sentence))
        case AnswerType.PLACE:
            return bool(_PLACE.search(sentence) and names_in(sentence) - question.names)
        case AnswerType.NUMBER:
            return bool(numbers_in(sentence) - question.numbers)
        case _:
            return bool(_REASON.search(sentence))


def _named(
    question: Question, texts: Sequence[TextWords], places: Sequence[_Place]
) -> list[_Column]:
    """Return the share of the question's names, and of its numbers, in each sentence."""
    columns = [np.full(len(places), _NONE_WANTED) for _ in range(2)]
    for column, wanted in zip(columns, (question.names, question.numbers), strict=True):
        if wanted:
            column[:] = [_share_of_words(wanted, texts[of].plain[at]) for of, at in places]
    return columns


def _share_of_words(wanted: Set[str], plain: str) -> float:
    """Return the share of some words that a folded text holds."""
    possible = [word for word in wanted if word in plain]
    words = set(_WORD.findall(plain)) if possible else set()
    return sum(word in words for word in possible) / len(wanted)


def _dates_found(
    question: Question, hits: Sequence[Hit], texts: Sequence[TextWords], places: Sequence[_Place]
) -> list[_Column]:
    """Return the share of the question's dates in each sentence, and in its text and title."""
    columns = [np.full(len(places), _NONE_WANTED) for _ in range(2)]
    if question.dates:
        in_context = [
            share_named(question.dates, f"{hit.title}\n{hit.passage.text}", hit.published)
            for hit in hits
        ]
        columns[0][:] = [
            share_named(question.dates, texts[of].sentences[position]) for of, position in places
        ]
        columns[1][:] = [in_context[of] for of, _ in places]
    return columns
