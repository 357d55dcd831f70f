"""One writer at a time: a lock on the index folder that names its holder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from documents.errors import DanChungError
from index.errors import IndexBusyError

LOCK_NAME = "writer.lock"
HOLDER_NAME = "writer.pid"


@contextmanager
def writing(folder: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold the folder's write lock; it is released when the process dies, however it dies.

    Raises
    ------
    IndexBusyError
        Another process still held it after ``wait_seconds``.
    """
    lock = FileLock(folder / LOCK_NAME)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise IndexBusyError(
            f"{folder}: tiến trình {_holder(folder)} đang ghi chỉ mục,"
            f" đã đợi {wait_seconds:.0f} giây; hãy đợi nó xong rồi chạy lại"
        ) from None
    except OSError as error:
        raise DanChungError(
            f"{folder}: không ghi được vào thư mục chỉ mục ({error.strerror});"
            " hãy kiểm tra quyền và dung lượng, hoặc chọn nơi khác bằng --index"
        ) from error
    try:
        with suppress(OSError):  # a full disk: it only tells others who writes
            (folder / HOLDER_NAME).write_text(str(os.getpid()), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            (folder / HOLDER_NAME).unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    try:
        return (folder / HOLDER_NAME).read_text(encoding="utf-8") or "khác"
    except OSError:
        return "khác"
