"""Put a whole index folder in the place of another.

Linux exchanges two folders in one step, so that there is an index in the place at every moment.
Where the system or the file system cannot, the old one is moved aside and then the new one in; when
that dies in between, nothing is in the place, and the work folder beside it holds both. They
are together there at no other time: whoever finds them so moves the new one in.
"""

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from filelock import FileLock, Timeout

from documents.errors import DanChungError
from index.errors import IndexBusyError

NEW, OLD = "new", "old"
_LOCK_NAME = "work.lock"
_WAIT_SECONDS = 30.0
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_CANNOT = (errno.ENOSYS, errno.EINVAL)


@contextmanager
def work_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside an index to make another in; delete it at the end.

    It is locked, so that others tell it from one that was left behind.
    """
    beside = TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent)
    with beside as name, _lock(Path(name)):
        yield Path(name)


def swap(folder: Path, work: Path) -> Path:
    """Put the index ``new`` of a work folder in the place of another; return where that is now.

    When the new one cannot be put there, the old one goes back.

    Raises
    ------
    DanChungError
        It could not be put there; the message tells where the old one is.
    """
    new, old = work / NEW, work / OLD
    try:
        if exchange(folder, new):
            return new
        folder.rename(old)
    except OSError as error:
        raise _not_placed(folder, folder, error) from error
    try:
        new.rename(folder)
    except BaseException as error:
        raise _not_placed(folder, _put_back(folder, old), error) from error
    return old


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return False where that cannot be done."""
    if not sys.platform.startswith("linux"):
        return False
    # See renameat2(2); not in every C library.
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    renameat2.argtypes = [ctypes.c_int, ctypes.c_char_p] * 2 + [ctypes.c_uint]
    paths = os.fsencode(one), os.fsencode(other)
    if renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(one))


def finish_swap(folder: Path) -> bool:
    """Finish a swap that died between its steps; return whether an index is in its place now.

    One that is going on is waited for.

    Raises
    ------
    DanChungError
        There are several, so that none is surely the last, or it cannot be finished.
    """
    folder = folder.resolve()
    unfinished = [] if folder.exists() else list(filter(_is_unfinished, _work_folders(folder)))
    if len(unfinished) > 1:
        raise DanChungError(
            f"{folder}: chỉ mục đang được thay dở ở nhiều nơi"
            f" ({', '.join(map(str, unfinished))}); hãy chuyển thư mục {NEW!r} mới nhất về"
            f" {folder}"
        )
    for work in unfinished:
        try:
            with _lock(work).acquire(timeout=_WAIT_SECONDS):
                if not folder.exists():
                    (work / NEW).rename(folder)
        except Timeout:
            raise IndexBusyError(
                f"{folder}: tiến trình khác đang thay chỉ mục; hãy đợi nó xong rồi chạy lại"
            ) from None
        except OSError as error:
            raise DanChungError(
                f"{folder}: chỉ mục đang được thay dở, không đặt được bản mới ở {work / NEW}"
                f" vào chỗ ({error.strerror}); hãy kiểm tra quyền của thư mục"
            ) from error
    return folder.is_dir()


def drop_left_over(folder: Path, drop: Callable[[Path], None]) -> None:
    """Delete the work folders beside an index that nobody works in; those of unfinished swaps stay.

    Parameters
    ----------
    drop
        Called with each index inside before it is deleted.
    """
    for work in _work_folders(folder.resolve()):
        if _is_unfinished(work):
            continue
        # Whoever works in it holds it; one that goes meanwhile is gone.
        with suppress(Timeout, OSError), _lock(work).acquire(blocking=False):
            for index in (work / NEW, work / OLD):
                drop(index)
            shutil.rmtree(work)


def _work_folders(folder: Path) -> list[Path]:
    """Return the work folders beside an index, also those left behind, in order."""
    locks = folder.parent.glob(f".{escape(folder.name)}.*/{_LOCK_NAME}")
    return sorted(lock.parent for lock in locks)


def _lock(work: Path) -> FileLock:
    return FileLock(work / _LOCK_NAME, preserve_lock_file=True)


def _is_unfinished(work: Path) -> bool:
    return (work / NEW).is_dir() and (work / OLD).is_dir()


def _not_placed(folder: Path, kept: Path, error: BaseException) -> DanChungError:
    return DanChungError(
        f"{folder}: không đặt được chỉ mục mới vào chỗ ({error}); chỉ mục cũ vẫn ở {kept};"
        " hãy chạy lại"
    )


def _put_back(folder: Path, old: Path) -> Path:
    """Move an index back to its place, or beside it where something else is there by now."""
    try:
        old.rename(folder)
    except OSError:
        beside = folder.with_name(f"{folder.name}.{uuid4().hex[:8]}")
        old.rename(beside)
        return beside
    return folder
