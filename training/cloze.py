"""Questions made from articles: a sentence that asks, in its place, for some of its words.

Vietnamese asks in place ("Ông sinh năm nào ở đâu?"), so a question word put where the answer stood
reads like a question. Most are asked of another passage of the article that holds the same answer,
where it must be found by meaning; the rest of the sentence's own passage. A reader that has learned
from many of these needs fewer real ones (Dhingra, Pruthi and Rajagopal 2018, arXiv:1804.00720).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.reading_tokens import MARKS, ReadingTokenizer, TokenisedText
from training.compounds import Words
from training.span_data import Span

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]

LONGEST_ANSWER = 8
"""Tokens of an answer, at most."""
_COMMON_TOKENS = 600
"""So many of the most frequent tokens tell no passages apart."""
_CAPITAL, _DIGIT, _CONTINUING = (MARKS.index(n) for n in ("capital", "digit", "continuing"))
_SENTENCE = MARKS.index("starts_sentence")
BREAKS = [_SENTENCE, *(MARKS.index(n) for n in ("after_comma", "after_bracket", "after_other"))]
"""Columns of `MARKS`: punctuation stands before the token."""
_BEFORE_PEOPLE = """
ông bà anh chị em bác sĩ sư tướng trưởng viên vua tịch thư cô thầy
"""
_BEFORE_PLACES = """
tại ở tỉnh phố huyện quận xã phường nước đảo sông bang thị làng
"""
_LEAST_WORDS = 4
"""Tokens of a question, beside its question word."""
_MOST_WORDS = 4
"""Words of an answer that is neither a name nor a number."""
_LEAST_SHARE, _FEW_RARE = 0.25, 3
"""Of a sentence's rarer tokens, that the other passage must hold near the answer."""
_NEAR = 15
_AROUND = (3, 14)
"""Least and most tokens of a question on each side of what it asks for."""
_OWN_SHARE, _TURNED_SHARE, _FIRST_SHARE = 0.35, 0.2, 0.1
_DROPPED_ELSEWHERE, _DROPPED_AT_HOME = (0.0, 0.3), (0.1, 0.6)
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_UNKNOWN_NAMES = ("ai", "gì", "gì", "đâu", "người nào", "nước nào", "nơi nào", "tổ chức nào", "gì")
_THINGS = ("gì", "gì", "cái gì", "điều gì", "như thế nào", "những gì", "loại nào", "điều gì")


@dataclass(frozen=True, slots=True)
class Cloze:
    """A made question.

    Attributes
    ----------
    question
        Token ids.
    place
        Of the passage that holds the answer, among those of the article.
    spans
        Everywhere the answer's words stand in it.
    """

    question: Ids
    place: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """A passage with the places where words start, one more than it has tokens."""

    tokens: TokenisedText
    starts: Mask


class ClozeMaker:
    """Makes questions from the passages of one article at a time."""

    def __init__(self, tokenizer: ReadingTokenizer, words: Words) -> None:
        self._tokenizer = tokenizer
        self._common = np.zeros(len(words.counts), dtype=np.bool_)
        self._common[np.argsort(-words.counts)[:_COMMON_TOKENS]] = True
        self._compounds = words.compounds
        places = {token: place for place, token in enumerate(tokenizer.vocabulary)}
        self._before_people = {places[word] for word in _BEFORE_PEOPLE.split()}
        self._before_places = {places[word] for word in _BEFORE_PLACES.split()}
        self._year, self._month, self._day = (places[w] for w in ("năm", "tháng", "ngày"))

    def make(
        self, passages: Sequence[TokenisedText], generator: np.random.Generator, *, most: int
    ) -> Iterator[Cloze]:
        """Yield at most ``most`` questions, those whose answer stands in two passages first."""
        sources = [_Source(passage, self._word_starts(passage)) for passage in passages]
        where: dict[tuple[int, ...], list[tuple[int, Span]]] = {}
        for place, source in enumerate(sources):
            for span in self._answers(source):
                where.setdefault(_key(source, span), []).append((place, span))
        asked = [item for found in where.values() for item in found]
        recurring = [
            item
            for found in where.values()
            if len({place for place, _ in found}) > 1
            for item in found
        ]
        generator.shuffle(recurring)
        any_others = [asked[n] for n in generator.permutation(len(asked))[:most].tolist()]
        seen = set()
        made = 0
        for place, span in [*recurring[: 3 * most], *any_others]:
            near_the_same = (place, int(span[0]) // LONGEST_ANSWER)
            if near_the_same in seen:
                continue
            seen.add(near_the_same)
            found = where[_key(sources[place], (int(span[0]), int(span[1])))]
            cloze = self._one(sources, place, (int(span[0]), int(span[1])), found, generator)
            if cloze is not None:
                yield cloze
                made += 1
            if made == most:
                return

    def _one(
        self,
        sources: Sequence[_Source],
        place: int,
        span: Span,
        found: Sequence[tuple[int, Span]],
        generator: np.random.Generator,
    ) -> Cloze | None:
        """Return the question for a span, of the other passage that says most of its sentence."""
        source = sources[place]
        sentence = _sentence_around(source.tokens, span)
        words = source.tokens.ids[sentence[0] : sentence[1]]
        rare = set(words[~self._common[words]].tolist()) - set(_key(source, span))
        best, share = place, 0.0
        for other, other_span in found:
            if other == place:
                continue
            start, end = _sentence_around(sources[other].tokens, other_span)
            context = sources[other].tokens.ids[max(0, start - _NEAR) : end + _NEAR]
            held = len(rare & set(context.tolist())) / max(_FEW_RARE, len(rare))
            if held > share:
                best, share = other, held
        dropped = _DROPPED_ELSEWHERE
        if share < _LEAST_SHARE:
            if generator.random() >= _OWN_SHARE:
                return None
            best, dropped = place, _DROPPED_AT_HOME
        question = self._ask(source, span, sentence, generator, drop=generator.uniform(*dropped))
        if question is None:
            return None
        return Cloze(question, best, _everywhere(sources[best].tokens.ids, _key(source, span)))

    def _ask(
        self,
        source: _Source,
        span: Span,
        sentence: Span,
        generator: np.random.Generator,
        *,
        drop: float,
    ) -> Ids | None:
        """Return the sentence around a span, a share of its words dropped, asking for the span."""
        before, after = generator.integers(*_AROUND, size=2).tolist()
        first, last = max(sentence[0], span[0] - before), min(sentence[1], span[1] + after)
        while first < span[0] and not source.starts[first]:
            first += 1
        while last > span[1] and not source.starts[last]:
            last -= 1
        of_word = np.cumsum(source.starts[first:last])
        kept = generator.random(last - first + 1)[of_word] >= drop
        ids = source.tokens.ids[first:last]
        left, right = (
            ids[part][kept[part]] for part in (slice(span[0] - first), slice(span[1] - first, None))
        )
        if len(left) + len(right) < _LEAST_WORDS:
            return None
        if generator.random() < _TURNED_SHARE:
            left, right = right, left
        asking = self._question_word(source.tokens, span, generator)
        first_of_all = generator.random() < _FIRST_SHARE
        return np.concatenate([asking, left, right] if first_of_all else [left, asking, right])

    def _question_word(
        self, passage: TokenisedText, span: Span, generator: np.random.Generator
    ) -> Ids:
        words = self._question_words(passage, span)
        return self._tokenizer.encode([words[int(generator.integers(len(words)))]])[0].ids

    def _question_words(self, passage: TokenisedText, span: Span) -> Sequence[str]:
        """Return what may be asked with in place of a span."""
        start, end = span
        previous = set(passage.ids[max(0, start - 2) : start].tolist())
        inside = passage.marks[start:end]
        if inside[:, _DIGIT].any():
            tokens = [self._tokenizer.vocabulary[token] for token in passage.ids[start:end]]
            if len(tokens) == 1 and _is_year(tokens[0]):
                return ("nào",) if self._year in previous else ("năm nào", "khi nào", "năm nào")
            if self._day in passage.ids[start:end] or self._month in passage.ids[start:end]:
                return ("khi nào", "ngày nào", "lúc nào", "thời gian nào")
            return ("bao nhiêu", "bao nhiêu", "mấy")
        if inside[:, _CAPITAL].any():
            if previous & self._before_people:
                return ("ai", "nào", "ai")
            return ("nào", "đâu") if previous & self._before_places else _UNKNOWN_NAMES
        return _THINGS

    def _word_starts(self, passage: TokenisedText) -> Mask:
        """Return where words start; tokens of a compound are one word."""
        starts = np.ones(len(passage.ids) + 1, dtype=np.bool_)
        pairs = passage.ids[:-1] * len(self._common) + passage.ids[1:]
        joined = np.isin(pairs, self._compounds) | passage.marks[1:, _CONTINUING]
        starts[1:-1] = ~joined | passage.marks[1:][:, BREAKS].any(axis=1)
        return starts

    def _answers(self, source: _Source) -> list[Span]:
        """Return what can be asked for: dates, numbers, names and other runs of whole words."""
        passage, starts = source.tokens, source.starts
        breaks: list[bool] = np.any(passage.marks[:, BREAKS], axis=1).tolist()
        common: list[bool] = np.take(self._common, passage.ids).tolist()
        spans = [*self._dates_and_numbers(passage), *_names(passage, breaks)]
        found = [_whole_words(span, starts) for span in spans]
        found += _runs_of_words(np.flatnonzero(starts).tolist(), common, breaks)
        return [
            (start, end)
            for start, end in dict.fromkeys(found)
            if end - start <= LONGEST_ANSWER and not all(common[start:end])
        ]

    def _dates_and_numbers(self, passage: TokenisedText) -> list[Span]:
        """Return runs of numbers with the words "ngày", "tháng", "năm" that stand before them.

        Of "năm 1958" alone the number is the answer; the question keeps the word.
        """
        digits = passage.marks[:, _DIGIT].tolist()
        named = {self._day, self._month, self._year}
        leads = [
            token in named and following
            for token, following in zip(passage.ids.tolist(), [*digits, False][1:], strict=True)
        ]
        runs = _runs([digit or lead for digit, lead in zip(digits, leads, strict=True)])
        return [
            (start + 1, end) if leads[start] and sum(leads[start:end]) == 1 else (start, end)
            for start, end in runs
        ]


def _key(source: _Source, span: Span) -> tuple[int, ...]:
    return tuple(source.tokens.ids[span[0] : span[1]].tolist())


def _everywhere(ids: Ids, wanted: tuple[int, ...]) -> tuple[Span, ...]:
    size = len(wanted)
    windows = np.lib.stride_tricks.sliding_window_view(ids, size)
    return tuple((n, n + size) for n in np.flatnonzero((windows == wanted).all(axis=1)).tolist())


def _whole_words(span: Span, starts: Mask) -> Span:
    start, end = span
    while not starts[start]:
        start -= 1
    while not starts[end]:
        end += 1
    return start, end


def _runs_of_words(
    bounds: Sequence[int], common: Sequence[bool], breaks: Sequence[bool]
) -> Iterator[Span]:
    """Yield runs of a few words, of two tokens at least, without a common one at either end."""
    for place, first in enumerate(bounds[:-1]):
        if common[first] and bounds[place + 1] == first + 1:
            continue
        for before, last in pairwise(bounds[place : place + 1 + _MOST_WORDS]):
            if last - first > LONGEST_ANSWER or any(breaks[first + 1 : last]):
                break
            if last - first > 1 and not (common[last - 1] and before == last - 1):
                yield first, last


def _names(passage: TokenisedText, breaks: Sequence[bool]) -> list[Span]:
    """Return runs of capitalised words, but for single ones that begin a sentence."""
    capitals = (passage.marks[:, _CAPITAL] & ~passage.marks[:, _DIGIT]).tolist()
    starts = passage.marks[:, _SENTENCE].tolist()
    return [
        (start, end)
        for start, end in _runs(capitals, breaks)
        if end - start > 1 or not starts[start]
    ]


def _runs(inside: Sequence[bool], breaks: Sequence[bool] = ()) -> list[Span]:
    """Return the longest ranges of true values that no break begins within."""
    runs: list[list[int]] = []
    for place, is_inside in enumerate(inside):
        if not is_inside:
            continue
        if runs and runs[-1][1] == place and not (breaks and breaks[place]):
            runs[-1][1] = place + 1
        else:
            runs.append([place, place + 1])
    return [(start, end) for start, end in runs]


def _sentence_around(passage: TokenisedText, span: Span) -> Span:
    starts = np.flatnonzero(passage.marks[:, _SENTENCE])
    before = starts[starts <= span[0]]
    after = starts[starts >= span[1]]
    return (
        int(before[-1]) if len(before) else 0,
        int(after[0]) if len(after) else len(passage.ids),
    )


def _is_year(token: str) -> bool:
    return token.isdecimal() and _FIRST_YEAR <= int(token) <= _LAST_YEAR
