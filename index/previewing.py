"""What a sync would do, without doing it."""

import time
from dataclasses import replace
from pathlib import Path

from documents.source import DocumentSource, Entry
from index.embedding import Embedder
from index.errors import IndexMissingError
from index.manifest import Manifest, check_makers, read_manifest
from index.planning import Plan, plan_of
from index.preparing import Change, Partition, partition
from index.report import Failure, SyncReport
from index.store import Store


def preview(source: DocumentSource, folder: Path | None, *, embedder: Embedder) -> SyncReport:
    """Return the report that a sync of the source into an index would end with.

    Documents are read and split, nothing is embedded and nothing written. Without a folder, or
    where it holds no index, everything is new.

    Raises
    ------
    IndexMismatchError
        As the sync would.
    """
    started = time.perf_counter()
    store, total = _open(folder, embedder)
    try:
        plan = plan_of(source, store.known() if store else {})
        report = SyncReport(
            removed=len(plan.vanished),
            unchanged=plan.unchanged,
            skipped=plan.skipped,
            passages_removed=sum(_passages_of(store, path) for path in plan.vanished),
        )
        for entry in (*plan.added, *plan.changed):
            change = _change(entry, plan, store)
            report = _counted(report, partition(source, change), change)
    finally:
        if store:
            store.close()
    return replace(
        report,
        total=total - report.passages_removed + report.total,
        kept=total - report.passages_removed + report.total - report.embedded,
        seconds=time.perf_counter() - started,
    )


def _open(folder: Path | None, embedder: Embedder) -> tuple[Store | None, int]:
    """Return the store of an index and how many passages it has; None where there is none."""
    try:
        manifest = read_manifest(folder) if folder else None
    except IndexMissingError:
        manifest = None
    if folder is None or manifest is None:
        return None, 0
    check_makers(folder, manifest, Manifest(embedder.name, embedder.revision, embedder.dimension))
    store = Store(folder)
    return store, store.passage_count(generation=manifest.generation)


def _change(entry: Entry, plan: Plan, store: Store | None) -> Change:
    replaces = plan.moved.get(entry.path, entry.path)
    return Change(entry.path, entry.marks, replaces, store.former(replaces) if store else None)


def _counted(report: SyncReport, parted: Partition | Failure, change: Change) -> SyncReport:
    """Return the report with one more document; ``total`` counts the passages that would come."""
    if isinstance(parted, Failure):
        gone = change.replaces != change.path
        return replace(
            report,
            failed=(*report.failed, parted),
            removed=report.removed + gone,
            passages_removed=report.passages_removed
            + (len(change.former.passages) if gone and change.former else 0),
        )
    passages = parted.document.passages
    kept = sum(bool(passage.kept) for passage in passages)
    return replace(
        report,
        added=report.added + (change.former is None),
        changed=report.changed + (change.former is not None and change.replaces == change.path),
        moved=report.moved + (change.replaces != change.path),
        embedded=report.embedded + len(parted.texts),
        passages_removed=report.passages_removed
        + (len(change.former.passages) - kept if change.former else 0),
        total=report.total + len(passages) - kept,
    )


def _passages_of(store: Store | None, path: str) -> int:
    former = store.former(path) if store else None
    return len(former.passages) if former else 0
