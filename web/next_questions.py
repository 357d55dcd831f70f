"""What to ask next: questions made of the text around an answer's evidence, which answers them."""

from collections.abc import Iterator
from dataclasses import replace

from documents.document import Document
from eval.exam.drafting import drafts_of
from index.query import Query
from qa.answer import Answer
from qa.pipeline import Pipeline

MOST = 3
_TRIED = 6
_AROUND = 3_000
"""Code points on each side of a quote in which questions are looked for."""


def next_questions(pipeline: Pipeline, answer: Answer) -> tuple[str, ...]:
    """Return at most `MOST` questions that the cited documents answer, the nearest first.

    Of a refusal there are none. Few are tried: the visitor has the answer already, and waits for
    nothing else.
    """
    chosen: list[str] = []
    asked = {answer.question.casefold(), answer.understood.casefold()}
    for tried, (question, path) in enumerate(_candidates(pipeline, answer)):
        if tried == _TRIED or len(chosen) == MOST:
            break
        if question.casefold() not in asked and _is_answered(pipeline, question, path):
            chosen.append(question)
    return tuple(chosen)


def questions_in(document: Document, place: int, *, besides: range = range(0)) -> list[str]:
    """Return the questions that the text around a place gives, those nearest to it first.

    Not those whose answer shares a place with ``besides``: that has been asked.
    """
    start = max(0, place - _AROUND)
    if start:  # from the beginning of a paragraph, so that no sentence is cut
        start = max(document.text.find("\n", start, place) + 1, start)
    around = replace(document, text=document.text[start : place + _AROUND])
    drafts = sorted(drafts_of(around), key=lambda draft: abs(draft.start + start - place))
    return [
        draft.question
        for draft in drafts
        if draft.end + start <= besides.start or besides.stop <= draft.start + start
    ]


def _candidates(pipeline: Pipeline, answer: Answer) -> Iterator[tuple[str, str]]:
    for citation in answer.citations:
        document = pipeline.document(citation.document)
        if document is not None:
            short = answer.short
            known = range(short.start, short.end) if short else range(0)
            for question in questions_in(document, citation.start, besides=known):
                yield question, document.path


def _is_answered(pipeline: Pipeline, question: str, path: str) -> bool:
    found = pipeline.ask(Query(question))
    return not found.refused and any(one.document == path for one in found.citations)
