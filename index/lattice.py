"""The likeliest way through a question whose words may each be one of several.

Viterbi over a bigram model: ln P(second | first) of the bundled table, mixed with the share of the
indexed passages with the first word in which the second follows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.typing_table import END, SPECIAL, UNKNOWN, TypingTable
from index.word_statistics import WordStatistics

CORPUS_SHARE = 0.4
"""Weight of the index's own pairs where it has the first word often; see training/LOG.md."""
CORPUS_HALF = 2.0
"""With so many passages that hold the first word, half of that weight."""
WORD_TRUST = 20.0
"""The table counts as much as so many passages when words of one folded form are compared."""
BEAM = 7.0
"""Words whose best way is so much (ln) below the best are given up before the index is asked."""

UNKNOWN_LOG = -12.0
"""ln of the share of one word among all that the table does not hold, some 200,000."""
_UNKNOWN = SPECIAL.index(UNKNOWN)

Matrix = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to understand a typed word.

    Attributes
    ----------
    words
        What it stands for, as search keys: ``("bao", "nhiêu")`` for "bn".
    penalty
        ln of how rarely that is typed so; 0 for an ordinary way.
    """

    words: tuple[str, ...]
    penalty: float = 0.0


Slot = Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Way:
    """One choice of each slot, by place, and its score: ln P of the words plus the penalties."""

    places: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Ways:
    """The best way of all, and the best of those that keep to some choices."""

    best: Way
    kept: Way


def best_ways(
    slots: Sequence[Slot],
    keeping: Sequence[Sequence[int]],
    table: TypingTable,
    statistics: WordStatistics,
) -> Ways:
    """Return the likeliest choices; ties go to the first choice.

    A sentence's end is added before and after.

    Parameters
    ----------
    slots
        At least one choice each.
    keeping
        Of each slot, the places of the choices that `Ways.kept` may take; at least one each.
    """
    edge = (Choice((END,)),)
    whole: list[Slot] = [edge, *slots, edge]
    steps = _table_steps(whole, table, statistics)
    allowed = [np.array(places, dtype=np.intp) for places in ([0], *keeping, [0])]
    kept = _viterbi(_narrowed(steps, allowed))
    kept_places = [int(places[place]) for places, place in zip(allowed, kept, strict=True)]
    near = [
        np.union1d(slot, [place]) for slot, place in zip(_near(steps), kept_places, strict=True)
    ]
    narrow = [[slot[place] for place in places] for slot, places in zip(whole, near, strict=True)]
    steps = [
        _with_pairs(step, first, second, statistics)
        for step, (first, second) in zip(_narrowed(steps, near), pairwise(narrow), strict=True)
    ]
    best = _viterbi(steps)
    kept = [int(np.searchsorted(places, at)) for places, at in zip(near, kept_places, strict=True)]
    return Ways(_way(best, near, steps), _way(kept, near, steps))


def _way(path: Sequence[int], places: Sequence[Places], steps: Sequence[Matrix]) -> Way:
    score = sum(
        step[before, after] for step, (before, after) in zip(steps, pairwise(path), strict=True)
    )
    chosen = [int(slot[place]) for slot, place in zip(places, path, strict=True)]
    return Way(tuple(chosen[1:-1]), float(score))


def _narrowed(steps: Sequence[Matrix], places: Sequence[Places]) -> list[Matrix]:
    return [
        step[before[:, None], after]
        for step, (before, after) in zip(steps, pairwise(places), strict=True)
    ]


def _table_steps(
    slots: Sequence[Slot], table: TypingTable, statistics: WordStatistics
) -> list[Matrix]:
    """Return, for neighbouring slots, ln P of each second choice after each first."""
    size = len(table.words)
    last = [np.array([table.number(choice.words[-1]) for choice in slot]) for slot in slots]
    first = [np.array([table.number(choice.words[0]) for choice in slot]) for slot in slots]
    singles = [
        _single_log(slot, numbers, table, statistics)
        for slot, numbers in zip(slots, first, strict=True)
    ]
    wanted = [
        (before[:, None] * size + after).ravel()
        for before, after in zip(last, first[1:], strict=False)
    ]
    logs, held = _pair_logs(np.concatenate(wanted), table)
    steps, start = [], 0
    for before, after, single, slot in zip(last, first[1:], singles[1:], slots[1:], strict=False):
        shape = (len(before), len(single))
        part = slice(start, start + shape[0] * shape[1])
        start = part.stop
        backoff = table.backoff_log[before][:, None] + single
        step = np.where(held[part].reshape(shape), logs[part].reshape(shape), backoff)
        steps.append(step + _inner(slot, after, table))
    return steps


def _pair_logs(keys: NDArray[np.int64], table: TypingTable) -> tuple[Matrix, NDArray[np.bool_]]:
    """Return ln P of the pairs and whether the table holds them."""
    if not len(table.pair_keys):
        return np.zeros(len(keys)), np.zeros(len(keys), dtype=np.bool_)
    places = np.minimum(np.searchsorted(table.pair_keys, keys), len(table.pair_keys) - 1)
    held: NDArray[np.bool_] = table.pair_keys[places] == keys
    return table.pair_log[places].astype(np.float64), held


def _single_log(
    slot: Slot, numbers: NDArray[np.int64], table: TypingTable, statistics: WordStatistics
) -> Matrix:
    """Return ln P of each choice's first word; the index says how its words share their sum."""
    logs = table.word_log[numbers]
    met = np.array([statistics.word_count(choice.words[0]) for choice in slot], dtype=np.float64)
    if not met.any():
        return logs
    shares = np.exp(logs)
    total = shares.sum()
    mixed: Matrix = (met + WORD_TRUST * shares / total) / (met.sum() + WORD_TRUST) * total
    return np.log(mixed)


def _inner(slot: Slot, numbers: NDArray[np.int64], table: TypingTable) -> Matrix:
    """Return each choice's penalty and ln P of its words after the first."""
    inner = np.where(numbers == _UNKNOWN, UNKNOWN_LOG, 0.0)
    for place, choice in enumerate(slot):
        if choice.penalty or len(choice.words) > 1:
            inner[place] += choice.penalty + _phrase_log(choice.words, table)
    return inner


def _phrase_log(words: tuple[str, ...], table: TypingTable) -> float:
    if len(words) == 1:
        return 0.0
    numbers = np.array([table.number(word) for word in words])
    logs, held = _pair_logs(numbers[:-1] * len(table.words) + numbers[1:], table)
    backoff = table.backoff_log[numbers[:-1]] + table.word_log[numbers[1:]]
    return float(np.where(held, logs, backoff).sum())


def _near(steps: Sequence[Matrix]) -> list[Places]:
    """Return, for each slot, the places of the choices whose best way is near the best of all."""
    forward = [np.zeros(1)]
    for step in steps:
        forward.append((forward[-1][:, None] + step).max(axis=0))
    backward = [np.zeros(1)]
    for step in reversed(steps):
        backward.append((step + backward[-1]).max(axis=1))
    least = forward[-1][0] - BEAM
    return [
        np.flatnonzero(before + after >= least)
        for before, after in zip(forward, reversed(backward), strict=True)
    ]


def _with_pairs(step: Matrix, first: Slot, second: Slot, statistics: WordStatistics) -> Matrix:
    """Mix the index's pairs into a step."""
    mixed = step.copy()
    for row, before in enumerate(first):
        met = statistics.word_count(before.words[-1])
        if not met:
            continue
        share = CORPUS_SHARE * met / (met + CORPUS_HALF)
        for column, after in enumerate(second):
            seen = statistics.pair_count(before.words[-1], after.words[0]) / met
            extra = after.penalty
            mixed[row, column] = np.logaddexp(
                np.log1p(-share) + step[row, column],
                (np.log(share * seen) if seen else -np.inf) + extra,
            )
    return mixed


def _viterbi(steps: Sequence[Matrix]) -> list[int]:
    """Return the place taken in each slot, both edges included."""
    score, origins = np.zeros(1), []
    for step in steps:
        total = score[:, None] + step
        origins.append(total.argmax(axis=0))
        score = total.max(axis=0)
    path = [0]
    for origin in reversed(origins):
        path.append(int(origin[path[-1]]))
    return path[::-1]
