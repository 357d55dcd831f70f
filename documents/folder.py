"""The documents of a folder on disk."""

import errno
import os
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from documents.document import Document
from documents.errors import DanChungError, EmptyFolderError, UnreadableDocumentError
from documents.loading import MOST_BYTES, document_of, is_document, read_bytes
from documents.source import NOTHING_KNOWN, Entry, Loaded
from documents.zip_folder import ZipFolders, is_zip, split_path

_SETTLED_NANOSECONDS = 2_000_000_000
"""One written later than this may be written again within a tick of the file system's clock."""
_ARCHIVE_PART = re.compile(r"\.zip/", re.IGNORECASE)
_OUTSIDE = "liên kết trỏ ra ngoài thư mục: hãy chép tệp vào trong, hoặc dùng --follow-links"
_FOLDER_LINK = "liên kết tới một thư mục: hãy chép thư mục vào trong, hoặc dùng --follow-links"


@dataclass(frozen=True, slots=True)
class _Listing:
    """What is the same for all files of one listing.

    Attributes
    ----------
    settled
        Nanoseconds of the clock: a file written later may still be written.
    archives
        Path of each archive → paths and marks of what is known to be in it.
    """

    settled: int
    archives: Mapping[str, Mapping[str, str]]


class FolderSource:
    """Every document below a folder; a document's path below it is its identity.

    A ZIP archive is like a folder: what is inside has paths such as ``a.zip/b/c.txt``.

    Left out: hidden files and folders, the lock files of office programs (``~$…``) and files with
    other endings than `documents.loading.SUFFIXES`. Skipped, saying so: what
    `documents.zip_folder` refuses of archives and, unless links are followed, links to folders
    and links to files outside the folder.

    Parameters
    ----------
    may_be_empty
        Whether it is believed to have no document any more when there were some.

    Raises
    ------
    DanChungError
        When the folder does not exist or is none; asked again whenever the entries are, so
        that a folder that went away is not taken for an empty one.
    """

    def __init__(
        self, root: Path, *, follow_links: bool = False, may_be_empty: bool = False
    ) -> None:
        self.root = root
        self._follow_links = follow_links
        self._may_be_empty = may_be_empty
        self._zips = ZipFolders()
        self._check()
        self._real_root = os.path.realpath(root)

    def entries(self, known: Mapping[str, str] = NOTHING_KNOWN) -> Iterator[Entry]:
        """Yield every document once, ordered by path, marked with its size and times.

        One that was written within the last two seconds has no marks. What cannot be read (a file
        without permission, a folder that cannot be opened) is yielded too; loading it says why.
        An archive is not opened when it is as it was and ``known`` has all that was in it.

        Raises
        ------
        EmptyFolderError
            There are none, but were: a drive may not be mounted. Not raised if it may be empty.
        """
        self._check()
        listing = _Listing(time.time_ns() - _SETTLED_NANOSECONDS, _by_archive(known))
        found = {entry.path: entry for entry in self._below(self.root, "", frozenset(), listing)}
        is_empty = all(entry.skipped for entry in found.values())
        if is_empty and known and not self._may_be_empty:
            raise EmptyFolderError(
                f"thư mục {self.root} trống, không còn tài liệu nào, có lẽ ổ đĩa chưa được gắn;"
                f" đồng bộ sẽ bỏ cả {len(known)} tài liệu khỏi chỉ mục; nếu đúng là muốn vậy, hãy"
                " chạy lại python -m index sync với --allow-empty"
            )
        for _, entry in sorted(found.items()):
            yield entry

    def fingerprint(self, path: str) -> str:
        """Return the hex SHA-256 of a file; of one that may not be read, of its size and time."""
        file, inside = split_path(self.root, path)
        if inside:
            try:
                return sha256(self._zips.open(file).read(inside)).hexdigest()
            except UnreadableDocumentError:
                return ""
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
        file, inside = split_path(self.root, path)
        if not self._follow_links and not self._is_inside(file):
            raise UnreadableDocumentError(
                f"đường dẫn {path!r} ra ngoài thư mục: hãy dùng tệp bên trong"
            )
        if file.is_dir():
            raise UnreadableDocumentError("không mở được thư mục: hãy kiểm tra quyền đọc")
        if "\ufffd" in path and not file.exists():
            raise UnreadableDocumentError("tên tệp không phải UTF-8: hãy đổi tên tệp")
        is_member = inside or is_zip(path)
        content = self._zips.open(file).read(inside) if is_member else read_bytes(file)
        return Loaded(document_of(path, content), sha256(content).hexdigest())

    def _check(self) -> None:
        if not self.root.exists():
            raise DanChungError(f"không có thư mục {self.root}: hãy kiểm tra đường dẫn")
        if not self.root.is_dir():
            raise DanChungError(f"{self.root} là tệp, không phải thư mục: hãy đưa thư mục chứa tệp")
        if not os.access(self.root, os.R_OK | os.X_OK):
            raise DanChungError(f"không mở được thư mục {self.root}: hãy kiểm tra quyền đọc")

    def _below(
        self, folder: Path, prefix: str, parents: frozenset[str], listing: _Listing
    ) -> Iterator[Entry]:
        """Yield what is below a folder; one that does not open is an entry itself.

        ``parents`` are the real paths of the folders above, so that a loop of links ends.
        """
        try:
            with os.scandir(folder) as names:
                found = list(names)
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
                yield from self._below(Path(one.path), f"{path}/", parents, listing)
            elif one.is_symlink() and Path(one.path).is_dir():
                yield from self._linked(Path(one.path), path, parents, listing)
            elif is_document(one.name) or is_zip(one.name):
                yield from self._file(one, path, listing)

    def _linked(
        self, folder: Path, path: str, parents: frozenset[str], listing: _Listing
    ) -> Iterator[Entry]:
        real = os.path.realpath(folder)
        if not self._follow_links:
            yield Entry(path, skipped=_FOLDER_LINK)
        elif real not in parents and not Path(os.path.realpath(self.root)).is_relative_to(real):
            yield from self._below(folder, f"{path}/", parents | {real}, listing)

    def _file(self, one: "os.DirEntry[str]", path: str, listing: _Listing) -> Iterator[Entry]:
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
        entry = Entry(path, marks if newest < listing.settled else "")
        if is_zip(one.name):
            yield from self._inside(entry, Path(one.path), listing.archives.get(path, {}))
        else:
            yield entry

    def _inside(self, archive: Entry, file: Path, known: Mapping[str, str]) -> Iterator[Entry]:
        """Yield what is in an archive; one that does not open is an entry itself.

        A member's marks are the archive's with the number of documents, and of members skipped if
        any: documents that all have them, and are so many, are all that there is.
        """
        whole = f"{archive.marks}:{len(known)}"
        if archive.marks and known and all(marks == whole for marks in known.values()):
            yield from (Entry(path, whole) for path in known)
            return
        try:
            members = self._zips.open(file).members
        except UnreadableDocumentError:
            yield Entry(archive.path, is_closed=True)
            return
        skipped = sum(bool(member.skipped) for member in members)
        marks = f"{archive.marks}:{len(members) - skipped}" + (f"+{skipped}" if skipped else "")
        for member in members:
            is_marked = archive.marks and not member.skipped
            path = f"{archive.path}/{member.path}"
            yield Entry(path, marks if is_marked else "", member.skipped)

    def _is_inside(self, file: Path) -> bool:
        try:
            real = Path(os.path.realpath(file, strict=False))
        except (OSError, ValueError):  # a NUL
            return False
        return real.is_relative_to(self._real_root)


def _by_archive(known: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    """Return by path, whatever it is, the known documents that may be in an archive there."""
    archives: dict[str, dict[str, str]] = {}
    for path, marks in known.items():
        for part in _ARCHIVE_PART.finditer(path):
            archives.setdefault(path[: part.end() - 1], {})[path] = marks
    return archives


def _storable(name: str) -> str:
    """Return a name that can be stored: bytes that are not UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
