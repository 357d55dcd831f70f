import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from documents.document import Document, Passage
from index.errors import IndexDamagedError
from index.query import Query
from index.records import Abbreviation, NewDocument
from index.store import STORE_NAME, Store


def new(path: str, text: str, *, source: str = "", published: date | None = None) -> NewDocument:
    """Return a document of one passage with the vector (len(text), 1)."""
    document = Document(path, text, path, source, published)
    passage = Passage(path, 0, 0, len(text), text)
    return NewDocument(document, text, [passage], np.array([[len(text), 1]], np.float32))


def defining(path: str, **abbreviations: str) -> NewDocument:
    """Return a document that defines short forms."""
    return replace(new(path, path), abbreviations=abbreviations)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def paths(store: Store, generation: int) -> list[str]:
    return [info.path for info in store.documents(generation=generation)]


def test_a_document_comes_back_as_it_was_stored(store: Store) -> None:
    document = new("a.txt", "Điều 1. 🙂", source="kiemsat.vn", published=date(2020, 11, 26))
    store.add([document], generation=1)
    assert store.document("a.txt", generation=1) == document.document
    assert store.passages([1], generation=1)[1].passage == document.passages[0]


def test_readers_of_the_old_generation_see_the_old_document(store: Store) -> None:
    store.add([new("a.txt", "cũ")], generation=1)
    store.add([new("a.txt", "mới hơn")], generation=2)
    old, fresh = (store.document("a.txt", generation=g) for g in (1, 2))
    assert old is not None
    assert fresh is not None
    assert (old.text, fresh.text) == ("cũ", "mới hơn")


def test_a_removed_document_is_gone_only_in_later_generations(store: Store) -> None:
    store.add([new("a.txt", "một"), new("b.txt", "hai")], generation=1)
    assert store.remove(["a.txt"], generation=2) == 1
    assert (paths(store, 1), paths(store, 2)) == (["a.txt", "b.txt"], ["b.txt"])


def test_what_is_not_published_is_seen_by_nobody(store: Store) -> None:
    store.add([new("a.txt", "một")], generation=2)
    assert paths(store, 1) == []
    store.add([new("a.txt", "khác")], generation=2)
    assert [info.passages for info in store.documents(generation=2)] == [1]


def test_purging_keeps_what_the_previous_generation_needs(store: Store) -> None:
    store.add([new("a.txt", "một")], generation=1)
    store.add([new("a.txt", "hai")], generation=2)
    store.purge(before=2)
    assert paths(store, 1) == ["a.txt"]
    store.purge(before=3)
    assert paths(store, 1) == []


def test_passages_carry_what_their_document_defines(store: Store) -> None:
    store.add(
        [defining("a.txt", BQT="ban quản trị", CC="cây cảnh"), new("b.txt", "BQT")], generation=1
    )
    defined = [stored.abbreviations for stored in store.passages_after(0, generation=1)]
    assert defined == [{"BQT": "ban quản trị", "CC": "cây cảnh"}, {}]
    assert store.passages([1], generation=1)[1].abbreviations == defined[0]


def test_meanings_are_counted_by_document_the_most_frequent_first(store: Store) -> None:
    store.add([defining("a.txt", BQT="bệnh quai thũng", CC="cây cảnh")], generation=1)
    store.add([defining(f"{n}.txt", BQT="ban quản trị") for n in range(2)], generation=1)
    assert store.abbreviations(["bqt"], generation=1) == [
        Abbreviation("BQT", "ban quản trị", 2),
        Abbreviation("BQT", "bệnh quai thũng", 1),
    ]
    assert store.abbreviations([], generation=1) == []


def test_definitions_come_and_go_with_their_document(store: Store) -> None:
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
    store.purge(before=3)
    assert store.abbreviations(["bqt"], generation=1) == []
    store.purge(before=4)
    with closing(sqlite3.connect(store.path)) as database:
        assert database.execute("SELECT count(*) FROM abbreviations").fetchone() == (0,)


def test_documents_are_counted_once_each(store: Store) -> None:
    two = [Passage("a.txt", place, place, place + 1, "a") for place in range(2)]
    long = replace(new("a.txt", "aa"), passages=two, vectors=np.zeros((2, 2), np.float32))
    store.add([long, new("b.txt", "b")], generation=1)
    store.remove(["b.txt"], generation=2)
    assert store.document_count([1, 2, 3, 7], generation=1) == 2
    assert store.document_count([1, 2, 3], generation=2) == 1
    assert store.document_count([], generation=1) == 0


def test_passage_ids_are_never_used_twice(store: Store) -> None:
    store.add([new("a.txt", "một")], generation=1)
    store.remove(["a.txt"], generation=2)
    store.purge(before=3)
    store.add([new("b.txt", "hai")], generation=3)
    assert store.newest_passage(generation=3) == 2


def test_vectors_come_back_for_the_passages_asked_for(store: Store) -> None:
    store.add([new("a.txt", "một"), new("b.txt", "hai hai")], generation=1)
    vectors = store.vectors_after(1, generation=1, dimension=2)
    assert vectors.ids.tolist() == [2]
    assert vectors.rows.tolist() == [[7.0, 1.0]]


def test_a_wrong_dimension_is_damage_not_garbage(store: Store) -> None:
    store.add([new("a.txt", "một")], generation=1)
    with pytest.raises(IndexDamagedError, match="3 chiều"):
        store.vectors_after(0, generation=1, dimension=3)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query("", since=date(2020, 11, 26)), [1, 2]),
        (Query("", since=date(2020, 11, 27)), [2]),
        (Query("", until=date(2020, 11, 26)), [1]),
        (Query("", source="KIEMSAT.VN"), [1]),
        (Query("", source="Kiểm sát"), [2]),
        (Query("", since=date(2020, 11, 27), source="kiemsat.vn"), []),
    ],
)
def test_filters_are_exact(store: Store, query: Query, expected: list[int]) -> None:
    store.add(
        [
            new("a.txt", "a", source="kiemsat.vn", published=date(2020, 11, 26)),
            new("b.txt", "b", source="kiểm sát", published=date(2020, 11, 30)),
            new("c.txt", "c"),
        ],
        generation=1,
    )
    assert store.ids_allowed(query, generation=1).tolist() == expected


def test_a_file_that_is_no_database_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / STORE_NAME).write_bytes(b"not a database at all" * 100)
    with pytest.raises(IndexDamagedError, match=r"store\.sqlite3.*--rebuild"):
        Store(tmp_path)


def test_a_batch_that_fails_leaves_nothing_behind(store: Store) -> None:
    broken = NewDocument(
        Document("b.txt", "b", "b"),
        "b",
        [Passage("b.txt", 0, 0, 1, "b")],
        np.zeros((2, 2), np.float32),
    )
    with pytest.raises(ValueError, match="zip"):
        store.add([new("a.txt", "một"), broken], generation=1)
    assert store.fingerprints() == {}
