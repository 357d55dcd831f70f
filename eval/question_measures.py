"""What one question adds to each figure. Pure.

Which questions each figure is about is decided here, and nowhere else:

* retrieval: every question that has gold documents;
* answers: every question with known answers, refused or not;
* citation validity: every citation; precision: those of questions with gold documents; recall:
  the answered ones among those questions, unanswerable ones apart;
* support: every statement (``alce_recall``) and citation (``alce_precision``) of every answer;
* answered: the answerable questions; wrong_when_answered: the answered ones that are unanswerable
  (always wrong) or have known answers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eval.grading import Result
from eval.retrieval_measures import RETRIEVAL_MEASURES
from eval.retrieval_measures import Measure as RetrievalMeasure


@dataclass(frozen=True, slots=True)
class Share:
    """What a question scored, out of what it could have; nothing where a figure is not about it."""

    total: float = 0.0
    count: int = 0


Measure = Callable[[Result], Share]
NOTHING = Share()


def _retrieval(measure: RetrievalMeasure) -> Measure:
    return lambda r: _one(measure(r.ranking, r.question)) if r.question.documents else NOTHING


def _of_known(value: Callable[[Result], float]) -> Measure:
    """Return the measure over questions with known answers."""
    return lambda r: _one(value(r)) if r.question.answers else NOTHING


def _validity(result: Result) -> Share:
    return Share(sum(result.valid), len(result.valid))


def _precision(result: Result) -> Share:
    if not result.question.documents:
        return NOTHING
    return Share(sum(result.gold_citations), len(result.gold_citations))


def _recall(result: Result) -> Share:
    judged = result.question.documents and result.answered and not result.question.refuse
    return _one(any(result.gold_citations)) if judged else NOTHING


def _alce_precision(result: Result) -> Share:
    support = result.support
    return Share(support.needed, support.citations) if support else NOTHING


def _alce_recall(result: Result) -> Share:
    support = result.support
    return Share(support.supported, support.statements) if support else NOTHING


def _answered(result: Result) -> Share:
    return NOTHING if result.question.refuse else _one(result.answered)


def _wrong_when_answered(result: Result) -> Share:
    known = result.question.refuse or result.question.answers
    return _one(not result.sentence_correct) if result.answered and known else NOTHING


def _one(value: float) -> Share:
    return Share(float(value), 1)


QUESTION_MEASURES: Mapping[str, Mapping[str, Measure]] = {
    "retrieval": {name: _retrieval(measure) for name, measure in RETRIEVAL_MEASURES.items()},
    "answers": {
        "exact_match": _of_known(lambda result: result.exact_match),
        "f1": _of_known(lambda result: result.f1),
        "sentence_accuracy": _of_known(lambda result: result.sentence_correct),
        "best_sentence_accuracy": _of_known(lambda result: result.best_sentence_correct),
    },
    "citations": {
        "validity": _validity,
        "precision": _precision,
        "recall": _recall,
        "alce_precision": _alce_precision,
        "alce_recall": _alce_recall,
    },
    "abstention": {"answered": _answered, "wrong_when_answered": _wrong_when_answered},
}
"""Measures by group and by the name they have in reports."""


def shares_of(result: Result) -> Mapping[str, Share]:
    """Return what a result adds to each measure, by ``group.name``; those about it only."""
    shares = {
        f"{group}.{name}": measure(result)
        for group, measures in QUESTION_MEASURES.items()
        for name, measure in measures.items()
    }
    return {name: share for name, share in shares.items() if share.count}
