"""Two runs over the same questions: what differs, by how much, and whether by chance alone."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from documents.errors import DanChungError
from eval.question_measures import QUESTION_MEASURES, Share
from eval.resampling import Scores, difference_intervals, p_values
from eval.runs.confidence import confidence_differences
from eval.runs.differences import Difference
from eval.runs.slices import slices
from eval.runs.stored import StoredQuestion, StoredRun

NAMES = tuple(f"{group}.{name}" for group, some in QUESTION_MEASURES.items() for name in some)
_NOTHING = Share()


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the questions."""

    questions: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ChangedQuestion:
    """A question that the runs answer otherwise, as its line of either run."""

    first: StoredQuestion
    second: StoredQuestion

    @property
    def verdict(self) -> str:
        """``better``, ``worse``, or ``other`` when both are right, wrong, or not known to be."""
        first, second = self.first.line["correct"], self.second.line["correct"]
        if first == second:
            return "other"
        return "better" if second else "worse"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Second run against first.

    Attributes
    ----------
    warnings
        Why a difference may not be what it seems; Vietnamese sentences.
    slices
        By dimension and part.
    changed
        Worse ones first, then better ones, then those that only differ.
    """

    first: StoredRun
    second: StoredRun
    warnings: tuple[str, ...]
    differences: tuple[Difference, ...]
    slices: Mapping[str, Mapping[str, Slice]]
    changed: tuple[ChangedQuestion, ...]

    def changes(self) -> dict[str, float | None]:
        """Return second − first by ``group.name``, times included."""
        times = {
            f"latency_ms.{name}": _less(value, self.first.report["latency_ms"].get(name))
            for name, value in self.second.report["latency_ms"].items()
        }
        return {d.name: d.difference for d in self.differences} | times


def compare_runs(first: StoredRun, second: StoredRun) -> Comparison:
    """Return what differs between two runs.

    Raises
    ------
    DanChungError
        They do not ask the same questions with the same gold answers.
    """
    _check_questions(first, second)
    pair = [_scores(run.questions) for run in (first, second)]
    return Comparison(
        first,
        second,
        tuple(_warnings(first, second)),
        (
            *_differences(*pair),
            *confidence_differences(first.questions, second.questions),
        ),
        {
            dimension: {
                part: Slice(len(places), _differences(*(_some(s, places) for s in pair)))
                for part, places in parts.items()
            }
            for dimension, parts in slices(first.questions).items()
        },
        _changed(first.questions, second.questions),
    )


def _check_questions(first: StoredRun, second: StoredRun) -> None:
    known = [run.settings["questions"] for run in (first, second)]
    ids = [[question.id for question in run.questions] for run in (first, second)]
    if known[0] == known[1] and ids[0] == ids[1]:
        return
    told = [f"{run.folder}: {run.report['collection']}, {len(run.questions)} câu"
            for run in (first, second)]  # fmt: skip
    raise DanChungError(
        f"Không so được hai lần chạy hỏi hai bộ câu khác nhau ({'; '.join(told)}); hãy chạy lại"
        " cùng bộ câu hỏi, cùng đáp án và cùng --limit."
    )


def _warnings(first: StoredRun, second: StoredRun) -> Iterator[str]:
    if first.settings["corpus"] != second.settings["corpus"]:
        old, new = first.fingerprints, second.fingerprints
        changed = sum(new[path] != old[path] for path in old.keys() & new.keys())
        yield (
            "hai lần chạy hỏi hai kho tài liệu khác nhau:"
            f" {len(new.keys() - old.keys())} tài liệu thêm, {changed} đổi,"
            f" {len(old.keys() - new.keys())} bỏ; chênh lệch có thể do tài liệu."
        )
    if first.settings["judge"] != second.settings["judge"]:
        yield "citations.alce_* do hai bộ chấm khác nhau chấm nên không so được."


def _scores(questions: Sequence[StoredQuestion]) -> Scores:
    shares = [[question.shares.get(name, _NOTHING) for name in NAMES] for question in questions]
    shape = (len(questions), len(NAMES))
    return Scores(
        np.array([[share.total for share in row] for row in shares], np.float64).reshape(shape),
        np.array([[share.count for share in row] for row in shares], np.float64).reshape(shape),
    )


def _some(scores: Scores, places: Sequence[int]) -> Scores:
    return Scores(scores.totals[places], scores.counts[places])


def _differences(first: Scores, second: Scores) -> tuple[Difference, ...]:
    """Return the difference of each measure that is about any of the questions in both runs."""
    bounds = difference_intervals(first, second)
    chances = p_values(first, second)
    found = []
    for place, name in enumerate(NAMES):
        totals = [float(scores.totals[:, place].sum()) for scores in (first, second)]
        counts = [int(scores.counts[:, place].sum()) for scores in (first, second)]
        if not all(counts):
            continue
        values = [total / count for total, count in zip(totals, counts, strict=True)]
        low, high = float(bounds.low[place]), float(bounds.high[place])
        found.append(
            Difference(name, values[0], values[1], low, high, float(chances[place]), counts[1])
        )
    return tuple(one for one in found if not math.isnan(one.low + one.p))


def _changed(
    first: Sequence[StoredQuestion], second: Sequence[StoredQuestion]
) -> tuple[ChangedQuestion, ...]:
    pairs = [ChangedQuestion(a, b) for a, b in zip(first, second, strict=True) if _differ(a, b)]
    order = ("worse", "better", "other")
    return tuple(sorted(pairs, key=lambda pair: order.index(pair.verdict)))


def _differ(first: StoredQuestion, second: StoredQuestion) -> bool:
    if first.line["refused"] and second.line["refused"]:
        return False
    return any(first.line[key] != second.line[key] for key in ("answer", "refused", "correct"))


def _less(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other
