"""Which documents a visitor wants to ask: what the browser sends, checked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from index.query import Query
from index.records import DocumentInfo

MOST_DOCUMENTS = 50
MOST_BARS = 40
_LONGEST = 1_000
_MONTHS_OF_YEARS = 3
"""Up to so many years the timeline is by month, beyond by year."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What limits a search; everything empty is no limit. Days are both included."""

    since: date | None = None
    until: date | None = None
    source: str = ""
    kind: str = ""
    documents: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != NO_FILTERS

    def as_json(self) -> dict[str, object]:
        """Return what `filters_of` reads."""
        return {
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "source": self.source,
            "kind": self.kind,
            "documents": list(self.documents),
        }

    def of(self, query: Query) -> Query:
        """Return the query with these limits."""
        return replace(
            query,
            since=self.since,
            until=self.until,
            source=self.source,
            kind=self.kind,
            documents=self.documents,
        )


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Bar:
    """One period of the timeline: first and last day, and how many documents are of it."""

    since: date
    until: date
    count: int


def filters_of(value: object) -> Filters:
    """Return the filters that the browser sends; whatever is malformed limits nothing."""
    if not isinstance(value, Mapping):
        return Filters()
    since, until = _day(value.get("since")), _day(value.get("until"))
    if since and until and since > until:
        since, until = until, since
    listed = value.get("documents")
    documents = [text for text in map(_text, listed) if text] if isinstance(listed, list) else []
    return Filters(
        since,
        until,
        _text(value.get("source")),
        _text(value.get("kind")).lower().removeprefix("."),
        tuple(dict.fromkeys(documents))[:MOST_DOCUMENTS],
    )


def sources_of(documents: Iterable[DocumentInfo]) -> list[str]:
    """Return the sources of documents, the most frequent first, then by name."""
    counts = Counter(document.source for document in documents if document.source)
    return sorted(counts, key=lambda source: (-counts[source], source))


def kinds_of(documents: Iterable[DocumentInfo]) -> list[str]:
    """Return the endings of documents' files without the dot, by name."""
    return sorted({kind_of(document.path) for document in documents} - {""})


def kind_of(path: str) -> str:
    """Return the ending of a file without the dot, in lower case."""
    return PurePosixPath(path).suffix.lower().removeprefix(".")


def timeline(documents: Iterable[DocumentInfo]) -> list[Bar]:
    """Return how many dated documents each period has, the earliest first, empty ones too.

    By month for a few years, else by year; of many years the last ones.
    """
    days = sorted(document.published for document in documents if document.published)
    if not days:
        return []
    by_month = days[-1].year - days[0].year < _MONTHS_OF_YEARS
    counts = Counter(_start(day, by_month=by_month) for day in days)
    start, bars = _start(days[0], by_month=by_month), []
    while start <= days[-1]:
        following = _following(start, by_month=by_month)
        last = date.fromordinal(following.toordinal() - 1)
        bars.append(Bar(start, last, counts[start]))
        start = following
    return bars[-MOST_BARS:]


def titles_of(paths: Sequence[str], documents: Iterable[DocumentInfo]) -> dict[str, str]:
    """Return path → title of some documents; one that is gone is called by its path."""
    known = {document.path: document.title for document in documents}
    return {path: known.get(path, path) for path in paths}


def _start(day: date, *, by_month: bool) -> date:
    return date(day.year, day.month if by_month else 1, 1)


def _following(start: date, *, by_month: bool) -> date:
    if by_month and start.month < 12:  # noqa: PLR2004 - December
        return date(start.year, start.month + 1, 1)
    return date(start.year + 1, 1, 1)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _text(value: object) -> str:
    """Return a text of the browser's that can be stored and is not absurdly long; else empty."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return ""
    return value if value.encode("utf-8", "replace").decode() == value else ""
