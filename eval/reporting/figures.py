"""What the report draws, out of a stored run. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.calibration import risks
from eval.reporting.outcome import Outcome
from eval.retrieval_measures import CUTOFF
from eval.runs.slices import slices
from eval.runs.stored import StoredQuestion, StoredRun

BINS = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a slice: how many questions, and the share with the right best sentence."""

    name: str
    count: int
    correct: float | None
    found: float | None


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of about the same confidence: its mean, the share that is right, and how many."""

    confidence: float
    correct: float
    count: int


def outcome_of(question: StoredQuestion) -> Outcome:
    """Return what came of a question."""
    line = question.line
    if line["refuse"]:
        return Outcome.RIGHT if line["refused"] else Outcome.WRONG
    if line["refused"]:
        return Outcome.REFUSED
    if line["correct"] is None:
        return Outcome.UNKNOWN
    return Outcome.RIGHT if line["correct"] else Outcome.WRONG


def recall_by_rank(questions: Sequence[StoredQuestion]) -> list[float]:
    """Return for each rank from 1 to 10 the share of questions with a gold document up to there."""
    ranks = [one.line["rank"] for one in questions if one.line["gold_documents"]]
    if not ranks:
        return []
    return [
        sum(rank is not None and rank <= most for rank in ranks) / len(ranks)
        for most in range(1, CUTOFF + 1)
    ]


def calibration(questions: Sequence[StoredQuestion]) -> list[Bin]:
    """Return the questions whose right outcome is known, in ten bins of confidence; none empty."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, correct in _known(questions):
        bins.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, correct))
    return [
        Bin(
            sum(confidence for confidence, _ in held) / len(held),
            sum(correct for _, correct in held) / len(held),
            len(held),
        )
        for _, held in sorted(bins.items())
    ]


def risk_by_coverage(questions: Sequence[StoredQuestion]) -> list[tuple[float, float]]:
    """Return (share answered, share of these that is wrong), the most confident answered first."""
    known = _known(questions)
    if not known:
        return []
    values = risks([one[0] for one in known], [one[1] for one in known])
    return [(place / len(known), risk) for place, risk in enumerate(values, start=1)]


def parts_of(questions: Sequence[StoredQuestion]) -> dict[str, list[Part]]:
    """Return the parts of each dimension that parts the questions (`eval.runs.slices`)."""
    return {
        dimension: [
            _part(name, [questions[place] for place in places]) for name, places in parts.items()
        ]
        for dimension, parts in slices(questions).items()
    }


def worst_first(questions: Sequence[StoredQuestion]) -> list[StoredQuestion]:
    """Return the questions by outcome, within one the most confident first."""
    order = list(Outcome)
    return sorted(
        questions, key=lambda one: (order.index(outcome_of(one)), -one.line["confidence"], one.id)
    )


def milliseconds_of(folder: Path) -> Mapping[str, float]:
    """Return how long each question took; empty where it was not kept."""
    try:
        times = json.loads((folder / "times.json").read_text(encoding="utf-8"))
        return {str(key): float(value) for key, value in times["milliseconds"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def latencies(run: StoredRun) -> list[float]:
    """Return the times of a run's questions in milliseconds, the shortest first."""
    times = milliseconds_of(run.folder)
    return sorted(times[one.id] for one in run.questions if one.id in times)


def _known(questions: Sequence[StoredQuestion]) -> list[tuple[float, bool]]:
    return [
        (float(one.line["confidence"]), bool(one.line["best_correct"]))
        for one in questions
        if one.line["best_correct"] is not None
    ]


def _part(name: str, questions: Sequence[StoredQuestion]) -> Part:
    correct = [
        one.line["best_correct"] for one in questions if one.line["best_correct"] is not None
    ]
    ranks = [one.line["rank"] for one in questions if one.line["gold_documents"]]
    return Part(
        name,
        len(questions),
        sum(correct) / len(correct) if correct else None,
        sum(rank == 1 for rank in ranks) / len(ranks) if ranks else None,
    )
