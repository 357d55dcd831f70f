"""Archives in a synced folder: their documents come, change and go like files."""

import json
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest
from fakes import HashEmbedder
from zip_files import set_flag, write_zip

from documents import zip_folder
from documents.errors import DanChungError
from documents.folder import FolderSource
from index import worker_processes
from index.cli import main
from index.embedding import load_embedder
from index.manifest import read_manifest
from index.previewing import preview
from index.query import Query
from index.report import SyncReport
from index.retriever import open_retriever
from index.store import Store
from index.syncing import remove, sync
from index.verifying import find_problems
from index.worker_processes import in_processes
from web.library import Library
from web.texts import VIETNAMESE

ARTICLES = {
    "tin/cau.txt": "Cầu Long Biên\n\nCầu Long Biên bắc qua sông Hồng, khánh thành năm 1902.",
    "deo.txt": "Đèo Hải Vân\n\nĐèo Hải Vân nằm giữa Huế và Đà Nẵng.",
    "nui.txt": "Núi Bà Đen\n\nNúi Bà Đen ở Tây Ninh cao 986 mét.",
}
INSIDE = ["a.zip/deo.txt", "a.zip/nui.txt", "a.zip/tin/cau.txt"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with one archive, whose marks are believed at once."""
    monkeypatch.setattr("documents.folder._SETTLED_NANOSECONDS", -(10**12))
    folder = tmp_path / "bài"
    folder.mkdir()
    write_zip(folder / "a.zip", ARTICLES)
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the archives opened so far."""
    names: list[str] = []

    class Counting(zip_folder.ZipFolder):
        def __init__(self, file: Path) -> None:
            names.append(file.name)
            super().__init__(file)

    monkeypatch.setattr(zip_folder, "ZipFolder", Counting)
    return names


def synced(folder: Path, index: Path) -> SyncReport:
    return sync(FolderSource(folder), index, embedder=HashEmbedder())


def counts(report: SyncReport) -> Sequence[int]:
    return report.added, report.changed, report.removed, report.moved, report.unchanged


def paths(index: Path) -> list[str]:
    generation = read_manifest(index).generation
    return [one.path for one in Store(index).documents(generation=generation)]


def test_the_command_indexes_an_archive_and_finds_what_is_in_it(
    folder: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sync", str(folder), "--index", str(index), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"]["added"] == 3
    passage = open_retriever(index).search(Query("cầu Long Biên khánh thành năm nào"))[0].passage
    assert passage.document == "a.zip/tin/cau.txt"
    assert main(["verify", "--index", str(index)]) == 0


def test_an_archive_that_did_not_change_is_not_opened(
    folder: Path, index: Path, opened: list[str]
) -> None:
    assert counts(synced(folder, index)) == (3, 0, 0, 0, 0)
    assert set(opened) == {"a.zip"}
    opened.clear()
    assert counts(synced(folder, index)) == (0, 0, 0, 0, 3)
    assert counts(preview(FolderSource(folder), index, embedder=HashEmbedder())) == (0, 0, 0, 0, 3)
    assert opened == []


def test_of_a_changed_archive_only_changed_members_are_embedded(folder: Path, index: Path) -> None:
    synced(folder, index)
    text = "Núi Bà Đen\n\nNúi Bà Đen có cáp treo lên tới đỉnh."
    changed = {**ARTICLES, "nui.txt": text, "them.txt": "Hồ Tây\n\nHồ Tây rộng nhất Hà Nội."}
    del changed["deo.txt"]
    write_zip(folder / "a.zip", changed)
    expected = preview(FolderSource(folder), index, embedder=HashEmbedder())
    report = synced(folder, index)
    assert counts(report) == counts(expected) == (1, 1, 1, 0, 1)
    assert report.embedded == expected.embedded == 2
    assert paths(index) == ["a.zip/nui.txt", "a.zip/them.txt", "a.zip/tin/cau.txt"]
    assert find_problems(index) == []


def test_an_archive_written_again_embeds_nothing(folder: Path, index: Path) -> None:
    synced(folder, index)
    write_zip(folder / "a.zip", dict(reversed(ARTICLES.items())))
    report = synced(folder, index)
    assert (counts(report), report.embedded) == ((0, 0, 0, 0, 3), 0)


def test_an_archive_renamed_unpacked_or_packed_is_a_move(folder: Path, index: Path) -> None:
    synced(folder, index)
    (folder / "a.zip").rename(folder / "b.zip")
    report = synced(folder, index)
    assert (counts(report), report.embedded) == ((0, 0, 0, 3, 0), 0)
    with ZipFile(folder / "b.zip") as archive:
        archive.extractall(folder)
    (folder / "b.zip").unlink()
    report = synced(folder, index)
    assert (counts(report), report.embedded) == ((0, 0, 0, 3, 0), 0)
    assert paths(index) == ["deo.txt", "nui.txt", "tin/cau.txt"]


def test_what_is_left_out_is_told_at_every_sync(
    folder: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_zip(folder / "a.zip", {**ARTICLES, "trong.zip": b"PK", "khoa.txt": "x"})
    set_flag(folder / "a.zip", "khoa.txt", 1)
    for _ in range(2):
        assert main(["sync", str(folder), "--index", str(index), "--json"]) == 0
        told = capsys.readouterr()
        skipped = json.loads(told.out)["documents"]["skipped"]
        assert [one["path"] for one in skipped] == ["a.zip/khoa.txt", "a.zip/trong.zip"]
        assert "Bỏ qua a.zip/trong.zip: tệp nén nằm trong tệp nén" in told.err
    assert paths(index) == INSIDE


def test_documents_of_an_archive_that_is_spoilt_stay(folder: Path, index: Path) -> None:
    synced(folder, index)
    whole = (folder / "a.zip").read_bytes()
    (folder / "a.zip").write_bytes(whole[: len(whole) // 2])
    report = synced(folder, index)
    assert (report.removed, [failure.path for failure in report.failed]) == (0, ["a.zip"])
    assert paths(index) == INSIDE
    (folder / "a.zip").write_bytes(whole)
    assert counts(synced(folder, index)) == (0, 0, 0, 0, 3)


def test_a_removed_member_comes_back_with_the_next_sync(folder: Path, index: Path) -> None:
    synced(folder, index)
    assert remove("a.zip/nui.txt", index) == 1
    assert paths(index) == ["a.zip/deo.txt", "a.zip/tin/cau.txt"]
    assert counts(synced(folder, index)) == (1, 0, 0, 0, 2)


def test_worker_processes_read_archives(
    folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_processes, "_WORTH_STARTING", 1)
    report = sync(FolderSource(folder), index, embedder=load_embedder(), preparing=in_processes(2))
    assert (report.added, paths(index)) == (3, INSIDE)


def test_a_document_inside_an_archive_is_removed_with_all_of_it(
    folder: Path, index: Path, tmp_path: Path
) -> None:
    synced(folder, index)
    library = Library(index, tmp_path / "bin")
    name = library.remove(VIETNAMESE.library, "a.zip/tin/cau.txt")
    assert list(folder.iterdir()) == []
    assert library.put_back(VIETNAMESE.library, name) == "a.zip"
    assert list(folder.iterdir()) == [folder / "a.zip"]
    with pytest.raises(DanChungError, match="không có trong thư viện"):
        library.remove(VIETNAMESE.library, "a.zip/khác.txt")
