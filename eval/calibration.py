"""Does the confidence say what it should? Formulas over confidences and right or wrong. Pure."""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from eval.metrics import mean

BINS = 10
"""Bins of equal width that the calibration error compares confidence and correctness in."""


def risks(confidences: Sequence[float], correct: Sequence[bool]) -> tuple[float, ...]:
    """Return the share of wrong answers among the i most confident, for i = 1 … n.

    The risk–coverage curve: El-Yaniv and Wiener, On the Foundations of Noise-free Selective
    Classification (2010); entry i − 1 is the risk at coverage i / n. Among equal confidences any
    order is as likely as another, so their errors are spread evenly.
    """
    curve = []
    wrong = answered = 0.0
    for errors in _equally_confident(confidences, correct):
        share = sum(errors) / len(errors)
        for _ in errors:
            wrong += share
            answered += 1
            curve.append(wrong / answered)
    return tuple(curve)


def aurc(confidences: Sequence[float], correct: Sequence[bool]) -> float | None:
    """Return the area under the risk–coverage curve: 0 is best; None without answers.

    The mean of the risks at every coverage: Geifman, Uziel and El-Yaniv, Bias-Reduced Uncertainty
    Estimation for Deep Neural Classifiers (2019), eq. 3.
    """
    return mean(risks(confidences, correct))


def expected_calibration_error(
    confidences: Sequence[float], correct: Sequence[bool], *, bins: int = BINS
) -> float | None:
    """Return how far confidence is from the share that is right; 0 is best; None without answers.

    Σ (bin's share of the answers) · |mean confidence − share right| over bins of equal width of
    0 … 1: Guo et al., On Calibration of Modern Neural Networks (2017), eq. 3.
    """
    if not confidences:
        return None
    members: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in zip(confidences, correct, strict=True):
        members[max(0, min(bins - 1, math.ceil(confidence * bins) - 1))].append((confidence, right))
    gaps = [abs(math.fsum(c for c, _ in some) - sum(r for _, r in some)) for some in members]
    return math.fsum(gaps) / len(confidences)


def _equally_confident(
    confidences: Sequence[float], correct: Sequence[bool]
) -> Iterator[list[bool]]:
    """Yield whether answers are wrong, those of one confidence together, best first."""
    pairs = sorted(zip(confidences, correct, strict=True), key=lambda pair: -pair[0])
    for _, group in groupby(pairs, key=lambda pair: pair[0]):
        yield [not right for _, right in group]
