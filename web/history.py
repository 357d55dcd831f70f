"""Conversations kept from one visit to the next: one SQLite file, each user's apart.

A turn is stored as JSON of the page's own values, checked again when it is read.
"""

import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from documents.normalising import fold, search_key
from documents.sqlite_file import Layout, SqliteFile
from web.conversation import Turn, Turns

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MOST_TITLE = 80
MOST_LISTED = 200
_TABLES = """
CREATE TABLE conversations (
    conversation_id TEXT PRIMARY KEY,
    user TEXT NOT NULL,
    title TEXT NOT NULL,
    searched_title TEXT NOT NULL,
    updated TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX conversations_of_user ON conversations (user, updated);
CREATE TABLE turns (
    conversation_id TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    searched TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (conversation_id, ordinal)
);
"""
_LAYOUT = Layout(_TABLES, 1, "nơi lưu các cuộc trò chuyện")
_INSERT = (
    "INSERT INTO conversations (conversation_id, user, title, searched_title, updated)"
    " VALUES (?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in the list: ``updated`` is UTC, ISO 8601."""

    conversation_id: str
    title: str
    updated: str


class History:
    """The conversations of all users; safe to use from several threads.

    A conversation is only ever shown to the user it belongs to: of another's, every method finds
    nothing.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, making it when there is none; raise `DanChungError` if that fails."""
        self._file = SqliteFile(path, _LAYOUT)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def save(self, user: str, conversation_id: str, turns: Turns) -> str:
        """Keep a conversation as it is now; return its id, a new one when given none."""
        conversation_id = conversation_id or uuid4().hex
        title = " ".join(turns[0].question.split())[:MOST_TITLE] if turns else ""
        with self._file.transaction() as connection:
            owner = connection.execute(
                "SELECT user FROM conversations WHERE conversation_id = ?", (conversation_id,)
            ).fetchone()
            if owner and owner[0] != user:
                return self._copied(connection, user, title, turns)
            connection.execute(
                f"{_INSERT} ON CONFLICT DO UPDATE SET updated = excluded.updated",
                (conversation_id, user, title, _searched(title), _now()),
            )
            _write(connection, conversation_id, turns)
        return conversation_id

    def load(self, user: str, conversation_id: str) -> Turns:
        """Return a conversation; empty when the user has none of this id."""
        rows = self._file.rows(
            "SELECT body FROM turns JOIN conversations USING (conversation_id)"
            " WHERE conversation_id = ? AND user = ? AND NOT removed ORDER BY ordinal",
            (conversation_id, user),
        )
        return tuple(_turn_type().validate_json(row[0]) for row in rows)

    def listed(self, user: str, search: str = "") -> list[Listed]:
        """Return the user's conversations, the latest first, that hold all words of a search.

        Case and accents are ignored.
        """
        words = _searched(search).split()
        condition = (
            " AND (instr(c.searched_title, ?) OR EXISTS (SELECT 1 FROM turns t"
            " WHERE t.conversation_id = c.conversation_id AND instr(t.searched, ?)))"
        )
        rows = self._file.rows(
            "SELECT conversation_id, title, updated FROM conversations c"  # noqa: S608
            f" WHERE user = ? AND NOT removed{condition * len(words)}"
            " ORDER BY updated DESC, conversation_id LIMIT ?",
            (user, *(word for word in words for _ in range(2)), MOST_LISTED),
        )
        return [Listed(*row) for row in rows]

    def rename(self, user: str, conversation_id: str, title: str) -> None:
        """Give a conversation another title; a blank one changes nothing."""
        title = " ".join(title.split())[:MOST_TITLE]
        if title:
            with self._file.transaction() as connection:
                connection.execute(
                    "UPDATE conversations SET title = ?, searched_title = ?"
                    " WHERE conversation_id = ? AND user = ?",
                    (title, _searched(title), conversation_id, user),
                )

    def remove(self, user: str, conversation_id: str) -> None:
        """Take a conversation off the list; `put_back` undoes it until the next removal."""
        with self._file.transaction() as connection:
            connection.execute(
                "DELETE FROM turns WHERE conversation_id IN"
                " (SELECT conversation_id FROM conversations WHERE user = ? AND removed)",
                (user,),
            )
            connection.execute("DELETE FROM conversations WHERE user = ? AND removed", (user,))
            connection.execute(
                "UPDATE conversations SET removed = 1 WHERE conversation_id = ? AND user = ?",
                (conversation_id, user),
            )

    def put_back(self, user: str) -> None:
        """Put the conversation removed last on the list again."""
        with self._file.transaction() as connection:
            connection.execute("UPDATE conversations SET removed = 0 WHERE user = ?", (user,))

    def _copied(self, connection: sqlite3.Connection, user: str, title: str, turns: Turns) -> str:
        conversation_id = uuid4().hex
        connection.execute(_INSERT, (conversation_id, user, title, _searched(title), _now()))
        _write(connection, conversation_id, turns)
        return conversation_id


@cache
def _turn_type() -> "TypeAdapter[Turn]":
    from pydantic import TypeAdapter

    turn_type = TypeAdapter(Turn)
    turn_type.rebuild(_types_namespace={"HitReading": type(None)})  # it is not kept
    return turn_type


def _write(connection: sqlite3.Connection, conversation_id: str, turns: Turns) -> None:
    connection.execute("DELETE FROM turns WHERE conversation_id = ?", (conversation_id,))
    connection.executemany(
        "INSERT INTO turns (conversation_id, ordinal, searched, body) VALUES (?, ?, ?, ?)",
        [
            (
                conversation_id,
                ordinal,
                _searched(f"{turn.question} {turn.answer.text if turn.answer else ''}"),
                _turn_type().dump_json(_kept(turn)).decode(),
            )
            for ordinal, turn in enumerate(turns)
        ],
    )


def _kept(turn: Turn) -> Turn:
    """Return a turn without what only the reader of its passages needs."""
    if turn.answer is None:
        return turn
    hits = tuple(replace(hit, features=(), reading=None) for hit in turn.answer.hits)
    return replace(turn, answer=replace(turn.answer, hits=hits))


def _searched(text: str) -> str:
    return fold(search_key(text))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
