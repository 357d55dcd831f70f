"""A store of an older version is brought to the newest."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexDamagedError
from index.schema import SCHEMA_VERSION, TABLES
from index.store import STORE_NAME, Store
from index.store_writing import StoreWriter

_VERSION_2 = """
CREATE TABLE identity (store_id TEXT NOT NULL, makers TEXT NOT NULL, published INTEGER NOT NULL);
CREATE TABLE documents (
    document_id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, fingerprint TEXT NOT NULL,
    title TEXT NOT NULL, source TEXT NOT NULL, source_key TEXT NOT NULL, published TEXT,
    added INTEGER NOT NULL, removed INTEGER, text TEXT NOT NULL
);
CREATE UNIQUE INDEX live_documents ON documents (path) WHERE removed IS NULL;
CREATE INDEX removed_documents ON documents (removed) WHERE removed IS NOT NULL;
CREATE INDEX added_documents ON documents (added);
CREATE TABLE passages (
    passage_id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX passages_of_document ON passages (document_id);
CREATE TABLE abbreviations (
    document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, short TEXT NOT NULL,
    key TEXT NOT NULL, long TEXT NOT NULL, PRIMARY KEY (document_id, short)
) WITHOUT ROWID;
CREATE INDEX abbreviations_by_key ON abbreviations (key);
INSERT INTO identity VALUES ('abc', '', 4);
INSERT INTO documents VALUES (1, 'a.txt', 'f1', 'A', '', '', NULL, 1, 3, 'cũ');
INSERT INTO documents VALUES (2, 'a.txt', 'f2', 'A', '', '', '2024-01-02', 3, NULL, 'một hai');
INSERT INTO abbreviations VALUES (2, 'BQT', 'bqt', 'ban quản trị');
PRAGMA user_version = 2;
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    vector = np.array([1, 2], np.float16).tobytes()
    with closing(sqlite3.connect(tmp_path / STORE_NAME)) as database:
        database.executescript(_VERSION_2)
        database.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)",
            [(1, 1, 0, 0, 2, vector), (5, 2, 0, 0, 4, vector), (6, 2, 1, 4, 7, vector)],
        )
        database.commit()
    return tmp_path


def test_nothing_of_an_older_store_is_lost(old: Path) -> None:
    store = StoreWriter(old)
    assert (store.identity().store_id, store.identity().published) == ("abc", 4)
    assert {path: known.fingerprint for path, known in store.known().items()} == {"a.txt": "f2"}
    passages = store.passages([1, 5, 6], generation=4)
    assert {key: one.passage.text for key, one in passages.items()} == {5: "một ", 6: "hai"}
    assert passages[5].abbreviations == {"BQT": "ban quản trị"}
    assert store.passages([1], generation=2)[1].passage.text == "cũ"
    assert store.ids_removed(after=2, until=3).tolist() == [1]
    [vectors] = store.vectors_added(after=0, generation=4, dimension=2)
    assert vectors.ids.tolist() == [5, 6]
    assert store.problems() == []


def test_ids_go_on_counting_where_they_were(old: Path) -> None:
    with closing(sqlite3.connect(old / STORE_NAME)) as database:
        database.execute("UPDATE sqlite_sequence SET seq = 100 WHERE name = 'passages'")
        database.commit()
    StoreWriter(old).close()
    with closing(sqlite3.connect(old / STORE_NAME)) as database:
        counters = dict(database.execute("SELECT name, seq FROM sqlite_sequence"))
    assert counters == {"documents": 2, "passages": 100}


def test_it_then_has_the_tables_of_a_new_one(old: Path, tmp_path: Path) -> None:
    StoreWriter(old).close()
    with (
        closing(sqlite3.connect(old / STORE_NAME)) as migrated,
        closing(sqlite3.connect(":memory:")) as new,
    ):
        new.executescript(TABLES)
        assert _columns(migrated) == _columns(new)
        assert migrated.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def _columns(database: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return {
        name: database.execute(f"PRAGMA table_xinfo({name})").fetchall()
        + database.execute(f"PRAGMA index_xinfo({name})").fetchall()
        for (name,) in names
    }


def test_a_reader_says_how_to_bring_it_up_to_date(old: Path) -> None:
    with pytest.raises(IndexDamagedError, match=r"phiên bản cũ 2.*python -m index sync"):
        Store(old)


def test_a_version_there_is_no_way_from_is_refused(old: Path) -> None:
    with closing(sqlite3.connect(old / STORE_NAME)) as database:
        database.execute("PRAGMA user_version = 1")
    with pytest.raises(IndexDamagedError, match=r"phiên bản 1.*--rebuild"):
        StoreWriter(old)
