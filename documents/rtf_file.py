"""Read Rich Text Format files: paragraphs and tables in order."""

import re
from collections.abc import Iterator

from documents.errors import UnreadableDocumentError
from documents.extract import Description, Extract, guarded
from documents.tables import blocks_text, row_line
from documents.titles import sensible_title

_DAMAGED = "tệp RTF bị hỏng, không đọc được: hãy mở bằng Word rồi lưu lại"
_NOT_RTF = "không phải tệp RTF: hãy mở bằng Word rồi lưu lại dạng .rtf hoặc .docx"
_MARK = "{\\rtf"
# striprtf writes "|" for a cell's end, which may also stand in a text: marks nobody writes instead.
_CELL, _ROW, _ROW_START = "\ue000", "\ue001", "\ue002"
_TABLE_WORDS = (
    (re.compile(r"\\(?:nest)?cell(?![a-z]) ?"), _CELL),
    (re.compile(r"\\row(?![a-z]) ?"), _ROW),
    (re.compile(r"\\trowd(?![a-z]) ?"), _ROW_START),
)
_HYPERLINK = re.compile(r"\\fldinst(?=\{)", re.IGNORECASE)
_FONT = re.compile(r"(?=\\f\d)")
_TITLE = re.compile(r"\{\\info\b.{0,2000}?\{\\title ?([^{}]{0,2000})\}", re.DOTALL)
_HEAD = 200_000
"""The information of a file stands at its beginning."""
_CODEPAGE = re.compile(r"\\ansicpg\d{1,5}")


def read_rtf(data: bytes) -> Extract:
    """Return the text of an RTF file, an empty line between paragraphs, a line for each row.

    Headers, footers, notes, pictures and the addresses of links are not read. The title of its
    information is taken when it reads like one. Texts in TCVN3 and VNI fonts
    come out as the Windows letters that their bytes are; `documents.repairing` mends them.
    """
    source = _decode(data)
    if not source.lstrip().startswith(_MARK):
        raise UnreadableDocumentError(_NOT_RTF)
    with guarded(_DAMAGED):
        return Extract(_text(source), Description(title=_title(source)))


def _decode(data: bytes) -> str:
    """Return the file as text: ASCII by rule, and what programs write beside the rule."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _text(source: str) -> str:
    for word, mark in _TABLE_WORDS:
        source = word.sub(mark, source)
    return blocks_text(_blocks(_plain(source)))


def _plain(source: str) -> str:
    """Return what striprtf reads, with halves of surrogate pairs joined.

    Two of its patterns take time with the square of a hostile file's length. The one for links is
    kept from matching, the one for fonts is given an end before each font.
    """
    from striprtf.striprtf import font_table_group, rtf_to_text

    source = _HYPERLINK.sub("\\\\fldinst\n", source)
    fonts = font_table_group(source)
    if fonts:
        source = source.replace(fonts, _FONT.sub(";\n", fonts.removesuffix("}")) + ";}", 1)
    text: str = rtf_to_text(source, errors="replace")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _blocks(text: str) -> Iterator[str]:
    """Yield paragraphs and tables; a paragraph between two rows ends a table."""
    table: list[str] = []
    for chunk in re.split(f"(?<={_ROW})", text):
        before, start, row = chunk.partition(_ROW_START)
        paragraphs = [line for line in before.replace(_CELL, "\n").split("\n") if line.strip()]
        if paragraphs and table:
            yield "\n".join(table)
            table = []
        yield from paragraphs
        if start:
            table.append(row_line(re.sub(f"[{_ROW}{_ROW_START}]", "", row).split(_CELL)))
    yield "\n".join(table)


def _title(source: str) -> str:
    match = _TITLE.search(source[:_HEAD])
    if match is None:
        return ""
    codepage = _CODEPAGE.search(source)
    head = f"{_MARK}1\\ansi{codepage.group() if codepage else ''} "
    return sensible_title(_plain(f"{head}{match[1]}}}"))
