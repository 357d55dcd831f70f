"""The truth: documents, passages and vectors in one SQLite file (WAL).

Rows carry the generation that added and the one that removed them, so that a reader of generation
g sees the same collection whatever a sync writes meanwhile: a row is visible at g when
``added <= g`` and it is not removed or ``removed > g``. Searchers are not known here.
"""

import json
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from documents.document import Document
from index.abbreviations import form_key
from index.query import Query
from index.records import (
    Abbreviation,
    Identity,
    NewDocument,
    StoredPassage,
    Vectors,
    day_of,
    source_key,
    stored_passage,
)
from index.schema import damaged, open_database, store_error

STORE_NAME = "store.sqlite3"

_VISIBLE = "d.added <= :generation AND (d.removed IS NULL OR d.removed > :generation)"
_JOINED = "FROM passages p JOIN documents d USING (document_id)"
_COLUMNS = (
    'p.passage_id, d.path, p.ordinal, p.start, p."end",'
    ' substr(d.text, p.start + 1, p."end" - p.start), d.title, d.source, d.published,'
    " (SELECT json_group_object(short, long) FROM abbreviations a"
    " WHERE a.document_id = d.document_id GROUP BY a.document_id)"
)


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document of the index without its text."""

    path: str
    title: str
    source: str
    published: date | None
    passages: int


class Store:
    """One SQLite file; safe to use from several threads. Each method is one transaction.

    Every method raises `IndexDamagedError` when SQLite finds the file damaged.
    """

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        """Open the store of an index folder, making it unless ``read_only``."""
        self.path = folder / STORE_NAME
        self._lock = threading.RLock()
        self._connection = open_database(self.path, read_only=read_only)
        if not read_only:
            self._name_itself()

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    def identity(self) -> Identity:
        """Return what the store says of itself."""
        [row] = self._rows("SELECT store_id, makers, published FROM identity")
        return Identity(*row)

    def set_makers(self, makers: str) -> None:
        """Keep what the vectors are made with, before there is a manifest."""
        with self._transaction():
            self._connection.execute("UPDATE identity SET makers = ?", (makers,))

    def set_published(self, generation: int) -> None:
        """Keep which generation the manifest is about to publish."""
        with self._transaction():
            self._connection.execute("UPDATE identity SET published = ?", (generation,))

    def add(self, documents: Sequence[NewDocument], *, generation: int) -> int:
        """Store documents, replacing those of equal path; return how many passages went."""
        with self._transaction():
            removed = self._remove([new.document.path for new in documents], generation)
            for new in documents:
                self._insert(new, generation)
        return removed

    def remove(self, paths: Sequence[str], *, generation: int) -> int:
        """Remove documents from a generation on; return how many passages went."""
        with self._transaction():
            return self._remove(paths, generation)

    def purge(self, *, before: int) -> None:
        """Delete the rows that were removed in generations below ``before``."""
        with self._transaction():
            self._connection.execute("DELETE FROM documents WHERE removed < ?", (before,))

    def fingerprints(self) -> dict[str, str]:
        """Return path → fingerprint of the documents that are not removed."""
        return dict(self._rows("SELECT path, fingerprint FROM documents WHERE removed IS NULL"))

    def newest_passage(self, *, generation: int) -> int:
        """Return the highest id among the visible passages; 0 when there are none."""
        rows = self._rows(
            f"SELECT max(p.passage_id) {_JOINED} WHERE {_VISIBLE}", generation=generation
        )
        return int(rows[0][0] or 0)

    def newest_generation(self) -> int:
        """Return the last generation that any row was added or removed in; 0 when empty."""
        rows = self._rows("SELECT max(max(added), max(coalesce(removed, 0))) FROM documents")
        return int(rows[0][0] or 0)

    def passage_count(self, *, generation: int) -> int:
        """Return the number of passages visible at a generation."""
        rows = self._rows(f"SELECT count(*) {_JOINED} WHERE {_VISIBLE}", generation=generation)
        return int(rows[0][0])

    def documents(self, *, generation: int) -> list[DocumentInfo]:
        """Return the documents visible at a generation, ordered by path, without texts."""
        rows = self._rows(
            "SELECT d.path, d.title, d.source, d.published, count(p.passage_id)"  # noqa: S608
            " FROM documents d LEFT JOIN passages p USING (document_id)"
            f" WHERE {_VISIBLE} GROUP BY d.document_id ORDER BY d.path",
            generation=generation,
        )
        return [
            DocumentInfo(path, title, source, day_of(published), count)
            for path, title, source, published, count in rows
        ]

    def document(self, path: str, *, generation: int) -> Document | None:
        """Return one visible document with its text, or None."""
        rows = self._rows(
            "SELECT d.path, d.text, d.title, d.source, d.published FROM documents d"  # noqa: S608
            f" WHERE d.path = :path AND {_VISIBLE}",
            path=path,
            generation=generation,
        )
        if not rows:
            return None
        path, text, title, source, published = rows[0]
        return Document(path, text, title, source, day_of(published))

    def abbreviations(self, keys: Collection[str], *, generation: int) -> list[Abbreviation]:
        """Return what the visible documents define short forms as.

        Ordered by short form, then by falling number of documents, then by long form.

        Parameters
        ----------
        keys
            As `index.abbreviations.form_key` makes them.
        """
        rows = self._rows(
            "SELECT a.short, a.long, count(*) FROM abbreviations a"  # noqa: S608
            " JOIN documents d USING (document_id)"
            f" WHERE a.key IN (SELECT value FROM json_each(:keys)) AND {_VISIBLE}"
            " GROUP BY a.short, a.long ORDER BY a.short, 3 DESC, a.long",
            keys=json.dumps(sorted(keys)),
            generation=generation,
        )
        return [Abbreviation(*row) for row in rows]

    def document_count(self, ids: Sequence[int], *, generation: int) -> int:
        """Return how many visible documents some passages are of."""
        rows = self._rows(
            f"SELECT count(DISTINCT document_id) {_JOINED}"  # noqa: S608
            f" WHERE p.passage_id IN (SELECT value FROM json_each(:ids)) AND {_VISIBLE}",
            ids=json.dumps(ids),
            generation=generation,
        )
        return int(rows[0][0])

    def visible(self, ids: Sequence[int], *, generation: int) -> set[int]:
        """Return the visible ones among some passages."""
        listed = ",".join(str(int(passage_id)) for passage_id in ids)
        rows = self._rows(
            f"SELECT p.passage_id {_JOINED} WHERE p.passage_id IN ({listed}) AND {_VISIBLE}",
            generation=generation,
        )
        return {row[0] for row in rows}

    def passages(self, ids: Sequence[int], *, generation: int) -> dict[int, StoredPassage]:
        """Return the visible ones among some passages, by id."""
        listed = ",".join(str(int(passage_id)) for passage_id in ids)
        rows = self._rows(
            f"SELECT {_COLUMNS} {_JOINED} WHERE p.passage_id IN ({listed}) AND {_VISIBLE}",
            generation=generation,
        )
        return {row[0]: stored_passage(row) for row in rows}

    def passages_after(self, passage_id: int, *, generation: int) -> Iterator[StoredPassage]:
        """Yield by id the visible passages with an id above the given one."""
        with self._guarded():
            cursor = self._connection.execute(
                f"SELECT {_COLUMNS} {_JOINED} WHERE p.passage_id > :after AND {_VISIBLE}"
                " ORDER BY p.passage_id",
                {"after": passage_id, "generation": generation},
            )
            for row in cursor:
                yield stored_passage(row)

    def vectors_after(self, passage_id: int, *, generation: int, dimension: int) -> Vectors:
        """Return by id the vectors of the passages that `passages_after` yields."""
        rows = self._rows(
            f"SELECT p.passage_id, p.vector {_JOINED} WHERE p.passage_id > :after AND {_VISIBLE}"
            " ORDER BY p.passage_id",
            after=passage_id,
            generation=generation,
        )
        flat = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float16)
        ids = np.array([row[0] for row in rows], dtype=np.int64)
        if flat.size != len(ids) * dimension:
            raise damaged(self.path, f"{flat.size} số cho {len(ids)} đoạn × {dimension} chiều")
        return Vectors(ids, flat.astype(np.float32).reshape(len(ids), dimension))

    def ids_removed(self, *, after: int, until: int) -> NDArray[np.int64]:
        """Return by id the passages whose documents were removed in (after, until]."""
        rows = self._rows(
            f"SELECT p.passage_id {_JOINED} WHERE d.removed > :after AND d.removed <= :until"
            " ORDER BY p.passage_id",
            after=after,
            until=until,
        )
        return np.array([row[0] for row in rows], dtype=np.int64)

    def ids_allowed(self, query: Query, *, generation: int) -> NDArray[np.int64]:
        """Return by id the visible passages that the query's dates and source allow."""
        wanted = {
            "d.published >= :since": query.since and query.since.isoformat(),
            "d.published <= :until": query.until and query.until.isoformat(),
            "d.source_key = :source": query.source and source_key(query.source),
        }
        conditions = [_VISIBLE, *(condition for condition, value in wanted.items() if value)]
        values = dict(zip(("since", "until", "source"), wanted.values(), strict=True))
        rows = self._rows(
            f"SELECT p.passage_id {_JOINED} WHERE {' AND '.join(conditions)} ORDER BY 1",
            generation=generation,
            **values,
        )
        return np.array([row[0] for row in rows], dtype=np.int64)

    def problems(self) -> list[str]:
        """Return what is wrong inside the file, one line each; empty when it is sound."""
        found = [row[0] for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]
        rows = self._rows(
            f'SELECT d.path, p.start, p."end" {_JOINED}'
            ' WHERE p.start < 0 OR p."end" <= p.start OR p."end" > length(d.text)'
        )
        return found + [
            f"{path}: đoạn {start}:{end} nằm ngoài văn bản" for path, start, end in rows
        ]

    def _name_itself(self) -> None:
        with self._transaction():
            self._connection.execute(
                "INSERT INTO identity SELECT ?, '', 0 WHERE NOT EXISTS (SELECT 1 FROM identity)",
                (uuid4().hex,),
            )

    def _insert(self, new: NewDocument, generation: int) -> None:
        document = new.document
        published = document.published and document.published.isoformat()
        cursor = self._connection.execute(
            "INSERT INTO documents (path, fingerprint, title, source, source_key, published, text,"
            " added) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.path,
                new.fingerprint,
                document.title,
                document.source,
                source_key(document.source),
                published,
                document.text,
                generation,
            ),
        )
        vectors = new.vectors.astype(np.float16)
        self._connection.executemany(
            'INSERT INTO passages (document_id, ordinal, start, "end", vector)'
            " VALUES (?, ?, ?, ?, ?)",
            [
                (cursor.lastrowid, passage.ordinal, passage.start, passage.end, vector.tobytes())
                for passage, vector in zip(new.passages, vectors, strict=True)
            ],
        )
        self._connection.executemany(
            "INSERT INTO abbreviations (document_id, short, key, long) VALUES (?, ?, ?, ?)",
            [
                (cursor.lastrowid, short, form_key(short), long)
                for short, long in new.abbreviations.items()
            ],
        )

    def _remove(self, paths: Sequence[str], generation: int) -> int:
        """Mark live documents as removed; one added in the same generation is visible nowhere."""
        passages = 0
        for path in paths:
            values = {"path": path, "generation": generation}
            passages += self._connection.execute(
                f"SELECT count(*) {_JOINED} WHERE d.path = :path AND d.removed IS NULL", values
            ).fetchone()[0]
            self._connection.execute(
                "UPDATE documents SET removed = :generation WHERE path = :path AND removed IS NULL",
                values,
            )
        return passages

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.DatabaseError as error:
                raise store_error(self.path, error) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._guarded():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _rows(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        with self._guarded():
            return self._connection.execute(sql, values).fetchall()
