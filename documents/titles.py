"""Titles: one line, not too long, and not what a program put there."""

import re

MOST_CODE_POINTS = 200
_NOT_A_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|excel)\b.*|untitled.*|no title|word document|"
    r"(?:tài liệu|document|presentation|book|doc)\s*\(?\d*\)?|.*\.\w{2,5}",
    re.IGNORECASE,
)
_FEWEST_WORDS = 2


def one_line(text: str) -> str:
    """Return the text on one line, cut at a word to at most `MOST_CODE_POINTS` with "…"."""
    text = " ".join(text.split())
    if len(text) <= MOST_CODE_POINTS:
        return text
    room = MOST_CODE_POINTS - 1
    head = text[:room] if text[room].isspace() else text[:room].rpartition(" ")[0] or text[:room]
    return head.rstrip(" ,;:-–") + "…"


def sensible_title(title: str) -> str:
    """Return the title found in a file's properties, or empty when it is not a human's.

    Programs put file names ("bai viet.doc"), their own name, or one word there.
    """
    title = one_line(title)
    if len(title.split()) < _FEWEST_WORDS or _NOT_A_TITLE.fullmatch(title):
        return ""
    return title if any(map(str.isalpha, title)) else ""
