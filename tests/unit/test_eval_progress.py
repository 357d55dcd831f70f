"""Progress as lines that other programs read."""

import json

import pytest

from eval.progress import Show, Step, counted, counting


def test_lines_tell_the_step_how_far_it_is_and_what_an_earlier_attempt_left(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with counting(Show.JSON, Step.ASK, done=2, of=4) as told:
        told(3, 4)
        told(4, 4)
    first, second, last = map(json.loads, capsys.readouterr().err.splitlines())
    assert first == {"step": "ask", "done": 2, "of": 4, "seconds_left": None}
    assert (second["done"], last["done"], last["seconds_left"]) == (3, 4, 0.0)
    assert second["seconds_left"] >= 0


def test_what_is_gone_through_comes_in_order_and_is_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert list(counted(Show.JSON, Step.READ, ["a", "b"])) == ["a", "b"]
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["step"], line["done"]) for line in lines] == [("read", n) for n in (0, 1, 2)]


def test_nothing_is_told_where_nothing_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(counted(Show.NONE, Step.READ, ["a"])) == ["a"]
    assert list(counted(Show.BAR, Step.READ, ["a"])) == ["a"]
    assert capsys.readouterr().err == ""
