"""python -m eval bench scale in real processes, with the bundled models and made-up texts."""

import json
from pathlib import Path

import pytest

from eval.bench.scale import cli, running
from eval.cli import main

pytestmark = pytest.mark.model


def test_every_figure_is_measured_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "DATA", tmp_path / "none")
    monkeypatch.setattr(running, "_LEAST_ADDED", 20)
    output = tmp_path / "out"
    arguments = ["--passages", "30,60", "--output", str(output), "--json"]
    assert main(["bench", "scale", *arguments]) == 0
    assert {path.name for path in output.iterdir()} == {"report.md", "scale.json", "scale.svg"}
    report = json.loads((output / "scale.json").read_text(encoding="utf-8"))
    assert [size["asked"] for size in report["sizes"]] == [30, 60]
    for size in report["sizes"]:
        assert size["asked"] <= size["passages"] < size["asked"] + 20
        assert 0 < size["documents"] < size["passages"]
        assert 0 < size["build"]["publishing_seconds"] < size["build"]["seconds"]
        assert size["build"]["disk_mebibytes"] > 0
        assert size["build"]["peak_mebibytes"] > 50
        assert size["serving"]["resident_mebibytes"] > size["serving"]["of_files_mebibytes"] > 0
        assert size["dense_recall@10"] == 1
        assert size["idle"]["questions"] == size["documents"]
        assert size["during_sync"]["questions"] >= 20
        assert size["during_sync"]["p95_ratio"] > 0
        assert size["sync"]["one_changed_seconds"] > 0
        assert size["sync"]["nothing_changed_seconds"] > 0


def test_documents_and_index_are_kept_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "DATA", tmp_path / "none")
    monkeypatch.setattr(running, "_LEAST_ADDED", 5)
    assert main(["bench", "scale", "--passages", "10", "--output", str(tmp_path), "--keep"]) == 0
    (place,) = tmp_path.glob("scale-10-*")
    assert (place / "index" / "manifest.json").exists()
    assert any((place / "documents").rglob("*.txt"))
