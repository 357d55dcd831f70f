"""Steps from an older store to the next version, each in one transaction.

A store of version n is brought to n + 1 by ``MIGRATIONS[n]``. The tables of the newest version are
in `index.schema`; a step names the tables as they were when it was written.
"""

import sqlite3
from collections.abc import Mapping
from types import MappingProxyType

_FROM_2_TO_3 = """
ALTER TABLE identity ADD COLUMN root TEXT NOT NULL DEFAULT '';
ALTER TABLE passages RENAME TO old_passages;
DROP INDEX passages_of_document;
ALTER TABLE documents RENAME TO old_documents;
DROP INDEX live_documents;
DROP INDEX removed_documents;
DROP INDEX added_documents;
ALTER TABLE abbreviations RENAME TO old_abbreviations;
DROP INDEX abbreviations_by_key;
CREATE TABLE documents (
    document_id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    marks TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    source_key TEXT NOT NULL,
    published TEXT,
    added INTEGER NOT NULL,
    removed INTEGER,
    text TEXT NOT NULL
);
CREATE UNIQUE INDEX live_documents ON documents (path) WHERE removed IS NULL;
CREATE INDEX removed_documents ON documents (removed) WHERE removed IS NOT NULL;
CREATE INDEX added_documents ON documents (added);
CREATE TABLE passages (
    passage_id INTEGER PRIMARY KEY AUTOINCREMENT,
    embedded_hash BLOB NOT NULL,
    terms_hash BLOB NOT NULL,
    added INTEGER NOT NULL,
    removed INTEGER,
    vector BLOB NOT NULL
);
CREATE INDEX passages_by_generation ON passages (removed, added);
CREATE INDEX added_passages ON passages (added);
CREATE TABLE placements (
    document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    passage_id INTEGER NOT NULL REFERENCES passages,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;
CREATE INDEX placements_of_passage ON placements (passage_id);
CREATE TABLE abbreviations (
    document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    short TEXT NOT NULL,
    key TEXT NOT NULL,
    long TEXT NOT NULL,
    PRIMARY KEY (document_id, short)
) WITHOUT ROWID;
CREATE INDEX abbreviations_by_key ON abbreviations (key);
CREATE TABLE syncs (
    sync_id INTEGER PRIMARY KEY AUTOINCREMENT,
    finished TEXT NOT NULL,
    generation INTEGER NOT NULL,
    root TEXT NOT NULL,
    report TEXT NOT NULL
);
INSERT INTO documents SELECT document_id, path, fingerprint, '', title, source, source_key,
    published, added, removed, text FROM old_documents;
INSERT INTO passages SELECT p.passage_id, x'', x'', d.added, d.removed, p.vector
    FROM old_passages p JOIN old_documents d USING (document_id);
INSERT INTO placements SELECT document_id, ordinal, start, "end", passage_id FROM old_passages;
INSERT INTO abbreviations SELECT document_id, short, key, long FROM old_abbreviations;
UPDATE sqlite_sequence SET name = name || '_new' WHERE name IN ('documents', 'passages');
UPDATE sqlite_sequence SET name = 'documents' WHERE name = 'old_documents';
UPDATE sqlite_sequence SET name = 'passages' WHERE name = 'old_passages';
DELETE FROM sqlite_sequence WHERE name LIKE '%_new';
DROP TABLE old_abbreviations;
DROP TABLE old_passages;
DROP TABLE old_documents;
"""
"""Passages get a life of their own, so that an edited document keeps those that did not change.
What they were made from was not kept: their hashes are empty and equal no other. Ids go on counting
where they were: the searchers must not meet one twice."""

MIGRATIONS: Mapping[int, str] = MappingProxyType({2: _FROM_2_TO_3})


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a store to the newest version there is a way to; leave any other as it is."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    while version in MIGRATIONS:
        # Tables are renamed: references must not follow them, and are checked afterwards.
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA legacy_alter_table = ON")
        connection.executescript(
            f"BEGIN IMMEDIATE;{MIGRATIONS[version]}PRAGMA user_version = {version + 1};COMMIT;"
        )
        connection.execute("PRAGMA legacy_alter_table = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        version += 1
