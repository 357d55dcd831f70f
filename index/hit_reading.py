"""What readers say of the passages of some hits, in places of their stored text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from documents.normalising import one_spelling
from index.abbreviations import ExpandedText, Replacement, expanded
from index.hit import Hit
from index.question_words import plainly_put
from index.read_passages import PassageReader, ReadPassage, ReadPassages

_LEAST_SHARE = 1e-6


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """The best answer within a range of a passage: ``passage.text[start:end]``.

    Attributes
    ----------
    score
        Start plus end score, comparable among passages that were read together.
    """

    score: float
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class HitReading:
    """A passage as read for a question, together with others.

    Attributes
    ----------
    read
        The scores of its tokens.
    starts, ends
        Shape (tokens,): the token is ``passage.text[start:end]``. Those of a long form that the
        text only has as a short one stand where the short form stands.
    start_shares, end_shares
        Shape (tokens,): probability that the answer starts, ends here, and not at another token of
        these passages or nowhere.
    highest
        The score of the best span of all passages read together.
    nothing
        Probability that none of them holds the answer.
    """

    read: ReadPassage
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    start_shares: NDArray[np.float64]
    end_shares: NDArray[np.float64]
    highest: float
    nothing: float

    def best_span(self, start: int, end: int) -> FoundSpan | None:
        """Return the best answer within ``passage.text[start:end]``; None where no token is."""
        first, last = self._tokens(start, end)
        if first >= last:
            return None
        score, begins, finishes = self.read.best_span(first, last)
        return FoundSpan(score, int(self.starts[begins]), int(self.ends[finishes - 1]))

    def shares(self, start: int, end: int) -> tuple[float, float]:
        """Return how likely the answer starts, and ends, within ``passage.text[start:end]``."""
        first, last = self._tokens(start, end)
        return (
            float(self.start_shares[first:last].sum()) + _LEAST_SHARE,
            float(self.end_shares[first:last].sum()) + _LEAST_SHARE,
        )

    def _tokens(self, start: int, end: int) -> tuple[int, int]:
        first = int(np.searchsorted(self.ends, start, side="right"))
        return first, max(first, int(np.searchsorted(self.starts, end)))


@dataclass(frozen=True, slots=True)
class AskedTexts:
    """A question and the passages of some hits, as readers see them.

    Short forms are read as long ones, and words in one spelling: networks tell "hoà" from "hòa".
    """

    question: str
    texts: tuple[ExpandedText, ...]

    @classmethod
    def of(cls, question: str, hits: Sequence[Hit]) -> "AskedTexts":
        """Return the passages of hits in their order."""
        texts = (expanded(one_spelling(hit.passage.text), hit.meanings) for hit in hits)
        return cls(one_spelling(plainly_put(question)), tuple(texts))

    def some(self, places: Sequence[int]) -> "AskedTexts":
        """Return some of the passages."""
        return AskedTexts(self.question, tuple(self.texts[place] for place in places))

    def read_by(self, reader: PassageReader) -> ReadPassages:
        """Return what a reader says of the passages."""
        return reader.read(self.question, [text.text for text in self.texts])

    def readings(self, read: ReadPassages) -> tuple[HitReading, ...]:
        """Return what was ``read`` of the passages, in places of their stored text."""
        starts = _Softmax.over([passage.starts for passage in read.passages], read.nothing)
        ends = _Softmax.over([passage.ends for passage in read.passages], read.nothing)
        highest = max((passage.best_span()[0] for passage in read.passages), default=-np.inf)
        return tuple(
            HitReading(
                passage,
                _placed(passage.tokens.starts, text.replacements),
                _placed(passage.tokens.ends, text.replacements, end=True),
                starts.of(passage.starts),
                ends.of(passage.ends),
                float(highest),
                (starts.nothing + ends.nothing) / 2,
            )
            for passage, text in zip(read.passages, self.texts, strict=True)
        )


@dataclass(frozen=True, slots=True)
class _Softmax:
    """The softmax over all tokens of some passages and "nothing"."""

    highest: float
    total: float
    nothing: float

    @classmethod
    def over(cls, scores: Sequence[NDArray[np.float32]], nothing: float) -> "_Softmax":
        highest = max([nothing, *(float(values.max(initial=-np.inf)) for values in scores)])
        masses = [float(np.exp(values - highest, dtype=np.float64).sum()) for values in scores]
        none = float(np.exp(nothing - highest))
        return cls(highest, sum(masses) + none, none / (sum(masses) + none))

    def of(self, scores: NDArray[np.float32]) -> NDArray[np.float64]:
        return np.asarray(np.exp(scores.astype(np.float64) - self.highest) / self.total)


def _placed(
    places: NDArray[np.int64], replacements: Sequence[Replacement], *, end: bool = False
) -> NDArray[np.int64]:
    """Return places of an expanded text as places of the text itself.

    Within a long form they become the start, or the ``end``, of the short one.
    """
    result = places.copy()
    for replacement in replacements:
        inside = (places > replacement.start) if end else (places >= replacement.start)
        after = (places > replacement.end) if end else (places >= replacement.end)
        result[inside] = replacement.short_end if end else replacement.short_start
        result[after] = places[after] - replacement.end + replacement.short_end
    return result
