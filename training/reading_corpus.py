"""What the close reader learns the language from: passages, and questions made of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.reading_tokens import MARKS, ReadingTokenizer, TokenisedText
from training.cloze import ClozeMaker
from training.compounds import Words
from training.corpus import TrainingPassage, read_articles

_FILES = ("news", "wiki", "law")
_BLOCK, _LONGEST, _SHORTEST = 14, 200, 8
"""Passages of an article that are asked of together, and tokens of a passage."""
_PER_PASSAGE, _PER_BLOCK = 2, 10
"""Questions, at most."""
_LONGEST_QUESTION = 48
_BITS = 1 << np.arange(len(MARKS))


@dataclass(frozen=True, slots=True)
class Made:
    """A made question.

    Attributes
    ----------
    question
        Token ids.
    passage
        Number of the passage that holds the answer.
    answer
        Token ids; they may stand elsewhere too.
    """

    question: NDArray[np.uint16]
    passage: int
    answer: NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class ReadingCorpus:
    """Passages one after another, neighbours of an article beside each other.

    Attributes
    ----------
    ids
        Shape (tokens,).
    marks
        Shape (tokens,): `MARKS` as bits, the first the lowest.
    bounds
        Shape (passages + 1,): passage n is ``ids[bounds[n]:bounds[n + 1]]``.
    """

    ids: NDArray[np.uint16]
    marks: NDArray[np.uint8]
    bounds: NDArray[np.int64]
    made: tuple[Made, ...]

    def piece(self, start: int, end: int, folded: NDArray[np.int64]) -> TokenisedText:
        """Return some tokens; ``folded`` is the tokenizer's. Their places are not known."""
        ids = self.ids[start:end].astype(np.int64)
        marks = (self.marks[start:end, None] & _BITS) > 0
        return TokenisedText(ids, folded[ids], ids, ids, marks)

    def passage(self, number: int, folded: NDArray[np.int64]) -> TokenisedText:
        """Return a passage."""
        start, end = self.bounds[number : number + 2].tolist()
        return self.piece(start, end, folded)


def read_corpus(
    data: Path, tokenizer: ReadingTokenizer, words: Words, *, sample: float, seed: int
) -> ReadingCorpus:
    """Return a share of the articles below ``data/text``, in random order."""
    generator = np.random.default_rng(seed)
    maker = ClozeMaker(tokenizer, words)
    blocks = [
        block
        for name in _FILES
        for article in read_articles(data, f"text/{name}.jsonl.xz", sample=sample, seed=seed)
        for block in _blocks(article, tokenizer, summed_up=name == "news")
    ]
    generator.shuffle(blocks)
    passages: list[TokenisedText] = []
    made: list[Made] = []
    for block in blocks:
        most = min(_PER_BLOCK, _PER_PASSAGE * len(block))
        for cloze in maker.make(block, generator, most=most):
            start, end = cloze.spans[0]
            made.append(
                Made(
                    cloze.question[:_LONGEST_QUESTION].astype(np.uint16),
                    len(passages) + cloze.place,
                    block[cloze.place].ids[start:end].astype(np.uint16),
                )
            )
        passages += block
    lengths = [len(passage.ids) for passage in passages]
    return ReadingCorpus(
        np.concatenate([passage.ids.astype(np.uint16) for passage in passages]),
        np.concatenate([(passage.marks @ _BITS).astype(np.uint8) for passage in passages]),
        np.cumsum([0, *lengths]),
        tuple(made),
    )


def _blocks(
    article: list[TrainingPassage], tokenizer: ReadingTokenizer, *, summed_up: bool
) -> Iterator[list[TokenisedText]]:
    """Yield some passages of an article at a time; a newspaper's title and lead are the first."""
    texts = [" ".join(passage.sentences) for passage in article]
    if summed_up:
        texts = [f"{article[0].title}. {article[0].lead}", *texts]
    for first in range(0, len(texts), _BLOCK):
        tokens = [one.cut(_LONGEST) for one in tokenizer.encode(texts[first : first + _BLOCK])]
        block = [one for one in tokens if len(one.ids) >= _SHORTEST]
        if block:
            yield block
