"""From results to figures. Pure.

Which questions each figure is about is decided here, and nowhere else:

* retrieval: every question that has gold documents;
* answers: every question with known answers, refused or not;
* citation validity: every citation; precision: those of questions with gold documents; recall:
  the answered ones among those questions, unanswerable ones apart;
* AUROC: every question; answered: the answerable ones; wrong_when_answered: the answered ones
  that are unanswerable (always wrong) or have known answers.

A figure about nothing is None.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.grading import Result
from eval.metrics import auroc, margin, mean, percentile
from eval.retrieval_measures import RETRIEVAL_MEASURES


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
class Summary:
    """All figures of a run, in the groups of the report."""

    retrieval: Figures
    answers: Figures
    citations: Figures
    abstention: Figures
    latency_ms: Figures

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
    return Summary(
        _retrieval([result for result in results if result.question.documents]),
        _answers([result for result in results if result.question.answers]),
        _citations(results),
        _abstention(results),
        _latency([result.milliseconds for result in results]),
    )


def _retrieval(results: Sequence[Result]) -> Figures:
    return {
        name: figure([measure(result.ranking, result.question) for result in results])
        for name, measure in RETRIEVAL_MEASURES.items()
    }


def _answers(results: Sequence[Result]) -> Figures:
    return {
        "exact_match": figure([result.exact_match for result in results]),
        "f1": figure([result.f1 for result in results]),
        "sentence_accuracy": figure([result.sentence_correct for result in results]),
        "best_sentence_accuracy": figure([result.best_sentence_correct for result in results]),
    }


def _citations(results: Sequence[Result]) -> Figures:
    judged = [result for result in results if result.question.documents]
    answered = [result for result in judged if result.answered and not result.question.refuse]
    return {
        "validity": figure([valid for result in results for valid in result.valid]),
        "precision": figure([gold for result in judged for gold in result.gold_citations]),
        "recall": figure([any(result.gold_citations) for result in answered]),
    }


def _abstention(results: Sequence[Result]) -> Figures:
    answerable = [result for result in results if not result.question.refuse]
    unanswerable = [result for result in results if result.question.refuse]
    area = auroc(
        [result.answer.confidence for result in answerable],
        [result.answer.confidence for result in unanswerable],
    )
    known = [r for r in results if r.answered and (r.question.refuse or r.question.answers)]
    return {
        "auroc": Figure(area, len(results) if area is not None else 0),
        "answered": figure([result.answered for result in answerable]),
        "wrong_when_answered": figure([not result.sentence_correct for result in known]),
    }


def _latency(milliseconds: Sequence[float]) -> Figures:
    return {
        f"p{round(share * 100)}": Figure(percentile(milliseconds, share), len(milliseconds))
        for share in (0.5, 0.95)
    }


def figure(values: Sequence[float]) -> Figure:
    """Return the mean of some values with its count and margin."""
    return Figure(mean(values), len(values), margin(values))
