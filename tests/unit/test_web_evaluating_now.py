"""Runs in processes of their own: followed, stopped, told when they fail; one at a time."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from documents.errors import DanChungError
from eval.typing_styles import TypingStyle
from web import evaluating_now
from web.evaluating_now import EvaluationRunner, RunState, Setup, commands
from web.evaluation_runs import Order, RunShelf, Source, copied

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SETUP = Setup(Path("chỉ mục"), "mô hình", "http://m#x")
TELL = 'import sys; print(\'{"step": "ask", "done": 1, "of": 2}\', file=sys.stderr, flush=True)'


@pytest.fixture
def shelf(tmp_path: Path) -> RunShelf:
    return RunShelf(tmp_path / "runs", tmp_path / "removed")


@pytest.fixture
def runner(shelf: RunShelf) -> Iterator[EvaluationRunner]:
    made = EvaluationRunner(shelf, SETUP)
    yield made
    made.close()


def new(shelf: RunShelf, tmp_path: Path, order: Order, text: str = "") -> str:
    file = tmp_path / "sent"
    file.write_text(text, encoding="utf-8")
    fill = (lambda _: None) if order.source is Source.EXAM else copied(file, order.file)
    return shelf.new(order, fill, now=NOW)


def carries_out(monkeypatch: pytest.MonkeyPatch, *scripts: str) -> None:
    made = [[sys.executable, "-c", script] for script in scripts]
    monkeypatch.setattr(evaluating_now, "commands", lambda *_: made)


def test_an_exam_is_made_once_then_asked(shelf: RunShelf, tmp_path: Path) -> None:
    run = new(shelf, tmp_path, Order(Source.EXAM, "de.jsonl", 9, 3, TypingStyle.VNI, "none"))
    exam, asking = (command[3:] for command in commands(SETUP, shelf, run))
    assert exam[:2] == ["exam", "--json"]
    assert exam[exam.index("--questions") :][:4] == ["--questions", "9", "--seed", "3"]
    assert asking[asking.index("--typing") + 1] == "vni"
    assert asking[asking.index("--reranker") + 1] == "none"
    assert asking[asking.index("--reader") + 1] == "http://m#x"
    assert asking[asking.index("--index") + 1] == "chỉ mục"
    assert asking[asking.index("--output") + 1] == str(shelf.folder(run))
    shelf.collection(run).touch()
    assert [command[3] for command in commands(SETUP, shelf, run)] == ["run"]


def test_a_collection_with_its_own_documents_is_not_asked_of_the_index(
    shelf: RunShelf, tmp_path: Path
) -> None:
    run = new(shelf, tmp_path, Order(Source.FILE, "squad.json"), "{}")
    assert "--index" not in commands(SETUP, shelf, run)[0]
    run = new(shelf, tmp_path, Order(Source.FILE, "q.jsonl"), '{"question": "a", "refuse": true}')
    assert "--index" in commands(SETUP, shelf, run)[0]


def test_progress_is_followed_to_the_end(
    shelf: RunShelf, runner: EvaluationRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carries_out(monkeypatch, TELL, TELL)
    run = new(shelf, tmp_path, Order(Source.SAMPLE, "q.jsonl"))
    runner.start(run)
    *_, last = runner.follow()
    assert last == RunState(run, step="ask", done=1, of=2)


def test_a_run_is_stopped_and_nothing_else_starts_meanwhile(
    shelf: RunShelf, runner: EvaluationRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stops = "import signal; signal.signal(2, lambda *_: sys.exit())"
    never = f"open({str(tmp_path / 'sau')!r}, 'w')"
    carries_out(monkeypatch, f"import sys; {stops}; {TELL}; signal.pause()", never)
    run = new(shelf, tmp_path, Order(Source.SAMPLE, "q.jsonl"))
    runner.start(run)
    states = runner.follow()
    assert next(state for state in states if state.step).done == 1
    with pytest.raises(DanChungError, match="Đang có một lần chạy"):
        runner.start(run)
    runner.stop()
    *_, last = states
    assert (last.is_stopped, last.is_running, last.error) == (True, False, "")
    assert shelf.folder(run).is_dir()
    assert not (tmp_path / "sau").exists()


def test_why_a_run_failed_is_its_last_line_and_what_came_to_nothing_is_gone(
    shelf: RunShelf, runner: EvaluationRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carries_out(
        monkeypatch, f"{TELL}; print('thử', file=sys.stderr); sys.exit('tệp hỏng ở dòng 3')", TELL
    )
    run = new(shelf, tmp_path, Order(Source.SAMPLE, "q.jsonl"))
    runner.start(run)
    *_, last = runner.follow()
    assert (last.error, last.is_stopped) == ("tệp hỏng ở dòng 3", False)
    assert shelf.runs() == []


def test_a_run_that_asked_something_stays_when_it_fails(
    shelf: RunShelf, runner: EvaluationRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carries_out(monkeypatch, "raise SystemExit(3)")
    run = new(shelf, tmp_path, Order(Source.SAMPLE, "q.jsonl"))
    (shelf.folder(run) / "unfinished-a.jsonl").write_text('{"id": "1"}\n', encoding="utf-8")
    runner.start(run)
    *_, last = runner.follow()
    assert last.error == "mã kết thúc 3"
    assert [one.questions for one in shelf.runs()] == [1]
