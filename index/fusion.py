"""One ranking out of two: a weighted sum of normalised scores."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.preferring import preferred
from index.scores import Scores


@dataclass(frozen=True, slots=True)
class Fused:
    """Passages best first; every array has shape (n,).

    Attributes
    ----------
    values
        The weighted sum of z-scores.
    lexical, dense
        The searchers' own scores: BM25 and cosine.
    of_time, held
        How far each is of the times asked for, and how many required parts it holds.
    """

    ids: NDArray[np.int64]
    values: NDArray[np.float64]
    lexical: NDArray[np.float64]
    dense: NDArray[np.float64]
    of_time: NDArray[np.float64]
    held: NDArray[np.int64]


def fuse(lexical: Scores, dense: Scores, *, dense_weight: float) -> Fused:
    """Return the union of two rankings ordered by the weighted sum of their z-scores.

    score(p) = (1 − w) · z_lexical(p) + w · z_dense(p), where z is taken over the union. A passage
    that one ranking lacks gets that ranking's lowest score. Reciprocal rank fusion was measured
    and is worse here: it lets a weak list outvote a strong one. A ranking whose scores are all
    equal counts nothing.
    """
    ids = np.union1d(lexical.ids, dense.ids)
    by_words, by_meaning = _aligned(ids, lexical), _aligned(ids, dense)
    total = (1 - dense_weight) * _z_scores(by_words) + dense_weight * _z_scores(by_meaning)
    order = np.lexsort((ids, -total))
    nothing = np.zeros(len(ids))
    return Fused(
        ids[order],
        total[order],
        by_words[order],
        by_meaning[order],
        nothing,
        nothing.astype(np.int64),
    )


def prefer(fused: Fused, of_time: NDArray[np.float64], held: NDArray[np.int64]) -> Fused:
    """Return passages in the order that a question's times and required parts ask for.

    Both arrays are in the order of ``fused``; the rule is `index.preferring`'s.
    """
    values = preferred(fused.values, of_time, held)
    order = np.lexsort((fused.ids, -values))
    return Fused(
        fused.ids[order],
        values[order],
        fused.lexical[order],
        fused.dense[order],
        of_time[order],
        held[order],
    )


def _aligned(ids: NDArray[np.int64], scores: Scores) -> NDArray[np.float64]:
    """Return the scores of some passages in their order, the lowest for those not ranked."""
    values = np.full(len(ids), scores.values.min(initial=np.inf), dtype=np.float64)
    values[np.searchsorted(ids, scores.ids)] = scores.values
    return values if len(scores.ids) else np.zeros(len(ids))


def _z_scores(values: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = values.std() if len(values) else 0.0
    return (values - values.mean()) / spread if spread > 0 else np.zeros(len(values))
