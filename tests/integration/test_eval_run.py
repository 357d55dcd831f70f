"""python -m eval run over the real index and pipeline, with small models in their places."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import HashEmbedder

import index.embedding
import index.retriever
import qa.choosing
import qa.loading
from documents.document import Document
from documents.source import MemorySource
from eval.cli import main
from index.embedding import Embedder
from index.syncing import sync
from qa.confidence import CONFIDENCE_NAMES
from qa.extractive_reader import Weights
from qa.sentence_reading import FEATURE_NAMES

TEXTS = {
    "Huế": "Huế là kinh đô của triều Nguyễn từ năm 1802 đến năm 1945.",
    "Hà Nội": "Hà Nội là thủ đô của nước Việt Nam. Thành phố nằm bên sông Hồng.",
    "Đà Lạt": "Đà Lạt là thành phố ngàn hoa trên cao nguyên Lâm Viên.",
}
ASKED = {
    "Kinh đô của triều Nguyễn ở đâu?": ("Huế", "Huế"),
    "Thủ đô của nước Việt Nam nằm bên sông nào?": ("Hà Nội", "sông Hồng"),
    "Thành phố ngàn hoa ở trên cao nguyên nào?": ("Đà Lạt", "Lâm Viên"),
}


@pytest.fixture(autouse=True)
def _small_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Embed by hashing syllables, and read with equal weights: no model files are needed."""

    def load_embedder(name: str | None = None) -> Embedder:
        assert name in (None, "hash")
        return HashEmbedder()

    def load_weights() -> Weights:
        ranking = np.ones(len(FEATURE_NAMES))
        return Weights(ranking, np.zeros(len(CONFIDENCE_NAMES)), threshold=0.0)

    monkeypatch.setattr(index.embedding, "load_embedder", load_embedder)
    monkeypatch.setattr(qa.loading, "load_embedder", load_embedder)
    monkeypatch.setattr(qa.choosing, "load_weights", load_weights)


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    """Write three articles with a question each, and one question nobody answers."""
    articles = []
    for title, text in TEXTS.items():
        qas: list[object] = [
            {"id": question, "question": question, "answers": [{"text": answer}]}
            for question, (about, answer) in ASKED.items()
            if about == title
        ]
        articles.append({"title": title, "paragraphs": [{"context": text, "qas": qas}]})
    nobody = {"id": "x", "question": "Giá vàng?", "answers": [], "is_impossible": True}
    articles[0]["paragraphs"][0]["qas"].append(nobody)  # type: ignore[index]
    path = tmp_path / "ba-thanh-pho.json"
    path.write_text(json.dumps({"data": articles}), encoding="utf-8")
    return path


def _report(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["run", *arguments, "--json"]) == 0
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return report


def test_squad_file_from_text_to_figures(
    squad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = _report(capsys, str(squad), "--output", str(tmp_path / "run"))
    assert (report["collection"], report["questions"]) == ("ba-thanh-pho.json", 4)
    assert (report["documents"], report["passages"]) == (3, 3)
    assert report["retrieval"]["recall@1"] == 1
    assert report["retrieval"]["recall@10"] == 1
    assert report["citations"]["validity"] == 1
    assert report["citations"]["recall"] == 1
    assert report["abstention"]["answered"] == 1
    assert report["settings"]["embedder"] == "hash"
    assert report["latency_ms"]["p50"] > 0
    written = json.loads((tmp_path / "run" / "report.json").read_text(encoding="utf-8"))
    assert written == report
    lines = (tmp_path / "run" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    first = json.loads(lines[0])
    assert first["rank"] == 1
    assert first["citations"][0]["document"] == "0001/0001.txt"


def test_the_same_run_twice_gives_the_same_report(
    squad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = []
    for name in ("one", "two"):
        folder = tmp_path / name
        report = _report(capsys, str(squad), "--typing", "half", "--output", str(folder))
        del report["latency_ms"]
        reports.append((report, (folder / "questions.jsonl").read_bytes()))
    assert reports[0] == reports[1]


def test_unaccented_questions_find_the_same_documents(
    squad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = _report(capsys, str(squad), "--typing", "unaccented", "--output", str(tmp_path))
    assert report["retrieval"]["recall@1"] == 1
    assert '"asked": "Kinh do cua trieu Nguyen o dau?"' in (tmp_path / "questions.jsonl").read_text(
        encoding="utf-8"
    )


def test_distractors_are_indexed_and_limit_keeps_all_documents(
    squad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = tmp_path / "more.json"
    paragraphs = [{"context": f"Bài số {n} nói về việc khác.", "qas": []} for n in range(5)]
    paragraphs.append({"context": TEXTS["Huế"], "qas": []})
    more.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    report = _report(capsys, str(squad), "--distractors", str(more), "--limit", "2")
    assert report["questions"] == 2
    assert report["documents"] == 3 + 5
    assert report["settings"]["distractors"] == ["more.json"]


def test_without_their_documents_questions_are_asked_of_the_distractors_alone(
    squad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = tmp_path / "more.json"
    paragraphs = [
        {"context": f"Bài số {n} nói về Nguyễn và Việt Nam.", "qas": []} for n in range(5)
    ]
    more.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    report = _report(capsys, str(squad), "--distractors", str(more), "--without-gold")
    assert report["without_gold"] == {"questions": 4, "auroc": 0.5, "answered": 1.0}
    assert report["abstention"]["answered"] == 1
    assert main(["run", str(squad), "--distractors", str(more), "--without-gold"]) == 0
    assert "Bỏ tài liệu chứa câu trả lời" in capsys.readouterr().out


def test_without_any_other_document_the_remedy_is_named(
    squad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(squad), "--without-gold", "--json"]) == 1
    assert "--distractors" in capsys.readouterr().err


@pytest.fixture
def json_lines(tmp_path: Path) -> Path:
    """Write the same questions as JSON Lines, one of them about a document that is nowhere."""
    records = [
        {"id": about, "question": question, "answers": [answer], "documents": [f"{about}.txt"]}
        for question, (about, answer) in ASKED.items()
    ]
    records.append({"id": "4", "question": "Thủ đô?", "answers": ["x"], "documents": ["no.txt"]})
    path = tmp_path / "cau-hoi.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def test_json_lines_over_a_folder(
    json_lines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for title, text in TEXTS.items():
        (folder / f"{title}.txt").write_text(f"{title}\n\n{text}\n", encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    assert main(["run", str(json_lines), "--documents", str(folder), "--json"]) == 0
    printed = capsys.readouterr()
    report = json.loads(printed.out)
    assert report["retrieval"]["recall@1"] == 3 / 4
    assert "1 tài liệu đúng không có" in printed.err
    assert "1 tài liệu không đọc được, ví dụ empty.txt" in printed.err


def _marked(tmp_path: Path, span: dict[str, object]) -> list[str]:
    """Write one document and a question marked with kind, item and span; return the arguments."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "hue.txt").write_text(f"Cố đô\n\n{TEXTS['Huế']}\n", encoding="utf-8")
    record = {
        "id": "1",
        "question": "Huế là kinh đô từ năm 1802 đến năm nào?",
        "answers": ["năm 1945"],
        "documents": ["hue.txt"],
        "kind": "list",
        "items": ["1802", "1945", "1975"],
        "spans": [{"document": "hue.txt"} | span],
    }
    path = tmp_path / "marked.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    return [str(path), "--documents", str(folder)]


def test_kinds_spans_and_near_misses_reach_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = len("Cố đô\n\n") + TEXTS["Huế"].index("năm 1945")
    arguments = _marked(tmp_path, {"start": start, "end": start + len("năm 1945")})
    output = tmp_path / "run"
    report = _report(capsys, *arguments, "--near-misses", "--output", str(output))
    figures = report["kinds"]["list"]
    assert (figures["questions"], figures["recall@1"], figures["refused"]) == (1, 1, 0)
    assert (figures["sentence_accuracy"], figures["evidence_accuracy"]) == (1, 1)
    assert figures["list_completeness"] == 0.666667
    assert figures["f1"] is None
    assert report["near_misses"]["questions"] == 1
    assert report["near_misses"]["originals_answered"] == 1
    assert report["near_misses"]["changes"]["year"]["questions"] == 1
    assert report["abstention"]["answered"] == 1  # near misses count in their own figures only
    lines = (output / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    first, near_miss = map(json.loads, lines)
    assert (first["kind"], first["evidence_correct"]) == ("list", True)
    assert first["list_completeness"] == 0.666667
    assert (near_miss["id"], near_miss["kind"]) == ("1~year", "near_miss")
    tables = (output / "report.md").read_text(encoding="utf-8")
    assert "| những gì " in tables
    assert "| năm khác " in tables


def test_a_span_elsewhere_is_listed_and_not_judged_by(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", *_marked(tmp_path, {"start": 0, "end": 3}), "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["kinds"]["list"]["evidence_accuracy"] is None
    assert "marked.jsonl: dòng 1: đoạn 0–3 của hue.txt là “Cố ”" in printed.err


def test_without_kinds_none_are_told(squad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = _report(capsys, str(squad))
    assert report["kinds"] == {}
    assert "near_misses" not in report


def test_json_lines_over_an_index(
    json_lines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = [Document(f"{title}.txt", text, title) for title, text in TEXTS.items()]
    sync(MemorySource(documents), tmp_path / "index", embedder=HashEmbedder())
    report = _report(capsys, str(json_lines), "--index", str(tmp_path / "index"))
    assert report["retrieval"]["recall@1"] == 3 / 4


def test_a_missing_index_is_one_line(
    json_lines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(json_lines), "--index", str(tmp_path / "nowhere")]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "nowhere" in printed.err
