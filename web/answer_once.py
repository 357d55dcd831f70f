"""One question without a page: what the HTTP interface answers."""

from typing import Any

import gradio as gr

from index.query import Query
from qa.pipeline import Pipeline
from web import texts
from web.answering import objection


def answer_once(pipeline: Pipeline, question: str) -> dict[str, Any]:
    """Answer one question over the documents.

    The reply has the form of ``python -m qa --json``: the answer with its markers, whether it
    is a refusal, and the citations with their exact places.
    """
    complaint = objection(question) if isinstance(question, str) else texts.ASK_SOMETHING
    if complaint:
        raise gr.Error(complaint, print_exception=False)
    answer = pipeline.ask(Query(question.strip()))
    return answer.as_json(pipeline.explain(answer))
