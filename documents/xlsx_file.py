"""Read Excel workbooks (.xlsx): each sheet a table, a line for each row."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from documents.archive import open_archive
from documents.errors import UnreadableDocumentError
from documents.extract import Description, Extract, guarded
from documents.tables import blocks_text, row_line
from documents.titles import sensible_title

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_DAMAGED = "tệp Excel bị hỏng, không phải .xlsx đúng dạng: hãy mở bằng Excel rồi lưu lại"
_OLD_OR_LOCKED = "tệp Excel có mật khẩu hoặc là .xls đời cũ: hãy lưu lại dạng .xlsx"
_OLE_MARK = b"\xd0\xcf\x11\xe0"
_MOST_CELLS = 5_000_000
_TOO_LARGE = f"bảng tính có hơn {_MOST_CELLS // 1_000_000} triệu ô: hãy chia nhỏ tệp"
_UNNAMED = re.compile(r"(?:sheet|trang tính|trang)\s*\d*", re.IGNORECASE)
_DECIMALS = re.compile(r"0\.(0+)")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_PERCENT = 100
_PRECISION = 10
"""Digits after the point; what binary fractions add beyond (0.1 + 0.2) is not shown."""


def read_xlsx(data: bytes) -> Extract:
    """Return the sheets that are shown, in order, each below its name when somebody gave it one.

    Values are written as Excel shows them in Vietnamese: 31/12/2024, 12,5%, and 1.250.000 where
    the cell asks for thousands; of formulas the value last computed. An empty row ends a block.
    The title of its properties is taken when it reads like one.
    """
    if data.startswith(_OLE_MARK):
        raise UnreadableDocumentError(_OLD_OR_LOCKED)
    with guarded(_DAMAGED):
        open_archive(data).close()
        from openpyxl import load_workbook

        workbook = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            title = sensible_title(workbook.properties.title or "")
            return Extract(blocks_text(_blocks(workbook)), Description(title=title))
        finally:
            workbook.close()


def _blocks(workbook: "Workbook") -> Iterator[str]:
    room = _MOST_CELLS
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            continue
        lines: list[str] = []
        for row in sheet.iter_rows():
            room -= max(1, len(row))
            if room < 0:
                raise UnreadableDocumentError(_TOO_LARGE)
            lines.append(row_line(_shown(cell.value, cell.number_format) for cell in row))
        text = "\n".join(lines).strip("\n")
        if text and not _UNNAMED.fullmatch(sheet.title):
            yield sheet.title
        yield from re.split(r"\n{2,}", text)


def _shown(value: object, number_format: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, _LITERAL.sub("", number_format))
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y" if value.time() == time() else "%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def _number(value: float, number_format: str) -> str:
    """Return a number as its cell shows it; without a format, all its digits."""
    is_percent = "%" in number_format
    value = round(value * _PERCENT if is_percent else value, _PRECISION)
    decimals = _DECIMALS.search(number_format)
    grouped = "," if "#,##" in number_format else ""
    if decimals is not None or grouped or number_format == "0":
        text = f"{value:{grouped}.{len(decimals[1]) if decimals else 0}f}"
    else:
        text = f"{value:.{_PRECISION}f}".rstrip("0").rstrip(".")
    return text.translate({ord(","): ".", ord("."): ","}) + ("%" if is_percent else "")
