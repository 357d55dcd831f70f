"""Who may use the page: accounts, their sessions and API tokens, in one SQLite file.

The file lies in the data folder, beside the index and outside anything that is served. It holds
no secret that could be used: passwords as scrypt hashes, sessions and tokens as SHA-256.
"""

import hmac
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from documents.errors import DanChungError
from web.passwords import (
    LONGEST,
    SHORTEST,
    hash_password,
    hash_secret,
    new_secret,
    password_matches,
)

FILE_NAME = "accounts.sqlite3"
IDLE_SECONDS, ABSOLUTE_SECONDS = 12 * 3600, 7 * 24 * 3600
"""A session ends this long after its last request, and this long after the login."""
_SEEN_EVERY = 60
"""Seconds between two notes of a session's last request: not every request writes."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_BUSY_SECONDS = 5
_MOST_PROVED = 1000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, created REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
    hash TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES users ON DELETE CASCADE,
    created REAL NOT NULL, seen REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS tokens (
    hash TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES users ON DELETE CASCADE,
    created REAL NOT NULL
) STRICT;
"""


class Role(Enum):
    """What a user may do: readers ask and read, editors also change the library."""

    READER = "reader"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who asks, as far as the page knows."""

    name: str
    role: Role

    @property
    def is_editor(self) -> bool:
        """Whether this user may upload, sync and remove."""
        return self.role is Role.EDITOR


class Accounts:
    """The accounts of one data folder; safe to use from several threads and processes."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._file = folder / FILE_NAME
        self._clock = clock
        self._nobody = ""  # made when first needed: a hash takes a tenth of a second
        self._key = new_secret().encode()
        self._proved: dict[bytes, str] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600))
            self._file.chmod(0o600)
            with self._open() as database:
                database.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise DanChungError(
                f"{self._file}: không mở được tệp tài khoản ({error}); "
                "hãy kiểm tra quyền của thư mục, hoặc chọn thư mục khác bằng --data"
            ) from error

    def add(self, name: str, password: str, role: Role) -> User:
        """Add a user.

        Raises
        ------
        DanChungError
            The name is taken or not a name, or the password too short or too long.
        """
        _check_name(name)
        _check_password(password)
        row = (name, role.value, hash_password(password), self._clock())
        with self._open() as database:
            try:
                database.execute("INSERT INTO users VALUES (?, ?, ?, ?)", row)
            except sqlite3.IntegrityError:
                raise DanChungError(
                    f"{name}: tên này đã có; đổi mật khẩu bằng `users password {name}`"
                ) from None
        return User(name, role)

    def remove(self, name: str) -> None:
        """Remove a user with all sessions and tokens."""
        with self._open() as database:
            if not database.execute("DELETE FROM users WHERE name = ?", (name,)).rowcount:
                raise _unknown(name)

    def set_password(self, name: str, password: str) -> None:
        """Give a user another password; every session and token of before ends."""
        _check_password(password)
        hashed = hash_password(password)
        with self._open() as database:
            changed = database.execute(
                "UPDATE users SET password = ? WHERE name = ?", (hashed, name)
            )
            if not changed.rowcount:
                raise _unknown(name)
            database.execute("DELETE FROM sessions WHERE name = ?", (name,))
            database.execute("DELETE FROM tokens WHERE name = ?", (name,))

    def users(self) -> list[User]:
        """Return all users, by name."""
        with self._open() as database:
            rows = database.execute("SELECT name, role FROM users ORDER BY name").fetchall()
        return [User(name, Role(role)) for name, role in rows]

    def check(self, name: str, password: str) -> User | None:
        """Return the user of a name and password; an unknown name takes as long as a known one."""
        row = self._row(name)
        self._nobody = self._nobody or hash_password(new_secret())
        matches = password_matches(password[: LONGEST + 1], row[1] if row else self._nobody)
        if not (row and matches):
            return None
        if len(self._proved) >= _MOST_PROVED:
            self._proved.clear()
        self._proved[self._digest(name, password)] = row[1]
        return User(name, Role(row[0]))

    def proved(self, name: str, password: str) -> User | None:
        """Return the user when `check` found this right before and nothing has changed since.

        For clients that send it with each request; kept in memory only, under a key of this
        process.
        """
        stored = self._proved.get(self._digest(name, password))
        row = self._row(name) if stored else None
        return User(name, Role(row[0])) if row and row[1] == stored else None

    def log_in(self, user: User) -> str:
        """Return the secret of a new session."""
        secret, now = new_secret(), self._clock()
        with self._open() as database:
            database.execute(
                "DELETE FROM sessions WHERE seen < ? OR created < ?",
                (now - IDLE_SECONDS, now - ABSOLUTE_SECONDS),
            )
            row = (hash_secret(secret), user.name, now, now)
            database.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", row)
        return secret

    def log_out(self, secret: str) -> None:
        """End a session; nothing happens where there is none."""
        with self._open() as database:
            database.execute("DELETE FROM sessions WHERE hash = ?", (hash_secret(secret),))

    def user_of_session(self, secret: str) -> User | None:
        """Return whose session it is, or None when it is unknown or has expired."""
        now, hashed = self._clock(), hash_secret(secret)
        with self._open() as database:
            row = database.execute(
                "SELECT name, role, seen FROM sessions JOIN users USING (name)"
                " WHERE hash = ? AND seen >= ? AND sessions.created >= ?",
                (hashed, now - IDLE_SECONDS, now - ABSOLUTE_SECONDS),
            ).fetchone()
            if row and now - row[2] >= _SEEN_EVERY:
                database.execute("UPDATE sessions SET seen = ? WHERE hash = ?", (now, hashed))
        return User(row[0], Role(row[1])) if row else None

    def new_token(self, name: str) -> str:
        """Return a new API token of a user; it is shown once and lives until the user goes."""
        secret = new_secret()
        with self._open() as database:
            try:
                row = (hash_secret(secret), name, self._clock())
                database.execute("INSERT INTO tokens VALUES (?, ?, ?)", row)
            except sqlite3.IntegrityError:
                raise _unknown(name) from None
        return secret

    def user_of_token(self, secret: str) -> User | None:
        """Return whose API token it is, or None."""
        with self._open() as database:
            row = database.execute(
                "SELECT name, role FROM tokens JOIN users USING (name) WHERE hash = ?",
                (hash_secret(secret),),
            ).fetchone()
        return User(row[0], Role(row[1])) if row else None

    def _row(self, name: str) -> tuple[str, str] | None:
        """Return a user's role and password hash."""
        with self._open() as database:
            found: tuple[str, str] | None = database.execute(
                "SELECT role, password FROM users WHERE name = ?", (name,)
            ).fetchone()
        return found

    def _digest(self, name: str, password: str) -> bytes:
        return hmac.digest(self._key, f"{name}\n{password}".encode("utf-8", "replace"), "sha256")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection in a transaction of its own; opening one takes 0.1 ms."""
        database = sqlite3.connect(self._file, timeout=_BUSY_SECONDS)
        try:
            database.execute("PRAGMA foreign_keys = ON")
            with database:
                yield database
        finally:
            database.close()


def _unknown(name: str) -> DanChungError:
    return DanChungError(f"{name}: không có người dùng này; xem tên bằng `users list`")


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise DanChungError(
            f"{name!r}: tên phải gồm chữ thường không dấu, chữ số, dấu chấm, gạch, tối đa 64 ký tự,"
            " ví dụ lan.nguyen"
        )


def _check_password(password: str) -> None:
    if not SHORTEST <= len(password) <= LONGEST:
        raise DanChungError(
            f"Mật khẩu dài {len(password)} ký tự; cần từ {SHORTEST} đến {LONGEST} ký tự"
        )
