"""ZIP archives read as folders of documents; nothing of them is written to disk.

Archives inside archives are not opened, and RAR, 7z and tar are none of ours.
"""

import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from unicodedata import normalize
from weakref import finalize
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from documents.archive import ENCRYPTED, MOST_RATIO, check_count, check_size
from documents.errors import UnreadableDocumentError
from documents.extract import guarded
from documents.loading import MOST_BYTES, is_document
from documents.repairing import decode_legacy

MOST_MEMBERS = 10_000
MOST_EXPANDED = 1_000_000_000
"""Bytes of all members that are read, together."""
_MOST_DIRECTORY = 16_000_000
"""Bytes of the table of contents, which is in memory as a whole."""
_SMALL = 1_000_000
"""A member of so many bytes does no harm, whatever its ratio."""
_METHODS = (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2)
_UTF8_NAME = 0x800
_DRIVE = re.compile(r"[A-Za-z]:")
_LEFT_OUT = (".", "~$", "__MACOSX")
"""What systems and programs leave beside documents begins so."""

_DAMAGED = "tệp nén bị hỏng hoặc đang được ghi: hãy nén lại dạng ZIP rồi đồng bộ lại"
_CLIMBS = "tên trỏ ra ngoài tệp nén (..): hãy nén lại tệp này"
_ABSOLUTE = "tên là đường dẫn tuyệt đối: hãy nén lại tệp này"
_LINK = "là liên kết, không phải tệp: hãy nén chính tệp đó"
_TWICE = "trùng tên với một tệp khác trong tệp nén: hãy đổi tên rồi nén lại"
_NESTED = "tệp nén nằm trong tệp nén: hãy chép nó ra thư mục tài liệu"
_LOCKED = "có mật khẩu: hãy nén lại không đặt mật khẩu"
_METHOD = "kiểu nén không được hỗ trợ: hãy nén lại dạng ZIP thông thường"
_BOMB = f"bung ra gấp hơn {MOST_RATIO} lần, có thể là bom nén: hãy bỏ tệp này"
_LARGE = f"nặng {{size:.1f}} MB, tối đa {MOST_BYTES / 1e6:.0f} MB: hãy chia nhỏ tệp"
_GONE = "không còn trong tệp nén: hãy đồng bộ lại"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive.

    Attributes
    ----------
    path
        Below the archive, NFC, with ``/`` between parts; as it is named when it is skipped.
    skipped
        Why it is not read, in the user's language; empty when it is.
    """

    path: str
    skipped: str = ""


class ZipFolder:
    """One archive, open. Names without the mark of UTF-8 are UTF-8, else legacy Vietnamese."""

    def __init__(self, file: Path) -> None:
        """Read the table of contents.

        Raises
        ------
        UnreadableDocumentError
            It cannot be opened, is damaged, or is beyond bounds as a whole.
        """
        self._infos: dict[str, ZipInfo] = {}
        self.members: Sequence[Member] = ()
        try:
            self._file = _CappedFile(file)
        except OSError as error:
            raise UnreadableDocumentError(
                f"không mở được tệp nén ({error.strerror}): hãy kiểm tra quyền đọc tệp"
            ) from error
        finalize(self, self._file.close)  # when nobody asks it any more
        with guarded(_DAMAGED):
            self._archive = ZipFile(self._file)
        self._file.cap = MOST_BYTES
        self._list(file.stat().st_size)

    def read(self, path: str) -> bytes:
        """Return the content of a member that is not skipped.

        Raises
        ------
        UnreadableDocumentError
            There is none of this name, or it is damaged.
        """
        if path not in self._infos:
            raise UnreadableDocumentError(_GONE)
        with guarded(_DAMAGED):
            # No more than the size that it declares is ever unpacked.
            return self._archive.read(self._infos[path])

    def _list(self, packed: int) -> None:
        infos = self._archive.infolist()
        members = []
        for path, info in zip(_paths(infos), infos, strict=True):
            member = _member(path, info, self._infos)
            if member is not None:
                members.append(member)
                if not member.skipped:
                    self._infos[member.path] = info
        check_count(len(members), most=MOST_MEMBERS)
        check_size(self._infos.values(), packed, most=MOST_EXPANDED)
        self.members = sorted(members, key=lambda member: member.path)


class ZipFolders:
    """Opens archives; the last one stays open, for its members are asked for one by one.

    A copy, such as one sent to another process, begins with none open.
    """

    def __init__(self) -> None:
        self._last: ZipFolder | None = None
        self._state: tuple[object, ...] = ()

    def __reduce__(self) -> tuple[type["ZipFolders"], tuple[()]]:
        return ZipFolders, ()

    def open(self, file: Path) -> ZipFolder:
        """Return an archive as it is now; raise as `ZipFolder` does."""
        state = _state(file)
        if self._last is None or state != self._state:
            self._last = None
            self._last, self._state = ZipFolder(file), state
        return self._last


def is_zip(name: str) -> bool:
    """Return whether a file's name has the ending of an archive."""
    return name.lower().endswith(".zip")


def archive_in(path: str) -> str:
    """Return the path of the archive that a document's path is in by its names, or nothing."""
    parts = path.split("/")
    for place, part in enumerate(parts[:-1], start=1):
        if is_zip(part):
            return "/".join(parts[:place])
    return ""


def split_path(root: Path, path: str) -> tuple[Path, str]:
    """Return the file of a path below a folder, and the path inside it if it is an archive.

    A folder may be called ``a.zip`` too.
    """
    parts = path.split("/")
    for place, part in enumerate(parts[:-1], start=1):
        if is_zip(part):
            archive = root.joinpath(*parts[:place])
            if archive.is_file():
                return archive, "/".join(parts[place:])
    return root / path, ""


def _state(file: Path) -> tuple[object, ...]:
    try:
        status = file.stat()
    except OSError:
        return (file,)
    return file, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


class _CappedFile(FileIO):
    """A file of which only so much is read at once: an archive states itself how much that is."""

    cap = _MOST_DIRECTORY

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self.cap + 1 if size is None or size < 0 else size
        content = super().read(min(wanted, self.cap + 1)) or b""
        if len(content) > self.cap:
            raise UnreadableDocumentError(
                f"mục lục của tệp nén lớn hơn {self.cap // 1_000_000} MB: hãy chia nhỏ tệp nén"
            )
        return content


def _paths(infos: Sequence[ZipInfo]) -> Iterator[str]:
    """Yield the members' names, mended where their encoding is not told.

    One program wrote them all, so that legacy names are judged together.
    """
    raw = {
        info.orig_filename: info.orig_filename.encode("cp437")
        for info in infos
        if not (info.flag_bits & _UTF8_NAME or info.orig_filename.isascii())
    }
    mended = {name: text for name, data in raw.items() if (text := _as_utf8(data))}
    legacy = {name: data for name, data in raw.items() if name not in mended}
    decoded = decode_legacy(b"\n".join(legacy.values()))
    if decoded is not None and decoded.count("\n") == len(legacy) - 1:
        mended |= dict(zip(legacy, decoded.split("\n"), strict=True))
    for info in infos:
        name = mended.get(info.orig_filename, info.orig_filename)
        # Old programs of Windows write their own separator.
        yield normalize("NFC", name.partition("\0")[0].replace("\\", "/"))


def _as_utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _member(name: str, info: ZipInfo, taken: dict[str, ZipInfo]) -> Member | None:
    """Return a member, or None of one that is left out of folders too: a folder, hidden, others."""
    parts = [part for part in name.split("/") if part not in ("", ".")]
    is_folder = name.endswith("/") or not parts
    if is_folder or any(part != ".." and part.startswith(_LEFT_OUT) for part in parts):
        return None
    misplaced = _misplaced(name, parts, info)
    if misplaced:
        return Member(name, misplaced)
    path = "/".join(parts)
    if is_zip(path):
        return Member(path, _NESTED)
    if not is_document(path):
        return None
    if path in taken:
        return Member(f"{path} (2)", _TWICE)
    return Member(path, _unread(info))


def _misplaced(name: str, parts: Sequence[str], info: ZipInfo) -> str:
    """Return why a member is none of the archive's own files; empty when it is one."""
    if name.startswith("/") or _DRIVE.match(name):
        return _ABSOLUTE
    if ".." in parts:
        return _CLIMBS
    kind = stat.S_IFMT(info.external_attr >> 16)
    return "" if kind in (0, stat.S_IFREG) else _LINK


def _unread(info: ZipInfo) -> str:
    """Return why a document is not read; empty when it is."""
    if info.flag_bits & ENCRYPTED:
        return _LOCKED
    if info.compress_type not in _METHODS:
        return _METHOD
    if info.file_size > MOST_BYTES:
        return _LARGE.format(size=info.file_size / 1e6)
    return _BOMB if info.file_size > max(_SMALL, MOST_RATIO * info.compress_size) else ""
