"""What a sync has to do: which documents are new, changed, moved, vanished, or only touched."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from documents.errors import DanChungError
from documents.source import DocumentSource, Entry
from index.records import Known
from index.report import Failure
from index.store import Store


@dataclass(frozen=True, slots=True)
class Plan:
    """The work of a sync; paths in order.

    Attributes
    ----------
    added, changed
        Documents to be stored anew.
    moved
        New path → old path of documents whose content is the same.
    vanished
        Documents that are no longer there.
    touched
        Path → new marks of documents whose content is the same.
    unchanged
        How many there are, the touched ones too.
    skipped
        What the source left out, and why.
    """

    added: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    moved: Mapping[str, str]
    vanished: tuple[str, ...]
    touched: Mapping[str, str]
    unchanged: int
    skipped: tuple[Failure, ...] = ()

    @property
    def documents(self) -> int:
        """How many the source has."""
        return self.unchanged + len(self.added) + len(self.changed)


def check_not_emptied(source: DocumentSource, folder: Path) -> None:
    """Raise `EmptyFolderError` when a source lost all documents that an index in a folder has."""
    for _ in source.entries(marks_in(folder)):
        break


def marks_in(folder: Path) -> dict[str, str]:
    """Return path → marks of the documents of an index; none where there is no usable index."""
    try:
        store = Store(folder)
    except DanChungError:
        return {}
    try:
        return {path: one.marks for path, one in store.known().items()}
    except DanChungError:
        return {}
    finally:
        store.close()


def plan_of(source: DocumentSource, known: Mapping[str, Known]) -> Plan:
    """Return what is to be done for the store to hold what a source does; see `plan_sync`."""
    marks = {path: one.marks for path, one in known.items()}
    return plan_sync(list(source.entries(marks)), known, source.fingerprint)


def plan_sync(
    entries: Sequence[Entry], known: Mapping[str, Known], fingerprint: Callable[[str], str]
) -> Plan:
    """Compare what a source lists with what the store knows.

    Content is read (``fingerprint``) only where marks cannot tell, and to recognise moves.
    """
    skipped = tuple(Failure(entry.path, entry.skipped) for entry in entries if entry.skipped)
    entries = [entry for entry in entries if not entry.skipped]
    fresh = [entry for entry in entries if entry.path not in known]
    doubtful = [entry for entry in entries if not _is_same(entry, known.get(entry.path))]
    doubtful = [entry for entry in doubtful if entry.path in known]
    changed = [
        entry for entry in doubtful if fingerprint(entry.path) != known[entry.path].fingerprint
    ]
    changed_paths = {entry.path for entry in changed}
    touched = {entry.path: entry.marks for entry in doubtful if entry.path not in changed_paths}
    vanished = _vanished(known, entries)
    moved = _moved(fresh, vanished, known, fingerprint) if vanished else {}
    gone = set(moved.values())
    return Plan(
        tuple(fresh),
        tuple(changed),
        moved,
        tuple(path for path in vanished if path not in gone),
        {path: marks for path, marks in touched.items() if marks != known[path].marks},
        len(entries) - len(fresh) - len(changed),
        skipped,
    )


def _is_same(entry: Entry, known: Known | None) -> bool:
    return known is not None and bool(entry.marks) and entry.marks == known.marks


def _vanished(known: Mapping[str, Known], entries: Sequence[Entry]) -> list[str]:
    """Return the known paths that are not present; what lies below a closed folder may be there."""
    absent = known.keys() - {entry.path for entry in entries}
    closed = {entry.path for entry in entries if entry.is_closed}
    return sorted(
        path
        for path in absent
        if not any(str(parent) in closed for parent in PurePosixPath(path).parents)
    )


def _moved(
    fresh: Sequence[Entry],
    vanished: Sequence[str],
    known: Mapping[str, Known],
    fingerprint: Callable[[str], str],
) -> dict[str, str]:
    """Return new path → old path for equal contents; of several, the first goes to the first."""
    by_content: dict[str, list[str]] = {}
    for path in reversed(vanished):
        by_content.setdefault(known[path].fingerprint, []).append(path)
    moved: dict[str, str] = {}
    for entry in fresh:
        same = by_content.get(fingerprint(entry.path))
        if same:
            moved[entry.path] = same.pop()
    return moved
