"""Search in a real Milvus: the same index, sync, checks and answers; what happens when it fails."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fakes import HashEmbedder
from milvus_server import MilvusServer, refusing_server, silent_server

from documents.document import Document
from documents.errors import DanChungError
from documents.folder import FolderSource
from documents.source import MemorySource
from index import (
    backing_up,
    milvus_collection,
    milvus_engine,
    milvus_statistics,
    publishing,
)
from index.cli import main
from index.embedding import load_embedder
from index.engine import engine_of
from index.errors import IndexDamagedError
from index.hit import Hit
from index.manifest import IN_FOLDER, MILVUS, Place, read_manifest
from index.milvus_collection import MilvusCollection
from index.query import Query
from index.rebuilding import rebuild
from index.retriever import Retriever
from index.syncing import move, remove, sync
from index.verifying import find_problems
from qa.cli import main as ask

pytestmark = pytest.mark.scale

ARTICLES = Path("documents/articles")
QUESTIONS = (
    "Hiến pháp 2013 có hiệu lực từ ngày nào?",
    "hien phap nam 2013 co hieu luc khi nao",
    "Chiến dịch Điện Biên Phủ kết thúc ngày nào?",
    "ai chủ trì hội nghị năm 2020",
    "Điều 174 Bộ luật Hình sự quy định tội gì?",
    "Viện kiểm sát nhân dân có nhiệm vụ gì",
    "cuối tháng 12 năm 2020 có hội nghị nào",
)
COURT = Document("toa-an.txt", "Tòa án nhân dân tối cao xét xử giám đốc thẩm.", "Tòa án")
PROCURACY = Document("vks.txt", "Viện kiểm sát nhân dân thực hành quyền công tố.", "Viện kiểm sát")
LAW = Document("luat.txt", "Bộ luật Hình sự quy định về tội phạm và hình phạt.", "Bộ luật")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusServer]:
    with (
        pytest.MonkeyPatch.context() as patch,
        MilvusServer(tmp_path_factory.mktemp("milvus") / "data") as server,
    ):
        patch.setattr(milvus_collection, "_PARTITIONS", 2)  # Each costs Milvus Lite some files.
        yield server


@pytest.fixture
def folder(tmp_path: Path, server: MilvusServer) -> Path:
    """Give a folder whose next sync makes an index in Milvus."""
    folder = tmp_path / "index"
    move(folder, Place(MILVUS, server.uri), embedder=HashEmbedder())
    return folder


def make(folder: Path, *documents: Document) -> None:
    sync(MemorySource(documents), folder, embedder=HashEmbedder())


def found(folder: Path, question: str, **filters: Any) -> list[str]:  # noqa: ANN401
    """Return the documents found for a question, best first, each once."""
    retriever = Retriever(folder, HashEmbedder())
    hits = retriever.search(Query(question, **filters))
    retriever.close()
    return list(dict.fromkeys(hit.passage.document for hit in hits))


def collection_of(folder: Path) -> MilvusCollection:
    engine = engine_of(folder, read_manifest(folder))
    assert isinstance(engine, milvus_engine.MilvusEngine)
    return engine.collection


def rows(folder: Path) -> list[Any]:
    """Return all rows of the collection but their ids and generations, in order."""
    collection = collection_of(folder)
    fields = ["source", "document", "kind", "published", "held", "words", "vector"]
    generation = read_manifest(folder).generation
    found = collection._client.query(
        collection.name, filter=f"removed > {generation}", output_fields=fields
    )
    return sorted(json.dumps({name: str(row[name]) for name in fields}) for row in found)


def counts(folder: Path) -> list[Any]:
    connection = sqlite3.connect(folder / "milvus.sqlite3")
    kept = connection.execute("SELECT * FROM terms WHERE passages > 0 ORDER BY 1").fetchall()
    connection.close()
    return kept


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("local") / "index"
    sync(FolderSource(ARTICLES), folder, embedder=load_embedder())
    return folder


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory, server: MilvusServer) -> Path:
    """Make the same index as `local`, by the command."""
    folder = tmp_path_factory.mktemp("articles") / "index"
    place = ["--engine", "milvus", "--uri", server.uri]
    assert main(["sync", str(ARTICLES), "--index", str(folder), *place]) == 0
    return folder


@pytest.fixture(scope="module")
def compared(local: Path, articles: Path) -> list[tuple[list[Hit], list[Hit]]]:
    """Ask both indexes each question, with and without filters."""
    one, other = Retriever(local, load_embedder()), Retriever(articles, load_embedder())
    found: list[tuple[list[Hit], list[Hit]]] = []
    for question in QUESTIONS:
        query = one.understand(Query(question, asked=date(2021, 6, 1)))
        assert query == other.understand(Query(question, asked=date(2021, 6, 1)))
        asked = (
            query,
            replace(query, source="Dẫn Chứng Pháp luật"),
            replace(query, since=date(2026, 11, 9), until=date(2026, 11, 20)),
            replace(query, until=date(2026, 11, 10)),
            replace(query, kind="pdf"),
            replace(query, documents=("hien-phap-2013.docx", "luat-dat-dai-2024.md")),
        )
        found += [(one.search(limited, 10), other.search(limited, 10)) for limited in asked]
    one.close()
    other.close()
    return found


def places(hits: list[Hit]) -> list[tuple[str, int]]:
    return [(hit.passage.document, hit.passage.start) for hit in hits]


def test_milvus_finds_what_faiss_and_tantivy_find(
    compared: list[tuple[list[Hit], list[Hit]]],
) -> None:
    pairs = [(places(one), places(other)) for one, other in compared]
    assert all(len(one) == len(other) for one, other in pairs)
    assert any(len(one) == 10 for one, _ in pairs)
    assert any(0 < len(one) < 10 for one, _ in pairs)
    shares = [len({*one} & {*other}) / len(one) for one, other in pairs if one]
    assert sum(shares) / len(shares) > 0.97
    assert all(one[:1] == other[:1] for one, other in pairs)


def test_scores_are_those_of_bm25_and_of_the_cosine(
    compared: list[tuple[list[Hit], list[Hit]]],
) -> None:
    for one, other in compared:
        found = dict(zip(places(other), other, strict=True))
        for place, hit in zip(places(one), one, strict=True):
            if place in found:
                assert found[place].lexical == pytest.approx(hit.lexical, rel=0.05, abs=0.05)
                assert found[place].dense == pytest.approx(hit.dense, abs=1e-3)


def test_answers_checks_and_figures_ask_milvus_unnamed(
    articles: Path, capsys: pytest.CaptureFixture[str], server: MilvusServer
) -> None:
    index = ["--index", str(articles), "--json"]
    assert ask([QUESTIONS[0], *index]) == 0
    assert "1/1/2014" in json.loads(capsys.readouterr().out)["answer"]
    assert main(["verify", *index]) == 0
    assert json.loads(capsys.readouterr().out) == {"ok": True, "problems": []}
    assert main(["stats", *index]) == 0
    stats = json.loads(capsys.readouterr().out)
    assert (stats["engine"], stats["uri"]) == ("milvus", server.uri)
    assert not [*articles.glob("dense-*"), *articles.glob("lexical")]


def test_changes_and_removals_are_followed(folder: Path) -> None:
    make(folder, COURT, PROCURACY)
    edited = Document("toa-an.txt", "Thẩm phán do Chủ tịch nước bổ nhiệm.", "Tòa án")
    make(folder, edited, LAW)
    assert found(folder, "ai bổ nhiệm thẩm phán")[0] == "toa-an.txt"
    assert "vks.txt" not in found(folder, "viện kiểm sát thực hành quyền công tố")
    assert find_problems(folder) == []
    remove("luat.txt", folder)
    assert found(folder, "tội phạm và hình phạt") == ["toa-an.txt"]
    assert find_problems(folder) == []


def test_what_changes_leave_is_what_a_new_index_has(folder: Path, tmp_path: Path) -> None:
    make(folder, COURT, PROCURACY)
    edited = Document("vks.txt", "Kiểm sát viên tranh tụng tại phiên tòa.", "Viện kiểm sát")
    make(folder, COURT, edited, LAW)
    make(folder, COURT, edited)
    uri = read_manifest(folder).uri
    anew = tmp_path / "anew"
    move(anew, Place(MILVUS, uri), embedder=HashEmbedder())
    make(anew, COURT, edited)
    assert counts(folder) == counts(anew)
    assert len(rows(folder)) == len(rows(anew)) == 2


def test_an_open_retriever_keeps_its_snapshot_until_it_refreshes(folder: Path) -> None:
    make(folder, COURT)
    retriever = Retriever(folder, HashEmbedder())
    make(folder, PROCURACY)
    question = Query("giám đốc thẩm")
    assert [hit.passage.document for hit in retriever.search(question)] == ["toa-an.txt"]
    retriever.refresh()
    assert [hit.passage.document for hit in retriever.search(question)] == ["vks.txt"]


def test_a_new_date_or_source_of_an_old_passage_is_searched_by(folder: Path) -> None:
    make(folder, replace(COURT, source="báo cũ", published=date(2019, 5, 1)), PROCURACY)
    make(folder, replace(COURT, source='báo "mới" \\', published=date(2021, 5, 1)), PROCURACY)
    assert found(folder, "giám đốc thẩm", since=date(2021, 1, 1)) == ["toa-an.txt"]
    assert found(folder, "giám đốc thẩm", until=date(2020, 1, 1)) == []
    assert found(folder, "giám đốc thẩm", source='Báo "mới" \\') == ["toa-an.txt"]
    assert found(folder, "giám đốc thẩm", source="báo cũ") == []
    make(folder, replace(COURT, path='moi/"toa".TXT'), PROCURACY)
    assert found(folder, "giám đốc thẩm", documents=('moi/"toa".TXT',)) == ['moi/"toa".TXT']
    assert found(folder, "giám đốc thẩm", documents=("toa-an.txt",)) == []
    assert find_problems(folder) == []


def test_an_index_that_began_empty_takes_what_comes(folder: Path) -> None:
    make(folder)
    assert found(folder, "giám đốc thẩm") == []
    make(folder, COURT, LAW)
    assert found(folder, "giám đốc thẩm")[0] == "toa-an.txt"
    assert find_problems(folder) == []


STEPS: list[tuple[object, str, int]] = [
    (MilvusCollection, "upsert", 1),
    (MilvusCollection, "upsert", 2),
    (milvus_statistics, "keep", 1),
    (milvus_statistics, "keep", 2),
    (MilvusCollection, "count", 1),
    (publishing, "write_manifest", 1),
    (MilvusCollection, "delete_where", 1),
]


@pytest.mark.parametrize(("owner", "step", "time"), STEPS)
def test_a_sync_that_dies_in_any_step_is_taken_up_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch, owner: object, step: str, time: int
) -> None:
    monkeypatch.setattr(milvus_engine, "ROWS_AT_ONCE", 1)
    make(folder, COURT, PROCURACY)
    with dying(monkeypatch, owner, step, time), pytest.raises(KeyboardInterrupt):
        make(folder, COURT, Document("vks.txt", "Nội dung mới hẳn.", "Viện kiểm sát"), LAW)
    if step != "delete_where":
        assert found(folder, "quyền công tố")[0] == "vks.txt"
        assert "luat.txt" not in found(folder, "tội phạm và hình phạt")
    make(folder, COURT, Document("vks.txt", "Nội dung khác nữa.", "Viện kiểm sát"), LAW)
    assert find_problems(folder) == []
    assert found(folder, "tội phạm và hình phạt")[0] == "luat.txt"
    assert found(folder, "nội dung khác nữa")[0] == "vks.txt"
    assert "mới hẳn" not in str(Retriever(folder, HashEmbedder()).search(Query("nội dung mới hẳn")))


@pytest.mark.parametrize(
    ("owner", "step"), [(MilvusCollection, "create"), (milvus_statistics, "begin")]
)
def test_a_first_sync_that_dies_is_taken_up_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch, owner: object, step: str
) -> None:
    with dying(monkeypatch, owner, step, 1), pytest.raises(KeyboardInterrupt):
        make(folder, COURT)
    make(folder, COURT, LAW)
    assert find_problems(folder) == []
    assert found(folder, "tội phạm và hình phạt")[0] == "luat.txt"


class dying:  # noqa: N801 - reads as a statement
    """Have a step raise as a kill would, the n-th time that it is done."""

    def __init__(self, patch: pytest.MonkeyPatch, owner: object, step: str, time: int) -> None:
        self._patch, self._owner, self._step, self._time = patch, owner, step, time
        self._real: Callable[..., Any] = getattr(owner, step)
        self._done: list[int] = []

    def __enter__(self) -> list[int]:
        def die(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            self._done.append(1)
            if len(self._done) == self._time:
                raise KeyboardInterrupt
            return self._real(*arguments, **named)

        self._patch.setattr(self._owner, self._step, die)
        return self._done

    def __exit__(self, *_: object) -> None:
        self._patch.setattr(self._owner, self._step, self._real)


def _lose_collection(folder: Path) -> None:
    collection_of(folder).drop()


def _lose_rows(folder: Path) -> None:
    collection_of(folder).delete_where("passage_id > 1")


def _lose_counts(folder: Path) -> None:
    milvus_statistics.reset(folder)


def _other_form(folder: Path) -> None:
    collection = collection_of(folder)
    collection.drop()
    MilvusCollection(collection.uri, collection.name, 8).create()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_lose_collection, "không còn"),
        (_lose_rows, "giữ 1 đoạn, kho dữ liệu có 2"),
        (_lose_counts, "không còn số đếm từ"),
        (_other_form, r"cấu trúc khác \(vector\)"),
    ],
)
@pytest.mark.parametrize("mend", ["sync", "repair"])
def test_what_was_lost_is_told_and_made_again(
    folder: Path, spoil: Callable[[Path], None], told: str, mend: str
) -> None:
    make(folder, COURT, PROCURACY)
    before = rows(folder)
    spoil(folder)
    [problem, remedy] = find_problems(folder)
    assert re.search(told, problem)
    assert "verify --repair" in remedy
    if mend == "sync" and spoil is not _other_form:
        make(folder, COURT, PROCURACY)
    else:
        backing_up.repair(folder)
    assert find_problems(folder) == []
    assert rows(folder) == before
    assert found(folder, "giám đốc thẩm")[0] == "toa-an.txt"


def test_the_searchers_move_to_milvus_and_back(
    tmp_path: Path, server: MilvusServer, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "index"
    make(folder, COURT, PROCURACY)
    move(folder, Place(MILVUS, server.uri), embedder=HashEmbedder())
    make(folder, COURT, PROCURACY)
    assert not [*folder.glob("dense-*"), *folder.glob("lexical")]
    assert found(folder, "giám đốc thẩm")[0] == "toa-an.txt"
    collection = collection_of(folder)
    assert collection.exists()
    move(folder, IN_FOLDER, embedder=HashEmbedder())
    make(folder, COURT, PROCURACY)
    assert not collection.exists()
    assert not (folder / "milvus.sqlite3").exists()
    assert found(folder, "giám đốc thẩm")[0] == "toa-an.txt"
    assert find_problems(folder) == []


def test_a_move_to_another_server_takes_everything_along(folder: Path, tmp_path: Path) -> None:
    make(folder, COURT, PROCURACY)
    left = collection_of(folder)
    other = str(tmp_path / "other.db")
    move(folder, Place(MILVUS, other), embedder=HashEmbedder())
    make(folder, COURT, PROCURACY)
    assert read_manifest(folder).uri == other
    assert find_problems(folder) == []
    assert found(folder, "giám đốc thẩm")[0] == "toa-an.txt"
    assert not left.exists()


def test_a_rebuilt_and_a_restored_index_leave_no_collection_behind(
    folder: Path, tmp_path: Path
) -> None:
    make(folder, COURT, PROCURACY)
    first = collection_of(folder)
    rebuild(MemorySource([COURT, LAW]), folder, embedder=HashEmbedder())
    second = collection_of(folder)
    assert first.name != second.name
    assert not first.exists()
    assert found(folder, "tội phạm và hình phạt")[0] == "luat.txt"
    backing_up.back_up(folder, tmp_path / "copy")
    make(folder, COURT)
    backing_up.restore(tmp_path / "copy", folder)
    assert not second.exists()
    assert found(folder, "tội phạm và hình phạt")[0] == "luat.txt"
    assert find_problems(folder) == []


@pytest.fixture
def doomed(tmp_path: Path) -> Iterator[MilvusServer]:
    with MilvusServer(tmp_path / "data") as server:
        yield server


def test_a_server_that_goes_down_is_told_and_taken_up_again(
    tmp_path: Path, doomed: MilvusServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "index"
    move(folder, Place(MILVUS, doomed.uri), embedder=HashEmbedder())
    make(folder, COURT)
    retriever = Retriever(folder, HashEmbedder())
    doomed.kill()
    with monkeypatch.context() as patch:
        patch.setattr(milvus_collection, "_SEARCH_SECONDS", 1.0)
        with pytest.raises(DanChungError, match=r"Milvus không trả lời; hãy kiểm tra"):
            retriever.search(Query("giám đốc thẩm"))
        with pytest.raises(DanChungError, match=r"Milvus không trả lời"):
            make(folder, COURT, LAW)
    doomed.start()
    question = Query("giám đốc thẩm")
    assert [hit.passage.document for hit in retriever.search(question)] == ["toa-an.txt"]
    make(folder, COURT, LAW)
    assert found(folder, "tội phạm và hình phạt")[0] == "luat.txt"
    assert find_problems(folder) == []


def test_a_place_that_fails_is_not_moved_to(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make(folder, COURT)
    monkeypatch.setattr(milvus_collection, "_CONNECT_SECONDS", 0.5)
    monkeypatch.setenv("DANCHUNG_MILVUS_TOKEN", "root:sai")
    with refusing_server() as refusing, silent_server() as silent:
        for uri, told in (
            (refusing, "không nhận mã truy cập; hãy kiểm tra biến DANCHUNG_MILVUS_TOKEN"),
            (silent, "Milvus không trả lời"),
            ("http://127.0.0.1:9", "Milvus không trả lời"),
            ("/proc/khong/x.db", "không mở được tệp Milvus Lite"),
        ):
            with pytest.raises(DanChungError, match=told) as raised:
                move(folder, Place(MILVUS, uri), embedder=HashEmbedder())
            assert uri in str(raised.value)
            assert "\n" not in str(raised.value)
            assert "sai" not in str(raised.value)
    make(folder, COURT, LAW)
    assert found(folder, "tội phạm và hình phạt")[0] == "luat.txt"
    assert capsys.readouterr().err == ""


def test_a_collection_that_is_lost_while_it_is_asked_is_told(folder: Path) -> None:
    make(folder, COURT)
    retriever = Retriever(folder, HashEmbedder())
    _lose_collection(folder)
    with pytest.raises(DanChungError, match=r"không còn; hãy làm lại .* verify --repair"):
        retriever.search(Query("giám đốc thẩm"))


def test_lost_counts_are_told_when_the_index_is_opened(folder: Path) -> None:
    make(folder, COURT)
    _lose_counts(folder)
    with pytest.raises(IndexDamagedError, match="verify --repair"):
        Retriever(folder, HashEmbedder())
