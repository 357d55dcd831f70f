"""The folder an index lives in: made when missing, never taken from somebody else."""

from fnmatch import fnmatch
from pathlib import Path

from documents.errors import DanChungError
from index.swapping import finish_swap

_OURS = (
    "store.sqlite3*",
    "manifest.json*",
    "dense-*.faiss*",
    "lexical",
    "writer.*",
    "milvus.sqlite3*",
)


def make_folder(folder: Path) -> None:
    """Make the folder of an index, or check that what is there is one or empty.

    Raises
    ------
    DanChungError
        The folder cannot be made, is a file, or holds other files and no index.
    """
    finish_swap(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = _foreign(folder)
    except OSError as error:
        raise DanChungError(
            f"{folder}: không dùng làm thư mục chỉ mục được ({error.strerror});"
            " hãy chọn nơi khác bằng --index"
        ) from error
    if foreign and not (folder / "store.sqlite3").exists():
        raise DanChungError(
            f"{folder}: thư mục này đã có tệp khác ({foreign[0]}) mà không phải chỉ mục;"
            " hãy chọn một thư mục trống bằng --index"
        )


def require_index_only(folder: Path) -> None:
    """Raise `DanChungError` when a folder that is to be replaced holds anything but an index."""
    foreign = _foreign(folder)
    if foreign:
        raise DanChungError(
            f"{folder}: có tệp không thuộc chỉ mục ({foreign[0]}) nên không dựng lại ở đây;"
            " hãy chuyển tệp đó đi, hoặc chọn nơi khác bằng --index"
        )


def _foreign(folder: Path) -> list[str]:
    """Return the names in a folder that an index does not have, in order."""
    names = sorted(path.name for path in folder.iterdir())
    return [name for name in names if not any(fnmatch(name, pattern) for pattern in _OURS)]
