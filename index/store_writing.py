"""Write the store: documents and their passages, generation by generation (see `index.store`)."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import uuid4

import numpy as np

from index.abbreviations import form_key
from index.records import Added, NewDocument, NewPassage, PastSync, source_key
from index.store import Store

MOST_PAST_SYNCS = 1000


class StoreWriter(Store):
    """A store that can be written to; one at a time, under `index.locking.writing`."""

    def __init__(self, folder: Path) -> None:
        """Open the store of an index folder, making it when there is none."""
        super().__init__(folder, read_only=False)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO identity SELECT ?, '', 0, ''"
                " WHERE NOT EXISTS (SELECT 1 FROM identity)",
                (uuid4().hex,),
            )

    def rename(self) -> None:
        """Give the store another id."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE identity SET store_id = ?", (uuid4().hex,))

    def set_makers(self, makers: str) -> None:
        """Keep what the vectors are made with, before there is a manifest."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE identity SET makers = ?", (makers,))

    def set_published(self, generation: int) -> None:
        """Keep which generation the manifest is about to publish."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE identity SET published = ?", (generation,))

    def set_marks(self, marks: Mapping[str, str]) -> None:
        """Keep new marks, by path, of documents whose content is the same."""
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE documents SET marks = ? WHERE path = ? AND removed IS NULL",
                [(mark, path) for path, mark in marks.items()],
            )

    def add(self, documents: Sequence[NewDocument], *, generation: int) -> Added:
        """Store documents in place of those they replace, with the passages that they keep."""
        ids: list[int] = []
        removed = 0
        with self._database.transaction() as connection:
            for new in documents:
                kept = [passage.kept for passage in new.passages if passage.kept]
                replaced = dict.fromkeys([new.replaces or new.document.path, new.document.path])
                for path in replaced:
                    removed += _remove(connection, path, generation, kept=kept)
                ids += _insert(connection, new, generation)
        return Added(tuple(ids), removed)

    def remove(self, paths: Sequence[str], *, generation: int) -> int:
        """Remove documents from a generation on; return how many passages went."""
        with self._database.transaction() as connection:
            return sum(_remove(connection, path, generation) for path in paths)

    def purge(self, *, documents_before: int, passages_before: int) -> None:
        """Delete the rows removed in generations below these; the passages' is not the higher."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM documents WHERE removed < ?", (documents_before,))
            connection.execute("DELETE FROM passages WHERE removed < ?", (passages_before,))

    def record(self, past: PastSync) -> None:
        """Add a sync to the history, of which the last `MOST_PAST_SYNCS` are kept."""
        report = json.dumps(past.report, ensure_ascii=False)
        with self._database.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO syncs (finished, generation, root, report) VALUES (?, ?, ?, ?)",
                (past.finished, past.generation, past.root, report),
            )
            oldest = (cursor.lastrowid or 0) - MOST_PAST_SYNCS
            connection.execute("DELETE FROM syncs WHERE sync_id <= ?", (oldest,))
            connection.execute("UPDATE identity SET root = ?", (past.root,))


def _remove(
    connection: sqlite3.Connection, path: str, generation: int, *, kept: Sequence[int] = ()
) -> int:
    """Mark a live document and its passages but the kept ones as removed; return how many went.

    What was added in the same generation is then visible nowhere.
    """
    values = {"path": path, "generation": generation, "kept": json.dumps(kept)}
    passages = connection.execute(
        "UPDATE passages SET removed = :generation WHERE passage_id IN (SELECT passage_id"
        " FROM placements JOIN documents d USING (document_id)"
        " WHERE d.path = :path AND d.removed IS NULL)"
        " AND passage_id NOT IN (SELECT value FROM json_each(:kept))",
        values,
    ).rowcount
    connection.execute(
        "UPDATE documents SET removed = :generation WHERE path = :path AND removed IS NULL", values
    )
    return int(passages)


def _insert(connection: sqlite3.Connection, new: NewDocument, generation: int) -> list[int]:
    """Insert a document; return the ids of its new passages in order."""
    document = new.document
    cursor = connection.execute(
        "INSERT INTO documents (path, fingerprint, marks, title, source, source_key, published,"
        " text, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.path,
            new.fingerprint,
            new.marks,
            document.title,
            document.source,
            source_key(document.source),
            document.published and document.published.isoformat(),
            document.text,
            generation,
        ),
    )
    placed = [
        passage.kept or _insert_passage(connection, passage, generation) for passage in new.passages
    ]
    connection.executemany(
        'INSERT INTO placements (document_id, ordinal, start, "end", passage_id)'
        " VALUES (?, ?, ?, ?, ?)",
        [
            (cursor.lastrowid, ordinal, passage.start, passage.end, passage_id)
            for ordinal, (passage, passage_id) in enumerate(zip(new.passages, placed, strict=True))
        ],
    )
    connection.executemany(
        "INSERT INTO abbreviations (document_id, short, key, long) VALUES (?, ?, ?, ?)",
        [
            (cursor.lastrowid, short, form_key(short), long)
            for short, long in new.abbreviations.items()
        ],
    )
    return [key for passage, key in zip(new.passages, placed, strict=True) if not passage.kept]


def _insert_passage(connection: sqlite3.Connection, passage: NewPassage, generation: int) -> int:
    hashes = (passage.embedded_hash, passage.terms_hash, generation)
    if passage.vector is None:
        cursor = connection.execute(
            "INSERT INTO passages (embedded_hash, terms_hash, added, vector)"
            " SELECT ?, ?, ?, vector FROM passages WHERE passage_id = ?",
            (*hashes, passage.like),
        )
    else:
        cursor = connection.execute(
            "INSERT INTO passages (embedded_hash, terms_hash, added, vector) VALUES (?, ?, ?, ?)",
            (*hashes, passage.vector.astype(np.float16).tobytes()),
        )
    return int(cursor.lastrowid or 0)
