"""From rankings to figures with intervals. Pure, and the same for the same rankings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import bootstrap

from eval.collection import Question
from eval.metrics import contains_gold, mean, percentile
from eval.retrieval_measures import CUTOFF, RETRIEVAL_MEASURES
from eval.typing_styles import TypingStyle

RESAMPLES = 1_000
SEED = 0
TYPING_MEASURE = f"recall@{CUTOFF}"
"""What the typing styles are compared by."""

Ranking = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions and its 95 % interval, ``low`` to ``high``."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TypingFigures:
    """What one typing style does to a system.

    Attributes
    ----------
    recall
        `TYPING_MEASURE` of the questions so typed.
    loss
        How much less that is than with full accents, question by question: below 0 is a gain.
    """

    recall: Estimate
    loss: Estimate


@dataclass(frozen=True, slots=True)
class Figures:
    """One system on one collection.

    Attributes
    ----------
    quality
        Measures by name, for questions with full accents.
    typing
        By style, for the systems that were asked in other styles; full accents come first.
    milliseconds
        Median and 95th percentile of a question's time, as ``p50`` and ``p95``.
    passages_per_second
        Of indexing; None when it took no time that could be measured.
    span
        The share of the questions with known answers that one of the first passages answers; None
        where passages were not read.
    """

    quality: Mapping[str, Estimate]
    typing: Mapping[str, TypingFigures]
    milliseconds: Mapping[str, float]
    index_seconds: float
    passages_per_second: float | None
    peak_mebibytes: float | None
    span: Estimate | None = None


def estimate(values: Sequence[float]) -> Estimate:
    """Return the mean of the questions' values with its bootstrap interval.

    The 2.5th and 97.5th percentile of the means of `RESAMPLES` samples drawn with replacement:
    Efron, Bootstrap Methods: Another Look at the Jackknife (1979). Over one value, or equal ones,
    the interval is that value.

    Raises
    ------
    ValueError
        There is no value.
    """
    middle = mean(values)
    if middle is None:
        raise ValueError("no value to take the mean of")
    if min(values) == max(values):
        return Estimate(middle, middle, middle)
    interval = bootstrap(
        (np.asarray(values, dtype=np.float64),),
        np.mean,
        n_resamples=RESAMPLES,
        confidence_level=0.95,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return Estimate(middle, float(interval.low), float(interval.high))


def quality(questions: Sequence[Question], rankings: Sequence[Ranking]) -> Mapping[str, Estimate]:
    """Return every measure over questions that all have gold documents."""
    return {name: estimate(_values(name, questions, rankings)) for name in RETRIEVAL_MEASURES}


def typing(
    questions: Sequence[Question], rankings: Mapping[str, Sequence[Ranking]]
) -> Mapping[str, TypingFigures]:
    """Return what each style does, against the accented style, which must be among them."""
    accented = _values(TYPING_MEASURE, questions, rankings[TypingStyle.ACCENTED])
    figures = {}
    for style, found in rankings.items():
        values = _values(TYPING_MEASURE, questions, found)
        losses = [full - typed for full, typed in zip(accented, values, strict=True)]
        figures[str(style)] = TypingFigures(estimate(values), estimate(losses))
    return figures


def span(questions: Sequence[Question], passages: Sequence[Sequence[str]]) -> Estimate | None:
    """Return the share of questions with known answers that find one in the passages given."""
    found = [
        float(any(contains_gold(text, question.answers) for text in texts))
        for question, texts in zip(questions, passages, strict=True)
        if question.answers
    ]
    return estimate(found) if found else None


def latency(milliseconds: Sequence[float]) -> Mapping[str, float]:
    """Return the median and the 95th percentile of some times; raise ValueError without times."""
    middle, slow = percentile(milliseconds, 0.5), percentile(milliseconds, 0.95)
    if middle is None or slow is None:
        raise ValueError("no time to take a percentile of")
    return {"p50": middle, "p95": slow}


def _values(
    name: str, questions: Sequence[Question], rankings: Sequence[Ranking]
) -> Sequence[float]:
    measure = RETRIEVAL_MEASURES[name]
    return [measure(r, q) for r, q in zip(rankings, questions, strict=True)]
