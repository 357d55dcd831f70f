import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from documents.document import Document, Passage
from documents.errors import DanChungError
from index import store_writing
from index.errors import IndexDamagedError
from index.query import Query
from index.records import (
    Abbreviation,
    Added,
    Former,
    FormerPassage,
    Known,
    NewDocument,
    NewPassage,
    PastSync,
)
from index.store import STORE_NAME, Store
from index.store_writing import StoreWriter


def new(path: str, text: str, *, source: str = "", published: date | None = None) -> NewDocument:
    """Return a document of one passage with the vector (len(text), 1)."""
    document = Document(path, text, path, source, published)
    return NewDocument(document, text, [passage(0, len(text))])


def passage(start: int, end: int, *, kept: int = 0, like: int = 0) -> NewPassage:
    """Return a passage; a new one has the vector (its length, 1)."""
    vector = None if kept or like else np.array([end - start, 1], np.float32)
    return NewPassage(start, end, b"embedded", b"terms", kept=kept, like=like, vector=vector)


def defining(path: str, **abbreviations: str) -> NewDocument:
    """Return a document that defines short forms."""
    return replace(new(path, path), abbreviations=abbreviations)


@pytest.fixture
def store(tmp_path: Path) -> StoreWriter:
    return StoreWriter(tmp_path)


def paths(store: StoreWriter, generation: int) -> list[str]:
    return [info.path for info in store.documents(generation=generation)]


def test_a_document_comes_back_as_it_was_stored(store: StoreWriter) -> None:
    document = new("a.txt", "Điều 1. 🙂", source="kiemsat.vn", published=date(2020, 11, 26))
    store.add([document], generation=1)
    assert store.document("a.txt", generation=1) == document.document
    assert store.passages([1], generation=1)[1].passage == Passage("a.txt", 0, 0, 9, "Điều 1. 🙂")


def test_readers_of_the_old_generation_see_the_old_document(store: StoreWriter) -> None:
    store.add([new("a.txt", "cũ")], generation=1)
    store.add([new("a.txt", "mới hơn")], generation=2)
    old, fresh = (store.document("a.txt", generation=g) for g in (1, 2))
    assert old is not None
    assert fresh is not None
    assert (old.text, fresh.text) == ("cũ", "mới hơn")


def test_a_removed_document_is_gone_only_in_later_generations(store: StoreWriter) -> None:
    store.add([new("a.txt", "một"), new("b.txt", "hai")], generation=1)
    assert store.remove(["a.txt"], generation=2) == 1
    assert (paths(store, 1), paths(store, 2)) == (["a.txt", "b.txt"], ["b.txt"])


def test_what_is_not_published_is_seen_by_nobody(store: StoreWriter) -> None:
    store.add([new("a.txt", "một")], generation=2)
    assert paths(store, 1) == []
    store.add([new("a.txt", "khác")], generation=2)
    assert [info.passages for info in store.documents(generation=2)] == [1]


def test_purging_keeps_what_the_previous_generation_needs(store: StoreWriter) -> None:
    store.add([new("a.txt", "một")], generation=1)
    store.add([new("a.txt", "hai")], generation=2)
    store.purge(documents_before=2, passages_before=2)
    assert paths(store, 1) == ["a.txt"]
    store.purge(documents_before=3, passages_before=3)
    assert paths(store, 1) == []


def test_passages_carry_what_their_document_defines(store: StoreWriter) -> None:
    store.add(
        [defining("a.txt", BQT="ban quản trị", CC="cây cảnh"), new("b.txt", "BQT")], generation=1
    )
    defined = [stored.abbreviations for stored in store.passages_after(0, generation=1)]
    assert defined == [{"BQT": "ban quản trị", "CC": "cây cảnh"}, {}]
    assert store.passages([1], generation=1)[1].abbreviations == defined[0]


def test_meanings_are_counted_by_document_the_most_frequent_first(store: StoreWriter) -> None:
    store.add([defining("a.txt", BQT="bệnh quai thũng", CC="cây cảnh")], generation=1)
    store.add([defining(f"{n}.txt", BQT="ban quản trị") for n in range(2)], generation=1)
    assert store.abbreviations(["bqt"], generation=1) == [
        Abbreviation("BQT", "ban quản trị", 2),
        Abbreviation("BQT", "bệnh quai thũng", 1),
    ]
    assert store.abbreviations([], generation=1) == []


def test_definitions_come_and_go_with_their_document(store: StoreWriter) -> None:
    store.add([defining("a.txt", BQT="ban quản trị")], generation=1)
    store.add([defining("a.txt", BQT="bệnh quai thũng")], generation=2)
    store.remove(["a.txt"], generation=3)
    found = [store.abbreviations(["bqt"], generation=g) for g in range(4)]
    assert [[each.long for each in one] for one in found] == [
        [],
        ["ban quản trị"],
        ["bệnh quai thũng"],
        [],
    ]
    store.purge(documents_before=3, passages_before=3)
    assert store.abbreviations(["bqt"], generation=1) == []
    store.purge(documents_before=4, passages_before=4)
    with closing(sqlite3.connect(store.path)) as database:
        assert database.execute("SELECT count(*) FROM abbreviations").fetchone() == (0,)


def test_documents_are_counted_once_each(store: StoreWriter) -> None:
    long = replace(new("a.txt", "aa"), passages=[passage(0, 1), passage(1, 2)])
    store.add([long, new("b.txt", "b")], generation=1)
    store.remove(["b.txt"], generation=2)
    assert store.document_count([1, 2, 3, 7], generation=1) == 2
    assert store.document_count([1, 2, 3], generation=2) == 1
    assert store.document_count([], generation=1) == 0


def test_passage_ids_are_never_used_twice(store: StoreWriter) -> None:
    store.add([new("a.txt", "một")], generation=1)
    store.remove(["a.txt"], generation=2)
    store.purge(documents_before=3, passages_before=3)
    assert store.add([new("b.txt", "hai")], generation=3).ids == (2,)


def test_a_kept_passage_is_seen_where_each_generation_has_it(store: StoreWriter) -> None:
    store.add(
        [replace(new("a.txt", "mộthai"), passages=[passage(0, 3), passage(3, 6)])], generation=1
    )
    edited = replace(new("a.txt", "một và hai"), passages=[passage(0, 7), passage(7, 10, kept=2)])
    assert store.add([edited], generation=2) == Added(ids=(3,), passages_removed=1)
    assert [store.passages([1, 2, 3], generation=1)[key].passage.start for key in (1, 2)] == [0, 3]
    fresh = store.passages([1, 2, 3], generation=2)
    assert [(key, one.passage.ordinal, one.passage.text) for key, one in sorted(fresh.items())] == [
        (2, 1, "hai"),
        (3, 0, "một và "),
    ]
    assert store.ids_removed(after=1, until=2).tolist() == [1]
    assert [store.ids_visible(generation=g).tolist() for g in (1, 2)] == [[1, 2], [2, 3]]
    assert store.problems() == []


def test_a_moved_document_takes_its_passages_along(store: StoreWriter) -> None:
    store.add([new("a.txt", "một")], generation=1)
    moved = replace(new("b.txt", "một"), passages=[passage(0, 3, kept=1)], replaces="a.txt")
    assert store.add([moved], generation=2) == Added(ids=(), passages_removed=0)
    assert (paths(store, 1), paths(store, 2)) == (["a.txt"], ["b.txt"])
    assert store.passages([1], generation=2)[1].passage.document == "b.txt"


def test_a_passage_like_another_has_its_vector(store: StoreWriter) -> None:
    store.add([new("a.txt", "một")], generation=1)
    store.add([replace(new("a.txt", "một"), passages=[passage(0, 3, like=1)])], generation=2)
    [vectors] = store.vectors_added(after=1, generation=2, dimension=2)
    assert (vectors.ids.tolist(), vectors.rows.tolist()) == ([2], [[3.0, 1.0]])


def test_what_a_version_was_made_from_comes_back(store: StoreWriter) -> None:
    store.add([new("a.txt", "một")], generation=1)
    former = store.former("a.txt")
    assert former == Former("một", (FormerPassage(1, 0, 3, b"embedded", b"terms"),))
    assert store.former("b.txt") is None


def test_marks_are_kept_beside_the_fingerprint(store: StoreWriter) -> None:
    store.add([replace(new("a.txt", "một"), marks="3:1"), new("b.txt", "hai")], generation=1)
    store.set_marks({"a.txt": "3:2"})
    assert store.known() == {"a.txt": Known("một", "3:2"), "b.txt": Known("hai", "")}


def test_the_history_keeps_the_latest_syncs(
    store: StoreWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_writing, "MOST_PAST_SYNCS", 2)
    for generation in range(4):
        store.record(PastSync("2024-01-01", generation, "/bài", {"seconds": generation}))
    assert [past.generation for past in store.past_syncs(9)] == [3, 2]
    assert [past.report for past in store.past_syncs(1)] == [{"seconds": 3}]
    assert store.identity().root == "/bài"


def test_vectors_come_back_for_the_passages_added_since(store: StoreWriter) -> None:
    store.add([new("a.txt", "một")], generation=1)
    store.add([new("b.txt", "hai hai")], generation=2)
    [vectors] = store.vectors_added(after=1, generation=2, dimension=2)
    assert vectors.ids.tolist() == [2]
    assert vectors.rows.tolist() == [[7.0, 1.0]]
    assert (store.count_added(after=0, generation=2), store.count_added(after=1, generation=2)) == (
        2,
        1,
    )


def test_vectors_come_some_at_a_time(store: StoreWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.store.VECTORS_AT_ONCE", 2)
    store.add([new(f"{n}.txt", "một") for n in range(5)], generation=1)
    batches = store.vectors_added(after=0, generation=1, dimension=2)
    assert [batch.ids.tolist() for batch in batches] == [[1, 2], [3, 4], [5]]


def test_a_wrong_dimension_is_damage_not_garbage(store: StoreWriter) -> None:
    store.add([new("a.txt", "một")], generation=1)
    with pytest.raises(IndexDamagedError, match="3 chiều"):
        list(store.vectors_added(after=0, generation=1, dimension=3))


def test_a_passage_that_no_document_has_is_a_problem(store: StoreWriter) -> None:
    store.add([new("a.txt", "một")], generation=1)
    with closing(sqlite3.connect(store.path)) as database:
        database.execute("UPDATE passages SET removed = 1")
        database.commit()
    assert store.problems() == ["đoạn 1 thuộc 1 tài liệu đang có"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query("", since=date(2020, 11, 26)), [1, 2]),
        (Query("", since=date(2020, 11, 27)), [2]),
        (Query("", until=date(2020, 11, 26)), [1]),
        (Query("", source="KIEMSAT.VN"), [1]),
        (Query("", source="Kiểm sát"), [2]),
        (Query("", since=date(2020, 11, 27), source="kiemsat.vn"), []),
        (Query("", kind="pdf"), [3]),
        (Query("", kind="*"), []),
        (Query("", documents=("b.txt", "c.PDF", "d.txt")), [2, 3]),
    ],
)
def test_filters_are_exact(store: StoreWriter, query: Query, expected: list[int]) -> None:
    store.add(
        [
            new("a.txt", "a", source="kiemsat.vn", published=date(2020, 11, 26)),
            new("b.txt", "b", source="kiểm sát", published=date(2020, 11, 30)),
            new("c.PDF", "c"),
        ],
        generation=1,
    )
    assert store.ids_allowed(query, generation=1).tolist() == expected


def test_a_file_that_is_no_database_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / STORE_NAME).write_bytes(b"not a database at all" * 100)
    with pytest.raises(IndexDamagedError, match=r"store\.sqlite3.*--rebuild"):
        Store(tmp_path)


def test_a_batch_that_fails_leaves_nothing_behind(store: StoreWriter) -> None:
    broken = new("b.txt", "b")
    broken = replace(broken, passages=[passage(0, 1), passage(0, 1, kept=7)])
    with pytest.raises(DanChungError, match="FOREIGN KEY"):
        store.add([new("a.txt", "một"), broken], generation=1)
    assert store.known() == {}
