"""Tables that read well both as plain text and as Markdown."""

from collections.abc import Sequence


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table, the first row its head; columns after the first align right.

    Raises
    ------
    ValueError
        When the rows have different numbers of cells.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    rule = "".join(f"{'-' * (width + 1)}:|" for width in widths[1:])
    return [lines[0], f"|{'-' * (widths[0] + 2)}|{rule}", *lines[1:]]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [f"{row[0]:<{widths[0]}}"]
    cells += [f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)]
    return f"| {' | '.join(cells)} |"
