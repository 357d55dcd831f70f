"""Keep an index equal to a folder as the folder changes.

What the operating system tells of changes says when to look, never what has changed: a sync
compares the folder with the index. The folder is also looked at now and then without being told,
for what is on other machines is not always told of.
"""

import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import NoReturn

from documents.errors import DanChungError
from documents.folder import FolderSource
from documents.loading import is_document
from documents.source import NOTHING_KNOWN, Entry
from documents.zip_folder import is_zip
from index.errors import EmbedderError, IndexDamagedError, IndexMismatchError
from index.planning import check_not_emptied, plan_of
from index.report import SyncReport
from index.store import Store
from index.watch_schedule import Schedule

_TICK_MILLISECONDS = 200
_HOPELESS = (IndexMismatchError, IndexDamagedError, EmbedderError)
"""What trying again does not mend."""


@dataclass(frozen=True, slots=True)
class Synced:
    """A sync has ended."""

    report: SyncReport


@dataclass(frozen=True, slots=True)
class Waiting:
    """The folder is not there; why that is thought, in the user's language."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A sync failed and is tried again after so many seconds."""

    reason: str
    retry_seconds: float


Event = Synced | Waiting | Failed


@dataclass(frozen=True, slots=True)
class Place:
    """A folder on disk: another one mounted or moved to its path is another place."""

    device: int
    inode: int


class SteadyFolder(FolderSource):
    """A folder that must be the same place before and after it is listed.

    One that is unmounted meanwhile is thus not taken for empty.
    """

    def __init__(self, root: Path, place: Place | None, *, follow_links: bool) -> None:
        super().__init__(root, follow_links=follow_links, may_be_empty=True)
        self._place = place

    def entries(self, known: Mapping[str, str] = NOTHING_KNOWN) -> Iterator[Entry]:
        """Yield every document; raise `DanChungError` when the folder is not the same any more."""
        found = list(super().entries(known))
        if place_of(self.root) != self._place:
            raise DanChungError(f"thư mục {self.root} vừa bị thay: sẽ xem lại")
        yield from found


def place_of(folder: Path) -> Place | None:
    """Return where a folder is, or None when there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return Place(status.st_dev, status.st_ino) if folder.is_dir() else None


class Follower:
    """Syncs a folder whenever it changes, until it is interrupted."""

    def __init__(
        self,
        folder: Path,
        index: Path,
        *,
        sync: Callable[[FolderSource], SyncReport],
        tell: Callable[[Event], None],
        follow_links: bool = False,
        may_be_empty: bool = False,
    ) -> None:
        self._folder = folder
        self._index = index.resolve()
        self._sync = sync
        self._tell = tell
        self._follow_links = follow_links
        self._may_be_empty = may_be_empty
        self._place: Place | None = None

    def run(self) -> NoReturn:
        """Follow the folder.

        Raises
        ------
        DanChungError
            The index cannot be written by this model or these rules, or the system watches no
            more folders. Whatever may pass by itself is told and tried again.
        """
        while True:
            self._wait_for_folder()
            self._place = place_of(self._folder)
            with closing(self._changes()) as changes:
                self._follow(changes)

    def _follow(self, changes: Iterator[bool]) -> None:
        """Sync after changes, until the folder is another place."""
        schedule = Schedule(time.monotonic())
        is_whole = False
        for changed in changes:
            if place_of(self._folder) != self._place:
                return
            now = time.monotonic()
            if changed:
                schedule.note_change(now)
            if schedule.is_due(now):
                is_whole = self._sync_once(schedule, is_whole=is_whole)

    def _sync_once(self, schedule: Schedule, *, is_whole: bool) -> bool:
        """Sync if there is anything to do; return whether the index is whole now.

        It need not be after a sync that failed: then the next one is made in any case.
        """
        try:
            source = SteadyFolder(self._folder, self._place, follow_links=self._follow_links)
            if not is_whole or self._has_work(source):
                self._tell(Synced(self._sync(source)))
        except _HOPELESS:
            raise
        except DanChungError as error:
            if place_of(self._folder) == self._place:
                pause = schedule.note_failure(time.monotonic())
                self._tell(Failed(str(error), pause))
            return False
        schedule.note_success(time.monotonic())
        return True

    def _has_work(self, source: FolderSource) -> bool:
        """Return whether a sync would change anything: one that would not need not be recorded."""
        store = Store(self._index)
        try:
            known = store.known()
        finally:
            store.close()
        plan = plan_of(source, known)
        return bool(plan.added or plan.changed or plan.moved or plan.vanished or plan.touched)

    def _wait_for_folder(self) -> None:
        told = ""
        while reason := self._absence():
            if reason != told:
                self._tell(Waiting(reason))
                told = reason
            time.sleep(_TICK_MILLISECONDS / 1000)

    def _absence(self) -> str:
        """Return why the folder is thought not to be there; empty when it is.

        An empty one may be where a drive was mounted. It is believed if it was seen at this place
        before, or if there is nothing to lose.
        """
        place = place_of(self._folder)
        if place is None:
            return f"không thấy thư mục {self._folder}: đợi nó trở lại, chỉ mục giữ nguyên"
        may_be_empty = self._may_be_empty or place == self._place
        try:
            check_not_emptied(FolderSource(self._folder, may_be_empty=may_be_empty), self._index)
        except DanChungError as error:
            return f"đợi, chỉ mục giữ nguyên: {error}"
        return ""

    def _changes(self) -> Generator[bool, None, None]:
        """Yield many times a second whether anything changed since; from the first on, all."""
        from watchfiles import watch

        try:
            for changes in watch(
                self._folder,
                watch_filter=None,
                debounce=_TICK_MILLISECONDS,
                rust_timeout=_TICK_MILLISECONDS,
                yield_on_timeout=True,
                ignore_permission_denied=True,
            ):
                yield any(self._matters(Path(path)) for _, path in changes)
        except FileNotFoundError:
            return
        except (OSError, RuntimeError) as error:
            raise DanChungError(
                f"không theo dõi được thư mục {self._folder} ({error}); hãy tăng"
                " fs.inotify.max_user_watches, hoặc chạy sync định kỳ không có --watch"
            ) from error

    def _matters(self, path: Path) -> bool:
        """Return whether a change there may be one of documents.

        Not of hidden files, nor of others that editors and downloads leave beside documents; but a
        name that is gone may have been a folder's.
        """
        if path.is_relative_to(self._index):
            return False
        parts = _below(path, self._folder)
        if any(part.startswith((".", "~$")) for part in parts):
            return False
        return is_document(path.name) or is_zip(path.name) or not path.is_file()


def _below(path: Path, folder: Path) -> tuple[str, ...]:
    for root in (folder, folder.absolute(), folder.resolve()):
        if path.is_relative_to(root):
            return PurePath(path.relative_to(root)).parts
    return ()
