"""What happened to each question, one line of ``questions.jsonl`` each. Pure."""

from eval.grading import Result, short_answer
from eval.question_measures import Share, shares_of
from eval.retrieval_measures import CUTOFF

_DIGITS = 6


def question_line(result: Result) -> dict[str, object]:
    """Return what happened to one question; times are left out.

    ``correct`` and ``best_correct`` (of the sentence shown, or of the nearest one in a refusal)
    are null when the right answer is not known. ``measures`` holds what the question adds to each
    figure that is about it: a number, or ``[sum, count]`` where it counts more than once.
    """
    question, answer = result.question, result.answer
    checks = zip(answer.citations, result.valid, result.gold_citations, strict=True)
    return {
        "id": question.id,
        "question": question.text,
        "asked": result.asked,
        "gold_answers": list(question.answers),
        "gold_documents": list(question.documents),
        "refuse": question.refuse,
        **_marks(result),
        "typing": result.question.typing,
        "document_length": result.gold_length,
        "rank": result.gold_rank,
        "answer": short_answer(answer),
        "refused": answer.refused,
        "confidence": round(answer.confidence, _DIGITS),
        "citations": [
            {
                "document": citation.document,
                "start": citation.start,
                "end": citation.end,
                "quote": citation.quote,
                "valid": valid,
                "gold": gold,
            }
            for citation, valid, gold in checks
        ],
        "exact_match": result.exact_match,
        "f1": round(result.f1, _DIGITS),
        "correct": result.correct,
        "best_correct": result.best_sentence_correct if result.outcome_known else None,
        "ranking": list(result.ranking[:CUTOFF]),
        "measures": {name: _value(share) for name, share in shares_of(result).items()},
    }


def _marks(result: Result) -> dict[str, object]:
    """Return what is known of questions with kinds, items or spans only."""
    question = result.question
    marks: dict[str, object] = {"kind": question.kind} if question.kind else {}
    if question.spans:
        marks["evidence_correct"] = result.evidence_correct
    if question.items:
        marks["list_completeness"] = round(result.list_completeness or 0.0, _DIGITS)
    return marks


def _value(share: Share) -> float | list[float]:
    total = round(share.total, _DIGITS)
    return total if share.count == 1 else [total, share.count]
