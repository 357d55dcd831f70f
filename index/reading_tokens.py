"""The tokens that the span reader sees: ids, how they are written, where they stand, what matches.

The tokens are those of the bundled embedder's tokenizer: syllables, numbers and pieces of foreign
words, without punctuation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from documents.normalising import fold

TOKENIZER_PATH = Path(__file__).parent.parent / "models" / "embedder" / "tokenizer.json"

MARKS = (
    "capital",
    "all_capitals",
    "digit",
    "starts_sentence",
    "after_comma",
    "after_bracket",
    "after_other",
    "continuing",
)
"""Columns of `TokenisedText.marks`: how a token is written and what stands before it."""
MATCHES = ("same", "same_folded", "pair_with_previous", "pair_with_next")
"""Columns of `matches`."""

_TEXTS_REMEMBERED = 2048  # passages of the usual length: about 20 MB; the same are read again

_SENTENCE_ENDS, _COMMAS, _BRACKETS = frozenset(".!?…\n"), frozenset(",;:"), frozenset("([{\"“«'")


@dataclass(frozen=True, slots=True)
class TokenisedText:
    """The tokens of a text, in order.

    Attributes
    ----------
    ids
        Shape (tokens,), of the tokenizer's vocabulary.
    folded
        Shape (tokens,): equal for tokens that are equal without accents.
    starts, ends
        Shape (tokens,): the token is ``text[start:end]``, in code points.
    marks
        Shape (tokens, len(MARKS)).
    """

    ids: NDArray[np.int64]
    folded: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    marks: NDArray[np.bool_]

    def cut(self, most: int) -> "TokenisedText":
        """Return the first tokens."""
        return TokenisedText(
            self.ids[:most],
            self.folded[:most],
            self.starts[:most],
            self.ends[:most],
            self.marks[:most],
        )


class ReadingTokenizer:
    """Cuts texts into tokens; safe to use from several threads."""

    def __init__(self, path: Path = TOKENIZER_PATH) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._remembered = lru_cache(_TEXTS_REMEMBERED)(self._encode)

    @cached_property
    def folded(self) -> NDArray[np.int64]:
        """For every token id the lowest id with the same letters without accents."""
        tokens = self.vocabulary
        lowest: dict[str, int] = {}
        return np.array(
            [lowest.setdefault(plain, place) for place, plain in enumerate(map(fold, tokens))]
        )

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """The tokens in the order of their ids."""
        places = self._tokenizer.get_vocab()
        return tuple(sorted(places, key=places.__getitem__))

    def encode(self, texts: Sequence[str]) -> list[TokenisedText]:
        """Return the tokens of each text."""
        return [self._remembered(text) for text in texts]

    def _encode(self, text: str) -> TokenisedText:
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        ids = np.array(encoding.ids, dtype=np.int64)
        spans = np.array(encoding.offsets, dtype=np.int64).reshape(len(ids), 2)
        marks = _marks(text, encoding.offsets)
        return TokenisedText(ids, self.folded[ids], spans[:, 0], spans[:, 1], marks)


def matches(question: TokenisedText, passage: TokenisedText, *, folded: bool) -> NDArray[np.bool_]:
    """Return which tokens of a passage the question holds, shape (tokens, len(MATCHES)).

    Pairs are compared without accents. A question that was typed without accents (``folded``) is
    compared without them altogether.
    """
    plain, asked = passage.folded, question.folded
    same_folded = np.isin(plain, asked)
    same = same_folded if folded else np.isin(passage.ids, question.ids)
    pairs = np.isin(_pair_keys(plain), _pair_keys(asked))
    blank = np.zeros(min(1, len(plain)), dtype=np.bool_)
    return np.stack(
        [same, same_folded, np.concatenate([blank, pairs]), np.concatenate([pairs, blank])], axis=1
    )


def _pair_keys(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    return ids[:-1] * (1 << 20) + ids[1:]


def _marks(text: str, offsets: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    marks = np.zeros((len(offsets), len(MARKS)), dtype=np.bool_)
    end = 0
    for place, (start, next_end) in enumerate(offsets):
        word = text[start:next_end]
        row = marks[place]
        row[0] = word[:1].isupper()
        row[1] = next_end - start > 1 and word.isupper()
        row[2] = word.isdigit()
        if start == end and place:
            row[7] = True
        elif start - end != 1 or text[end] != " ":
            between = set(text[end:start])
            row[3] = not place or not between.isdisjoint(_SENTENCE_ENDS)
            row[4] = not between.isdisjoint(_COMMAS)
            row[5] = not between.isdisjoint(_BRACKETS)
            row[6] = bool(between - {" "})
        end = next_end
    return marks
