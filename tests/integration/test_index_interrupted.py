"""What a sync that died left behind, and how the next one deals with it."""

import shutil
from pathlib import Path

import pytest
from fakes import HashEmbedder

from documents.document import Document
from documents.errors import DanChungError
from documents.source import MemorySource
from index import dense, lexical_writing, locking, publishing
from index.engine import writing_searchers
from index.locking import writing
from index.manifest import read_manifest
from index.query import Query
from index.retriever import Retriever
from index.syncing import sync
from index.verifying import find_problems

COURT = Document("toa-an.txt", "Tòa án nhân dân tối cao xét xử giám đốc thẩm.", "Tòa án")
LAW = Document("luat.txt", "Bộ luật Hình sự quy định về tội phạm và hình phạt.", "Bộ luật")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def make(folder: Path, *documents: Document) -> None:
    sync(MemorySource(documents), folder, embedder=HashEmbedder())


def found(folder: Path, question: str) -> list[str]:
    hits = Retriever(folder, HashEmbedder()).search(Query(question))
    return [hit.passage.document for hit in hits]


def die(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def die_in(module: object, step: str, folder: Path, *documents: Document) -> None:
    """Sync until a step, and die in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, step, die)
        with pytest.raises(KeyboardInterrupt):
            make(folder, *documents)


def test_a_list_of_deletions_that_a_kill_left_does_not_stop_every_later_sync(
    folder: Path, tmp_path: Path
) -> None:
    make(folder, COURT, LAW)
    shutil.copytree(folder, tmp_path / "before")
    make(folder, COURT)
    [deletions] = (folder / "lexical").glob("*.del")
    shutil.copy(deletions, tmp_path / "before" / "lexical")
    make(tmp_path / "before", COURT)
    assert find_problems(tmp_path / "before") == []
    assert found(tmp_path / "before", "tòa án hình phạt") == ["toa-an.txt"]


def test_lists_of_deletions_that_are_in_use_stay(folder: Path) -> None:
    make(folder, COURT, LAW, Document("ba.txt", "Trời mưa to.", "Ba"))
    make(folder, COURT, LAW)
    make(folder, COURT)
    assert find_problems(folder) == []
    assert found(folder, "trời mưa hình phạt tòa án") == ["toa-an.txt"]


@pytest.mark.parametrize(
    ("module", "step"),
    [(lexical_writing, "drop_passages"), (dense, "drop_old"), (publishing, "_drop_temporary")],
)
def test_a_sync_without_changes_finishes_one_that_died_right_after_it_published(
    folder: Path, module: object, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "LEAST_SINCE", 0)
    make(folder, COURT, LAW)
    die_in(module, step, folder, COURT)
    assert read_manifest(folder).generation == 2
    make(folder, COURT)
    assert find_problems(folder) == []
    assert [path.name for path in folder.glob("*.faiss")] == ["dense-00000002.faiss"]


def test_files_under_temporary_names_go(folder: Path) -> None:
    make(folder, COURT)
    for name in ("manifest.json.1.tmp", "dense-1.faiss.1.tmp", "lexical/.tmpAb1"):
        (folder / name).write_text("nửa")
    make(folder, COURT)
    assert [path for path in folder.rglob("*") if "tmp" in path.name] == []


def test_a_sync_that_died_between_store_and_manifest_does_not_take_the_searchers_along(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder, COURT)
    die_in(publishing, "write_manifest", folder, COURT, LAW)
    assert found(folder, "hình phạt tòa án") == ["toa-an.txt"]
    monkeypatch.setattr(lexical_writing, "reset", die)
    make(folder, COURT, LAW)
    assert read_manifest(folder).generation == 2
    assert found(folder, "hình phạt")[0] == "luat.txt"


def test_a_holder_that_cannot_be_written_does_not_stop_the_writer(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder, COURT)
    monkeypatch.setattr(locking, "HOLDER_NAME", "không có/writer.pid")
    with writing(folder, wait_seconds=1), pytest.raises(DanChungError, match="tiến trình khác"):
        sync(MemorySource([LAW]), folder, embedder=HashEmbedder(), wait_seconds=0.1)


def test_what_a_library_says_of_a_full_disk_is_told_in_short(folder: Path) -> None:
    said = 'Failed: \'IoError { err: Os { code: 27, message: "File too large" }, path: "x.del" }\''
    with (
        pytest.raises(DanChungError, match=r"không ghi được chỉ mục \(File too large\)"),
        writing_searchers(folder),
    ):
        raise ValueError(said)
