"""The documents of a folder on disk."""

import os
from collections.abc import Iterator
from hashlib import file_digest, sha256
from pathlib import Path

from documents.document import Document
from documents.errors import DanChungError, UnreadableDocumentError
from documents.loading import MOST_BYTES, is_document, load
from documents.source import Entry


class FolderSource:
    """Every document below a folder; a document's path below it is its identity.

    Left out: hidden files and folders, the lock files of office programs (``~$…``), files with
    other endings than `documents.loading.SUFFIXES`, links to folders, and links to files outside
    the folder.

    Raises
    ------
    DanChungError
        When the folder does not exist or is none; asked again whenever the entries are, so
        that a folder that went away is not taken for an empty one.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._check()

    def entries(self) -> Iterator[Entry]:
        """Yield every document once, ordered by path, with the SHA-256 of its bytes.

        What cannot be read (a file too large or without permission, a folder that cannot be
        opened) is yielded too, with a fingerprint of its size and time; loading it says why.
        """
        self._check()
        found = {_storable(name): name for name in self._names()}
        for path, name in sorted(found.items()):
            yield Entry(path, _fingerprint(self.root / name))

    def load(self, path: str) -> Document:
        """Return one document.

        Raises
        ------
        UnreadableDocumentError
            When it cannot be read, or the path leads out of the folder.
        """
        file = self.root / path
        if not self._is_inside(file):
            raise UnreadableDocumentError(
                f"đường dẫn {path!r} ra ngoài thư mục: hãy dùng tệp bên trong"
            )
        if file.is_dir():
            raise UnreadableDocumentError("không mở được thư mục: hãy kiểm tra quyền đọc")
        if "\ufffd" in path and not file.exists():
            raise UnreadableDocumentError("tên tệp không phải UTF-8: hãy đổi tên tệp")
        return load(self.root, path)

    def _check(self) -> None:
        if not self.root.exists():
            raise DanChungError(f"không có thư mục {self.root}: hãy kiểm tra đường dẫn")
        if not self.root.is_dir():
            raise DanChungError(f"{self.root} là tệp, không phải thư mục: hãy đưa thư mục chứa tệp")
        if not os.access(self.root, os.R_OK | os.X_OK):
            raise DanChungError(f"không mở được thư mục {self.root}: hãy kiểm tra quyền đọc")

    def _names(self) -> Iterator[str]:
        """Yield the documents' names below the folder, and those of folders that do not open."""
        closed: list[str] = []
        for folder, subfolders, files in os.walk(
            self.root, onerror=lambda error: closed.append(str(error.filename))
        ):
            subfolders[:] = [name for name in subfolders if not _is_hidden(name)]
            for name in files:
                file = Path(folder, name)
                if is_document(name) and not _is_hidden(name) and self._is_ours(file):
                    yield file.relative_to(self.root).as_posix()
        for name in closed:
            yield Path(name).relative_to(self.root).as_posix()

    def _is_ours(self, file: Path) -> bool:
        return file.is_file() and (not file.is_symlink() or self._is_inside(file))

    def _is_inside(self, file: Path) -> bool:
        try:
            return file.resolve().is_relative_to(self.root.resolve())
        except (OSError, ValueError, RuntimeError):  # a loop of links, a NUL
            return False


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def _storable(name: str) -> str:
    """Return a name that can be stored: bytes that are not UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _fingerprint(file: Path) -> str:
    try:
        status = file.stat()
        if status.st_size <= MOST_BYTES and file.is_file():
            with file.open("rb") as stream:
                return file_digest(stream, "sha256").hexdigest()
        marks = f"{status.st_size}:{status.st_mtime_ns}"
    except OSError:
        marks = _marks_of_unreadable(file)
    return sha256(marks.encode()).hexdigest()


def _marks_of_unreadable(file: Path) -> str:
    try:
        status = file.stat()
    except OSError:
        return "gone"
    return f"{status.st_size}:{status.st_mtime_ns}"
