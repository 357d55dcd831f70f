"""A row of a table as one line of text."""

from collections.abc import Iterable


def row_line(cells: Iterable[str]) -> str:
    """Return the cells, each on one line, with `` | `` between; empty ones are left out."""
    return " | ".join(filter(None, (" ".join(cell.split()) for cell in cells)))


def blocks_text(blocks: Iterable[str]) -> str:
    """Return the blocks of a text with an empty line between; blank ones are left out."""
    return "\n\n".join(filter(None, (block.strip() for block in blocks)))
