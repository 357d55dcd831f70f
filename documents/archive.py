"""Files that are ZIP archives of XML (.docx, .epub …): opened and parsed within bounds."""

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
_ENCRYPTED = 0x1
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
    check_parts(archive.infolist(), len(data))
    return archive


def check_parts(parts: list[ZipInfo], packed: int) -> None:
    """Raise `UnreadableDocumentError` unless an archive of ``packed`` bytes is within bounds."""
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_ENTRIES:
        raise UnreadableDocumentError(
            f"tệp nén có {len(parts)} mục, tối đa {MOST_ENTRIES}: hãy chia nhỏ tệp"
        )
    if unpacked > MOST_UNPACKED:
        raise UnreadableDocumentError(
            f"tệp nén bung ra hơn {MOST_UNPACKED // 1_000_000} MB: hãy chia nhỏ tệp"
        )
    if unpacked > max(_SMALL, MOST_RATIO * packed):
        raise UnreadableDocumentError(
            f"tệp nén bung ra gấp hơn {MOST_RATIO} lần, có thể là bom nén: hãy lưu lại tệp"
        )
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UnreadableDocumentError(_LOCKED)


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
