"""The tables of the store, and how its file is opened."""

import os
import sqlite3
from pathlib import Path

from documents.errors import DanChungError
from index.errors import IndexDamagedError
from index.migrations import MIGRATIONS, migrate

SCHEMA_VERSION = 3

_REMEDIES = {
    sqlite3.SQLITE_FULL: "hết chỗ trên đĩa; hãy giải phóng dung lượng rồi chạy lại",
    sqlite3.SQLITE_READONLY: "không được phép ghi; hãy kiểm tra quyền của thư mục",
    sqlite3.SQLITE_CANTOPEN: "tệp đã mất hoặc không được phép mở; hãy kiểm tra quyền, hoặc dựng lại"
    " bằng: python -m index sync THƯ_MỤC --rebuild",
    sqlite3.SQLITE_PERM: "không được phép mở; hãy kiểm tra quyền của thư mục",
    sqlite3.SQLITE_BUSY: "tiến trình khác đang ghi; hãy đợi rồi chạy lại",
    sqlite3.SQLITE_IOERR: "lỗi đọc ghi đĩa; hãy kiểm tra ổ đĩa rồi chạy lại",
}

TABLES = """
CREATE TABLE identity (
    store_id TEXT NOT NULL,
    makers TEXT NOT NULL,
    published INTEGER NOT NULL,
    root TEXT NOT NULL DEFAULT ''
);
CREATE TABLE documents ( -- a row is one version of a document
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
    text TEXT NOT NULL -- last: what precedes it is read without its pages
);
CREATE UNIQUE INDEX live_documents ON documents (path) WHERE removed IS NULL;
CREATE INDEX removed_documents ON documents (removed) WHERE removed IS NOT NULL;
CREATE INDEX added_documents ON documents (added);
CREATE TABLE passages ( -- what searchers hold; outlives versions of its document
    passage_id INTEGER PRIMARY KEY AUTOINCREMENT,
    embedded_hash BLOB NOT NULL,
    terms_hash BLOB NOT NULL,
    added INTEGER NOT NULL,
    removed INTEGER,
    vector BLOB NOT NULL
);
CREATE INDEX passages_by_generation ON passages (removed, added);
CREATE INDEX added_passages ON passages (added);
CREATE TABLE placements ( -- where a version of a document has its passages
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
"""


def open_database(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open the store's file, making its tables when it is new.

    The connection is in autocommit mode and may be used from several threads, one at a time.

    Raises
    ------
    IndexDamagedError
        The file is not a SQLite database, or of another schema version; an older one is brought
        to this version when it is opened for writing (`index.migrations`).
    """
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?{_mode(path, read_only=read_only)}",
            uri=True,
            timeout=30,
            check_same_thread=False,
            isolation_level=None,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            _make_tables(connection)
            migrate(connection)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise store_error(path, error) from error
    if version != SCHEMA_VERSION:
        connection.close()
        raise _other_version(path, version)
    return connection


def _mode(path: Path, *, read_only: bool) -> str:
    if not read_only:
        return "mode=rwc"
    if os.access(path.parent, os.W_OK) or path.with_name(f"{path.name}-wal").exists():
        return "mode=rw"
    # A reader of a WAL file writes beside it; where it may not, nobody else does either.
    return "mode=ro&immutable=1"


def store_error(path: Path, error: sqlite3.DatabaseError) -> DanChungError:
    """Return what to tell the user about an error of SQLite: disk, rights, lock or damage."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    remedy = _REMEDIES.get(code)
    if remedy is None:
        return damaged(path, error)
    return DanChungError(f"{path}: {remedy} ({error})")


def _other_version(path: Path, version: int) -> DanChungError:
    if version in MIGRATIONS:
        return IndexDamagedError(
            f"{path}: kho dữ liệu theo phiên bản cũ {version}, nay là {SCHEMA_VERSION}; hãy nâng"
            f" cấp bằng một lần đồng bộ: python -m index sync THƯ_MỤC --index {path.parent}"
        )
    return damaged(path, f"phiên bản {version}, cần {SCHEMA_VERSION}")


def damaged(path: Path, reason: object) -> IndexDamagedError:
    """Return the error that says that the store at a path cannot be used, and what to do."""
    return IndexDamagedError(
        f"{path}: kho dữ liệu của chỉ mục bị hỏng ({reason});"
        f" hãy dựng lại: python -m index sync THƯ_MỤC --index {path.parent} --rebuild"
    )


def _make_tables(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # What a searcher has committed must not be ahead of the store after a power cut.
    connection.execute("PRAGMA synchronous = FULL")
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        connection.executescript(f"BEGIN;{TABLES}PRAGMA user_version = {SCHEMA_VERSION};COMMIT;")
