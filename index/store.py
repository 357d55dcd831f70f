"""The truth: documents, passages and vectors in one SQLite file (WAL), as readers see it.

Rows carry the generation that added and the one that removed them, so that a reader of generation
g sees the same collection whatever a sync writes meanwhile: a row is visible at g when
``added <= g`` and it is not removed or ``removed > g``. Searchers are not known here.
`index.store_writing` writes.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from documents.document import Document
from index.database import Database
from index.query import Query
from index.records import (
    Abbreviation,
    DocumentInfo,
    Former,
    FormerPassage,
    Identity,
    Known,
    PastSync,
    StoredPassage,
    Vectors,
    day_of,
    source_key,
    stored_passage,
)
from index.schema import damaged

STORE_NAME = "store.sqlite3"
VECTORS_AT_ONCE = 10_000
_FILTERS = ("since", "until", "source", "kind", "paths")

_VISIBLE = "d.added <= :generation AND (d.removed IS NULL OR d.removed > :generation)"
VISIBLE_PASSAGE = "p.added <= :generation AND (p.removed IS NULL OR p.removed > :generation)"
_LISTED = "passage_id IN (SELECT value FROM json_each(:ids))"
PLACED = "FROM placements l JOIN documents d USING (document_id)"
_COLUMNS = (
    'l.passage_id, d.path, l.ordinal, l.start, l."end",'
    ' substr(d.text, l.start + 1, l."end" - l.start), d.title, d.source, d.published,'
    " (SELECT json_group_object(short, long) FROM abbreviations a"
    " WHERE a.document_id = d.document_id GROUP BY a.document_id)"
)
_LIVE_PLACEMENTS = f"SELECT l.passage_id, d.document_id {PLACED} WHERE d.removed IS NULL"


class Store:
    """One SQLite file; safe to use from several threads. Each method is one transaction.

    All raise `IndexDamagedError` when SQLite finds the file damaged.
    """

    def __init__(self, folder: Path, *, read_only: bool = True) -> None:
        """Open the store of an index folder."""
        self.path = folder / STORE_NAME
        self._database = Database(self.path, read_only=read_only)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def identity(self) -> Identity:
        """Return what the store says of itself."""
        [row] = self._rows("SELECT store_id, makers, published, root FROM identity")
        return Identity(*row)

    def known(self) -> dict[str, Known]:
        """Return by path what the documents that are not removed are known by."""
        rows = self._rows("SELECT path, fingerprint, marks FROM documents WHERE removed IS NULL")
        return {path: Known(fingerprint, marks) for path, fingerprint, marks in rows}

    def former(self, path: str) -> Former | None:
        """Return the version of a document that is not removed, or None."""
        rows = self._rows(
            "SELECT document_id, text FROM documents WHERE path = :path AND removed IS NULL",
            path=path,
        )
        if not rows:
            return None
        document_id, text = rows[0]
        passages = self._rows(
            'SELECT passage_id, l.start, l."end", p.embedded_hash, p.terms_hash FROM placements l'
            " JOIN passages p USING (passage_id) WHERE document_id = :document ORDER BY ordinal",
            document=document_id,
        )
        return Former(text, tuple(FormerPassage(*row) for row in passages))

    def past_syncs(self, most: int) -> list[PastSync]:
        """Return at most so many syncs of the history, the latest first."""
        rows = self._rows(
            "SELECT finished, generation, root, report FROM syncs"
            " ORDER BY sync_id DESC LIMIT :most",
            most=most,
        )
        return [
            PastSync(finished, generation, root, json.loads(report))
            for finished, generation, root, report in rows
        ]

    def newest_generation(self) -> int:
        """Return the last generation that any row was added or removed in; 0 when empty."""
        rows = self._rows(
            "SELECT max(coalesce((SELECT max(added) FROM documents), 0),"
            " coalesce((SELECT max(removed) FROM documents WHERE removed IS NOT NULL), 0))"
        )
        return int(rows[0][0] or 0)

    def passage_count(self, *, generation: int) -> int:
        """Return the number of passages visible at a generation."""
        rows = self._rows(
            f"SELECT count(*) FROM passages p WHERE {VISIBLE_PASSAGE}",  # noqa: S608
            generation=generation,
        )
        return int(rows[0][0])

    def documents(self, *, generation: int) -> list[DocumentInfo]:
        """Return the documents visible at a generation, ordered by path, without texts."""
        rows = self._rows(
            "SELECT d.path, d.title, d.source, d.published, count(l.passage_id)"  # noqa: S608
            " FROM documents d LEFT JOIN placements l USING (document_id)"
            f" WHERE {_VISIBLE} GROUP BY d.document_id ORDER BY d.path",
            generation=generation,
        )
        return [
            DocumentInfo(path, title, source, day_of(day), count)
            for path, title, source, day, count in rows
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
        path, text, title, source, day = rows[0]
        return Document(path, text, title, source, day_of(day))

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
            f"SELECT count(DISTINCT document_id) {PLACED} WHERE l.{_LISTED} AND {_VISIBLE}",
            ids=json.dumps(ids),
            generation=generation,
        )
        return int(rows[0][0])

    def visible(self, ids: Sequence[int], *, generation: int) -> set[int]:
        """Return the visible ones among some passages."""
        found = self._ids(
            f"SELECT passage_id FROM passages p WHERE {_LISTED} AND {VISIBLE_PASSAGE}",  # noqa: S608
            ids=json.dumps(ids),
            generation=generation,
        )
        return set(found.tolist())

    def passages(self, ids: Sequence[int], *, generation: int) -> dict[int, StoredPassage]:
        """Return the visible ones among some passages, by id."""
        rows = self._rows(
            f"SELECT {_COLUMNS} {PLACED} WHERE l.{_LISTED} AND {_VISIBLE}",
            ids=json.dumps(ids),
            generation=generation,
        )
        return {row[0]: stored_passage(row) for row in rows}

    def passages_after(self, passage_id: int, *, generation: int) -> Iterator[StoredPassage]:
        """Yield by id the visible passages with an id above the given one."""
        rows = self._database.each_row(
            f"SELECT {_COLUMNS} {PLACED} WHERE l.passage_id > :after AND {_VISIBLE}"
            " ORDER BY l.passage_id",
            after=passage_id,
            generation=generation,
        )
        yield from map(stored_passage, rows)

    def vectors_added(self, *, after: int, generation: int, dimension: int) -> Iterator[Vectors]:
        """Yield by id, some at a time, the vectors of visible passages added in (after, …]."""
        # All of them are read in their own order; by the index of generations they would be sorted.
        added = "p.added" if after else "+p.added"
        batch: list[tuple[int, bytes]] = []
        for row in self._database.each_row(
            "SELECT passage_id, vector FROM passages p"  # noqa: S608
            f" WHERE {added} > :after AND {VISIBLE_PASSAGE} ORDER BY passage_id",
            after=after,
            generation=generation,
        ):
            batch.append((row[0], row[1]))
            if len(batch) == VECTORS_AT_ONCE:
                yield self._as_vectors(batch, dimension)
                batch = []
        if batch:
            yield self._as_vectors(batch, dimension)

    def vectors(self, ids: Sequence[int], *, dimension: int) -> Vectors:
        """Return by id the vectors of those of some passages that are kept."""
        sql = f"SELECT passage_id, vector FROM passages WHERE {_LISTED} ORDER BY 1"  # noqa: S608
        return self._as_vectors(self._rows(sql, ids=json.dumps(ids)), dimension)

    def count_added(self, *, after: int, generation: int) -> int:
        """Return how many visible passages were added in (after, …]."""
        rows = self._rows(
            f"SELECT count(*) FROM passages p WHERE p.added > :after"  # noqa: S608
            f" AND {VISIBLE_PASSAGE}",
            after=after,
            generation=generation,
        )
        return int(rows[0][0])

    def ids_visible(self, *, generation: int) -> NDArray[np.int64]:
        """Return by id all passages visible at a generation."""
        return self._ids(
            f"SELECT passage_id FROM passages p WHERE {VISIBLE_PASSAGE} ORDER BY +passage_id",  # noqa: S608
            generation=generation,
        )

    def ids_removed(self, *, after: int, until: int) -> NDArray[np.int64]:
        """Return by id the passages removed in (after, until]."""
        return self._ids(
            "SELECT passage_id FROM passages WHERE removed > :after AND removed <= :until"
            " ORDER BY 1",
            after=after,
            until=until,
        )

    def ids_allowed(self, query: Query, *, generation: int) -> NDArray[np.int64]:
        """Return by id the visible passages that the query's filters allow."""
        wanted = {
            "d.published >= :since": query.since and query.since.isoformat(),
            "d.published <= :until": query.until and query.until.isoformat(),
            "d.source_key = :source": query.source and source_key(query.source),
            "lower(substr(d.path, -length(:kind))) = :kind": query.kind
            and f".{query.kind.lower()}",
            "d.path IN (SELECT value FROM json_each(:paths))": query.documents
            and json.dumps(query.documents),
        }
        conditions = [_VISIBLE, *(condition for condition, value in wanted.items() if value)]
        return self._ids(
            "SELECT l.passage_id FROM documents d CROSS JOIN placements l"  # noqa: S608
            " USING (document_id)"
            f" WHERE {' AND '.join(conditions)} ORDER BY 1",
            generation=generation,
            **dict(zip(_FILTERS, wanted.values(), strict=True)),
        )

    def problems(self) -> list[str]:
        """Return what is wrong inside the file, one line each; empty when it is sound."""
        found = [row[0] for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]
        found += [
            f"dòng {row[1]} của bảng {row[0]} không còn dòng nó trỏ tới"
            for row in self._rows("PRAGMA foreign_key_check")
        ]
        spans = self._rows(
            f'SELECT d.path, l.start, l."end" {PLACED}'
            ' WHERE l.start < 0 OR l."end" <= l.start OR l."end" > length(d.text)'
        )
        found += [f"{path}: đoạn {start}:{end} nằm ngoài văn bản" for path, start, end in spans]
        strays = self._rows(
            f"SELECT passage_id, count(d.document_id) FROM passages p LEFT JOIN"  # noqa: S608
            f" ({_LIVE_PLACEMENTS}) d USING (passage_id) GROUP BY passage_id, p.removed"
            " HAVING count(d.document_id) != (p.removed IS NULL)"
        )
        return found + [
            f"đoạn {passage} thuộc {count} tài liệu đang có" for passage, count in strays
        ]

    def _as_vectors(self, rows: Sequence[tuple[int, bytes]], dimension: int) -> Vectors:
        flat = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float16)
        if flat.size != len(rows) * dimension:
            raise damaged(self.path, f"{flat.size} số cho {len(rows)} đoạn × {dimension} chiều")
        ids = np.array([row[0] for row in rows], dtype=np.int64)
        return Vectors(ids, flat.astype(np.float32).reshape(len(ids), dimension))

    def _ids(self, sql: str, **values: object) -> NDArray[np.int64]:
        return np.array([row[0] for row in self._rows(sql, **values)], dtype=np.int64)

    def _rows(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        return self._database.rows(sql, **values)
