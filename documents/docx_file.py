"""Read Word files (.docx): paragraphs and tables in order."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from documents.archive import open_archive
from documents.errors import UnreadableDocumentError
from documents.extract import Description, Extract, guarded
from documents.tables import blocks_text, row_line
from documents.titles import sensible_title

if TYPE_CHECKING:
    from lxml.etree import _Element

_DAMAGED = "tệp Word bị hỏng, không phải .docx đúng dạng: hãy mở bằng Word rồi lưu lại dạng .docx"
_OLD_OR_LOCKED = "tệp Word có mật khẩu hoặc là .doc đời cũ: hãy lưu lại dạng .docx không mật khẩu"
_OLE_MARK = b"\xd0\xcf\x11\xe0"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Settings, deleted and moved-away text, and the second copy of text boxes for old programs.
_SKIPPED = {
    f"{_WORD}pPr",
    f"{_WORD}del",
    f"{_WORD}moveFrom",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_CHARACTERS = {
    f"{_WORD}tab": "\t",
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_WORD}noBreakHyphen": "-",
}


def read_docx(data: bytes) -> Extract:
    """Return the text of a Word file: an empty line between paragraphs.

    A table is one paragraph with a line for each row and " | " between cells.

    The XML is walked, not `Document.paragraphs`, which leaves out tracked insertions, content
    controls and text boxes. Numbers that Word counts by itself, notes, headers and footers are
    not read. The title of its properties is taken when it reads like one; its dates are those
    of the file (a template's, often), not of publication, and are not taken.
    """
    if data.startswith(_OLE_MARK):
        raise UnreadableDocumentError(_OLD_OR_LOCKED)
    with guarded(_DAMAGED):
        return _read(data)


def _read(data: bytes) -> Extract:
    from docx import Document

    open_archive(data).close()
    document = Document(BytesIO(data))
    text = blocks_text(_blocks(document.element.body))
    return Extract(text, Description(title=sensible_title(document.core_properties.title)))


def _blocks(element: "_Element") -> Iterator[str]:
    """Yield the paragraphs and the tables below an element, in order."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_WORD}p":
            yield "".join(_inline(child))
        elif child.tag == f"{_WORD}tbl":
            yield "\n".join(filter(None, map(_row, child.iterchildren(f"{_WORD}tr"))))
        else:
            yield from _blocks(child)


def _row(row: "_Element") -> str:
    return row_line(" ".join(_blocks(cell)) for cell in _cells(row))


def _cells(row: "_Element") -> Iterator["_Element"]:
    for child in row:
        if child.tag == f"{_WORD}tc":
            yield child
        else:
            yield from _cells(child)


def _inline(element: "_Element") -> Iterator[str]:
    """Yield the pieces of text below an element; a text box stands on lines of its own."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag == f"{_WORD}p":
            yield from ("\n", *_inline(child), "\n")
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        else:
            yield from _inline(child)
