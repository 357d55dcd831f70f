"""Files that are ZIP archives of XML (.docx, .epub …): opened and parsed within bounds."""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

from documents.errors import UnreadableDocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_UNPACKED = 200_000_000
"""Bytes of all parts together."""
MOST_ENTRIES = 20_000
MOST_RATIO = 300
"""How many times larger than the file; the sheets of a workbook shrink to a hundredth."""
_SMALL = 20_000_000
"""So many bytes do no harm, whatever the ratio."""
ENCRYPTED = 0x1
"""The flag of a part that needs a password."""
_LOCKED = "tệp nén có mật khẩu: hãy lưu lại một bản không đặt mật khẩu"


def open_archive(data: bytes) -> ZipFile:
    """Return an archive that does not unpack beyond bounds; nothing is unpacked yet.

    The sizes that it declares are the bound: `ZipFile` reads no part beyond its own.

    Raises
    ------
    UnreadableDocumentError
        It has too many parts, unpacks to too much, or is encrypted.
    BadZipFile
        It is no archive.
    """
    archive = ZipFile(BytesIO(data))
    parts = archive.infolist()
    check_count(len(parts), most=MOST_ENTRIES)
    check_size(parts, len(data), most=MOST_UNPACKED)
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise UnreadableDocumentError(_LOCKED)
    return archive


def check_count(count: int, *, most: int) -> None:
    """Raise `UnreadableDocumentError` when an archive has too many parts."""
    if count > most:
        raise UnreadableDocumentError(f"tệp nén có {count} mục, tối đa {most}: hãy chia nhỏ tệp")


def check_size(parts: Iterable[ZipInfo], packed: int, *, most: int) -> None:
    """Raise `UnreadableDocumentError` when parts of an archive of ``packed`` bytes are a bomb."""
    unpacked = sum(part.file_size for part in parts)
    if unpacked > most:
        raise UnreadableDocumentError(
            f"tệp nén bung ra hơn {most // 1_000_000} MB: hãy chia nhỏ tệp"
        )
    if unpacked > max(_SMALL, MOST_RATIO * packed):
        raise UnreadableDocumentError(
            f"tệp nén bung ra gấp hơn {MOST_RATIO} lần, có thể là bom nén: hãy lưu lại tệp"
        )


def parse_xml(data: bytes) -> "_Element":
    """Return the root of an XML part; entities stay unexpanded and nothing else is opened.

    Raises
    ------
    XMLSyntaxError
        It is no XML, or nested too deeply.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True
    )
    return etree.fromstring(data, parser)
