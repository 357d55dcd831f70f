"""A folder that changes, synced by the real command: only what changed is embedded."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from fakes import HashEmbedder

from documents.folder import FolderSource
from index import worker_processes
from index.cli import main
from index.embedding import load_embedder
from index.manifest import read_manifest
from index.preparing import prepare_here
from index.previewing import preview
from index.query import Query
from index.retriever import Retriever, open_retriever
from index.store import Store
from index.syncing import sync
from index.verifying import find_problems
from index.worker_processes import in_processes


def article(name: str, *, edited: str = "") -> str:
    """Return an article of about ten passages; the paragraph in its middle can be another."""
    paragraphs = [f"Đoạn {n} của bài {name}. " + f"Nước lên ở làng {n}. " * 25 for n in range(12)]
    if edited:
        paragraphs[6] = edited
    return "\n\n".join([f"Tin về {name}", *paragraphs])


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "bài"
    for name in ("a", "b", "c"):
        write(folder / f"{name}.txt", article(name))
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def write(file: Path, text: str) -> None:
    """Write a file whose time is long past, so that its marks are believed."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, dict[str, int]]:
    """Run a command with --json; return what it says."""
    assert main([*map(str, arguments), "--json"]) == 0
    value: dict[str, dict[str, int]] = json.loads(capsys.readouterr().out)
    return value


def passages(index: Path) -> dict[int, tuple[str, str]]:
    """Return id → document and text of all passages."""
    store = Store(index)
    generation = read_manifest(index).generation
    stored = store.passages_after(0, generation=generation)
    return {one.passage_id: (one.passage.document, one.passage.text) for one in stored}


def counts(value: dict[str, dict[str, int]], *names: str) -> Sequence[int]:
    """Return some counts of documents."""
    return [value["documents"][name] for name in names]


def test_an_edited_paragraph_embeds_at_most_two_passages_and_keeps_the_rest(
    library: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "sync", library, "--index", index)
    before = passages(index)
    write(library / "b.txt", article("b", edited="Cầu mới qua sông đã thông xe."))
    report = run(capsys, "sync", library, "--index", index)
    assert counts(report, "added", "changed", "unchanged") == [0, 1, 2]
    assert 1 <= report["passages"]["embedded"] <= 2
    after = passages(index)
    assert len(before.keys() & after.keys()) >= len(before) - 2
    assert all(before[key] == after[key] for key in before.keys() & after.keys())
    assert open_retriever(index).search(Query("cầu mới thông xe"))[0].passage.document == "b.txt"
    assert find_problems(index) == []


def test_a_moved_file_is_a_move(
    library: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "sync", library, "--index", index)
    before = passages(index)
    (library / "cũ").mkdir()
    (library / "b.txt").rename(library / "cũ" / "d.txt")
    report = run(capsys, "sync", library, "--index", index)
    assert counts(report, "added", "changed", "removed", "moved", "unchanged") == [0, 0, 0, 1, 2]
    assert (report["passages"]["embedded"], report["passages"]["removed"]) == (0, 0)
    after = passages(index)
    assert before.keys() == after.keys()
    assert {path for path, _ in after.values()} == {"a.txt", "c.txt", "cũ/d.txt"}
    assert find_problems(index) == []


def test_a_file_moved_and_spoilt_is_removed_and_told(
    library: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(FolderSource(library), index, embedder=HashEmbedder())
    (library / "b.txt").rename(library / "d.txt")
    source = FolderSource(library)
    monkeypatch.setattr("documents.folder.read_bytes", _unreadable)
    report = sync(source, index, embedder=HashEmbedder())
    assert (report.removed, report.moved, [one.path for one in report.failed]) == (1, 0, ["d.txt"])
    assert {path for path, _ in passages(index).values()} == {"a.txt", "c.txt"}


def _unreadable(file: Path) -> bytes:
    from documents.errors import UnreadableDocumentError

    raise UnreadableDocumentError(f"{file}: hỏng")


def test_a_touched_file_is_read_once_more_and_never_again(
    library: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_past = 10**18
    for file in library.iterdir():
        os.utime(file, ns=(long_past, long_past))
    monkeypatch.setattr("documents.folder._SETTLED_NANOSECONDS", -(10**12))
    sync(FolderSource(library), index, embedder=HashEmbedder())
    os.utime(library / "a.txt", ns=(long_past, long_past + 10**9))
    read: list[str] = []
    source = FolderSource(library)
    monkeypatch.setattr(source, "fingerprint", _counting(source, read))
    assert sync(source, index, embedder=HashEmbedder()).unchanged == 3
    assert read == ["a.txt"]
    assert sync(source, index, embedder=HashEmbedder()).unchanged == 3
    assert read == ["a.txt"]


def _counting(source: FolderSource, read: list[str]) -> object:
    fingerprint = source.fingerprint

    def counted(path: str) -> str:
        read.append(path)
        return fingerprint(path)

    return counted


def test_a_dry_run_tells_the_report_of_the_sync_and_writes_nothing(
    library: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    preview_of_new = run(capsys, "sync", library, "--index", index, "--dry-run")
    assert not index.exists()
    done = run(capsys, "sync", library, "--index", index)
    assert preview_of_new["documents"] == done["documents"]
    assert preview_of_new["passages"] == done["passages"]
    write(library / "b.txt", article("b", edited="Cầu mới qua sông đã thông xe."))
    (library / "a.txt").rename(library / "d.txt")
    (library / "c.txt").unlink()
    (library / "hỏng.txt").write_bytes(b"\xff\x00\xfe")
    held = passages(index)
    told = run(capsys, "sync", library, "--index", index, "--dry-run")
    assert told["dry_run"]
    assert passages(index) == held
    done = run(capsys, "sync", library, "--index", index)
    assert told["documents"] == done["documents"]
    assert told["passages"] == done["passages"]
    assert counts(done, "changed", "moved", "removed") == [1, 1, 1]


def test_progress_comes_as_events(
    library: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["sync", str(library), "--index", str(index), "--progress", "json"])
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [event["documents"] for event in events] == [0, 3]
    assert events[-1]["passages"] > 10
    assert events[-1]["seconds_left"] == 0


def test_links_out_of_the_folder_are_told_and_followed_when_asked(
    library: Path, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "ngoài.txt", article("ngoài"))
    (library / "ra.txt").symlink_to(tmp_path / "ngoài.txt")
    assert main(["sync", str(library), "--index", str(index)]) == 0
    told = capsys.readouterr()
    assert "Bỏ qua ra.txt: liên kết trỏ ra ngoài thư mục" in told.err
    assert "1 bỏ qua" in told.out
    report = run(capsys, "sync", library, "--index", index, "--follow-links")
    assert counts(report, "added") == [1]


def test_processes_give_the_documents_that_one_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_processes, "_WORTH_STARTING", 1)
    monkeypatch.setattr("index.syncing.BATCH_DOCUMENTS", 2)
    for number in range(7):
        write(tmp_path / "bài" / f"{number}.txt", article(str(number)))
    (tmp_path / "bài" / "hỏng.txt").write_bytes(b"\xff\x00\xfe")
    made: list[object] = []
    for name, preparing in [("one", prepare_here), ("two", in_processes(2))]:
        index = tmp_path / name
        source = FolderSource(tmp_path / "bài")
        report = sync(source, index, embedder=load_embedder(), preparing=preparing)
        hits = Retriever(index, load_embedder()).search(Query("nước lên ở làng 3"))
        made.append((report.as_json()["documents"], passages(index), hits))
    assert made[0] == made[1]


def test_a_preview_refuses_what_the_sync_would(library: Path, index: Path) -> None:
    sync(FolderSource(library), index, embedder=HashEmbedder())
    with pytest.raises(Exception, match="--rebuild"):
        preview(FolderSource(library), index, embedder=HashEmbedder(revision="2"))
