"""How the figures about confidence differ between two runs: they are no means over questions."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from eval.calibration import aurc, expected_calibration_error
from eval.metrics import auroc
from eval.resampling import SEED
from eval.runs.differences import Difference
from eval.runs.stored import StoredQuestion

SAMPLES = 500
"""Resamples, and permutations, of these slower measures."""
_LEAST_TIE = 1e-12

Statistic = Callable[[Sequence[StoredQuestion]], float | None]


def _auroc(questions: Sequence[StoredQuestion]) -> float | None:
    scores: dict[bool, list[float]] = {True: [], False: []}
    for question in questions:
        scores[question.line["refuse"]].append(question.line["confidence"])
    return auroc(scores[False], scores[True])


def _of_known(
    measure: Callable[[Sequence[float], Sequence[bool]], float | None],
) -> Statistic:
    def value(questions: Sequence[StoredQuestion]) -> float | None:
        known = [q.line for q in questions if q.line["best_correct"] is not None]
        return measure([q["confidence"] for q in known], [q["best_correct"] for q in known])

    return value


STATISTICS: Mapping[str, Statistic] = {
    "abstention.auroc": _auroc,
    "abstention.aurc": _of_known(aurc),
    "abstention.ece": _of_known(expected_calibration_error),
}


def confidence_differences(
    first: Sequence[StoredQuestion], second: Sequence[StoredQuestion]
) -> tuple[Difference, ...]:
    """Return the differences of `STATISTICS`, by the bootstrap and randomisation of pairs.

    As `eval.resampling` does for means, with `SAMPLES` samples; a sample without a value is left
    out.
    """
    found = (_difference(name, first, second) for name in STATISTICS)
    return tuple(difference for difference in found if difference)


def _difference(
    name: str, first: Sequence[StoredQuestion], second: Sequence[StoredQuestion]
) -> Difference | None:
    statistic = STATISTICS[name]
    before, after = statistic(first), statistic(second)
    if before is None or after is None:
        return None
    generator = np.random.default_rng(SEED)
    count = len(first)
    drawn = []
    extreme = 0
    for _ in range(SAMPLES):
        places = generator.integers(0, count, count).tolist()
        swapped = generator.integers(0, 2, count).tolist()
        drawn.append(_gap(statistic, [first[p] for p in places], [second[p] for p in places]))
        pairs = [
            (b, a) if swap else (a, b) for a, b, swap in zip(first, second, swapped, strict=True)
        ]
        gap = _gap(statistic, [a for a, _ in pairs], [b for _, b in pairs])
        extreme += gap is None or abs(gap) >= abs(after - before) - _LEAST_TIE
    known = [gap for gap in drawn if gap is not None]
    low, high = np.percentile(known, (2.5, 97.5)).tolist() if known else (float("nan"),) * 2
    return Difference(name, before, after, low, high, (extreme + 1) / (SAMPLES + 1), count)


def _gap(
    statistic: Statistic, first: Sequence[StoredQuestion], second: Sequence[StoredQuestion]
) -> float | None:
    before, after = statistic(first), statistic(second)
    return None if before is None or after is None else after - before
