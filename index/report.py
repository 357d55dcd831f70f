"""What a sync did, and how far it is."""

from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """A path that is not in the index, and why (in the user's language)."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """Counts of one sync; documents first, then passages.

    Attributes
    ----------
    moved
        Documents found under another path; they are not among the added and removed.
    failed, skipped
        Documents that could not be read, and what was left out on purpose.
    """

    added: int = 0
    changed: int = 0
    removed: int = 0
    moved: int = 0
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    skipped: tuple[Failure, ...] = ()
    embedded: int = 0
    kept: int = 0
    passages_removed: int = 0
    total: int = 0
    seconds: float = 0.0

    @property
    def has_changes(self) -> bool:
        """Whether the index holds anything else than before."""
        return bool(self.added or self.changed or self.removed or self.moved)

    def as_json(self) -> dict[str, object]:
        """Return the report in the form of the commands' JSON."""
        return {
            "documents": {
                "added": self.added,
                "changed": self.changed,
                "removed": self.removed,
                "moved": self.moved,
                "unchanged": self.unchanged,
                "failed": [asdict(failure) for failure in self.failed],
                "skipped": [asdict(failure) for failure in self.skipped],
            },
            "passages": {
                "embedded": self.embedded,
                "kept": self.kept,
                "removed": self.passages_removed,
                "total": self.total,
            },
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sync is.

    Attributes
    ----------
    documents, of
        Documents seen, of all; ``unchanged`` of them took no time.
    passages
        Embedded so far.
    seconds
        Since the sync began.
    """

    documents: int
    of: int
    passages: int
    unchanged: int = 0
    seconds: float = 0.0

    @property
    def passages_per_second(self) -> float:
        """How many passages are embedded in a second."""
        return self.passages / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """About how long the rest takes; None before the first new document is done."""
        done = self.documents - self.unchanged
        return self.seconds / done * (self.of - self.documents) if done else None

    def as_json(self) -> dict[str, object]:
        """Return one event of a stream of progress."""
        left = self.seconds_left
        return {
            "documents": self.documents,
            "of": self.of,
            "passages": self.passages,
            "seconds": round(self.seconds, 1),
            "passages_per_second": round(self.passages_per_second, 1),
            "seconds_left": None if left is None else round(left, 1),
        }


ProgressListener = Callable[[Progress], None]
