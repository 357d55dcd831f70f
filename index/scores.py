"""A ranking by one searcher, before anyone looks up what the passages say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Scores:
    """Passages with their scores.

    Attributes
    ----------
    ids
        Passage ids, shape (n,), best first, equal scores by id.
    values
        Scores, shape (n,), never rising.
    """

    ids: NDArray[np.int64]
    values: NDArray[np.float32]


def ranked(ids: NDArray[np.int64], values: NDArray[np.float32]) -> Scores:
    """Return passages ordered by falling score, equal scores by id."""
    order = np.lexsort((ids, -values))
    return Scores(ids[order], values[order])


def merged(rankings: Sequence[Scores]) -> Scores:
    """Return the union of rankings by one searcher for one question, which score alike."""
    ids, first = np.unique(np.concatenate([one.ids for one in rankings]), return_index=True)
    return ranked(ids, np.concatenate([one.values for one in rankings])[first])
