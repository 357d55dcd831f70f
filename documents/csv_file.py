"""Read tables of comma-separated values (.csv): a line for each row."""

import csv
from collections.abc import Sequence

from documents.extract import Extract, guarded
from documents.tables import row_line
from documents.text_file import decode

_DAMAGED = "tệp CSV bị hỏng, không đọc được: hãy mở bằng chương trình bảng tính rồi lưu lại"
_DELIMITERS = ",;\t|"
_SEEN_ROWS = 20


def read_csv(data: bytes) -> Extract:
    """Return the rows as lines with `` | `` between cells.

    The delimiter (comma, semicolon, tab or bar) is the one that cuts the first rows into the most
    columns of equal number; Excel's ``sep=`` line, which is no text, counts among them.
    """
    text = decode(data)
    with guarded(_DAMAGED):
        lines = text.splitlines(keepends=True)
        delimiter = _delimiter(lines)
        if lines and lines[0].startswith("sep="):
            lines = lines[1:]
        rows = csv.reader(lines, delimiter=delimiter)
        return Extract("\n".join(filter(None, map(row_line, rows))))


def _delimiter(lines: Sequence[str]) -> str:
    return max(_DELIMITERS, key=lambda delimiter: _columns(lines[:_SEEN_ROWS], delimiter))


def _columns(lines: Sequence[str], delimiter: str) -> int:
    """Return how many cells the first rows have, of those that have as many as the first."""
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    width = len(rows[0]) if rows else 0
    return sum(width - 1 for row in rows if len(row) == width)
