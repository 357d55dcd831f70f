"""A result as JSON and back, all of it: what an interrupted run had when it goes on."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from eval.citation_support import Support
from eval.collection import Question
from eval.grading import Result
from qa.answer import Answer, Citation, ShortAnswer


def result_as_json(result: Result) -> dict[str, object]:
    """Return a result without its question, of which the id alone is kept."""
    answer = result.answer
    return {
        "id": result.question.id,
        "asked": result.asked,
        "answer": {
            "text": answer.text,
            "refused": answer.refused,
            "confidence": answer.confidence,
            "citations": [citation.as_json() for citation in answer.citations],
            "understood": answer.understood,
            "short": answer.short.as_json() if answer.short else None,
            "missing": list(answer.missing),
            "nearest": answer.nearest.as_json() if answer.nearest else None,
            "struck": list(answer.struck),
            "note": answer.note,
            "disagreement": answer.disagreement,
        },
        "ranking": list(result.ranking),
        "valid": list(result.valid),
        "milliseconds": result.milliseconds,
        "support": asdict(result.support) if result.support else None,
        "gold_length": result.gold_length,
    }


def result_from_json(value: Mapping[str, Any], question: Question) -> Result:
    """Return the result that `result_as_json` told, of a question.

    Raises
    ------
    KeyError, TypeError, ValueError
        The value is not of that form.
    """
    answer = value["answer"]
    return Result(
        question,
        value["asked"],
        Answer(
            value["asked"],
            answer["text"],
            answer["refused"],
            answer["confidence"],
            tuple(map(_citation, answer["citations"])),
            understood=answer["understood"],
            short=ShortAnswer(**answer["short"]) if answer["short"] else None,
            missing=tuple(answer["missing"]),
            nearest=_citation(answer["nearest"]) if answer["nearest"] else None,
            struck=tuple(answer["struck"]),
            note=answer["note"],
            disagreement=answer["disagreement"],
        ),
        tuple(value["ranking"]),
        tuple(value["valid"]),
        value["milliseconds"],
        support=Support(**value["support"]) if value["support"] else None,
        gold_length=value["gold_length"],
    )


def _citation(value: Mapping[str, Any]) -> Citation:
    published = value["published"]
    return Citation(**{**value, "published": date.fromisoformat(published) if published else None})
