"""What the page needs to evaluate: the runs, who runs them, what users said."""

from dataclasses import dataclass
from pathlib import Path

from eval.feedback import FeedbackStore
from web.evaluating_now import EvaluationRunner, Setup
from web.evaluation_runs import RunShelf

RUNS, REMOVED = "runs", "removed-runs"


@dataclass(frozen=True, slots=True)
class Evaluations:
    """The runs, the one that is going on, and the opinions of answers."""

    shelf: RunShelf
    runner: EvaluationRunner
    feedback: FeedbackStore


def open_evaluations(data: Path, setup: Setup, feedback: FeedbackStore) -> Evaluations:
    """Return the evaluations below a data folder."""
    shelf = RunShelf(data / RUNS, data / REMOVED)
    return Evaluations(shelf, EvaluationRunner(shelf, setup), feedback)
