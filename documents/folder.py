"""The documents of a folder on disk."""

import errno
import os
import time
from collections.abc import Iterator
from hashlib import file_digest, sha256
from pathlib import Path

from documents.document import Document
from documents.errors import DanChungError, UnreadableDocumentError
from documents.loading import MOST_BYTES, document_of, is_document, read_bytes
from documents.source import Entry, Loaded

_SETTLED_NANOSECONDS = 2_000_000_000
"""One written later than this may be written again within a tick of the file system's clock."""
_OUTSIDE = "liên kết trỏ ra ngoài thư mục: hãy chép tệp vào trong, hoặc dùng --follow-links"
_FOLDER_LINK = "liên kết tới một thư mục: hãy chép thư mục vào trong, hoặc dùng --follow-links"


class FolderSource:
    """Every document below a folder; a document's path below it is its identity.

    Left out: hidden files and folders, the lock files of office programs (``~$…``) and files with
    other endings than `documents.loading.SUFFIXES`. Skipped, saying so, unless links are followed:
    links to folders, and links to files outside the folder.

    Raises
    ------
    DanChungError
        When the folder does not exist or is none; asked again whenever the entries are, so
        that a folder that went away is not taken for an empty one.
    """

    def __init__(self, root: Path, *, follow_links: bool = False) -> None:
        self.root = root
        self._follow_links = follow_links
        self._check()

    def entries(self) -> Iterator[Entry]:
        """Yield every document once, ordered by path, marked with its size and times.

        One that was written within the last two seconds has no marks. What cannot be read (a file
        without permission, a folder that cannot be opened) is yielded too; loading it says why.
        """
        self._check()
        settled = time.time_ns() - _SETTLED_NANOSECONDS
        found = {entry.path: entry for entry in self._below(self.root, "", frozenset(), settled)}
        for _, entry in sorted(found.items()):
            yield entry

    def fingerprint(self, path: str) -> str:
        """Return the hex SHA-256 of a file; of one that may not be read, of its size and time."""
        file = self.root / path
        try:
            status = file.stat()
            if status.st_size <= MOST_BYTES and file.is_file():
                with file.open("rb") as stream:
                    return file_digest(stream, "sha256").hexdigest()
        except OSError:
            return ""
        return sha256(f"{status.st_size}:{status.st_mtime_ns}".encode()).hexdigest()

    def load(self, path: str) -> Document:
        """Return one document; see `read`."""
        return self.read(path).document

    def read(self, path: str) -> Loaded:
        """Return one document and the hash of the bytes that it was made from.

        Raises
        ------
        UnreadableDocumentError
            When it cannot be read, changes while it is read, or the path leads out of the folder.
        """
        file = self.root / path
        if not self._follow_links and not self._is_inside(file):
            raise UnreadableDocumentError(
                f"đường dẫn {path!r} ra ngoài thư mục: hãy dùng tệp bên trong"
            )
        if file.is_dir():
            raise UnreadableDocumentError("không mở được thư mục: hãy kiểm tra quyền đọc")
        if "\ufffd" in path and not file.exists():
            raise UnreadableDocumentError("tên tệp không phải UTF-8: hãy đổi tên tệp")
        content = read_bytes(file)
        return Loaded(document_of(path, content), sha256(content).hexdigest())

    def _check(self) -> None:
        if not self.root.exists():
            raise DanChungError(f"không có thư mục {self.root}: hãy kiểm tra đường dẫn")
        if not self.root.is_dir():
            raise DanChungError(f"{self.root} là tệp, không phải thư mục: hãy đưa thư mục chứa tệp")
        if not os.access(self.root, os.R_OK | os.X_OK):
            raise DanChungError(f"không mở được thư mục {self.root}: hãy kiểm tra quyền đọc")

    def _below(
        self, folder: Path, prefix: str, parents: frozenset[str], settled: int
    ) -> Iterator[Entry]:
        """Yield what is below a folder; one that does not open is an entry itself.

        ``parents`` are the real paths of the folders above, so that a loop of links ends.
        """
        try:
            with os.scandir(folder) as listing:
                found = list(listing)
        except OSError as error:
            if not prefix:  # gone since it was checked: it is not empty
                raise DanChungError(
                    f"không đọc được thư mục {folder} ({error.strerror}): hãy kiểm tra ổ đĩa"
                ) from error
            yield Entry(prefix.removesuffix("/"), is_closed=True)
            return
        for one in found:
            if one.name.startswith((".", "~$")):
                continue
            path = prefix + _storable(one.name)
            if one.is_dir(follow_symlinks=False):
                yield from self._below(Path(one.path), f"{path}/", parents, settled)
            elif one.is_symlink() and Path(one.path).is_dir():
                yield from self._linked(Path(one.path), path, parents, settled)
            elif is_document(one.name):
                yield from self._file(one, path, settled)

    def _linked(
        self, folder: Path, path: str, parents: frozenset[str], settled: int
    ) -> Iterator[Entry]:
        real = os.path.realpath(folder)
        if not self._follow_links:
            yield Entry(path, skipped=_FOLDER_LINK)
        elif real not in parents and not Path(os.path.realpath(self.root)).is_relative_to(real):
            yield from self._below(folder, f"{path}/", parents | {real}, settled)

    def _file(self, one: "os.DirEntry[str]", path: str, settled: int) -> Iterator[Entry]:
        try:
            if not one.is_file():
                return
            if one.is_symlink() and not self._follow_links and not self._is_inside(Path(one.path)):
                yield Entry(path, skipped=_OUTSIDE)
                return
            status = one.stat()
        except OSError as error:
            # Gone since it was listed, or a loop of links; else it is there, and reading says why.
            if error.errno not in (errno.ENOENT, errno.ELOOP):
                yield Entry(path)
            return
        newest = max(status.st_mtime_ns, status.st_ctime_ns)
        marks = f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"
        yield Entry(path, marks if newest < settled else "")

    def _is_inside(self, file: Path) -> bool:
        try:
            real = Path(os.path.realpath(file, strict=False))
        except (OSError, ValueError):  # a NUL
            return False
        return real.is_relative_to(os.path.realpath(self.root))


def _storable(name: str) -> str:
    """Return a name that can be stored: bytes that are not UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
