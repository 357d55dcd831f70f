"""Ask every question of a collection and keep what happened; the only clock of the evaluation."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from documents.document import Document
from eval.citation_support import Judge, judge_support
from eval.collection import Question
from eval.grading import Result
from eval.retrieval_measures import CUTOFF
from eval.typing_styles import TypingStyle, typed
from index.query import Query
from index.records import DocumentInfo
from qa.answer import Answer, Citation

DEPTH = 50
"""Passages asked for, so that ten distinct documents are among them."""
DEEPEST = 800
"""The most passages asked for when long documents crowd the first ones."""
WARM_UP = 3
"""Questions asked once before the clock counts: first use loads models and files."""


class Answerer(Protocol):
    """What is evaluated: `qa.pipeline.Pipeline`, or a fake."""

    def ask(self, query: Query, *, k: int) -> Answer:
        """Return the finished answer, with the ``k`` best passages as its hits."""
        ...

    def document(self, path: str) -> Document | None:
        """Return a document as stored, or None when there is none."""
        ...

    def documents(self) -> Sequence[DocumentInfo]:
        """Return what the index holds."""
        ...


def ask_all(
    answerer: Answerer,
    questions: Sequence[Question],
    *,
    style: TypingStyle,
    searcher: Answerer | None = None,
    judge: Judge | None = None,
) -> Iterator[Result]:
    """Yield the result of each question, in order, as it comes.

    The first `WARM_UP` questions are asked once more than the others, without being timed. The
    searcher, None for the answerer itself, is asked where more passages are wanted. Without a
    judge it is not said how far citations support what is stated.
    """
    searcher = searcher or answerer
    documents = len(answerer.documents())
    for question in questions[:WARM_UP]:
        answerer.ask(Query(typed(question.text, style, seed=question.id)), k=DEPTH)
    for question in questions:
        result = _ask(answerer, searcher, question, style=style, enough=min(CUTOFF, documents))
        yield replace(result, support=judge_support(result.answer, judge)) if judge else result


def every_nth(questions: Sequence[Question], limit: int | None) -> Sequence[Question]:
    """Return at most ``limit`` questions, evenly spread: every ⌈n / limit⌉-th from the first."""
    if limit is None or not questions:
        return questions
    return questions[:: -(-len(questions) // limit)]


def document_ranking(
    found: Sequence[str], search: Callable[[int], Sequence[str]], *, enough: int
) -> tuple[str, ...]:
    """Return distinct documents, each at the rank of its best passage.

    Parameters
    ----------
    found
        The document of each of the `DEPTH` best passages, best first; fewer when no more exist.
    search
        From a number of passages to the same for so many; called while the ranking is too short.
    enough
        How many documents the ranking should have for the measures.
    """
    depth = DEPTH
    while len(set(found)) < enough and len(found) == depth and depth < DEEPEST:
        depth *= 4
        found = search(depth)
    return tuple(dict.fromkeys(found))


def quote_is_exact(citation: Citation, document: Document | None) -> bool:
    """Return whether a citation's quote is the span it names of the document as stored."""
    if document is None or not 0 <= citation.start < citation.end <= len(document.text):
        return False
    return document.text[citation.start : citation.end] == citation.quote


def _ask(
    answerer: Answerer, searcher: Answerer, question: Question, *, style: TypingStyle, enough: int
) -> Result:
    query = Query(typed(question.text, style, seed=question.id))
    started = time.perf_counter()
    answer = answerer.ask(query, k=DEPTH)
    milliseconds = 1000 * (time.perf_counter() - started)
    valid = tuple(
        quote_is_exact(citation, answerer.document(citation.document))
        for citation in answer.citations
    )
    ranking = document_ranking(
        _documents(answer), lambda k: _documents(searcher.ask(query, k=k)), enough=enough
    )
    gold = answerer.document(question.documents[0]) if question.documents else None
    return Result(
        question,
        query.text,
        replace(answer, hits=()),
        ranking,
        valid,
        milliseconds,
        gold_length=len(gold.text) if gold else None,
    )


def _documents(answer: Answer) -> Sequence[str]:
    return [hit.passage.document for hit in answer.hits]
