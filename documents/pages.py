"""From the lines of printed pages back to paragraphs."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_DEEPEST = 3
"""A header or footer has at most this many lines."""
_COUNTING_PAGES = 3
"""Two headings in a row ("Điều 5", "Điều 6") do not make a page number, three might."""
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_PAGE_NUMBER = re.compile(
    r"\W*(?:trang|page)?\W*(?P<number>\d{1,4})(?:\s*/\s*\d{1,4})?\W*", re.IGNORECASE
)
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_STARTS_ITEM = re.compile(
    r"[•●▪○*+]|\(?(?:\d{1,3}|[a-zđ]|[IVXLC]{1,5})[.)]\s|"
    r"Điều\s+\d+[.:]|(?:Chương|Mục|Phần)\s+[\dIVXLC]+\s*(?:[.:]|$)"
)
_DASH_ITEM = re.compile(r"[-–—]\s*(?P<letter>\w)")
_RUNS_ON = re.compile(
    r"\b(?:ngày|tháng|năm|số|và|của|ở|tại|về|theo|cho|với|từ|đến|điều|khoản)$", re.IGNORECASE
)
_FULL_LINE = 0.88
"""A line at least this share of the usual width runs on; measured in code points."""
_SHORT_LINE = 0.7
_HEADING_WORDS = 3
"""Fewer words in capitals are an abbreviation at a line's end, not a heading."""
_SOFT_HYPHEN = "\u00ad"


def drop_furniture(pages: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of all pages in order, without repeated headers, footers, page numbers.

    A line is furniture when it is the outermost left at the top or bottom of at least two pages
    and of half of them; it may hold a number that counts along with the pages. A line of a number
    alone is furniture when it is the page's own. Lines are stripped; empty ones inside are kept.
    """
    remaining = [_strip_empty([line.strip() for line in page]) for page in pages]
    for edge in (0, -1):
        for _ in range(_DEEPEST):
            if not _drop_edge(remaining, edge):
                break
    return [line for page in remaining for line in page]


def unwrap(lines: Iterable[str]) -> str:
    """Return the lines joined into paragraphs, which an empty line separates.

    A paragraph ends at an empty line, before a list item or numbered heading, between capitals
    and other text, before a capital after a short line, and between sentences where either line
    is short of the usual width; never after a word that needs another ("tại"). Runs of blanks,
    which justified text has, become one. Hyphens stay: Vietnamese does not divide syllables, and
    "COVID-" before "19" is one word; only a soft hyphen, which has no other use, is removed.
    """
    lines = [" ".join(line.split()) for line in lines]
    width = _usual_width(lines)
    paragraphs: list[str] = []
    previous = ""
    for line in lines:
        if line and previous and not _is_break(previous, line, width):
            paragraphs[-1] = _join(paragraphs[-1], line)
        elif line:
            paragraphs.append(line)
        previous = line
    return "\n\n".join(paragraphs)


def _strip_empty(lines: list[str]) -> list[str]:
    kept = [number for number, line in enumerate(lines) if line]
    return lines[kept[0] : kept[-1] + 1] if kept else []


def _drop_edge(pages: list[list[str]], edge: int) -> bool:
    """Drop the furniture among the outermost lines of one edge; return whether there was any."""
    forms = [_forms(page[edge], number) if page else set() for number, page in enumerate(pages)]
    counts = Counter(form for page_forms in forms for form in page_forms)
    half = (len(pages) + 1) // 2
    dropped = False
    for number, page in enumerate(pages):
        repeated = any(
            counts[form] >= max(_COUNTING_PAGES if "\0" in form[0] else 2, half)
            for form in forms[number]
        )
        if page and (repeated or _is_own_number(page[edge], number)):
            del page[edge]
            pages[number] = _strip_empty(page)
            dropped = True
    return dropped


def _forms(line: str, page: int) -> set[tuple[str, int]]:
    """Return the line as it is, and with each number replaced by its distance from the page's."""
    forms = {(line, 0)} if not line.isdigit() else set()
    for match in _NUMBER.finditer(line):
        masked = f"{line[: match.start()]}\0{line[match.end() :]}"
        forms.add((masked, int(match.group()) - page))
    return forms


def _is_own_number(line: str, page: int) -> bool:
    match = _PAGE_NUMBER.fullmatch(line)
    return match is not None and int(match["number"]) == page + 1


def _usual_width(lines: Sequence[str]) -> int:
    """Return the length that nine in ten of the lines do not pass."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _is_break(previous: str, line: str, width: int) -> bool:
    if _RUNS_ON.search(previous):
        return False
    if _starts_item(line, previous) or _is_capitals(previous) != _is_capitals(line):
        return True
    if line[0].islower():
        return False
    if _ENDS_SENTENCE.search(previous):
        return len(previous) < _FULL_LINE * width or len(line) < _SHORT_LINE * width
    return len(previous) < _SHORT_LINE * width and not previous.endswith(",")


def _starts_item(line: str, previous: str) -> bool:
    dash = _DASH_ITEM.match(line)
    if dash is not None:
        return dash["letter"].isupper() or _ENDS_SENTENCE.search(previous) is not None
    return _STARTS_ITEM.match(line) is not None


def _is_capitals(line: str) -> bool:
    return line.isupper() and len(line.split()) >= _HEADING_WORDS


def _join(first: str, second: str) -> str:
    if first.endswith(_SOFT_HYPHEN):
        return first[:-1] + second
    glued = first.endswith("-") and first[-2:-1].isalnum()
    return first + second if glued else f"{first} {second}"
