"""Questions while an index is synced, published, rebuilt."""

import os
import signal
import threading
from pathlib import Path

import pytest
from fakes import HashEmbedder
from killable_sync import Driver, Order

from documents.document import Document
from documents.folder import FolderSource
from documents.source import MemorySource
from index import candidates, dense, retriever
from index.embedding import load_embedder
from index.manifest import Manifest
from index.query import Query
from index.rebuilding import rebuild
from index.retriever import Retriever
from index.store import Store
from index.syncing import sync
from qa.loading import load_pipeline

COURT = Document("toa-an.txt", "Tòa án nhân dân tối cao xét xử giám đốc thẩm.", "Tòa án")
LAW = Document("luat.txt", "Bộ luật Hình sự quy định về tội phạm và hình phạt.", "Bộ luật")
QUESTION = Query("tòa án giám đốc thẩm tội phạm hình phạt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def make(folder: Path, *documents: Document) -> None:
    sync(MemorySource(documents), folder, embedder=HashEmbedder())


def asked(reader: Retriever) -> list[str]:
    return sorted(hit.passage.document for hit in reader.search(QUESTION))


def test_a_running_pipeline_answers_while_another_process_syncs_and_then_from_what_it_brought(
    tmp_path: Path,
) -> None:
    library, index = tmp_path / "bài", tmp_path / "index"
    library.mkdir()
    (library / "a.txt").write_text("Cầu cũ\n\nCầu Bến Lội dài 312 mét.", encoding="utf-8")
    sync(FolderSource(library), index, embedder=load_embedder())
    pipeline = load_pipeline(index)
    asked = Query("Cầu Bến Lội dài bao nhiêu mét?")
    (library / "a.txt").write_text("Cầu mới\n\nCầu Bến Lội dài 450 mét.", encoding="utf-8")
    with Driver() as driver:
        process = driver.start(Order(str(library), str(index), bundled=True))
        driver.hear("publishing")
        os.kill(process, signal.SIGSTOP)
        assert "312 mét" in pipeline.ask(asked).text
        os.kill(process, signal.SIGCONT)
        driver.hear("exit 0")
    assert "450 mét" in pipeline.ask(asked).text
    assert [info.title for info in pipeline.documents()] == ["Cầu mới"]


@pytest.mark.parametrize("meanwhile", [1, 2, 4])
def test_a_question_under_way_is_answered_although_generations_are_published_meanwhile(
    folder: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: int
) -> None:
    make(folder, COURT, LAW)
    reader = Retriever(folder, HashEmbedder())
    versions = [
        [Document(one.path, f"{one.text} Bản {n}.", one.title) for one in (COURT, LAW)]
        for n in range(meanwhile)
    ]

    def publish_first(*arguments: object) -> object:
        found = candidates.find_candidates(*arguments)  # type: ignore[arg-type]
        while versions:
            make(folder, *versions.pop(0))
        return found

    monkeypatch.setattr(retriever, "find_candidates", publish_first)
    assert asked(reader) == ["luat.txt", "toa-an.txt"]


def test_a_question_under_way_is_answered_although_the_index_is_rebuilt_meanwhile(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder, COURT)
    reader = Retriever(folder, HashEmbedder())

    def rebuild_first(*arguments: object) -> object:
        rebuild(MemorySource([LAW]), folder, embedder=HashEmbedder())
        return candidates.find_candidates(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(retriever, "find_candidates", rebuild_first)
    assert asked(reader) == ["toa-an.txt"]
    monkeypatch.undo()
    reader.refresh()
    assert asked(reader) == ["luat.txt"]


def test_a_question_between_the_two_moves_of_a_rebuild_is_answered(folder: Path) -> None:
    make(folder, COURT)
    reader = Retriever(folder, HashEmbedder())
    folder.rename(folder.with_name("old"))
    reader.refresh()
    assert asked(reader) == ["toa-an.txt"]


def test_a_question_does_not_wait_for_another_that_takes_up_a_new_generation(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder, COURT)
    reader = Retriever(folder, HashEmbedder())
    make(folder, LAW)
    entered, leave = threading.Event(), threading.Event()
    load = dense.load_searcher

    def slowly(folder: Path, store: Store, manifest: Manifest) -> dense.DenseSearcher:
        entered.set()
        assert leave.wait(30)
        return load(folder, store, manifest)

    monkeypatch.setattr(dense, "load_searcher", slowly)
    other = threading.Thread(target=reader.refresh)
    other.start()
    assert entered.wait(30)
    reader.refresh()
    assert asked(reader) == ["toa-an.txt"]
    leave.set()
    other.join(30)
    assert asked(reader) == ["luat.txt"]
