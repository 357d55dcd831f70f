"""Who may not see the evaluation can do nothing with it, whatever is sent."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from conftest import ScriptedPipeline

from web.accounts import Role, User
from web.evaluating_now import Setup
from web.evaluation_handlers import EvaluationHandlers
from web.evaluation_runs import Order, Source
from web.evaluations import Evaluations, open_evaluations
from web.feedback_handlers import FeedbackHandlers
from web.marking import Shown
from web.sent import sent
from web.texts import VIETNAMESE
from web.visits import open_kept

own = VIETNAMESE.evaluation
EVENT: Any = SimpleNamespace(data={"run": "x", "opinion": "1", "fields": {"source": ["exam"]}})


@pytest.fixture
def evaluations(tmp_path: Path) -> Evaluations:
    made = open_evaluations(tmp_path, Setup(tmp_path), open_kept(tmp_path).feedback)
    made.shelf.new(
        Order(Source.EXAM, "a.jsonl"), lambda _: None, now=datetime(2026, 1, 1, tzinfo=UTC)
    )
    return made


def request_of(role: Role) -> Any:  # noqa: ANN401 - stands for a request of Gradio's
    scope = {"state": {"user": User("minh", role)}}
    return SimpleNamespace(request=SimpleNamespace(scope=scope))


def finished(reply: object) -> object:
    return list(reply) if isinstance(reply, Iterator) else reply


@pytest.mark.parametrize(
    "name",
    ["start", "again", "run_feedback", "resume", "stop", "remove", "undo", "keep", "compare"],
)
def test_a_reader_runs_nothing(evaluations: Evaluations, name: str) -> None:
    handler: Callable[..., object] = getattr(
        EvaluationHandlers(VIETNAMESE, ScriptedPipeline(), evaluations), name
    )
    reader = request_of(Role.READER)
    given = {"start": ([], reader, EVENT), "stop": (reader,), "run_feedback": (reader,)}
    with pytest.raises(gr.Error) as refused:
        finished(handler(*given.get(name, (reader, EVENT))))
    assert refused.value.message == own.ONLY_EDITORS
    assert not evaluations.runner.state.run


@pytest.mark.parametrize("name", ["show", "turn", "mark", "close", "search", "choose", "unmark"])
def test_a_reader_sees_no_opinion(evaluations: Evaluations, name: str) -> None:
    handlers = FeedbackHandlers(VIETNAMESE, ScriptedPipeline(), evaluations.feedback)
    reader = request_of(Role.READER)
    given = (Shown(), reader) if name == "close" else (Shown(), reader, EVENT)
    with pytest.raises(gr.Error) as refused:
        getattr(handlers, name)(*given)
    assert refused.value.message == own.ONLY_EDITORS


def test_a_reader_is_told_why_and_an_editor_sees_the_view(evaluations: Evaluations) -> None:
    handlers = EvaluationHandlers(VIETNAMESE, ScriptedPipeline(), evaluations)
    _, why, status, runs, button, _ = handlers.arrive(request_of(Role.READER))
    assert own.ONLY_EDITORS[:40] in why
    assert (status, runs, button) == ("", "", "")
    _, form, _, runs, button, _ = handlers.arrive(request_of(Role.EDITOR))
    assert own.SOURCES["exam"] in form
    assert own.SOURCES["sample"] not in form  # its articles are not there
    assert 'class="runs"' in runs
    assert own.START in button


@pytest.mark.parametrize(
    "data", [None, 3, "a", {}, {"fields": 3}, {"fields": {"n": "7"}}, {"fields": {"n": [7, None]}}]
)
def test_what_is_malformed_is_as_if_it_were_not_there(data: object) -> None:
    found = sent(SimpleNamespace(data=data))
    assert (found.text("n"), found.whole("n"), found.fields("n"), found.field("n")) == (
        "",
        0,
        [],
        "",
    )
    assert found.number("n", 5, 1, 9) == 5


@pytest.mark.parametrize(
    ("text", "expected"), [("7", 7), ("99", 9), ("0", 1), ("-3", 5), ("٣", 5), ("9" * 99, 5)]
)
def test_numbers_stay_within_bounds(text: str, expected: int) -> None:
    found = sent(SimpleNamespace(data={"fields": {"n": [text]}}))
    assert found.number("n", 5, 1, 9) == expected
