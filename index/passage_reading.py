"""What reading adds to the order of the best passages: whether they hold the answer.

The trees choose what the span reader skims; its scores choose what the close reader reads. What
the two say together is weighed with the trees' score by a few learned numbers
(`training/reranker.py`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.close_reader import load_close_reader
from index.hit import Hit
from index.hit_reading import AskedTexts, HitReading
from index.preferring import preferred
from index.read_passages import PassageReader, ReadPassages, together
from index.span_reader import load_span_reader
from index.tree_ensemble import ModelFileError

WEIGHTS_PATH = Path(__file__).parent.parent / "models" / "reranker" / "reading.json"
MOST_SKIMMED, MOST_READ = 8, 5
"""How many passages are skimmed, and read closely, at most."""
TREES_GAP, SKIMMED_GAP = 4.0, 3.0
"""How far below the best a passage may be to be skimmed, and read closely: by the trees' score, and
by that of `ReadingWeights.skimmed`. Of ViQuAD's training questions 3.3 passages are skimmed and 2.1
read, on average; the right one is among them as often as among the trees' best five."""
READING_NAMES = ("span_gap", "start_share", "end_share", "share")
ADDED_NAMES = ("answer_read", "answer_share")
"""What reading adds to the score, and the probability that the answer stands in the passage."""
_LEAST_SHARE, _LEAST_GAP = 1e-6, -20.0
_DOUBTFUL = np.array([-3.0, np.log(0.05), np.log(0.05), 0.05])
"""What is read of a passage that hardly holds the answer: to it, reading adds nothing."""
_CLOSE_SHARE = 0.5
"""Of the close reader in what both say."""
_ABOVE = 1e-3
"""By how much, at least, what was read stands above the rest."""

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Learned numbers: of the trees' score, and one for each of `READING_NAMES`."""

    trees: float
    reading: Scores

    def scores(self, trees: Scores, rows: Scores) -> Scores:
        """Return the scores of passages, shape (passages,); ``rows`` are of `reading_rows`."""
        return np.asarray(self.trees * trees + rows @ self.reading)


@dataclass(frozen=True, slots=True)
class ReadingWeights:
    """The weights of what was skimmed, and of what was then read closely."""

    skimmed: Weights
    read: Weights


def load_reading_weights(path: Path = WEIGHTS_PATH) -> ReadingWeights:
    """Return the weights of a file.

    Raises
    ------
    ModelFileError
        The file is missing, damaged, or made for other features.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return ReadingWeights(_weights(values["skimmed"]), _weights(values["read"]))
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ModelFileError(
            f"{path}: không đọc được trọng số ({error}); hãy cài lại chương trình"
            " hoặc chạy make reranker"
        ) from error


def _weights(values: Mapping[str, Any]) -> Weights:
    reading = [float(values["reading"][name]) for name in READING_NAMES]
    return Weights(float(values["trees"]), np.array(reading))


@dataclass(frozen=True, slots=True)
class Skimmed:
    """Passages that the span reader has read.

    Attributes
    ----------
    places
        Of the passages among all that were given.
    trees
        Their trees' scores, shape (passages,).
    read
        What the span reader says of them.
    rows
        The same for weighing (`reading_rows`).
    """

    places: NDArray[np.int64]
    trees: Scores
    asked: AskedTexts
    read: ReadPassages
    rows: Scores


@dataclass(frozen=True, slots=True)
class ReadClosely:
    """Passages that both have read.

    Attributes
    ----------
    places, trees, rows
        As of `Skimmed`.
    readings
        What both say together, one for each place.
    """

    places: NDArray[np.int64]
    trees: Scores
    readings: tuple[HitReading, ...]
    rows: Scores


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
        Of the hits that were read closely, by their place.
    """

    scores: Scores
    table: Scores
    readings: Mapping[int, HitReading]


class PassageReading:
    """The two readers with the weights of what they say; safe to use from several threads."""

    def __init__(
        self, span_reader: PassageReader, close_reader: PassageReader, weights: ReadingWeights
    ) -> None:
        self._span_reader = span_reader
        self._close_reader = close_reader
        self._weights = weights

    @property
    def trees(self) -> float:
        """The weight of the trees' score."""
        return self._weights.read.trees

    def add_to(self, trees: Scores, question: str, hits: Sequence[Hit]) -> Added:
        """Return the hits' new scores, and what reading adds.

        ``trees`` are the scores of the trees, shape (hits,), in any order. Hits that are read
        closely stand above the rest, to which reading adds nothing.
        """
        read = self.read_closely(self.skim(trees, question, hits), hits)
        scores = self.trees * trees
        added = (read.rows - _DOUBTFUL) @ self._weights.read.reading
        lowest = (scores[read.places] + added).min(initial=np.inf)
        rest = np.delete(scores, read.places).max(initial=-np.inf)
        table = np.zeros((len(trees), len(ADDED_NAMES)))
        table[read.places, 0] = added + max(0.0, rest - lowest + _ABOVE)
        table[read.places, 1] = read.rows[:, READING_NAMES.index("share")]
        scores += table[:, 0]
        return Added(scores, table, dict(zip(read.places.tolist(), read.readings, strict=True)))

    def read(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return the hits worth reading closely, with their readings, in the order they came."""
        added = self.add_to(np.zeros(len(hits)), question, hits)
        return [
            replace(hits[place], reading=added.readings[place]) for place in sorted(added.readings)
        ]

    def skim(self, trees: Scores, question: str, hits: Sequence[Hit]) -> Skimmed:
        """Return what the span reader says of the hits that the trees put highest.

        What a question insists on counts in choosing, as it does in the order in the end.
        """
        places = _near_the_best(_insisting(trees, hits), MOST_SKIMMED, TREES_GAP)
        asked = AskedTexts.of(question, [hits[place] for place in places.tolist()])
        read = asked.read_by(self._span_reader)
        return Skimmed(places, trees[places], asked, read, reading_rows(asked.readings(read)))

    def read_closely(self, skimmed: Skimmed, hits: Sequence[Hit]) -> ReadClosely:
        """Return what both readers say of the passages that are best after skimming."""
        scores = self._weights.skimmed.scores(skimmed.trees, skimmed.rows)
        among = [hits[place] for place in skimmed.places.tolist()]
        chosen = _near_the_best(_insisting(scores, among), MOST_READ, SKIMMED_GAP)
        asked = skimmed.asked.some(chosen.tolist())
        read = together(
            skimmed.read.some(chosen.tolist()), asked.read_by(self._close_reader), _CLOSE_SHARE
        )
        readings = asked.readings(read)
        return ReadClosely(
            skimmed.places[chosen], skimmed.trees[chosen], readings, reading_rows(readings)
        )


def _insisting(scores: Scores, hits: Sequence[Hit]) -> Scores:
    times = np.array([hit.of_time for hit in hits], dtype=np.float64)
    return preferred(scores, times, np.array([hit.held for hit in hits], dtype=np.int64))


def _near_the_best(scores: Scores, most: int, gap: float) -> NDArray[np.int64]:
    """Return the places of the best scores, best first."""
    best = np.argsort(-scores, kind="stable")[:most]
    return np.asarray(best[scores[best] >= scores.max(initial=-np.inf) - gap])


def reading_rows(readings: Sequence[HitReading]) -> Scores:
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
    """Return the bundled readers with their weights; raise `ModelFileError` if one is damaged."""
    return PassageReading(load_span_reader(), load_close_reader(), load_reading_weights())
