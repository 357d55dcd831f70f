"""From a question to the states of the conversation that the page shows one after another."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

from documents.errors import DanChungError
from index.query import MOST_CHARACTERS, Query
from qa.answer import Answer
from qa.pipeline import Event, Found, Pipeline
from web.conversation import Turn, Turns, past, settle
from web.filters import NO_FILTERS, Filters
from web.preferences import DEFAULTS, Preferences
from web.texts import Texts

_log = logging.getLogger(__name__)


def objection(texts: Texts, question: str) -> str:
    """Return what is wrong with the question as typed, or an empty string."""
    if not question.strip():
        return texts.ASK_SOMETHING
    if len(question) > MOST_CHARACTERS:
        return texts.too_long(len(question), MOST_CHARACTERS)
    return ""


Watch = Callable[[Iterator[Event]], Iterator[Event]]
"""Passes events on, and sees them."""


def answering(
    pipeline: Pipeline,
    question: str,
    turns: Turns,
    filters: Filters = NO_FILTERS,
    preferences: Preferences = DEFAULTS,
    *,
    watch: Watch = iter,
) -> Iterator[Turns]:
    """Yield the conversation with the new turn, from its first status to its end.

    Never raises: a failure is logged and becomes the turn's notice, so that the next question
    can be asked.
    """
    turns = settle(turns, "interrupted")
    history, turn = past(turns), Turn(question.strip())
    yield (*turns, turn)
    try:
        events = preferred(pipeline, preferences).stream(
            filters.of(Query(turn.question)),
            k=preferences.sources,
            history=history,
            least_confidence=preferences.least_confidence or 0.0,
        )
        for event in watch(events):
            turn = after(turn, event)
            yield (*turns, turn)
    except DanChungError as error:
        _log.warning("a question could not be answered: %s", error)
        yield (*turns, replace(turn, notice="failed", detail=str(error)))
    except Exception:  # noqa: BLE001 - the page outlives any bug below it
        _log.exception("a question could not be answered")
        yield (*turns, replace(turn, notice="failed"))


def preferred(pipeline: Pipeline, preferences: Preferences) -> Pipeline:
    """Return the pipeline that answers as a user prefers."""
    if preferences.reader == "extractive":
        pipeline = pipeline.without_writer()
    return pipeline.without_reranker() if preferences.reranker == "none" else pipeline


def after(turn: Turn, event: Event) -> Turn:
    """Return the turn after one event of the pipeline."""
    if isinstance(event, Found):
        understood = event.query.understood() if event.query else ""
        return replace(turn, found=len(event.hits), understood=understood)
    if isinstance(event, Answer):
        return replace(turn, answer=event)
    return replace(turn, text=event.text, is_draft=event.is_draft)
