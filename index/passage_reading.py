"""What the span reader adds to the order of the best passages: whether they hold the answer.

The scores of the trees and what the network says of the passages are weighed by a few learned
numbers (`training/reranker.py`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.hit import Hit
from index.hit_reading import HitReading, read_hits
from index.span_reader import SpanReader, load_span_reader
from index.tree_ensemble import ModelFileError

WEIGHTS_PATH = Path(__file__).parent.parent / "models" / "reranker" / "reading.json"
READ_PASSAGES = 8
"""How many of the best passages are read."""
READING_NAMES = ("span_gap", "start_share", "end_share", "share")
ADDED_NAMES = ("answer_read", "answer_share")
"""What reading adds to the score, and the probability that the answer stands in the passage."""
_LEAST_SHARE, _LEAST_GAP = 1e-6, -20.0


@dataclass(frozen=True, slots=True)
class ReadingWeights:
    """Learned numbers: of the trees' score, and one for each of `READING_NAMES`."""

    trees: float
    reading: NDArray[np.float64]


def load_reading_weights(path: Path = WEIGHTS_PATH) -> ReadingWeights:
    """Return the weights of a file.

    Raises
    ------
    ModelFileError
        The file is missing, damaged, or made for other features.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        reading = [float(values["reading"][name]) for name in READING_NAMES]
        return ReadingWeights(float(values["trees"]), np.array(reading))
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ModelFileError(
            f"{path}: không đọc được trọng số ({error}); hãy cài lại chương trình"
            " hoặc chạy make reranker"
        ) from error


class PassageReading:
    """The span reader with the weights of what it says."""

    def __init__(self, reader: SpanReader, weights: ReadingWeights) -> None:
        self._reader = reader
        self._weights = weights

    @property
    def trees(self) -> float:
        """The weight of the trees' score."""
        return self._weights.trees

    def add_to(self, trees: NDArray[np.float64], question: str, hits: Sequence[Hit]) -> "Added":
        """Return the hits' new scores, and what reading adds.

        ``trees`` are the scores of the trees, shape (hits,), in any order. The best
        `READ_PASSAGES` are read; reading adds nothing to the rest, so that they stay behind.
        """
        best = np.argsort(-trees, kind="stable")[:READ_PASSAGES]
        read = read_hits(self._reader, question, [hits[place] for place in best.tolist()])
        rows = reading_rows(read)
        added = rows @ self._weights.reading
        table = np.zeros((len(trees), len(ADDED_NAMES)))
        table[best, 0] = added - added.min(initial=np.inf)
        table[best, 1] = rows[:, READING_NAMES.index("share")]
        readings = dict(zip(best.tolist(), read, strict=True))
        return Added(self._weights.trees * trees + table[:, 0], table, readings)


@dataclass(frozen=True, slots=True)
class Added:
    """What reading adds to some hits.

    Attributes
    ----------
    scores
        Shape (hits,): the new ones.
    table
        What `ADDED_NAMES` say of each, shape (hits, names).
    readings
        Of the hits that were read, by their place.
    """

    scores: NDArray[np.float64]
    table: NDArray[np.float64]
    readings: Mapping[int, HitReading]


def reading_rows(readings: Sequence[HitReading]) -> NDArray[np.float64]:
    """Return one row for each passage, shape (readings, len(READING_NAMES)).

    How far its best span is below the best of all; the logarithms of the probabilities that the
    answer starts and ends in the passage, not in another or nowhere; and the mean of the two.
    """
    rows = []
    for reading in readings:
        best = reading.read.best_span()[0]
        gap = max(best - reading.highest, _LEAST_GAP) if np.isfinite(reading.highest) else 0.0
        start = float(reading.start_shares.sum()) + _LEAST_SHARE
        end = float(reading.end_shares.sum()) + _LEAST_SHARE
        rows.append((gap, np.log(start), np.log(end), (start + end) / 2))
    return np.array(rows).reshape(len(readings), len(READING_NAMES))


def load_passage_reading() -> PassageReading:
    """Return the bundled network with its weights; raise `ModelFileError` if either is damaged."""
    return PassageReading(load_span_reader(), load_reading_weights())
