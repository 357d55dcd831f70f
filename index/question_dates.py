"""The days a question names, and whether a text is about them."""

import re
from collections.abc import Sequence
from datetime import date

from documents.dates import DateMention, find_dates

# Equal in length to what they replace, so that spans found hold for the text as typed.
_ACCENTED = {"ngay": "ngày", "thang": "tháng", "nam": "năm", "sang": "sáng", "chieu": "chiều"}
_UNACCENTED_WORD = re.compile(
    r"\b(?:" + "|".join(_ACCENTED) + r")\b(?=\s*\d|\s+ngay\s)", re.IGNORECASE
)
_LEADING_WORD = re.compile(r"\b(?:ngày|ngay|vào|vao|hôm|hom)\s*$", re.IGNORECASE)


def dates_of(question: str) -> list[DateMention]:
    """Return the days and months a question names, typed with or without accents."""
    accented = _UNACCENTED_WORD.sub(lambda word: _ACCENTED[word.group().lower()], question)
    return find_dates(accented)


def without_dates(question: str, dates: Sequence[DateMention]) -> str:
    """Return the question without its dates and the word "ngày" that leads to each."""
    parts = []
    start = 0
    for mention in dates:
        parts.append(_LEADING_WORD.sub("", question[start : mention.start]))
        start = mention.end
    return " ".join([*parts, question[start:]])


def share_named(wanted: Sequence[DateMention], text: str, published: date | None = None) -> float:
    """Return the share of some dates that a text names or was published on; 0.5 of none."""
    if not wanted:
        return 0.5
    named = find_dates(text)
    hits = [
        any(_agree(day, mention) for mention in named) or (published and _is_day(day, published))
        for day in wanted
    ]
    return sum(map(bool, hits)) / len(wanted)


def _agree(first: DateMention, second: DateMention) -> bool:
    """Return whether two mentions may mean the same day: what both name must be equal."""
    parts = [(first.day, second.day), (first.month, second.month), (first.year, second.year)]
    known = [(one, other) for one, other in parts if one is not None and other is not None]
    return len(known) > 1 and all(one == other for one, other in known)


def _is_day(mention: DateMention, day: date) -> bool:
    return _agree(mention, DateMention(0, 0, day.year, day.month, day.day))
