"""Make an index anew beside the old one, and put it in its place."""

from pathlib import Path

from documents.source import DocumentSource
from index.embedding import Embedder
from index.errors import IndexDamagedError, IndexMissingError
from index.folder import make_folder, require_index_only
from index.locking import writing
from index.manifest import IN_FOLDER, Place, read_manifest
from index.planning import check_not_emptied
from index.preparing import Preparing, prepare_here
from index.publishing import forget
from index.report import ProgressListener, SyncReport
from index.swapping import NEW, swap, work_folder
from index.syncing import WAIT_SECONDS, move, sync


def rebuild(
    source: DocumentSource,
    folder: Path,
    *,
    embedder: Embedder,
    place: Place | None = None,
    progress: ProgressListener = lambda _: None,
    preparing: Preparing = prepare_here,
) -> SyncReport:
    """Make the index anew beside the old one, then put it in its place.

    The old index answers until the new one is whole. The searchers stay in their place unless
    another is given.

    Raises
    ------
    DanChungError
        The folder holds anything but an index, so that nothing of the user's is ever deleted; the
        source lost all its documents; or the new index could not be put there.
    """
    folder = folder.resolve()
    make_folder(folder)
    require_index_only(folder)
    check_not_emptied(source, folder)
    with work_folder(folder) as work:
        move(work / NEW, place or _place_of(folder), embedder=embedder)
        report = sync(
            source,
            work / NEW,
            embedder=embedder,
            progress=progress,
            preparing=preparing,
        )
        replace_index(folder, work)
    return report


def _place_of(folder: Path) -> Place:
    try:
        return read_manifest(folder).place
    except (IndexMissingError, IndexDamagedError):
        return IN_FOLDER


def replace_index(folder: Path, work: Path) -> None:
    """Put the whole index ``new`` of a work folder in the place of another, which is dropped.

    Raises
    ------
    DanChungError
        It could not be put there; see `index.swapping.swap`.
    """
    with writing(folder, wait_seconds=WAIT_SECONDS):
        require_index_only(folder)
        old = swap(folder, work)
    forget(old)
