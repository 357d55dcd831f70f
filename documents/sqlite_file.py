"""A small SQLite file of our own: private, of a known version, one transaction at a time."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.errors import DanChungError


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file holds.

    Attributes
    ----------
    tables
        The statements that make them.
    version
        Kept in the file; another one is refused.
    purpose
        What the file is for, in the user's language: ``nơi lưu góp ý``.
    """

    tables: str
    version: int
    purpose: str


class SqliteFile:
    """One file that several threads share; others on the machine cannot read it."""

    def __init__(self, path: Path, layout: Layout) -> None:
        """Open the file, making it when there is none.

        Raises
        ------
        DanChungError
            It cannot be opened, or is of another version.
        """
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._make(layout)
        except (OSError, sqlite3.Error) as error:
            raise DanChungError(
                f"{path}: không mở được {layout.purpose} ({error}); hãy kiểm tra quyền của thư mục,"
                " hoặc dời tệp này đi để bắt đầu lại"
            ) from error

    def close(self) -> None:
        """Close the file; it cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Keep everything that is written inside, or nothing of it."""
        with self._lock, self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def _make(self, layout: Layout) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            self._connection.executescript(
                f"BEGIN;{layout.tables}PRAGMA user_version = {layout.version};COMMIT;"
            )
        elif version != layout.version:
            raise sqlite3.DatabaseError(f"phiên bản {version}, cần {layout.version}")
