"""The view of the evaluation: runs are started, read and compared, opinions gone through."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from qa.pipeline import Pipeline
from web.evaluation_handlers import COLLECTION_SUFFIXES, EvaluationHandlers
from web.evaluations import Evaluations
from web.feedback_handlers import FeedbackHandlers
from web.marking import Shown
from web.texts import Texts

_GOING_THROUGH = ("show", "turn", "mark", "close", "search", "choose", "unmark")
"""What `FeedbackHandlers` does, by the names of its methods."""
_HERE = Path(__file__).parent
_PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_LONG: dict[str, Any] = {**_QUIET, "concurrency_limit": None}
"""For what goes on as long as a run does: who looks must not wait for others who look."""


def lay_out(texts: Texts, page: gr.Blocks, pipeline: Pipeline, evaluations: Evaluations) -> None:
    """Place the components of the view and say what happens on each event."""
    running = EvaluationHandlers(texts, pipeline, evaluations)
    opinions = FeedbackHandlers(texts, pipeline, evaluations.feedback)
    masthead = gr.HTML(
        running.masthead(),
        elem_id="masthead",
        apply_default_css=False,
        js_on_load=(_HERE / "masthead.js").read_text(encoding="utf-8"),
    )
    shown = gr.State(Shown())
    with gr.Column(elem_id="evaluation"):
        form = _scripted("run-form", ["start"])
        files = gr.File(
            file_count="multiple",
            file_types=sorted(COLLECTION_SUFFIXES),
            label=texts.evaluation.FILE_LABEL,
            elem_id="collection",
            height=120,
        )
        button = gr.HTML("", elem_id="start-run", **_PLAIN)
        status = gr.HTML("", elem_id="run-status", **_PLAIN)
        stop = gr.Button(texts.evaluation.STOP, elem_id="stop-run", min_width=0)
        runs = _scripted("runs", ["resume", "again", "remove", "undo", "keep", "compare"])
        comparison = _scripted("comparison", [])
        feedback = _scripted("feedback", ["run_feedback", *_GOING_THROUGH])
    told = [status, runs]
    arrived = [masthead, form, *told, button, files]
    arriving = page.load(running.arrive, None, arrived, queue=False, **_QUIET)
    arriving.then(opinions.arrive, None, [shown, feedback], queue=False, **_QUIET)
    arriving.then(running.watch, None, told, **_LONG)
    form.start(running.start, files, [*told, files], **_LONG)
    stop.click(running.stop, None, None, queue=False, **_QUIET)
    runs.resume(running.resume, None, told, **_LONG)
    runs.again(running.again, None, told, **_LONG)
    runs.remove(running.remove, None, runs, queue=False, **_QUIET)
    runs.undo(running.undo, None, runs, queue=False, **_QUIET)
    runs.keep(running.keep, None, runs, queue=False, **_QUIET)
    runs.compare(running.compare, None, comparison, **_QUIET)
    feedback.run_feedback(running.run_feedback, None, told, **_LONG)
    for name in _GOING_THROUGH:
        listen = getattr(feedback, name)
        listen(getattr(opinions, name), shown, [shown, feedback], **_QUIET)


def _scripted(name: str, events: Sequence[str]) -> gr.HTML:
    """Return an empty part of the view; Gradio knows an event when its script names it."""
    script = (_HERE / "evaluation.js").read_text(encoding="utf-8")
    named = f"const events = {json.dumps(list(events))};\n{script}"
    return gr.HTML("", elem_id=name, apply_default_css=False, js_on_load=named)
