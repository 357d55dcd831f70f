"""What each user prefers: how the page looks and how it answers, kept in one SQLite file."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from documents.sqlite_file import Layout, SqliteFile

LANGUAGES = ("vi", "en")
THEMES = ("auto", "light", "dark")
RERANKERS = ("bundled", "none")
READERS = ("given", "extractive")
FEWEST, MOST = 3, 20
"""Passages that are shown with an answer."""
_LAYOUT = Layout(
    "CREATE TABLE preferences (user TEXT PRIMARY KEY, value TEXT NOT NULL);", 1, "nơi lưu cài đặt"
)


@dataclass(frozen=True, slots=True)
class Preferences:
    """One user's choices.

    Attributes
    ----------
    theme
        ``auto`` follows the device.
    sources
        How many passages are shown.
    least_confidence
        From which on an answer is given; None is what the reader was trained to.
    reranker
        ``none`` leaves the passages in the order of the search.
    reader
        ``extractive`` answers without the language model that the page was started with.
    language
        Of the page, as a code.
    """

    theme: str = "auto"
    sources: int = 10
    least_confidence: float | None = None
    reranker: str = "bundled"
    reader: str = "given"
    language: str = "vi"


DEFAULTS = Preferences()


class PreferenceStore:
    """The preferences of all users; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it when there is none; raise `DanChungError` if that fails."""
        self._file = SqliteFile(path, _LAYOUT)

    def of(self, user: str) -> Preferences:
        """Return what a user has chosen, or the defaults."""
        rows = self._file.rows("SELECT value FROM preferences WHERE user = ?", (user,))
        return preferences_of(json.loads(rows[0][0])) if rows else DEFAULTS

    def keep(self, user: str, preferences: Preferences) -> None:
        """Keep what a user has chosen."""
        with self._file.transaction() as connection:
            connection.execute(
                "INSERT INTO preferences (user, value) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET value = excluded.value",
                (user, json.dumps(asdict(preferences))),
            )


def preferences_of(value: object) -> Preferences:
    """Return the preferences that the browser sends; what is malformed stays as by default."""
    if not isinstance(value, dict):
        return DEFAULTS
    return Preferences(
        _one_of(value.get("theme"), THEMES),
        _sources(value.get("sources")),
        _confidence(value.get("least_confidence")),
        _one_of(value.get("reranker"), RERANKERS),
        _one_of(value.get("reader"), READERS),
        _one_of(value.get("language"), LANGUAGES),
    )


def _one_of(value: object, known: tuple[str, ...]) -> str:
    return value if isinstance(value, str) and value in known else known[0]


def _sources(value: object) -> int:
    number = int(value) if isinstance(value, str) and value.isdecimal() else value
    if not isinstance(number, int) or isinstance(number, bool):
        return DEFAULTS.sources
    return min(max(number, FEWEST), MOST)


def _confidence(value: object) -> float | None:
    try:
        number = float(value) if isinstance(value, (str, float)) else -1.0
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None
