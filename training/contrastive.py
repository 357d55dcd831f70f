"""Teach token vectors that a query lies nearest to its own passage among those of a batch."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from torch.nn import functional

from training.pairs import Pair, PairMaker, draw_starts

FloatMatrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Source:
    """One corpus to draw pairs from: its maker, its passages, its share of each batch."""

    maker: PairMaker
    passages: int
    share: float
    run: int


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """How long and how fast to learn.

    Attributes
    ----------
    steps
        Batches to learn from.
    batch
        Pairs in a batch; each is a negative for the others.
    scale
        Factor on the cosines before the softmax.
    learning_rate
        Adam's, at its peak; it rises for 5 % of the steps and then falls to 0 in a straight line.
    seed
        Of the pairs.
    """

    steps: int = 1600
    batch: int = 1024
    scale: float = 20.0
    learning_rate: float = 0.01
    seed: int = 11


def draw_batches(sources: Sequence[Source], *, batch: int, seed: int) -> Iterator[list[Pair]]:
    """Yield batches for ever, each with every source's share; passages of a run stay together."""
    generator = np.random.default_rng(seed)
    streams = [_runs(source, generator) for source in sources]
    total = sum(source.share for source in sources)
    while True:
        pairs: list[Pair] = []
        for number, (source, stream) in enumerate(zip(sources, streams, strict=True)):
            for _ in range(max(1, round(batch * source.share / total / source.run))):
                made = (source.maker.make(i, generator) for i in next(stream))
                pairs += [_tell_apart(pair, number) for pair in made if pair is not None]
        yield pairs


def learn(
    vectors: FloatMatrix,
    batches: Iterator[list[Pair]],
    settings: TrainingSettings,
    report: Callable[[int, float], None],
) -> FloatMatrix:
    """Return the vectors after training; the input is left as it is.

    Parameters
    ----------
    vectors
        One row per token id that occurs in the pairs.
    batches
        Pairs, as ``draw_batches`` yields them.
    settings
        How long and how fast.
    report
        Told the step and its mean loss, every 100 steps.
    """
    weights = torch.nn.Parameter(torch.from_numpy(vectors.copy()))
    optimizer = torch.optim.Adam([weights], lr=settings.learning_rate, fused=True)
    warm = max(1, settings.steps // 20)
    losses: list[float] = []
    for step in range(settings.steps):
        share = min((step + 1) / warm, (settings.steps - step) / (settings.steps - warm + 1))
        for parameters in optimizer.param_groups:
            parameters["lr"] = settings.learning_rate * share
        loss = _loss(weights, next(batches), settings.scale)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(float(loss.detach()))
        if (step + 1) % 100 == 0:
            report(step + 1, float(np.mean(losses[-100:])))
    return np.asarray(weights.detach().numpy(), dtype=np.float32)


def false_negatives(pairs: Sequence[Pair]) -> NDArray[np.bool_]:
    """Return the mask (query, passage) of what must not count as wrong.

    That is another copy of the query's passage, and for a topical query every passage of its group.
    """
    passages = np.array([pair.passage_id for pair in pairs])
    groups = np.array([pair.group for pair in pairs])
    topical = np.array([pair.topical for pair in pairs])
    mask = passages[:, None] == passages
    mask |= (groups[:, None] == groups) & topical[:, None]
    np.fill_diagonal(mask, val=False)
    return np.asarray(mask)


def _loss(weights: torch.Tensor, pairs: Sequence[Pair], scale: float) -> torch.Tensor:
    both = _embed(weights, [pair.query for pair in pairs] + [pair.passage for pair in pairs])
    queries, passages = both[: len(pairs)], both[len(pairs) :]
    scores = scale * queries @ passages.T
    scores = scores.masked_fill(torch.from_numpy(false_negatives(pairs)), -torch.inf)
    return functional.cross_entropy(scores, torch.arange(len(pairs)))


def _embed(weights: torch.Tensor, rows: Sequence[NDArray[np.int64]]) -> torch.Tensor:
    lengths = np.array([len(row) for row in rows])
    starts = np.concatenate([[0], np.cumsum(lengths)])
    shares = np.repeat(1 / lengths, lengths).astype(np.float32)
    shape = (len(rows), len(weights))
    bags = csr_matrix((shares, np.concatenate(rows), starts), shape=shape)
    bags.sum_duplicates()
    return functional.normalize(_BagMeans.apply(weights, bags))  # type: ignore[no-untyped-call]


class _BagMeans(torch.autograd.Function):
    """``bags @ weights``; torch's own embedding_bag takes 4 to 8 times as long backwards."""

    @staticmethod
    def forward(context: Any, weights: torch.Tensor, bags: csr_matrix) -> torch.Tensor:  # noqa: ANN401
        context.bags = bags
        return torch.from_numpy(bags @ weights.detach().numpy())

    @staticmethod
    def backward(context: Any, gradient: torch.Tensor) -> tuple[torch.Tensor, None]:  # noqa: ANN401
        return torch.from_numpy(context.bags.T.tocsr() @ gradient.contiguous().numpy()), None


def _runs(source: Source, generator: np.random.Generator) -> Iterator[range]:
    while True:
        for start in draw_starts(source.passages, run=source.run, generator=generator):
            yield range(start, min(source.passages, start + source.run))


def _tell_apart(pair: Pair, source: int) -> Pair:
    """Return the pair with its numbers apart from those of the other sources."""
    first = source << 32
    return replace(pair, group=pair.group + first, passage_id=pair.passage_id + first)
