"""One SQLite connection that several threads share: each statement or transaction at a time."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.schema import open_database, store_error


class Database:
    """A file of `index.schema`; every method raises `IndexDamagedError` when it is damaged."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._connection = open_database(path, read_only=read_only)

    def close(self) -> None:
        """Close the file; nothing can be read afterwards."""
        with self._lock:
            self._connection.close()

    def rows(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with self._guarded():
            return self._connection.execute(sql, values).fetchall()

    def each_row(self, sql: str, **values: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query one by one."""
        with self._guarded():
            yield from self._connection.execute(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Keep everything that is written inside, or nothing of it."""
        with self._guarded():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection, for what is no transaction."""
        with self._guarded():
            yield self._connection

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.DatabaseError as error:
                raise store_error(self.path, error) from error
