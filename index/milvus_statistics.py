"""In how many passages each term stands, and how far a Milvus collection is; one SQLite file.

Milvus keeps no counts that can be asked for. What was brought in, and what it counts, are kept in
one transaction, so that each passage is counted once however a sync ended.
"""

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import IndexDamagedError

STATISTICS_NAME = "milvus.sqlite3"
_TABLES = """
CREATE TABLE progress (what TEXT NOT NULL);
CREATE TABLE terms (dimension INTEGER PRIMARY KEY, passages INTEGER NOT NULL);
"""
_ASKED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """What a collection holds.

    Attributes
    ----------
    collection, uri
        Which one.
    newest, generation
        Every visible passage up to an id, and removals up to a generation.
    passages
        How many are counted.
    averages
        The average lengths of the fields, which stay as they were when it was begun.
    """

    collection: str
    uri: str
    newest: int
    generation: int
    passages: int
    averages: tuple[float, ...]


class TermStatistics:
    """The counts of a folder; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open what was kept; raise `IndexDamagedError` when there is nothing."""
        self._folder = folder
        self._lock = threading.Lock()
        path = folder / STATISTICS_NAME
        with self._guarded():
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=rw", uri=True, check_same_thread=False
            )
            self._connection.execute("PRAGMA query_only = ON")

    def passages(self) -> int:
        """Return how many passages are counted."""
        with self._guarded():
            return _progress(self._connection).passages

    def counts(self, dimensions: Iterable[int]) -> dict[int, int]:
        """Return in how many passages some terms are; those in none are left out."""
        asked = sorted(set(dimensions))
        found: dict[int, int] = {}
        with self._guarded():
            for start in range(0, len(asked), _ASKED_AT_ONCE):
                listed = json.dumps(asked[start : start + _ASKED_AT_ONCE])
                found |= self._connection.execute(
                    "SELECT dimension, passages FROM terms"
                    " WHERE passages > 0 AND dimension IN (SELECT value FROM json_each(?))",
                    (listed,),
                ).fetchall()
        return found

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except (sqlite3.DatabaseError, ValueError, TypeError) as error:
                raise IndexDamagedError(
                    f"{self._folder / STATISTICS_NAME}: không đọc được số đếm từ ({error});"
                    f" hãy sửa: python -m index verify --repair --index {self._folder}"
                ) from error


def read_progress(folder: Path) -> Progress | None:
    """Return how far the collection is; None when nothing usable was kept."""
    path = folder / STATISTICS_NAME
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as connection:
            return _progress(connection)
    except (sqlite3.DatabaseError, ValueError, TypeError):
        return None


def begin(folder: Path, progress: Progress) -> None:
    """Start anew."""
    reset(folder)
    with closing(sqlite3.connect(folder / STATISTICS_NAME)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_TABLES)
        connection.execute("INSERT INTO progress VALUES (?)", (json.dumps(asdict(progress)),))


def keep(folder: Path, progress: Progress, counted: Iterable[Iterable[int]], sign: int) -> None:
    """Keep how far the collection is, and passages' terms as counted (1) or no more (-1)."""
    changes = Counter(place for one in counted for place in one)
    with closing(sqlite3.connect(folder / STATISTICS_NAME)) as connection, connection:
        connection.executemany(
            "INSERT INTO terms VALUES (?, ?) ON CONFLICT (dimension)"
            " DO UPDATE SET passages = max(0, passages + excluded.passages)",
            [(place, sign * count) for place, count in sorted(changes.items())],
        )
        connection.execute("UPDATE progress SET what = ?", (json.dumps(asdict(progress)),))


def reset(folder: Path) -> None:
    """Forget everything."""
    for path in folder.glob(f"{STATISTICS_NAME}*"):
        path.unlink(missing_ok=True)


def averages_of(lengths: Sequence[Sequence[int]]) -> tuple[float, ...]:
    """Return the average of each field over some passages."""
    return tuple(sum(field) / len(field) for field in zip(*lengths, strict=True))


def _progress(connection: sqlite3.Connection) -> Progress:
    [(what,)] = connection.execute("SELECT what FROM progress").fetchall()
    kept = json.loads(what)
    return Progress(**{**kept, "averages": tuple(kept["averages"])})
