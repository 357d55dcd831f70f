"""Batches for the close reader: question and passage in one, and texts with hidden tokens."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from index.close_reader import CLS, FEATURES, FIRST_TOKEN, MASK, SEPARATOR, in_one, pair_rows
from index.reading_tokens import MARKS, MATCHES, TokenisedText
from training.reading_corpus import ReadingCorpus
from training.span_data import Span

_FOLDED_SHARE = 0.12
_HIDDEN_RATE, _LONGEST_HIDDEN = 0.11, 4
_MASKED, _REPLACED = 0.85, 0.07
_TELLING = np.isin((*MARKS, *MATCHES, ""), ("capital", "all_capitals", "digit", "continuing"))
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Sequences:
    """Sequences of equal length.

    Attributes
    ----------
    ids
        Shape (sequences, tokens), 0 for padding.
    pairs
        Rows of pairs, shape (sequences, tokens + 1).
    features
        Shape (sequences, tokens, FEATURES).
    """

    ids: Tensor
    pairs: Tensor
    features: Tensor

    def to(self, device: str) -> "Sequences":
        """Return them on a device."""
        return Sequences(self.ids.to(device), self.pairs.to(device), self.features.to(device))


@dataclass(frozen=True, slots=True)
class HiddenBatch:
    """Texts some of whose tokens are hidden; ``targets`` are their ids, 0 where none is."""

    sequences: Sequences
    targets: Tensor


@dataclass(frozen=True, slots=True)
class AskedBatch:
    """Questions with equally many passages, a question's one after another.

    Attributes
    ----------
    passage
        Shape (sequences, tokens): tokens of the passage.
    starts, ends
        Shape (sequences, tokens): where right answers start, where they end.
    """

    sequences: Sequences
    passage: Tensor
    starts: Tensor
    ends: Tensor
    each: int


@dataclass(frozen=True, slots=True)
class AskedPassages:
    """A question and its passages with the answers' spans in each."""

    question: TokenisedText
    passages: Sequence[TokenisedText]
    spans: Sequence[Sequence[Span]]
    folded: bool


def pad(
    rows: Sequence[tuple[NDArray[np.int64], NDArray[np.bool_]]],
    pair_keys: NDArray[np.int32],
    length: int,
) -> Sequences:
    """Return ids and features of each row (`in_one`) as tensors, cut to a length."""
    ids = np.zeros((len(rows), length), dtype=np.int64)
    pairs = np.zeros((len(rows), length + 1), dtype=np.int64)
    features = np.zeros((len(rows), length, FEATURES), dtype=np.bool_)
    for place, (row, marks) in enumerate(rows):
        size = min(length, len(row))
        ids[place, :size] = row[:size]
        pairs[place, : size + 1] = pair_rows(row[:size], pair_keys)
        features[place, :size] = marks[:size]
    return Sequences(*map(torch.from_numpy, (ids, pairs, features)))


def asked_batch(
    asked: Sequence[AskedPassages], pair_keys: NDArray[np.int32], length: int
) -> AskedBatch:
    """Return questions that all have as many passages."""
    rows = [in_one(one.question, p, folded=one.folded) for one in asked for p in one.passages]
    sequences = pad(rows, pair_keys, length)
    starts = np.zeros((len(rows), length), dtype=np.bool_)
    ends = starts.copy()
    all_spans = [(len(one.question.ids) + 2, spans) for one in asked for spans in one.spans]
    for place, (before, spans) in enumerate(all_spans):
        for start, end in spans:
            if before + end <= length:
                starts[place, before + start] = ends[place, before + end - 1] = True
    return AskedBatch(
        sequences,
        sequences.features[..., -1],
        torch.from_numpy(starts),
        torch.from_numpy(ends),
        len(asked[0].passages),
    )


class MadeBatches:
    """Draws from a corpus: texts with hidden tokens, and made questions with two passages."""

    def __init__(
        self, corpus: ReadingCorpus, folded: NDArray[np.int64], pair_keys: NDArray[np.int32]
    ) -> None:
        self._corpus = corpus
        self._folded = folded
        self._pair_keys = pair_keys

    def hidden(self, size: int, length: int, generator: np.random.Generator) -> HiddenBatch:
        """Return texts from anywhere, runs of one to four of their tokens hidden."""
        rows, targets = [], np.zeros((size, length), dtype=np.int64)
        most = max(1, len(self._corpus.ids) - length)
        for place, start in enumerate(generator.integers(most, size=size).tolist()):
            text = self._corpus.piece(start, start + length - 2, self._folded)
            row, features, hidden = self._hide(text, generator)
            rows.append((row, features))
            targets[place, 2 : 2 + len(hidden)] = np.where(hidden, text.ids + FIRST_TOKEN, 0)
        return HiddenBatch(pad(rows, self._pair_keys, length), torch.from_numpy(targets))

    def asked(self, size: int, length: int, generator: np.random.Generator) -> AskedBatch:
        """Return made questions, each of its passage and of another one near it."""
        asked = []
        for place in generator.integers(len(self._corpus.made), size=size).tolist():
            made = self._corpus.made[place]
            step = int(generator.integers(1, _NEAR + 1)) * int(generator.choice([-1, 1]))
            other = int(np.clip(made.passage + step, 0, len(self._corpus.bounds) - 2))
            passages = [self._corpus.passage(n, self._folded) for n in (made.passage, other)]
            ids = made.question.astype(np.int64)
            no_marks = np.zeros((len(ids), len(MARKS)), dtype=np.bool_)
            spans = [everywhere(passage.ids, made.answer.astype(np.int64)) for passage in passages]
            asked.append(
                AskedPassages(
                    TokenisedText(ids, self._folded[ids], ids, ids, no_marks),
                    passages,
                    spans,
                    bool(generator.random() < _FOLDED_SHARE),
                )
            )
        return asked_batch(asked, self._pair_keys, length)

    def _hide(
        self, text: TokenisedText, generator: np.random.Generator
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
        """Return a row of the text with hidden tokens, and which they are.

        Most become `MASK`, some any token; how a masked one was written is hidden with it.
        """
        size = len(text.ids)
        hidden = np.zeros(size, dtype=np.bool_)
        begins = generator.random(size)
        for run in range(1, _LONGEST_HIDDEN + 1):
            share = _HIDDEN_RATE / _LONGEST_HIDDEN
            of_this = (begins >= (run - 1) * share) & (begins < run * share)
            for step in range(run):
                hidden[step:] |= of_this[: size - step]
        kind = generator.random(size)
        masked = hidden & (kind < _MASKED)
        replaced = hidden & ~masked & (kind < _MASKED + _REPLACED)
        ids = np.where(replaced, generator.integers(len(self._folded), size=size), text.ids)
        ids = np.where(masked, MASK, ids + FIRST_TOKEN)
        features = np.zeros((size + 2, FEATURES), dtype=np.bool_)
        features[2:, : len(MARKS)] = text.marks
        features[2:][masked[:, None] & _TELLING] = False
        features[2:, -1] = True
        return np.concatenate([[CLS, SEPARATOR], ids]), features, hidden


def everywhere(ids: NDArray[np.int64], answer: NDArray[np.int64]) -> list[Span]:
    """Return where the answer's tokens stand."""
    size = len(answer)
    if len(ids) < size:
        return []
    windows = np.lib.stride_tricks.sliding_window_view(ids, size)
    return [(n, n + size) for n in np.flatnonzero((windows == answer).all(axis=1)).tolist()]
