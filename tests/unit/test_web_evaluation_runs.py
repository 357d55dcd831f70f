"""The runs that the page keeps in its data folder."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from documents.errors import DanChungError
from eval.typing_styles import TypingStyle
from web.evaluation_runs import Order, RunShelf, Source, copied

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
LATER = datetime(2026, 1, 2, 13, tzinfo=UTC)
ORDER = Order(Source.FILE, "câu.jsonl", typing=TypingStyle.TELEX, reranker="none")
EXAM = Order(Source.EXAM, "de-9-3.jsonl", 9, 3)
REPORT = {
    "questions": 7,
    "retrieval": {"recall@1": 0.5},
    "abstention": {"answered": None},
    "citations": {"validity": 1.0},
}


@pytest.fixture
def shelf(tmp_path: Path) -> RunShelf:
    return RunShelf(tmp_path / "runs", tmp_path / "removed")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "gửi lên.jsonl"
    made.write_text("{}\n", encoding="utf-8")
    return made


def new(shelf: RunShelf, file: Path, *, now: datetime = NOON) -> str:
    return shelf.new(ORDER, copied(file, ORDER.file), now=now)


def test_a_run_remembers_what_was_ordered_and_the_questions(shelf: RunShelf, file: Path) -> None:
    run = new(shelf, file)
    assert run.startswith("20260102-120000-")
    assert shelf.order(run) == ORDER
    assert shelf.collection(run).read_text(encoding="utf-8") == "{}\n"
    exam = shelf.new(EXAM, lambda _: None, now=NOON)
    assert shelf.order(exam) == EXAM
    assert not shelf.collection(exam).exists()


def test_the_newest_comes_first_with_its_figures(shelf: RunShelf, file: Path) -> None:
    old, young = new(shelf, file), new(shelf, file, now=LATER)
    (shelf.folder(old) / "report.json").write_text(json.dumps(REPORT), encoding="utf-8")
    unfinished = shelf.folder(young) / "unfinished-a.jsonl"
    unfinished.write_text('{"id": "1"}\n{"id": "2"}\n', encoding="utf-8")
    first, second = shelf.runs()
    assert (first.id, first.values, first.questions) == (young, None, 2)
    assert (second.id, second.questions, second.started) == (old, 7, "2026-01-02T12:00:00+00:00")
    assert second.values == {
        "retrieval.recall@1": 0.5,
        "answers.best_sentence_accuracy": None,
        "abstention.answered": None,
        "abstention.wrong_when_answered": None,
        "citations.validity": 1.0,
    }


def test_what_cannot_be_filled_leaves_nothing(shelf: RunShelf, tmp_path: Path) -> None:
    with pytest.raises(DanChungError, match="không ghi được"):
        new(shelf, tmp_path / "không có")
    assert list((tmp_path / "runs").iterdir()) == []
    assert shelf.runs() == []


def test_a_removed_run_comes_back_once(shelf: RunShelf, file: Path) -> None:
    run = new(shelf, file)
    shelf.remove(run)
    assert shelf.runs() == []
    with pytest.raises(DanChungError, match="Không có lần chạy này"):
        shelf.remove(run)
    shelf.put_back(run)
    assert [one.id for one in shelf.runs()] == [run]
    with pytest.raises(DanChungError, match="Không còn gì để hoàn tác"):
        shelf.put_back(run)


def test_what_is_kept_is_not_removed(shelf: RunShelf, file: Path) -> None:
    run = new(shelf, file)
    shelf.keep(run, kept=True)
    assert shelf.runs()[0].is_kept
    with pytest.raises(DanChungError, match="đang được giữ"):
        shelf.remove(run)
    shelf.keep(run, kept=False)
    shelf.remove(run)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../data", "a/b", "20260102-120000-zzzzzz", "x" * 99]
)
def test_no_name_leads_out_of_the_folder(
    shelf: RunShelf, file: Path, tmp_path: Path, name: str
) -> None:
    new(shelf, file)
    for folder in ("data", "removed"):
        (tmp_path / folder).mkdir()
    (tmp_path / "data" / "order.json").write_text("{}", encoding="utf-8")
    for action in (shelf.folder, shelf.order, shelf.remove, shelf.put_back, shelf.drop):
        with pytest.raises(DanChungError):
            action(name)
    assert len(shelf.runs()) == 1
