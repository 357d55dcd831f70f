"""ZIP archives as tests need them: good ones, and ones that no good program writes."""

import stat
import struct
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CENTRAL, _FLAGS_AT, _NAME_AT = b"PK\x01\x02", 8, 46


def write_zip(file: Path, members: Mapping[str, str | bytes]) -> None:
    """Write an archive; the file is replaced as a whole, as programs do."""
    temporary = file.with_name("~$new")
    with ZipFile(temporary, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            # The same bytes whenever they are written.
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content)
    temporary.replace(file)


def add_link(file: Path, name: str, target: str) -> None:
    """Add a symbolic link to an archive."""
    info = ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(file, "a") as archive:
        archive.writestr(info, target)


def set_flag(file: Path, name: str, flag: int) -> None:
    """Set a flag of a member, such as 1 for encrypted, in the table of contents."""
    content = bytearray(file.read_bytes())
    place = content.rindex(name.encode()) - _NAME_AT
    assert content[place : place + 4] == _CENTRAL
    (flags,) = struct.unpack_from("<H", content, place + _FLAGS_AT)
    struct.pack_into("<H", content, place + _FLAGS_AT, flags | flag)
    file.write_bytes(content)


def rename_raw(file: Path, name: str, raw: bytes) -> None:
    """Give a member with an ASCII name other bytes of the same length for one."""
    assert len(name) == len(raw)
    file.write_bytes(file.read_bytes().replace(name.encode(), raw))
