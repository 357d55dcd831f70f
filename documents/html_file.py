"""Read web pages: the main text, and what the page says about itself."""

import re
from collections.abc import Iterable

from documents.extract import Extract, guarded
from documents.html_metadata import read_metadata
from documents.text_file import decode

_DAMAGED = "trang HTML bị hỏng, không đọc được: hãy lưu lại trang từ trình duyệt"

_TABLE_RULE = re.compile(r"[|\s:-]+")


def read_html(data: bytes) -> Extract:
    """Return the main text of a page, an empty line between paragraphs, without comments.

    Where no main text is found, all visible text of the body. Scripts and styles are never text.
    Only UTF-8 is read (UTF-16 with its mark), whatever encoding the page declares.
    """
    page = decode(data)
    with guarded(_DAMAGED):
        return _read(page)


def _read(page: str) -> Extract:
    import trafilatura

    tree = trafilatura.load_html(page)
    if tree is None:
        return Extract("")
    # Extraction changes the tree it is given, so the metadata is read first.
    metadata = read_metadata(tree)
    extracted = trafilatura.bare_extraction(page, include_comments=False, with_metadata=False)
    text = str(getattr(extracted, "text", None) or "")
    if not any(map(str.isalpha, text)):
        text = trafilatura.html2txt(page)
    return Extract(_paragraphs(text.splitlines()), metadata)


def _paragraphs(lines: Iterable[str]) -> str:
    """Return the lines as paragraphs; the rows of a table, the items of a list, stay together."""
    text = ""
    previous = ""
    for line in filter(None, map(str.strip, lines)):
        if _TABLE_RULE.fullmatch(line):
            continue
        kind = line[0] if line.startswith(("- ", "| ")) else ""
        text += ("\n" if kind and kind == previous else "\n\n") + line.strip("| ")
        previous = kind
    return text.strip()
