"""A rebuilt index takes the place of the old one, wherever it is killed."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import killed_rebuild
import pytest
from fakes import HashEmbedder
from killed_rebuild import LAW

from documents.document import Document
from documents.errors import DanChungError
from documents.source import MemorySource
from index import swapping
from index.cli import main
from index.errors import IndexBusyError, IndexMissingError
from index.manifest import read_manifest
from index.query import Query
from index.rebuilding import rebuild
from index.retriever import Retriever
from index.swapping import exchange, finish_swap, work_folder
from index.syncing import sync

COURT = Document("toa-an.txt", "Tòa án nhân dân tối cao xét xử giám đốc thẩm.", "Tòa án")


NAME = "chỉ mục [1]"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    index = tmp_path / NAME
    sync(MemorySource([COURT]), index, embedder=HashEmbedder())
    return index


@pytest.fixture(scope="module")
def left_by(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the function from a step to the folder in which a rebuild was killed at it."""
    return cache(lambda step: _kill(tmp_path_factory.mktemp(step) / NAME, step))


def _kill(index: Path, step: str) -> Path:
    sync(MemorySource([COURT]), index, embedder=HashEmbedder())
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, killed_rebuild.__file__, str(index), step],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    return index.parent


@pytest.fixture
def killed(left_by: Callable[[str], Path], tmp_path: Path) -> Path:
    """Return where an index was whose rebuild was killed between its two moves."""
    shutil.copytree(left_by("moved"), tmp_path / "chết")
    return tmp_path / "chết" / NAME


def documents(index: Path) -> list[str]:
    return [one.path for one in Retriever(index, HashEmbedder()).documents()]


def beside(index: Path) -> list[str]:
    """Return what is in the index's parent but the index."""
    return [path.name for path in index.parent.iterdir() if path != index]


def _search(index: Path) -> None:
    hits = Retriever(index, HashEmbedder()).search(Query("tội phạm"))
    assert [hit.passage.document for hit in hits] == ["luat.txt"]


def _sync(index: Path) -> None:
    assert sync(MemorySource([LAW]), index, embedder=HashEmbedder()).unchanged == 1


def _rebuild(index: Path) -> None:
    assert rebuild(MemorySource([LAW]), index, embedder=HashEmbedder()).added == 1


def _verify(index: Path) -> None:
    assert main(["verify", "--index", str(index)]) == 0


@pytest.mark.parametrize("step", ["exchanged", "moved"])
@pytest.mark.parametrize("command", [_search, _sync, _rebuild, _verify])
def test_a_rebuild_killed_in_its_swap_is_whole_for_the_next_command(
    step: str,
    command: Callable[[Path], None],
    left_by: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    shutil.copytree(left_by(step), tmp_path / "chết")
    index = tmp_path / "chết" / NAME
    assert index.exists() == (step == "exchanged")
    command(index)
    assert documents(index) == ["luat.txt"]
    _sync(index)
    assert beside(index) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux exchanges folders")
def test_two_folders_are_exchanged_in_one_step(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert exchange(tmp_path / "a", tmp_path / "b")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["a"]
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "a", tmp_path / "c")


def test_without_exchange_the_index_is_replaced_too(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swapping, "exchange", lambda *_: False)
    rebuild(MemorySource([LAW]), index, embedder=HashEmbedder())
    assert (documents(index), beside(index)) == (["luat.txt"], [])


def test_an_unfinished_swap_is_found_through_a_link(killed: Path, tmp_path: Path) -> None:
    (tmp_path / "nơi khác").mkdir()
    link = tmp_path / "nơi khác" / "index"
    link.symlink_to(killed)
    assert documents(link) == ["luat.txt"]
    assert link.is_symlink()


def test_a_swap_that_goes_on_is_waited_for(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swapping, "_WAIT_SECONDS", 0.05)
    with work_folder(index) as work:
        (work / "new").mkdir()
        index.rename(work / "old")
        with pytest.raises(IndexBusyError, match="đang thay chỉ mục"):
            read_manifest(index)
        assert (work / "new").exists()
        (work / "old").rename(index)
    assert documents(index) == ["toa-an.txt"]


def test_of_several_unfinished_swaps_none_is_believed(killed: Path) -> None:
    [first] = beside(killed)
    second = killed.parent / f"{first}2"
    (second / "new").mkdir(parents=True)
    (second / "old").mkdir()
    (second / "work.lock").touch()
    with pytest.raises(DanChungError, match="dở ở nhiều nơi") as raised:
        read_manifest(killed)
    assert first in str(raised.value)
    assert str(second) in str(raised.value)
    assert not killed.exists()


def test_an_index_made_since_is_not_replaced_and_nothing_is_lost(killed: Path) -> None:
    killed.mkdir()
    with pytest.raises(IndexMissingError):
        read_manifest(killed)
    sync(MemorySource([COURT, LAW]), killed, embedder=HashEmbedder())
    [work] = beside(killed)
    assert documents(killed.parent / work / "new") == ["luat.txt"]


def test_a_rebuild_that_goes_on_keeps_its_folder(index: Path) -> None:
    with work_folder(index) as work:
        (work / "new").mkdir()
        sync(MemorySource([COURT]), index, embedder=HashEmbedder())
        assert (work / "new").is_dir()
    assert beside(index) == []


def test_where_nothing_was_swapped_there_is_nothing_to_finish(tmp_path: Path) -> None:
    assert not finish_swap(tmp_path / "index")
