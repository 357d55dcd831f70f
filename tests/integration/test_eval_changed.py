"""python -m eval changed: a folder is edited and synced again; which answers differ, and why."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import HashEmbedder

import index.embedding
import qa.choosing
import qa.loading
from documents.folder import FolderSource
from eval.cli import main
from eval.feedback import FEEDBACK_NAME, FeedbackStore, Opinion
from index.manifest import read_manifest
from index.query import Query
from index.syncing import sync
from qa.confidence import CONFIDENCE_NAMES
from qa.extractive_reader import Weights
from qa.loading import load_pipeline
from qa.sentence_reading import FEATURE_NAMES

TEXTS = {
    "hue.txt": "Cố đô\n\nKinh đô của triều Nguyễn là thành phố Huế.\n",
    "vinh.txt": "Xứ Nghệ\n\nThành phố lớn nhất của tỉnh Nghệ An là Vinh.\n",
    "dalat.txt": "Cao nguyên\n\nThành phố ngàn hoa trên cao nguyên Lâm Viên là Đà Lạt.\n",
}
QUESTIONS = {
    "hue.txt": "Kinh đô của triều Nguyễn là thành phố nào?",
    "vinh.txt": "Thành phố lớn nhất của tỉnh Nghệ An là gì?",
    "dalat.txt": "Thành phố ngàn hoa trên cao nguyên Lâm Viên là gì?",
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


def _sync(folder: Path, texts: Mapping[str, str | None]) -> Path:
    articles = folder / "articles"
    articles.mkdir(exist_ok=True)
    for name, text in texts.items():
        if text is None:
            (articles / name).unlink()
        else:
            (articles / name).write_text(text, encoding="utf-8")
    sync(FolderSource(articles), folder / "index", embedder=HashEmbedder())
    return folder / "index"


def _changed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:  # noqa: ANN401
    capsys.readouterr()
    assert main(["changed", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def edited(tmp_path: Path) -> dict[str, str | None]:
    """Return an edit: one document changed, one removed, one added; one stays."""
    return {
        "hue.txt": TEXTS["hue.txt"].replace("Huế.", "Huế, bên sông Hương."),
        "vinh.txt": None,
        "nghe-an.txt": "Mới\n\nThành phố lớn nhất của tỉnh Nghệ An là thành phố Vinh mới.\n",
    }


def test_a_run_is_asked_again_and_changes_are_laid_to_documents(
    tmp_path: Path, edited: dict[str, str | None], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _sync(tmp_path, TEXTS)
    asked = tmp_path / "q.jsonl"
    lines = [
        {"id": path, "question": question, "answers": ["x"], "documents": [path]}
        for path, question in QUESTIONS.items()
    ]
    asked.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    run = str(tmp_path / "run")
    arguments = ["--index", str(folder), "--reranker", "none", "--output", run]
    assert main(["run", str(asked), *arguments]) == 0
    assert _changed(capsys, "--index", str(folder), "--run", run)["changed"] == []
    _sync(tmp_path, edited)
    found = _changed(capsys, "--index", str(folder), "--run", run)
    assert found["questions"] == 3
    causes = {one["id"]: one["causes"] for one in found["changed"]}
    assert causes == {
        "hue.txt": [{"document": "hue.txt", "fate": "changed"}],
        "vinh.txt": [
            {"document": "nghe-an.txt", "fate": "added"},
            {"document": "vinh.txt", "fate": "removed"},
        ],
    }
    assert main(["changed", "--index", str(folder), "--run", run]) == 0
    printed = capsys.readouterr().out
    assert "3 câu được hỏi lại, 2 câu trả lời khác đi." in printed
    assert "do: nghe-an.txt (mới thêm), vinh.txt (đã gỡ)" in printed


def test_questions_with_opinions_are_asked_again(
    tmp_path: Path, edited: dict[str, str | None], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _sync(tmp_path, TEXTS)
    pipeline = load_pipeline(folder)
    manifest = read_manifest(folder)
    (tmp_path / "data").mkdir()
    store = FeedbackStore(tmp_path / "data" / FEEDBACK_NAME)
    for question in QUESTIONS.values():
        answer = pipeline.ask(Query(question))
        told = json.loads(json.dumps(answer.as_json(pipeline.explain(answer))))
        version = f"{manifest.store_id}:{manifest.generation}"
        store.add(Opinion("", is_good=True, comment="", answer=told, index_version=version))
    store.close()
    arguments = ["--index", str(folder), "--data", str(tmp_path / "data")]
    assert _changed(capsys, *arguments)["changed"] == []
    _sync(tmp_path, edited)
    causes = {
        one["id"]: [(cause["document"], cause["fate"]) for cause in one["causes"]]
        for one in _changed(capsys, *arguments)["changed"]
    }
    assert causes["feedback-2"] == [("nghe-an.txt", "added"), ("vinh.txt", "removed")]
    assert ("hue.txt", "changed") in causes["feedback-1"]
    assert "feedback-3" not in causes


def test_without_run_or_opinions_both_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["changed", "--data", str(tmp_path)]) == 1
    assert "--run DIR" in capsys.readouterr().err
