"""Questions made from articles: a sentence whose name, number or day is asked for.

Vietnamese asks in place ("Ông sinh năm nào ở đâu?"), so a question word put where the answer stood
reads like a question. Half of the questions are asked of another passage of the article that holds
the same answer, where it must be found by meaning; the rest of the sentence's own passage, thinned.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.reading_tokens import MARKS, ReadingTokenizer, TokenisedText

Ids = NDArray[np.int64]
Span = tuple[int, int]

LONGEST_ANSWER = 8
_CAPITAL, _DIGIT, _SENTENCE = (MARKS.index(n) for n in ("capital", "digit", "starts_sentence"))
_COMMA, _BRACKET, _OTHER = (MARKS.index(n) for n in ("after_comma", "after_bracket", "after_other"))
_BEFORE_PEOPLE = """
ông bà anh chị em bác sĩ sư tướng trưởng viên vua tịch thư cô thầy
"""
_BEFORE_PLACES = """
tại ở tỉnh phố huyện quận xã phường nước đảo sông bang thị làng
"""
_LEAST_WORDS = 4
"""Of a question, beside its question word."""
_LEAST_SHARE = 0.25
"""Of a sentence's rarer words that the other passage must hold near the answer."""
_NEAR = 15
_OWN_SHARE, _TURNED_SHARE, _FIRST_SHARE = 0.5, 0.2, 0.1
_RANDOM_ANSWERS = 3
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_UNKNOWN_NAMES = ("ai", "ai", "gì", "đâu", "người nào", "nước nào", "nơi nào", "tổ chức nào", "gì")
_THINGS = ("gì", "gì", "cái gì", "điều gì", "như thế nào", "những gì", "loại nào", "ai")


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the passages it is asked of.

    Attributes
    ----------
    question
        Token ids.
    passages
        Numbers of passages, the right one first; the others do not hold the answer.
    spans
        The answers in the right passage, half-open token ranges; empty when there is no answer.
    """

    question: Ids
    passages: tuple[int, ...]
    spans: tuple[Span, ...]


class ClozeMaker:
    """Makes questions from the passages of one article at a time."""

    def __init__(self, tokenizer: ReadingTokenizer, common: NDArray[np.bool_]) -> None:
        """Take, of every token id, whether it is too ``common`` to tell passages apart."""
        self._tokenizer = tokenizer
        self._common = common
        places = {token: place for place, token in enumerate(tokenizer.vocabulary)}
        self._before_people = {places[word] for word in _BEFORE_PEOPLE.split()}
        self._before_places = {places[word] for word in _BEFORE_PLACES.split()}
        self._year, self._month, self._day = (places[w] for w in ("năm", "tháng", "ngày"))

    def make(
        self, passages: Sequence[TokenisedText], generator: np.random.Generator, *, most: int
    ) -> Iterator[tuple[Ids, int, Span]]:
        """Yield at most ``most`` questions as ids, place of the right passage, answer's span."""
        spans = [self._answers(passage, generator) for passage in passages]
        where: dict[tuple[int, ...], list[tuple[int, Span]]] = {}
        for place, (passage, found) in enumerate(zip(passages, spans, strict=True)):
            for start, end in found:
                where.setdefault(tuple(passage.ids[start:end].tolist()), []).append(
                    (place, (start, end))
                )
        asked = [(place, span) for place, found in enumerate(spans) for span in found]
        made = 0
        for choice in generator.permutation(len(asked)).tolist():
            if made >= most:
                return
            place, span = asked[choice]
            one = self._one(passages, where, place, span, generator)
            if one is not None:
                made += 1
                yield one

    def _one(
        self,
        passages: Sequence[TokenisedText],
        where: dict[tuple[int, ...], list[tuple[int, Span]]],
        place: int,
        span: Span,
        generator: np.random.Generator,
    ) -> tuple[Ids, int, Span] | None:
        passage = passages[place]
        first, last = _sentence_around(passage, span)
        question = passage.ids[first:last]
        if len(question) - (span[1] - span[0]) < _LEAST_WORDS:
            return None
        answer = tuple(passage.ids[span[0] : span[1]].tolist())
        elsewhere = [item for item in where.get(answer, ()) if item[0] != place]
        rare = set(question[~self._common[question]].tolist()) - set(answer)
        best, share = None, 0.0
        for other, other_span in elsewhere:
            start, end = _sentence_around(passages[other], other_span)
            context = set(passages[other].ids[max(0, start - _NEAR) : end + _NEAR].tolist())
            found = len(rare & context) / max(3, len(rare))
            if found > share:
                best, share = (other, other_span), found
        if best is not None and share >= _LEAST_SHARE:
            asked = self._ask(passage, span, (first, last), generator, drop=0.15)
            return asked, best[0], best[1]
        if generator.random() >= _OWN_SHARE:
            return None
        asked = self._ask(passage, span, (first, last), generator, drop=generator.uniform(0.1, 0.6))
        return (asked, place, span) if len(asked) >= _LEAST_WORDS else None

    def _ask(
        self,
        passage: TokenisedText,
        span: Span,
        sentence: Span,
        generator: np.random.Generator,
        *,
        drop: float,
    ) -> Ids:
        """Return the sentence, cut to a window and thinned, asking for the span."""
        before = int(generator.integers(3, 14))
        after = int(generator.integers(3, 14))
        first = max(sentence[0], span[0] - before)
        last = min(sentence[1], span[1] + after)
        left = passage.ids[first : span[0]]
        right = passage.ids[span[1] : last]
        word = self._word(passage, span, generator)
        left = left[generator.random(len(left)) >= drop]
        right = right[generator.random(len(right)) >= drop]
        kind = generator.random()
        if kind < _TURNED_SHARE:
            left, right = right, left
        parts = [word, left, right] if kind > 1 - _FIRST_SHARE else [left, word, right]
        return np.concatenate(parts)

    def _word(self, passage: TokenisedText, span: Span, generator: np.random.Generator) -> Ids:
        words = self._words(passage, span)
        return self._tokenizer.encode([words[int(generator.integers(len(words)))]])[0].ids

    def _words(self, passage: TokenisedText, span: Span) -> Sequence[str]:
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

    def _answers(self, passage: TokenisedText, generator: np.random.Generator) -> list[Span]:
        """Return runs that can be answers: dates, numbers, names, and a few runs of other words."""
        breaks = list(map(any, passage.marks[:, [_SENTENCE, _COMMA, _BRACKET, _OTHER]].tolist()))
        found = [*self._dates_and_numbers(passage), *_names(passage, breaks)]
        size = len(passage.ids)
        for start in generator.integers(0, max(1, size - 6), size=_RANDOM_ANSWERS).tolist():
            end = start + int(generator.integers(2, 6))
            if end <= size and not any(breaks[start + 1 : end]):
                found.append((start, end))
        return [(start, end) for start, end in found if end - start <= LONGEST_ANSWER]

    def _dates_and_numbers(self, passage: TokenisedText) -> list[Span]:
        """Return runs of numbers with the words "ngày", "tháng", "năm" that stand before them.

        Of "năm 1958" alone the number is the answer; the question keeps the word.
        """
        digits = passage.marks[:, _DIGIT].tolist()
        named = {self._day, self._month, self._year}
        leads = [
            token in named and following
            for token, following in zip(passage.ids.tolist(), [*digits[1:], False], strict=True)
        ]
        runs = _runs([digit or lead for digit, lead in zip(digits, leads, strict=True)])
        return [
            (start + 1, end) if leads[start] and sum(leads[start:end]) == 1 else (start, end)
            for start, end in runs
        ]


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
