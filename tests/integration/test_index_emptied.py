"""A folder that lost all its documents at once: perhaps its drive is not mounted."""

import argparse
import json
from pathlib import Path

import pytest

from documents.errors import EmptyFolderError
from documents.fetching import Fetched
from documents.folder import FolderSource
from index.adding_cli import add_pages
from index.cli import main
from index.embedding import load_embedder
from index.manifest import read_manifest
from index.store import Store
from index.syncing import sync
from web.library import Library
from web.syncing_now import SyncRunner, sync_command
from web.texts import VIETNAMESE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ổ đĩa"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"Cầu {name} dài 312 mét.", encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path, folder: Path) -> Path:
    """Return the index of the folder, which is empty since."""
    sync(FolderSource(folder), tmp_path / "index", embedder=load_embedder())
    for file in folder.iterdir():
        file.unlink()
    return tmp_path / "index"


def held(index: Path) -> list[str]:
    generation = read_manifest(index).generation
    return [one.path for one in Store(index).documents(generation=generation)]


@pytest.mark.parametrize("options", [[], ["--dry-run"], ["--rebuild"]])
@pytest.mark.parametrize("leftover", ["", "lost+found", "ảnh.png"])
def test_a_sync_is_refused_in_one_line_that_says_what_to_do(
    options: list[str],
    leftover: str,
    folder: Path,
    index: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if leftover:
        (folder / leftover).touch()
    assert main(["sync", str(folder), "--index", str(index), *options]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    for part in (str(folder), "cả 2 tài liệu", "--allow-empty"):
        assert part in said
    assert held(index) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("options", [[], ["--rebuild"]])
def test_it_is_done_when_it_is_meant(
    options: list[str],
    folder: Path,
    index: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["sync", str(folder), "--index", str(index), "--allow-empty", *options]
    assert main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"]["unchanged"] == 0
    assert held(index) == []


def test_an_empty_folder_with_nothing_to_lose_is_synced(folder: Path, tmp_path: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    for _ in range(2):
        report = sync(FolderSource(folder), tmp_path / "index", embedder=load_embedder())
        assert report.total == 0


def test_nothing_is_added_to_a_folder_that_lost_its_documents(
    folder: Path, index: Path, tmp_path: Path
) -> None:
    options = argparse.Namespace(
        urls=["http://a.vn/"], list=None, feed=[], documents=None, index=index, json=False
    )
    with pytest.raises(EmptyFolderError):
        add_pages(options, _fetch_nothing)
    (tmp_path / "c.txt").write_text("Tệp mới.", encoding="utf-8")
    with pytest.raises(EmptyFolderError):
        Library(index, tmp_path / "bin").take_in(VIETNAMESE.library, tmp_path / "c.txt", "c.txt")
    assert list(folder.iterdir()) == []


def _fetch_nothing(url: str) -> Fetched:
    pytest.fail(f"{url} was fetched")


def test_the_pages_sync_is_refused_unless_it_has_just_taken_out_the_last(
    folder: Path, index: Path
) -> None:
    runner = SyncRunner(lambda: sync_command(folder, index))
    runner.start()
    *_, state = runner.follow()
    assert (str(folder) in state.error, "--allow-empty" in state.error) == (True, True)
    runner.start("--allow-empty")
    *_, state = runner.follow()
    assert (state.error, held(index)) == ("", [])
