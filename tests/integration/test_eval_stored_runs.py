"""Runs with --output: what they store, how they go on when stopped, and gates; real index."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import HashEmbedder

import index.embedding
import qa.choosing
import qa.loading
from eval.cli import main
from index.query import Query
from qa.answer import Answer
from qa.confidence import CONFIDENCE_NAMES
from qa.extractive_reader import Weights
from qa.pipeline import Pipeline
from qa.sentence_reading import FEATURE_NAMES

CITIES = {
    "Huế": "kinh đô của triều Nguyễn",
    "Hà Nội": "thủ đô của nước Việt Nam",
    "Đà Lạt": "thành phố ngàn hoa trên cao nguyên",
    "Vinh": "thành phố lớn nhất của Nghệ An",
}


@pytest.fixture(autouse=True)
def _small_models(monkeypatch: pytest.MonkeyPatch) -> None:
    def load_embedder(_: str | None = None) -> HashEmbedder:
        return HashEmbedder()

    def load_weights() -> Weights:
        return Weights(np.ones(len(FEATURE_NAMES)), np.zeros(len(CONFIDENCE_NAMES)), threshold=0.0)

    monkeypatch.setattr(index.embedding, "load_embedder", load_embedder)
    monkeypatch.setattr(qa.loading, "load_embedder", load_embedder)
    monkeypatch.setattr(qa.choosing, "load_weights", load_weights)


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    return _squad(tmp_path / "thanh-pho.json")


@contextmanager
def _stopped_after(count: int) -> Iterator[None]:
    """Press Ctrl-C after so many questions."""
    asked = iter(range(count))
    ask = Pipeline.ask

    def interrupted(self: Pipeline, query: Query, **more: Any) -> Answer:  # noqa: ANN401
        if next(asked, None) is None:
            raise KeyboardInterrupt
        return ask(self, query, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pipeline, "ask", interrupted)
        yield


def _squad(path: Path, *, more: str = "") -> Path:
    paragraphs = [
        {
            "context": f"{name} là {what}.{more}",
            "qas": [{"id": name, "question": f"Nơi nào là {what}?", "answers": [{"text": name}]}],
        }
        for name, what in CITIES.items()
    ]
    articles = [{"title": "Thành phố", "paragraphs": paragraphs}]
    path.write_text(json.dumps({"data": articles}), encoding="utf-8")
    return path


def _untimed(folder: Path) -> dict[str, object]:
    """Return the files of a run by name, as bytes, but for what is timed."""
    files: dict[str, object] = {
        path.name: path.read_bytes() for path in folder.iterdir() if path.name != "times.json"
    }
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    del report["latency_ms"]
    return files | {"report.json": json.dumps(report), "report.md": None}


def test_a_stopped_run_goes_on_and_gives_what_an_unbroken_one_gives(
    squad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    assert main(["run", str(squad), "--output", str(whole)]) == 0
    with _stopped_after(3 + 2):  # three to warm up
        assert main(["run", str(squad), "--output", str(broken)]) == 130
    assert f"Đã dừng; 2 câu đã hỏi nằm trong {broken}. Hãy chạy lại" in capsys.readouterr().err
    [unfinished] = broken.iterdir()
    with unfinished.open("ab") as file:
        file.write(b'{"part": "questions", "id": "Vinh", "res')  # killed while writing
    assert main(["run", str(squad), "--output", str(broken)]) == 0
    assert "2 câu đã hỏi trong lần chạy trước được dùng lại" in capsys.readouterr().err
    assert _untimed(broken) == _untimed(whole)


def test_results_of_other_settings_or_documents_are_not_taken_up(
    squad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    with _stopped_after(3 + 2):
        assert main(["run", str(squad), "--output", str(folder)]) == 130
    assert main(["run", str(squad), "--typing", "unaccented", "--output", str(folder)]) == 0
    other = _squad(tmp_path / "other.json", more=" Nơi này rất đẹp.")
    assert main(["run", str(other), "--output", str(folder)]) == 0
    assert "lần chạy trước" not in capsys.readouterr().err


def test_without_output_stopping_says_how_to_keep_results(
    squad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with _stopped_after(4):
        assert main(["run", str(squad)]) == 130
    assert "thêm --output DIR" in capsys.readouterr().err


def test_what_a_run_stores_can_be_told_apart(squad: Path, tmp_path: Path) -> None:
    other = _squad(tmp_path / "other.json", more=" Nơi này rất đẹp.")
    settings = []
    for number, path in enumerate((squad, squad, other)):
        folder = tmp_path / str(number)
        assert main(["run", str(path), "--output", str(folder)]) == 0
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        settings.append(report["settings"])
    assert settings[0] == settings[1]
    assert settings[0]["corpus"] != settings[2]["corpus"]
    assert settings[0]["questions"] == settings[2]["questions"]
    assert settings[0]["reranker_revision"] != settings[0]["reader_revision"] != ""
    listed = (tmp_path / "0" / "documents.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[1] for line in listed] == [f"0001/000{n}.txt" for n in range(1, 5)]


@pytest.mark.parametrize(
    ("toml", "code", "message"),
    [
        ('"retrieval.recall@10" = { least = 1 }', 0, ""),
        ('"retrieval.recall@10" = { least = 1.5 }', 1, "retrieval.recall@10 = 1, cần ít nhất 1.5"),
    ],
)
def test_a_gate_ends_the_command_with_1_and_says_which_measure_fails(
    squad: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    toml: str,
    code: int,
    message: str,
) -> None:
    gate = tmp_path / "gate.toml"
    gate.write_text(f"[measures]\n{toml}\n", encoding="utf-8")
    assert main(["run", str(squad), "--json", "--gate", str(gate)]) == code
    printed = capsys.readouterr()
    assert message in printed.err
    assert bool(printed.err) == bool(code)
    assert json.loads(printed.out)["questions"] == len(CITIES)
