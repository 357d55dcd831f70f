"""Several people ask the real page, started as users start it."""

import json

import pytest

from eval.cli import main


@pytest.mark.model
def test_people_ask_at_once_and_nothing_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "load", "--users", "3", "--questions", "12", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["errors"] == 0
    assert report["questions"] >= 12
    assert 0 < report["milliseconds"]["p50"] <= report["milliseconds"]["p95"]
