"""What a reader says of passages: how well an answer starts and ends at each of their tokens."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from documents.normalising import has_accents
from index.reading_tokens import MARKS, ReadingTokenizer, TokenisedText

LONGEST_SPAN = 24
"""Tokens of an answer, at most."""
_LONGEST_QUESTION, _LONGEST_PASSAGE = 64, 400

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """What a reader says of one passage.

    Attributes
    ----------
    tokens
        The passage's tokens.
    starts, ends
        Shape (tokens,): how well an answer starts with, ends with the token. Comparable among the
        passages of one question.
    """

    tokens: TokenisedText
    starts: Array
    ends: Array

    def best_span(self, start: int = 0, end: int | None = None) -> tuple[float, int, int]:
        """Return the best answer within a range of tokens: score, first token, last token + 1.

        Of an empty range the score is minus infinity.
        """
        score, first, last = best_span(self.starts[start:end], self.ends[start:end], LONGEST_SPAN)
        return score, start + first, start + last


def best_span(starts: Array, ends: Array, longest: int) -> tuple[float, int, int]:
    """Return the span with the highest sum of start and end: score, first token, last token + 1.

    It has at most ``longest`` tokens. Of equal ones it is the shortest, then the first; of no
    tokens the score is minus infinity.
    """
    best = (-np.inf, 0, 0)
    for length in range(min(longest, len(starts))):
        scores = starts[: len(starts) - length] + ends[length:]
        place = int(scores.argmax())
        if scores[place] > best[0]:
            best = (float(scores[place]), place, place + length + 1)
    return best


@dataclass(frozen=True, slots=True)
class ReadPassages:
    """What a reader says of some passages, in their order.

    Attributes
    ----------
    nothing
        The score of there being no answer at all, to be compared with start and end scores.
    """

    passages: tuple[ReadPassage, ...]
    nothing: float

    def some(self, places: Sequence[int]) -> "ReadPassages":
        """Return what is said of some of the passages."""
        return ReadPassages(tuple(self.passages[place] for place in places), self.nothing)


def together(one: ReadPassages, other: ReadPassages, share: float) -> ReadPassages:
    """Return the mean of what two readers say of the same passages, as log probabilities.

    ``share`` is the weight of the other. A geometric mean: what one of them rules out is ruled out.
    """
    first, second = _log_probabilities(one), _log_probabilities(other)
    passages = [
        ReadPassage(
            passage.tokens,
            np.float32(1 - share) * first.starts[place] + np.float32(share) * second.starts[place],
            np.float32(1 - share) * first.ends[place] + np.float32(share) * second.ends[place],
        )
        for place, passage in enumerate(one.passages)
    ]
    return ReadPassages(tuple(passages), (1 - share) * first.nothing + share * second.nothing)


@dataclass(frozen=True, slots=True)
class _LogProbabilities:
    starts: list[Array]
    ends: list[Array]
    nothing: float


def _log_probabilities(read: ReadPassages) -> _LogProbabilities:
    starts, ends = [p.starts for p in read.passages], [p.ends for p in read.passages]
    of_starts, of_ends = (
        float(np.logaddexp.reduce(np.concatenate([*scores, [read.nothing]])))
        for scores in (starts, ends)
    )
    return _LogProbabilities(
        [values - np.float32(of_starts) for values in starts],
        [values - np.float32(of_ends) for values in ends],
        read.nothing - (of_starts + of_ends) / 2,
    )


class PassageReader(ABC):
    """Reads passages for a question; safe to use from several threads."""

    def __init__(self, tokenizer: ReadingTokenizer) -> None:
        self._tokenizer = tokenizer

    def read(self, question: str, texts: Sequence[str]) -> ReadPassages:
        """Return where each text holds an answer."""
        asked, *passages = self._tokenizer.encode([question, *texts])
        return self._read(asked, passages, folded=not has_accents(question))

    def read_tokens(
        self, question: NDArray[np.int64], passages: Sequence[TokenisedText]
    ) -> ReadPassages:
        """Return the same for a question that is already in token ids, and tokenised texts."""
        no_marks = np.zeros((len(question), len(MARKS)), dtype=np.bool_)
        folded = self._tokenizer.folded[question]
        asked = TokenisedText(question, folded, question, question, no_marks)
        return self._read(asked, passages, folded=False)

    def _read(
        self, asked: TokenisedText, passages: Sequence[TokenisedText], *, folded: bool
    ) -> ReadPassages:
        """Return where passages hold an answer; ``folded`` is as of `matches`."""
        asked = asked.cut(_LONGEST_QUESTION)
        passages = [passage.cut(_LONGEST_PASSAGE) for passage in passages]
        if not len(asked.ids) or not sum(len(passage.ids) for passage in passages):
            nowhere = [np.full(len(p.ids), -np.inf, dtype=np.float32) for p in passages]
            return ReadPassages(tuple(map(ReadPassage, passages, nowhere, nowhere)), 0.0)
        return self._scores(asked, passages, folded=folded)

    @abstractmethod
    def _scores(
        self, asked: TokenisedText, passages: Sequence[TokenisedText], *, folded: bool
    ) -> ReadPassages:
        """Return the same where both question and passages have tokens and none are too long."""
