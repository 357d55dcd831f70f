"""From results to figures. Pure.

Which questions each figure is about is told in `eval.question_measures`; those of confidence are
about every question whose right outcome is known. A figure about nothing is None.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

from eval.calibration import aurc, expected_calibration_error, risks
from eval.grading import Result
from eval.metrics import auroc, margin, mean, percentile
from eval.question_measures import QUESTION_MEASURES, Measure, Share, shares_of

_POINTS = 20
"""Points of the risk–coverage curve that a report shows."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value.

    Attributes
    ----------
    value
        None when there was nothing to measure.
    count
        How many questions (or citations) it is about.
    margin
        Half the width of its 95 % interval, where it is a mean of two or more.
    """

    value: float | None
    count: int
    margin: float | None = None


Figures = Mapping[str, Figure]
"""Figures by the name they have in the report."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % bootstrap interval over the questions."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """A point of the risk–coverage curve.

    Attributes
    ----------
    coverage
        Share of the questions, the most confident ones, that are answered.
    risk
        The share of these that are wrong.
    confidence
        Of the last of them.
    """

    coverage: float
    risk: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures of a run, in the groups of the report.

    Attributes
    ----------
    intervals
        By ``group.name``; those of figures about nothing are left out.
    risk_coverage
        What would be wrong, were so many questions answered.
    """

    retrieval: Figures
    answers: Figures
    citations: Figures
    abstention: Figures
    latency_ms: Figures
    intervals: Mapping[str, Interval]
    risk_coverage: tuple[RiskPoint, ...]

    def groups(self) -> Mapping[str, Figures]:
        """Return the groups by name, in the order of the report."""
        return {
            "retrieval": self.retrieval,
            "answers": self.answers,
            "citations": self.citations,
            "abstention": self.abstention,
            "latency_ms": self.latency_ms,
        }


def summarise(results: Sequence[Result]) -> Summary:
    """Return the figures of a run. The order of the results does not matter."""
    groups = {
        group: {name: _figure_of(measure, results) for name, measure in measures.items()}
        for group, measures in QUESTION_MEASURES.items()
    }
    return Summary(
        retrieval=groups["retrieval"],
        answers=groups["answers"],
        citations=groups["citations"],
        abstention={**_confidence(results), **groups["abstention"]},
        latency_ms=_latency([result.milliseconds for result in results]),
        intervals=_intervals(results),
        risk_coverage=_risk_coverage(results),
    )


def figure(values: Sequence[float]) -> Figure:
    """Return the mean of some values with its count and margin."""
    return Figure(mean(values), len(values), margin(values))


def _figure_of(measure: Measure, results: Sequence[Result]) -> Figure:
    return figure([value for result in results for value in _values(measure(result))])


def _values(share: Share) -> Sequence[float]:
    """Return the values a share is the sum of: one, or as many yes and no."""
    if share.count == 1:
        return [share.total]
    return [1.0] * round(share.total) + [0.0] * (share.count - round(share.total))


def _confidence(results: Sequence[Result]) -> Figures:
    answerable = [result for result in results if not result.question.refuse]
    unanswerable = [result for result in results if result.question.refuse]
    area = auroc(
        [result.answer.confidence for result in answerable],
        [result.answer.confidence for result in unanswerable],
    )
    known = [result for result in results if result.outcome_known]
    confidences = [result.answer.confidence for result in known]
    correct = [result.best_sentence_correct for result in known]
    return {
        "auroc": Figure(area, len(results) if area is not None else 0),
        "aurc": Figure(aurc(confidences, correct), len(known)),
        "ece": Figure(expected_calibration_error(confidences, correct), len(known)),
    }


def _risk_coverage(results: Sequence[Result]) -> tuple[RiskPoint, ...]:
    known = [result for result in results if result.outcome_known]
    known.sort(key=lambda result: (-result.answer.confidence, result.question.id))
    confidences = [result.answer.confidence for result in known]
    curve = risks(confidences, [result.best_sentence_correct for result in known])
    sizes = sorted({-(-len(known) * step // _POINTS) for step in range(1, _POINTS + 1)})
    return tuple(
        RiskPoint(size / len(known), curve[size - 1], confidences[size - 1])
        for size in sizes
        if size
    )


def _intervals(results: Sequence[Result]) -> Mapping[str, Interval]:
    import numpy as np

    from eval.resampling import Scores, intervals

    names = [
        f"{group}.{name}" for group, measures in QUESTION_MEASURES.items() for name in measures
    ]
    rows = [shares_of(result) for result in sorted(results, key=lambda r: r.question.id)]
    shares = [[row.get(name, Share()) for name in names] for row in rows]
    shape = (len(rows), len(names))
    totals = np.array([[s.total for s in row] for row in shares], np.float64).reshape(shape)
    counts = np.array([[s.count for s in row] for row in shares], np.float64).reshape(shape)
    found = intervals(Scores(totals, counts))
    bounds = zip(names, found.low.tolist(), found.high.tolist(), strict=True)
    return {name: Interval(low, high) for name, low, high in bounds if not isnan(low)}


def _latency(milliseconds: Sequence[float]) -> Figures:
    count = len(milliseconds)
    shares = {
        f"p{round(share * 100)}": Figure(percentile(milliseconds, share), count)
        for share in (0.5, 0.95, 0.99)
    }
    return {**shares, "mean": Figure(mean(milliseconds), count)}
