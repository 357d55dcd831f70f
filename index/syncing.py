"""Keep an index equal to a source of documents.

Order of a sync, each step safe to be killed in: rows are written to the store at the next
generation, which no reader looks at; the searchers catch up; the manifest publishes the generation;
what was removed leaves the searchers. The next sync takes up whatever an interrupted one left.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from documents.errors import DanChungError
from documents.source import DocumentSource, Entry
from index.embedding import Embedder
from index.engine import Engine, TermsWriter, engine_of, writing_searchers
from index.folder import make_folder
from index.locking import writing
from index.manifest import Place, read_manifest
from index.planning import Plan, plan_of
from index.preparing import Change, Prepared, Preparing, prepare_here
from index.publishing import choose_place, chosen, publish, published, published_by
from index.records import NewDocument, PastSync
from index.report import Failure, Progress, ProgressListener, SyncReport
from index.store_writing import StoreWriter

BATCH_DOCUMENTS = 100
"""Documents are prepared and stored so many at a time."""
WAIT_SECONDS = 30.0
MOST_TOLD = 100


def sync(
    source: DocumentSource,
    folder: Path,
    *,
    embedder: Embedder,
    progress: ProgressListener = lambda _: None,
    preparing: Preparing = prepare_here,
    wait_seconds: float = WAIT_SECONDS,
) -> SyncReport:
    """Make the index of a folder hold exactly the documents of a source.

    Documents that did not change are not touched, and of one that did only the passages that did
    are embedded. One that cannot be read is reported, and its last readable version stays.

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
        store = StoreWriter(folder)
        try:
            before = published_by(folder, store, embedder)
            engine = engine_of(folder, chosen(store, before))
            job = _Job(store, engine, before.generation + 1, progress)
            report = job.run(source, embedder, preparing)
            manifest = publish(folder, store, before, changed=job.changed)
            total = store.passage_count(generation=manifest.generation)
            report = replace(
                report,
                kept=total - report.embedded,
                total=total,
                seconds=time.perf_counter() - started,
            )
            store.record(_past(report, manifest.generation, getattr(source, "root", None)))
        finally:
            store.close()
    return report


def move(folder: Path, place: Place, *, embedder: Embedder) -> None:
    """Have the next sync move the searchers of an index, or of a new one, to a place."""
    make_folder(folder)
    with writing(folder, wait_seconds=WAIT_SECONDS):
        store = StoreWriter(folder)
        try:
            choose_place(folder, store, embedder, place)
        finally:
            store.close()


def remove(path: str, folder: Path, *, wait_seconds: float = WAIT_SECONDS) -> int:
    """Remove one document from an index; return how many passages went.

    A sync of the folder that the document lies in brings it back.

    Raises
    ------
    DanChungError
        The index has no such document.
    """
    read_manifest(folder)
    with writing(folder, wait_seconds=wait_seconds):
        store = StoreWriter(folder)
        try:
            before = published(folder, store)
            if path not in store.known():
                raise DanChungError(
                    f"{path}: không có trong chỉ mục {folder}; đường dẫn tính từ thư mục đã đồng bộ"
                )
            removed = store.remove([path], generation=before.generation + 1)
            publish(folder, store, before, changed=True)
        finally:
            store.close()
    return removed


class _Job:
    """One pass over a source; counts as it goes."""

    def __init__(
        self, store: StoreWriter, engine: Engine, generation: int, progress: ProgressListener
    ) -> None:
        self._folder = store.path.parent
        self._store = store
        self._engine = engine
        self._generation = generation
        self._progress = progress
        self._known = store.known()
        self._report = SyncReport()
        self._seen = 0
        self._of = 0
        self._started = time.perf_counter()

    @property
    def changed(self) -> bool:
        """Whether anything was written that is to be published."""
        report = self._report
        return bool(report.added or report.changed or report.removed or report.moved)

    def run(self, source: DocumentSource, embedder: Embedder, preparing: Preparing) -> SyncReport:
        plan = plan_of(source, self._known)
        self._report = replace(self._report, unchanged=plan.unchanged, skipped=plan.skipped)
        self._of, self._seen = plan.documents, plan.unchanged
        self._tell()
        if plan.touched:
            self._store.set_marks(plan.touched)
        if plan.vanished:
            gone = self._store.remove(plan.vanished, generation=self._generation)
            self._report = replace(self._report, removed=len(plan.vanished), passages_removed=gone)
        if plan.added or plan.changed:
            self._bring_in(preparing(source, embedder, self._batches(plan)), plan)
        return self._report

    def _bring_in(self, prepared: Iterator[Sequence[Prepared]], plan: Plan) -> None:
        with writing_searchers(self._folder):
            writer = self._engine.writer(self._store, generation=self._generation)
            writer.catch_up()
        for results in prepared:
            for failure in (one for one in results if isinstance(one, Failure)):
                self._fail(failure, plan)
            self._store_documents(
                [one for one in results if isinstance(one, NewDocument)], plan, writer
            )
            self._seen += len(results)
            self._tell()
        with writing_searchers(self._folder):
            writer.commit()

    def _batches(self, plan: Plan) -> Iterator[list[Change]]:
        work = sorted((*plan.added, *plan.changed), key=lambda entry: entry.path)
        for start in range(0, len(work), BATCH_DOCUMENTS):
            yield [self._change(entry, plan) for entry in work[start : start + BATCH_DOCUMENTS]]

    def _change(self, entry: Entry, plan: Plan) -> Change:
        replaces = plan.moved.get(entry.path, entry.path)
        former = self._store.former(replaces) if replaces in self._known else None
        return Change(entry.path, entry.marks, replaces, former)

    def _fail(self, failure: Failure, plan: Plan) -> None:
        if failure.path in self._known:
            reason = f"{failure.reason} (bản đã lập chỉ mục trước đó vẫn được giữ)"
            failure = replace(failure, reason=reason)
        report = self._report
        self._report = replace(report, failed=(*report.failed, failure))
        if failure.path in plan.moved:  # moved, and unreadable since: it is at the old path no more
            gone = self._store.remove([plan.moved[failure.path]], generation=self._generation)
            self._report = replace(
                self._report,
                removed=report.removed + 1,
                passages_removed=report.passages_removed + gone,
            )

    def _store_documents(
        self, documents: Sequence[NewDocument], plan: Plan, writer: TermsWriter
    ) -> None:
        if not documents:
            return
        added = self._store.add(documents, generation=self._generation)
        fresh = [one for new in documents for one in new.passages if not one.kept]
        with writing_searchers(self._folder):
            for passage_id, passage in zip(added.ids, fresh, strict=True):
                writer.add(passage_id, passage.terms)
        moved = sum(new.document.path in plan.moved for new in documents)
        changed = sum(new.document.path in self._known for new in documents)
        report = self._report
        self._report = replace(
            report,
            added=report.added + len(documents) - changed - moved,
            changed=report.changed + changed,
            moved=report.moved + moved,
            embedded=report.embedded + sum(one.vector is not None for one in fresh),
            passages_removed=report.passages_removed + added.passages_removed,
        )

    def _tell(self) -> None:
        seconds = time.perf_counter() - self._started
        report = self._report
        self._progress(Progress(self._seen, self._of, report.embedded, report.unchanged, seconds))


def _past(report: SyncReport, generation: int, root: Path | None) -> PastSync:
    finished = datetime.now(UTC).isoformat(timespec="seconds")
    # Of thousands of skipped files each sync's history keeps the first.
    told = replace(report, failed=report.failed[:MOST_TOLD], skipped=report.skipped[:MOST_TOLD])
    return PastSync(finished, generation, str(root.resolve()) if root else "", told.as_json())
