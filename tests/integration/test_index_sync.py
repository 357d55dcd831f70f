"""The real store, Tantivy and FAISS, kept equal to a source."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEmbedder
from numpy.typing import NDArray

from documents.document import Document
from documents.errors import DanChungError, UnreadableDocumentError
from documents.source import NOTHING_KNOWN, Entry, Loaded, MemorySource
from index import dense, lexical_schema, lexical_writing, publishing
from index.errors import (
    EmbedderError,
    IndexBusyError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
)
from index.locking import writing
from index.query import Query
from index.rebuilding import rebuild
from index.retriever import Retriever
from index.syncing import remove, sync
from index.verifying import find_problems

COURT = Document("toa-an.txt", "Tòa án nhân dân tối cao xét xử giám đốc thẩm.", "Tòa án")
PROCURACY = Document("vks.txt", "Viện kiểm sát nhân dân thực hành quyền công tố.", "Viện kiểm sát")
LAW = Document("luat.txt", "Bộ luật Hình sự quy định về tội phạm và hình phạt.", "Bộ luật")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def found(folder: Path, question: str) -> list[str]:
    """Return the documents found for a question, best first, each once."""
    retriever = Retriever(folder, HashEmbedder())
    hits = retriever.search(Query(question))
    retriever.close()
    return list(dict.fromkeys(hit.passage.document for hit in hits))


def make(folder: Path, *documents: Document) -> dict[str, object]:
    """Sync and return the documents part of the report."""
    counts = sync(MemorySource(documents), folder, embedder=HashEmbedder()).as_json()["documents"]
    assert isinstance(counts, dict)
    return counts


def test_what_was_synced_is_found(folder: Path) -> None:
    make(folder, COURT, PROCURACY, LAW)
    assert found(folder, "quyền công tố của viện kiểm sát")[0] == "vks.txt"
    assert found(folder, "quyen cong to cua vien kiem sat")[0] == "vks.txt"


def test_a_second_sync_touches_nothing(folder: Path) -> None:
    make(folder, COURT, LAW)
    embedder = HashEmbedder()
    report = sync(MemorySource([COURT, LAW]), folder, embedder=embedder)
    assert (report.unchanged, report.embedded, report.kept, report.total) == (2, 0, 2, 2)
    assert embedder.embedded == []


def test_changes_and_removals_are_followed(folder: Path) -> None:
    make(folder, COURT, PROCURACY)
    edited = Document("toa-an.txt", "Thẩm phán do Chủ tịch nước bổ nhiệm.", "Tòa án")
    counts = make(folder, edited, LAW)
    assert counts == {
        "added": 1,
        "changed": 1,
        "removed": 1,
        "moved": 0,
        "unchanged": 0,
        "failed": [],
        "skipped": [],
    }
    assert found(folder, "ai bổ nhiệm thẩm phán")[0] == "toa-an.txt"
    assert "vks.txt" not in found(folder, "viện kiểm sát thực hành quyền công tố")
    assert "giám đốc thẩm" not in str(Retriever(folder, HashEmbedder()).search(Query("giám đốc")))
    assert find_problems(folder) == []


def test_the_same_text_under_two_paths_is_two_documents(folder: Path) -> None:
    make(folder, COURT, Document("ban-sao.txt", COURT.text, COURT.title))
    assert sorted(found(folder, "giám đốc thẩm")) == ["ban-sao.txt", "toa-an.txt"]


class _Broken(MemorySource):
    """A source whose documents cannot be read any more."""

    def read(self, path: str) -> Loaded:
        """Fail."""
        raise UnreadableDocumentError("tệp hỏng")


def test_an_unreadable_document_is_reported_and_its_last_version_stays(folder: Path) -> None:
    make(folder, COURT)
    changed = Document("toa-an.txt", "khác", "Tòa án")
    report = sync(_Broken([changed, LAW]), folder, embedder=HashEmbedder())
    assert [(f.path, f.reason.split(" (")[0]) for f in report.failed] == [
        ("luat.txt", "tệp hỏng"),
        ("toa-an.txt", "tệp hỏng"),
    ]
    assert found(folder, "giám đốc thẩm") == ["toa-an.txt"]


def test_an_open_retriever_keeps_its_snapshot_until_it_refreshes(folder: Path) -> None:
    make(folder, COURT)
    retriever = Retriever(folder, HashEmbedder())
    make(folder, PROCURACY)
    assert [hit.passage.document for hit in retriever.search(Query("giám đốc thẩm"))] == [
        "toa-an.txt"
    ]
    retriever.refresh()
    assert [hit.passage.document for hit in retriever.search(Query("giám đốc thẩm"))] == ["vks.txt"]


STEPS: list[tuple[object, str]] = [
    (lexical_writing, "add_passages"),
    (dense, "save_searcher"),
    (publishing, "write_manifest"),
    (lexical_writing, "drop_passages"),
    (lexical_writing, "_write_stamp"),
]


@pytest.mark.parametrize(("module", "step"), STEPS, ids=[step for _, step in STEPS])
def test_a_sync_that_dies_in_any_step_is_taken_up_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch, module: object, step: str
) -> None:
    make(folder, COURT, PROCURACY)

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, step, die)
        with pytest.raises(KeyboardInterrupt):
            make(folder, COURT, Document("vks.txt", "Nội dung mới hẳn.", "Viện kiểm sát"), LAW)
    if step != "drop_passages":
        assert found(folder, "quyền công tố")[0] == "vks.txt"
        assert "luat.txt" not in found(folder, "tội phạm và hình phạt")
    make(folder, COURT, Document("vks.txt", "Nội dung khác nữa.", "Viện kiểm sát"), LAW)
    assert find_problems(folder) == []
    assert found(folder, "tội phạm và hình phạt")[0] == "luat.txt"
    assert found(folder, "nội dung khác nữa")[0] == "vks.txt"
    assert "mới hẳn" not in str(Retriever(folder, HashEmbedder()).search(Query("nội dung mới hẳn")))


def _lose_lexical(folder: Path) -> None:
    shutil.rmtree(folder / lexical_schema.FOLDER_NAME)


def _lose_dense(folder: Path) -> None:
    for path in folder.glob("dense-*.faiss"):
        path.unlink()


def _spoil_dense(folder: Path) -> None:
    for path in folder.glob("dense-*.faiss"):
        path.write_bytes(b"x" * 10)


@pytest.mark.parametrize("spoil", [_lose_lexical, _lose_dense, _spoil_dense])
def test_a_lost_searcher_is_made_again_from_the_store(
    folder: Path, spoil: Callable[[Path], None]
) -> None:
    make(folder, COURT, PROCURACY, LAW)
    spoil(folder)
    assert found(folder, "quyền công tố của viện kiểm sát")[0] == "vks.txt"
    make(folder, COURT, PROCURACY, LAW)
    assert find_problems(folder) == []


def test_verify_tells_what_a_searcher_lacks(folder: Path) -> None:
    make(folder, COURT, PROCURACY)
    _lose_dense(folder)
    problems = find_problems(folder)
    assert "véc-tơ giữ 0 đoạn, kho dữ liệu có 2" in problems[0]
    assert problems[-1].endswith(f"python -m index verify --repair --index {folder}")


def test_another_model_is_refused_with_the_command_that_mends_it(folder: Path) -> None:
    make(folder, COURT)
    with pytest.raises(IndexMismatchError, match=r"'1'.*'2'.*--rebuild"):
        sync(MemorySource([COURT]), folder, embedder=HashEmbedder(revision="2"))
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        Retriever(folder, HashEmbedder(revision="2"))


def test_a_rebuild_takes_the_new_model(folder: Path) -> None:
    make(folder, COURT)
    embedder = HashEmbedder(revision="2", dimension=32)
    rebuild(MemorySource([COURT, LAW]), folder, embedder=embedder)
    retriever = Retriever(folder, embedder)
    assert len(retriever.documents()) == 2
    assert [path.name for path in folder.parent.iterdir()] == ["index"]


class FailsHalfWay(HashEmbedder):
    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any("mưa" in text for text in texts):
            raise EmbedderError("mô hình cho ra vectơ không phải là số")
        return super().embed_passages(texts)


@pytest.mark.parametrize("bring_in", [sync, rebuild])
def test_a_model_that_fails_half_way_leaves_the_index_as_it_was(
    folder: Path, bring_in: Callable[..., object]
) -> None:
    make(folder, PROCURACY)
    rain = Document("tin.txt", "Trời mưa.", "Tin")
    with pytest.raises(EmbedderError):
        bring_in(MemorySource([COURT, rain]), folder, embedder=FailsHalfWay())
    assert found(folder, "công tố") == [PROCURACY.path]
    assert found(folder, "tòa án mưa") in ([], [PROCURACY.path])
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_second_writer_is_told_who_writes(folder: Path) -> None:
    make(folder, COURT)
    with (
        writing(folder, wait_seconds=1),
        pytest.raises(IndexBusyError, match=r"tiến trình \d+"),
    ):
        sync(MemorySource([LAW]), folder, embedder=HashEmbedder(), wait_seconds=0.1)


def test_removing_one_document(folder: Path) -> None:
    make(folder, COURT, PROCURACY)
    assert remove("vks.txt", folder) == 1
    assert found(folder, "viện kiểm sát") == ["toa-an.txt"]
    with pytest.raises(Exception, match=r"vks\.txt: không có trong chỉ mục"):
        remove("vks.txt", folder)


def test_everything_removed_leaves_an_index_that_finds_nothing(folder: Path) -> None:
    make(folder, COURT)
    make(folder)
    assert found(folder, "tòa án") == []
    assert find_problems(folder) == []


def test_no_index_names_the_command_that_makes_one(folder: Path) -> None:
    with pytest.raises(IndexMissingError, match="python -m index sync"):
        Retriever(folder, HashEmbedder())


def test_hits_are_ranked_from_one_with_falling_scores_and_a_shorter_list_is_a_prefix(
    folder: Path,
) -> None:
    make(folder, COURT, PROCURACY, LAW)
    retriever = Retriever(folder, HashEmbedder())
    hits = retriever.search(Query("nhân dân"), 3)
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert sorted((hit.score for hit in hits), reverse=True) == [hit.score for hit in hits]
    assert retriever.search(Query("nhân dân"), 2) == hits[:2]


def test_the_manifest_names_its_makers(folder: Path) -> None:
    make(folder, COURT)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["embedder"], manifest["revision"], manifest["dimension"]) == ("hash", "1", 64)
    assert manifest["generation"] == 1


@pytest.mark.parametrize("name", ["mine.txt", "notes"])
def test_a_rebuild_never_deletes_what_is_not_the_index(folder: Path, name: str) -> None:
    make(folder, COURT)
    (folder / name).write_text("của người dùng")
    with pytest.raises(DanChungError, match=name):
        rebuild(MemorySource([LAW]), folder, embedder=HashEmbedder())
    assert (folder / name).read_text() == "của người dùng"
    assert found(folder, "giám đốc thẩm") == ["toa-an.txt"]


def test_a_rebuild_leaves_its_neighbours_alone(folder: Path) -> None:
    make(folder, COURT)
    neighbours = [folder.with_name(f"index.{suffix}") for suffix in ("old", "rebuild")]
    for neighbour in neighbours:
        neighbour.mkdir()
        (neighbour / "a.txt").write_text("của người dùng")
    rebuild(MemorySource([LAW]), folder, embedder=HashEmbedder())
    assert all((neighbour / "a.txt").exists() for neighbour in neighbours)
    assert found(folder, "tội phạm") == ["luat.txt"]


def test_a_folder_of_other_files_is_no_place_for_an_index(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("của người dùng")
    with pytest.raises(DanChungError, match=r"a\.txt"):
        make(tmp_path, COURT)
    with pytest.raises(DanChungError, match="--index"):
        make(tmp_path / "a.txt", COURT)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_an_open_retriever_follows_a_rebuild(folder: Path) -> None:
    make(folder, COURT)
    retriever = Retriever(folder, HashEmbedder())
    rebuild(MemorySource([PROCURACY, LAW]), folder, embedder=HashEmbedder())
    retriever.refresh()
    assert [info.path for info in retriever.documents()] == ["luat.txt", "vks.txt"]
    assert retriever.search(Query("quyền công tố"))[0].passage.document == "vks.txt"


def test_an_index_of_nothing_answers_with_nothing(folder: Path) -> None:
    make(folder)
    assert found(folder, "tòa án") == []
    assert find_problems(folder) == []
    make(folder, COURT)
    assert found(folder, "tòa án") == ["toa-an.txt"]


def test_a_lost_manifest_loses_no_document(folder: Path) -> None:
    for documents in ([COURT], [COURT, PROCURACY], [COURT, PROCURACY, LAW]):
        make(folder, *documents)
    (folder / "manifest.json").unlink()
    assert make(folder, COURT, PROCURACY, LAW)["unchanged"] == 3
    assert found(folder, "tội phạm và hình phạt")[0] == "luat.txt"
    assert len(found(folder, "nhân dân tội phạm")) == 3
    assert find_problems(folder) == []


def test_a_lost_manifest_does_not_hide_another_model(folder: Path) -> None:
    make(folder, COURT)
    (folder / "manifest.json").unlink()
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        sync(MemorySource([COURT]), folder, embedder=HashEmbedder(revision="2"))


def _forget_store(folder: Path) -> None:
    for path in folder.glob("store.sqlite3*"):
        path.unlink()


def test_searchers_of_a_lost_store_are_not_believed(folder: Path) -> None:
    make(folder, COURT, PROCURACY)
    _forget_store(folder)
    make(folder, LAW, Document("x.txt", "Nội dung khác hẳn.", "X"))
    assert find_problems(folder) == []
    assert found(folder, "tội phạm và hình phạt")[0] == "luat.txt"
    assert "toa-an.txt" not in found(folder, "giám đốc thẩm")


def test_a_store_put_back_from_a_copy_is_followed(folder: Path, tmp_path: Path) -> None:
    make(folder, COURT)
    shutil.copy(folder / "store.sqlite3", tmp_path / "copy")
    make(folder, COURT, PROCURACY)
    _forget_store(folder)
    shutil.copy(tmp_path / "copy", folder / "store.sqlite3")
    make(folder, COURT, LAW)
    assert find_problems(folder) == []
    assert found(folder, "tội phạm và hình phạt")[0] == "luat.txt"


class _Shut(MemorySource):
    """A source with a folder that cannot be opened."""

    def entries(self, known: Mapping[str, str] = NOTHING_KNOWN) -> Iterator[Entry]:
        """Yield the folder in place of what is in it."""
        yield Entry("shut", is_closed=True)

    def fingerprint(self, path: str) -> str:
        """Return nothing: it cannot be read."""
        return ""

    def read(self, path: str) -> Loaded:
        """Fail."""
        raise UnreadableDocumentError("không mở được")


def test_documents_of_a_folder_that_cannot_be_opened_stay(folder: Path) -> None:
    make(folder, Document("shut/a.txt", COURT.text, "A"), LAW)
    report = sync(_Shut([]), folder, embedder=HashEmbedder())
    assert (report.removed, [failure.path for failure in report.failed]) == (1, ["shut"])
    assert found(folder, "giám đốc thẩm") == ["shut/a.txt"]


def test_damage_inside_the_lexical_files_is_told_and_mended(folder: Path) -> None:
    many = [
        Document(f"{n}.txt", f"Đoạn {n} nói về số {n * n} và {n**3}.", "Số") for n in range(400)
    ]
    make(folder, *many, LAW)
    for path in (folder / "lexical").glob("*.term"):
        content = path.read_bytes()
        path.write_bytes(content[:100] + b"\xff" * (len(content) - 300) + content[-200:])
    assert any("hỏng" in problem for problem in find_problems(folder))
    with pytest.raises(IndexDamagedError, match="lexical"):
        found(folder, "tội phạm và hình phạt")
    shutil.rmtree(folder / "lexical")
    make(folder, *many, LAW)
    assert found(folder, "tội phạm và hình phạt")[0] == "luat.txt"
