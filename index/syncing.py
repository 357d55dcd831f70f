"""Keep an index equal to a source of documents.

Order of a sync, each step safe to be killed in: rows are written to the store at the next
generation, which no reader looks at; the searchers catch up; the manifest publishes the generation;
what was removed leaves the searchers. The next sync takes up whatever an interrupted one left.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import numpy as np

from documents.document import Document, Passage
from documents.errors import DanChungError, UnreadableDocumentError
from documents.source import DocumentSource, Entry
from documents.splitting import split
from index import dense, lexical
from index.abbreviation_definitions import definitions_in
from index.abbreviations import expand, vocabulary
from index.embedding import Embedder
from index.errors import IndexMissingError
from index.folder import make_folder, require_index_only
from index.lexical import PassageWriter
from index.locking import writing
from index.manifest import Manifest, check_makers, read_manifest, write_manifest
from index.records import NewDocument
from index.report import Failure, Progress, ProgressListener, SyncReport
from index.store import Store

BATCH_PASSAGES = 500
"""Documents are stored whenever this many have gathered. Measured: 500 is 7 % faster than 2,000."""
WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class _Loaded:
    entry: Entry
    document: Document
    passages: Sequence[Passage]
    abbreviations: Mapping[str, str]


def sync(
    source: DocumentSource,
    folder: Path,
    *,
    embedder: Embedder,
    progress: ProgressListener = lambda _: None,
    wait_seconds: float = WAIT_SECONDS,
) -> SyncReport:
    """Make the index of a folder hold exactly the documents of a source.

    Documents whose fingerprint is known are not touched. One that cannot be read is reported, and
    its last readable version stays.

    Raises
    ------
    IndexMismatchError
        The index was made by another model or other rules.
    IndexBusyError
        Another process is writing.
    """
    started = time.perf_counter()
    make_folder(folder)
    with writing(folder, wait_seconds=wait_seconds):
        store = Store(folder)
        try:
            published = _published(folder, store, embedder)
            job = _Job(folder, store, embedder, published.generation + 1, progress)
            report = job.run(source)
            manifest = _publish(folder, store, published, changed=job.changed)
            total = store.passage_count(generation=manifest.generation)
        finally:
            store.close()
    return replace(
        report,
        kept=total - report.embedded,
        total=total,
        seconds=time.perf_counter() - started,
    )


def rebuild(
    source: DocumentSource,
    folder: Path,
    *,
    embedder: Embedder,
    progress: ProgressListener = lambda _: None,
) -> SyncReport:
    """Make the index anew beside the old one, then put it in its place.

    The old index answers until the new one is whole. A folder that holds anything but an index is
    refused, so that nothing of the user's is ever deleted.
    """
    folder = folder.resolve()
    make_folder(folder)
    require_index_only(folder)
    with TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as beside:
        report = sync(source, Path(beside, "new"), embedder=embedder, progress=progress)
        with writing(folder, wait_seconds=WAIT_SECONDS):
            require_index_only(folder)
            folder.rename(Path(beside, "old"))
            Path(beside, "new").rename(folder)
    return report


def remove(path: str, folder: Path, *, wait_seconds: float = WAIT_SECONDS) -> int:
    """Remove one document from the index; return how many passages went.

    Raises
    ------
    DanChungError
        The index holds no such document.
    """
    read_manifest(folder)
    with writing(folder, wait_seconds=wait_seconds):
        store = Store(folder)
        try:
            published = _recorded(folder, store)
            if path not in store.fingerprints():
                raise DanChungError(
                    f"{path}: không có trong chỉ mục {folder}; đường dẫn tính từ thư mục đã đồng bộ"
                )
            removed = store.remove([path], generation=published.generation + 1)
            _publish(folder, store, published, changed=True)
        finally:
            store.close()
    return removed


class _Job:
    """One pass over a source; counts as it goes."""

    def __init__(
        self,
        folder: Path,
        store: Store,
        embedder: Embedder,
        generation: int,
        progress: ProgressListener,
    ) -> None:
        self._folder = folder
        self._store = store
        self._embedder = embedder
        self._generation = generation
        self._progress = progress
        self._known = store.fingerprints()
        self._report = SyncReport()
        self._seen = 0
        self._of = 0

    @property
    def changed(self) -> bool:
        """Whether the store was written to."""
        report = self._report
        return bool(report.added or report.changed or report.removed)

    def run(self, source: DocumentSource) -> SyncReport:
        entries = list(source.entries())
        self._of = len(entries)
        self._forget({entry.path for entry in entries})
        writer = PassageWriter(self._folder, self._store, generation=self._generation)
        for batch in self._batches(source, entries):
            self._store_batch(batch)
            writer.catch_up()
            self._tell()
        writer.commit()
        self._tell()
        return self._report

    def _forget(self, present: set[str]) -> None:
        # What lies below a folder that cannot be opened has not vanished.
        vanished = sorted(
            path
            for path in set(self._known) - present
            if not any(str(parent) in present for parent in PurePosixPath(path).parents)
        )
        if vanished:
            gone = self._store.remove(vanished, generation=self._generation)
            self._report = replace(self._report, removed=len(vanished), passages_removed=gone)

    def _batches(self, source: DocumentSource, entries: Sequence[Entry]) -> Iterator[list[_Loaded]]:
        batch: list[_Loaded] = []
        gathered = 0
        for entry in entries:
            self._seen += 1
            if self._known.get(entry.path) == entry.fingerprint:
                self._report = replace(self._report, unchanged=self._report.unchanged + 1)
                continue
            try:
                document = source.load(entry.path)
                defined = definitions_in(document.text)
                batch.append(_Loaded(entry, document, split(document), defined))
                gathered += len(batch[-1].passages)
            except UnreadableDocumentError as error:
                self._fail(entry, str(error))
            if gathered >= BATCH_PASSAGES:
                yield batch
                batch, gathered = [], 0
        if batch:
            yield batch

    def _fail(self, entry: Entry, reason: str) -> None:
        if entry.path in self._known:
            reason += " (bản đã lập chỉ mục trước đó vẫn được giữ)"
        failure = Failure(entry.path, reason)
        self._report = replace(self._report, failed=(*self._report.failed, failure))

    def _store_batch(self, batch: Sequence[_Loaded]) -> None:
        texts = [
            _embedded_text(loaded.document, passage, vocabulary(loaded.abbreviations))
            for loaded in batch
            for passage in loaded.passages
        ]
        vectors = self._embedder.embed_passages(texts)
        bounds = np.cumsum([len(loaded.passages) for loaded in batch])[:-1]
        documents = [
            NewDocument(
                loaded.document,
                loaded.entry.fingerprint,
                loaded.passages,
                rows,
                loaded.abbreviations,
            )
            for loaded, rows in zip(batch, np.split(vectors, bounds), strict=True)
        ]
        gone = self._store.add(documents, generation=self._generation)
        changed = sum(loaded.entry.path in self._known for loaded in batch)
        report = self._report
        self._report = replace(
            report,
            added=report.added + len(batch) - changed,
            changed=report.changed + changed,
            embedded=report.embedded + len(texts),
            passages_removed=report.passages_removed + gone,
        )

    def _tell(self) -> None:
        self._progress(Progress(self._seen, self._of, self._report.embedded))


def _embedded_text(document: Document, passage: Passage, meanings: Mapping[str, str]) -> str:
    """Return what is embedded of a passage, in long forms.

    The document's title, if it has one, is its context.
    """
    text = expand(passage.text, meanings)
    if document.title == document.path:
        return text
    return f"{expand(document.title, meanings)}\n{text}"


def _published(folder: Path, store: Store, embedder: Embedder) -> Manifest:
    """Return what is published, or a first manifest of generation 0; check who made it."""
    wanted = Manifest(
        embedder.name, embedder.revision, embedder.dimension, store_id=store.identity().store_id
    )
    if not store.identity().makers:
        store.set_makers(json.dumps(asdict(wanted)))
    found = _recorded(folder, store)
    check_makers(folder, found, wanted)
    return found


def _recorded(folder: Path, store: Store) -> Manifest:
    """Return the manifest, or what the store knows of it when it is lost or another store's.

    Then the searchers may hold anything, and are made anew from the store.
    """
    identity = store.identity()
    recorded = Manifest(**json.loads(identity.makers)) if identity.makers else None
    try:
        found = read_manifest(folder)
    except IndexMissingError:
        found = None
    if found and found.store_id == identity.store_id and found.generation == identity.published:
        return found
    lexical.reset(folder)
    dense.reset(folder)
    generation = max(identity.published, found.generation if found else 0)
    if recorded is None:
        raise IndexMissingError(
            f"{folder}: chưa có chỉ mục ở đây;"
            f" hãy tạo: python -m index sync THƯ_MỤC --index {folder}"
        )
    return replace(recorded, generation=generation)


def _publish(folder: Path, store: Store, published: Manifest, *, changed: bool) -> Manifest:
    """Bring the searchers to the next generation and publish it, or repair the present one."""
    unpublished = store.newest_generation() > published.generation
    if changed or unpublished or not published.generation:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = replace(published, generation=published.generation + 1, synced=now)
    else:
        manifest = published
    lexical.add_passages(folder, store, generation=manifest.generation)
    dense.save_searcher(folder, store, manifest)
    store.set_published(manifest.generation)
    write_manifest(folder, manifest)
    lexical.drop_passages(folder, store, generation=manifest.generation)
    dense.drop_old(folder, generation=manifest.generation)
    store.purge(before=manifest.generation)
    return manifest
