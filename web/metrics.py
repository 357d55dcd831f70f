"""What is counted while the page runs, for Prometheus; no name and no word of anybody."""

from collections.abc import Callable
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


@dataclass(frozen=True, slots=True)
class LibrarySize:
    """How much the index holds now; ``generation`` grows with each sync that changed it."""

    documents: int
    generation: int
    size_bytes: int


class Metrics:
    """The counters of one page; each page has a registry of its own."""

    def __init__(self, library: Callable[[], LibrarySize] | None = None) -> None:
        self._registry = CollectorRegistry()
        self._questions = self._counter("questions", "Questions that were answered or refused.")
        self._refusals = self._counter("refusals", "Questions for which no evidence was found.")
        self._errors = self._counter("errors", "Questions that failed.")
        self._limited = self._counter("limited", "Questions turned away: asked too quickly.")
        self._seconds = Histogram(
            "danchung_answer_seconds",
            "Seconds from the question to the finished answer, without the queue.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._library = library
        self._sizes = {
            name: Gauge(f"danchung_{name}", text, registry=self._registry)
            for name, text in (
                ("documents", "Documents in the index."),
                ("index_generation", "Syncs that changed the index since it was made."),
                ("index_bytes", "Size of the index folder."),
            )
        }

    def answered(self, seconds: float, *, refused: bool) -> None:
        """Count a question that came to its end."""
        self._questions.inc()
        self._seconds.observe(seconds)
        if refused:
            self._refusals.inc()

    def failed(self) -> None:
        """Count a question that failed."""
        self._errors.inc()

    def limited(self) -> None:
        """Count a question that was turned away."""
        self._limited.inc()

    def text(self) -> bytes:
        """Return all figures in Prometheus' text format."""
        if self._library is not None:
            size = self._library()
            self._sizes["documents"].set(size.documents)
            self._sizes["index_generation"].set(size.generation)
            self._sizes["index_bytes"].set(size.size_bytes)
        return generate_latest(self._registry)

    def _counter(self, name: str, text: str) -> Counter:
        return Counter(f"danchung_{name}", text, registry=self._registry)
