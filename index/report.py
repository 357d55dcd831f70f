"""What a sync did, and how far it is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, and why (in the user's language)."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """Counts of one sync; documents first, then passages."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    embedded: int = 0
    kept: int = 0
    passages_removed: int = 0
    total: int = 0
    seconds: float = 0.0

    def as_json(self) -> dict[str, object]:
        """Return the report in the form of the commands' JSON."""
        return {
            "documents": {
                "added": self.added,
                "changed": self.changed,
                "removed": self.removed,
                "unchanged": self.unchanged,
                "failed": [
                    {"path": failure.path, "reason": failure.reason} for failure in self.failed
                ],
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
    """How far a sync is: documents seen of all, passages embedded so far."""

    documents: int
    of: int
    passages: int


ProgressListener = Callable[[Progress], None]
