"""Read OpenDocument texts (.odt): paragraphs and tables in order."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import ZipFile

from documents.archive import open_archive, parse_xml
from documents.errors import UnreadableDocumentError
from documents.extract import Description, Extract, guarded
from documents.tables import blocks_text, row_line
from documents.titles import sensible_title

if TYPE_CHECKING:
    from lxml.etree import _Element

_DAMAGED = (
    "tệp OpenDocument bị hỏng, không phải .odt đúng dạng: hãy mở bằng LibreOffice rồi lưu lại"
)
_LOCKED = "tệp OpenDocument có mật khẩu: hãy lưu lại một bản không đặt mật khẩu"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_PARAGRAPHS = {f"{_TEXT}p", f"{_TEXT}h"}
# Deleted text, notes, comments and their kin: not part of the running text.
_SKIPPED = {
    f"{_TEXT}tracked-changes",
    f"{_TEXT}note",
    f"{_OFFICE}annotation",
    f"{_OFFICE}forms",
    f"{_TEXT}sequence-decls",
    f"{_TEXT}user-field-decls",
    f"{_TEXT}variable-decls",
}
_CHARACTERS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n", f"{_TEXT}s": " "}
_BLANKS = re.compile(r"[ \t\r\n]+")


def read_odt(data: bytes) -> Extract:
    """Return the text of an OpenDocument text: an empty line between paragraphs.

    A table is one paragraph with a line for each row. The XML is walked, as that of Word files
    is; notes, comments, headers and footers are not read. The title of its properties is taken
    when it reads like one; its dates are those of the file and are not taken.
    """
    with guarded(_DAMAGED), open_archive(data) as archive:
        if "META-INF/manifest.xml" in archive.namelist():
            _refuse_encrypted(parse_xml(archive.read("META-INF/manifest.xml")))
        root = parse_xml(archive.read("content.xml"))
        body = next(root.iter(f"{_OFFICE}text"))
        return Extract(blocks_text(_blocks(body)), Description(title=_title(archive)))


def _refuse_encrypted(manifest: "_Element") -> None:
    if any(str(one.tag).endswith("}encryption-data") for one in manifest.iter()):
        raise UnreadableDocumentError(_LOCKED)


def _title(archive: ZipFile) -> str:
    if "meta.xml" not in archive.namelist():
        return ""
    titles = parse_xml(archive.read("meta.xml")).iter(_TITLE)
    return sensible_title(next((one.text or "" for one in titles), ""))


def _blocks(element: "_Element") -> Iterator[str]:
    """Yield the paragraphs and the tables below an element, in order."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag in _PARAGRAPHS:
            yield "".join(_inline(child))
        elif child.tag == f"{_TABLE}table":
            yield "\n".join(filter(None, map(_row, _rows(child))))
        else:
            yield from _blocks(child)


def _rows(table: "_Element") -> Iterator["_Element"]:
    """Yield the rows of a table, those in its groups and header too, not of tables inside."""
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag != f"{_TABLE}table":
            yield from _rows(child)


def _row(row: "_Element") -> str:
    return row_line(" ".join(_blocks(cell)) for cell in row.iterchildren(f"{_TABLE}table-cell"))


def _inline(element: "_Element") -> Iterator[str]:
    """Yield the pieces of text below an element; a text box stands on lines of its own."""
    yield _collapsed(element.text)
    for child in element:
        if child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag in _PARAGRAPHS:
            yield from ("\n", *_inline(child), "\n")
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _inline(child)
        yield _collapsed(child.tail)


def _collapsed(text: str | None) -> str:
    return _BLANKS.sub(" ", text or "")
