"""Batches for the span reader: questions, each with its passage and some wrong ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from index.reading_tokens import MARKS, MATCHES, TokenisedText, matches
from training.span_data import ReadingData, Span

_SORTED_BATCHES = 8
_FOLDED_SHARE = 0.2

Gold = list[tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a batch shows.

    Attributes
    ----------
    size
        Questions of a batch.
    each
        Passages of a question.
    nothing
        Share of the questions whose right passage is left out.
    """

    size: int
    each: int
    nothing: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Some questions, each with equally many passages, a question's one after another.

    Attributes
    ----------
    question
        Token ids plus 1, 0 for padding, shape (length, questions).
    passage
        Likewise, shape (length, questions × each).
    features
        `MARKS` and `MATCHES`, shape (length, questions × each, both).
    each
        Passages of a question.
    """

    question: Tensor
    passage: Tensor
    features: Tensor
    each: int

    @property
    def questions(self) -> int:
        """How many questions there are."""
        return self.question.shape[1]


def make_batch(
    data: ReadingData,
    asked: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]],
    folded: NDArray[np.int64],
    *,
    unaccented: Sequence[bool] | None = None,
) -> Batch:
    """Return the batch of some questions, (token ids, numbers of the passages shown) each.

    ``folded`` is the tokenizer's; ``unaccented`` says which questions lose their accents.
    """
    each = len(asked[0][1])
    texts = [data.passages[number] for _, shown in asked for number in shown.tolist()]
    question = np.zeros((max(len(ids) for ids, _ in asked), len(asked)), dtype=np.int64)
    size = max(len(text.ids) for text in texts)
    passage = np.zeros((size, len(texts)), dtype=np.int64)
    features = np.zeros((size, len(texts), len(MARKS) + len(MATCHES)), dtype=np.float32)
    for place, (typed, _) in enumerate(asked):
        fold = bool(unaccented and unaccented[place])
        ids = folded[typed] if fold else typed
        question[: len(ids), place] = ids + 1
        tokens = TokenisedText(ids, folded[ids], ids, ids, np.zeros((len(ids), len(MARKS)), bool))
        for column in range(place * each, (place + 1) * each):
            text = texts[column]
            passage[: len(text.ids), column] = text.ids + 1
            features[: len(text.ids), column, : len(MARKS)] = text.marks
            features[: len(text.ids), column, len(MARKS) :] = matches(tokens, text, folded=fold)
    return Batch(
        torch.from_numpy(question), torch.from_numpy(passage), torch.from_numpy(features), each
    )


def draw_batches(
    data: ReadingData,
    places: Sequence[int],
    folded: NDArray[np.int64],
    generator: np.random.Generator,
    shown: Shown,
) -> Iterator[tuple[Batch, Gold]]:
    """Yield all the examples once, in random order, those of similar length together.

    The gold of those whose right passage is not shown is empty.
    """
    order = generator.permutation(np.asarray(places))
    for block in np.array_split(order, max(1, len(order) // (shown.size * _SORTED_BATCHES))):
        lengths = [len(data.passages[data.examples[p].passages[0]].ids) for p in block.tolist()]
        ordered = block[np.argsort(lengths)].tolist()
        for part in generator.permutation(len(ordered) // shown.size).tolist():
            asked, gold = [], []
            for place in ordered[part * shown.size : (part + 1) * shown.size]:
                example = data.examples[place]
                spans = example.spans if generator.random() >= shown.nothing else ()
                right = list(example.passages[:1]) if spans else []
                unfit = example.passages[1:] if example.spans else example.passages
                wrong = draw_wrong(unfit, len(data.passages), generator, shown.each)
                asked.append((example.question, np.array([*right, *wrong])[: shown.each]))
                gold.append(spans)
            unaccented = (generator.random(len(asked)) < _FOLDED_SHARE).tolist()
            yield make_batch(data, asked, folded, unaccented=unaccented), gold


def draw_wrong(
    unfit: Sequence[int], passages: int, generator: np.random.Generator, size: int
) -> NDArray[np.int64]:
    """Return so many of the wrong passages, rather the first ones, then any of all at all."""
    found = np.array(unfit, dtype=np.int64)
    if len(found):
        weights = 1 / np.arange(2, len(found) + 2)
        found = generator.choice(
            found, size=min(size, len(found)), replace=False, p=weights / weights.sum()
        )
    more = generator.integers(passages, size=size)
    return np.concatenate([found, more])[:size]
