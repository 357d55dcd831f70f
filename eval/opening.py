"""Documents made ready to be asked: an index in place, or a temporary one of a collection.

A collection that brings its documents is indexed in a temporary folder by the same sync as a
user's own articles, and the folder is removed afterwards.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from documents.source import NOTHING_KNOWN, DocumentSource, Entry, Loaded, MemorySource
from eval.collection import Collection
from eval.loading import Form, form_of
from eval.plan import Plan
from eval.progress import Show, Step, counting

if TYPE_CHECKING:
    from qa.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Opened:
    """Documents ready to be asked.

    Attributes
    ----------
    index
        The folder; a temporary one is gone after the block.
    fingerprints
        By path, in order, the hash of each document's content.
    notes
        What could not be read, counted.
    """

    pipeline: "Pipeline"
    index: Path
    fingerprints: dict[str, str]
    notes: tuple[str, ...] = ()


@contextmanager
def opened(plan: Plan, collection: Collection, *, show: Show) -> Iterator[Opened]:
    """Open the index of the plan, or a temporary one of the collection's documents."""
    if plan.index is not None:
        pipeline = _pipeline(plan, plan.index)
        yield Opened(pipeline, plan.index, fingerprints_of(plan.index))
        return
    source = _source(plan, collection)
    with TemporaryDirectory(prefix="danchung-eval-") as folder:
        notes = _index(source, Path(folder), plan.embedder, show=show)
        pipeline = _pipeline(plan, Path(folder))
        yield Opened(pipeline, Path(folder), fingerprints_of(Path(folder)), notes)


def _pipeline(plan: Plan, folder: Path) -> "Pipeline":
    from qa.loading import load_pipeline

    return load_pipeline(folder, embedder=plan.embedder, reranker=plan.reranker, reader=plan.reader)


def fingerprints_of(index: Path) -> dict[str, str]:
    """Return by path, in order, the hash of each document's content as indexed."""
    from index.store import Store

    with closing(Store(index)) as store:
        return {path: known.fingerprint for path, known in sorted(store.known().items())}


def _source(plan: Plan, collection: Collection) -> DocumentSource:
    memory = MemorySource(collection.documents)
    if plan.documents is None or form_of(plan.collection) is not Form.JSON_LINES:
        return memory
    from documents.folder import FolderSource

    return _Together(FolderSource(plan.documents), memory)


def _index(
    source: DocumentSource, folder: Path, embedder: str | None, *, show: Show
) -> tuple[str, ...]:
    """Index the documents; return a note when some could not be read."""
    from index.embedding import load_embedder
    from index.syncing import sync

    with counting(show, Step.INDEX) as told:
        report = sync(
            source,
            folder,
            embedder=load_embedder(embedder),
            progress=lambda progress: told(progress.documents, progress.of),
        )
    if not report.failed:
        return ()
    first = report.failed[0]
    return (f"{len(report.failed)} tài liệu không đọc được, ví dụ {first.path}: {first.reason}.",)


class _Together:
    """A folder's documents and some in memory, as one source."""

    def __init__(self, folder: DocumentSource, memory: DocumentSource) -> None:
        self._folder = folder
        self._memory = memory
        self._in_memory = {entry.path for entry in memory.entries()}

    def entries(self, known: Mapping[str, str] = NOTHING_KNOWN) -> Iterator[Entry]:
        entries = [*self._folder.entries(known), *self._memory.entries()]
        yield from sorted(entries, key=lambda entry: entry.path)

    def fingerprint(self, path: str) -> str:
        return self._of(path).fingerprint(path)

    def read(self, path: str) -> Loaded:
        return self._of(path).read(path)

    def _of(self, path: str) -> DocumentSource:
        return self._memory if path in self._in_memory else self._folder
