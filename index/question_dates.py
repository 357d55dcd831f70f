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
_LEADING_WORD = re.compile(r"\b(?:ngày|ngay|vào|vao|hôm|hom|on|in)\s*$", re.IGNORECASE)
_ENGLISH_MONTHS = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
# "may" in small letters is a Vietnamese word.
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?-i:May|MAY)|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_ENGLISH = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>[12]\d{{3}})\b)?",
        rf"\b{_MONTH}\s+{_DAY}\b(?:,?\s+(?P<year>[12]\d{{3}})\b)?",
        rf"\b{_MONTH},?\s+(?P<year>[12]\d{{3}})\b",
    )
]
_SHORT_YEAR = re.compile(
    r"(?<![\w/.,-])(?P<day>0?[1-9]|[12]\d|3[01])(?P<mark>[/-])(?P<month>1[0-2]|0?[1-9])(?P=mark)"
    r"(?P<year>\d\d)(?![\w/-]|[.,]\d)"
)
_FIRST_OF_LAST_CENTURY = 40
"""The first two-digit year that is one of the 20th century."""
_LEAP_YEAR = 2000


def dates_of(question: str) -> list[DateMention]:
    """Return the days and months a question names, in reading order, without overlaps.

    Vietnamese is read with or without accents; English with its months in words. Years may have
    two digits (26/11/20), which they do not in `documents.dates`.
    """
    accented = _UNACCENTED_WORD.sub(lambda word: _ACCENTED[word.group().lower()], question)
    found = find_dates(accented)
    further = [_english(match) for form in _ENGLISH for match in form.finditer(question)]
    further += [_short(match) for match in _SHORT_YEAR.finditer(question)]
    for mention in further:
        if mention and all(mention.end <= m.start or mention.start >= m.end for m in found):
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


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


def _english(match: re.Match[str]) -> DateMention | None:
    """Return the date of a match, or None when no calendar has it."""
    parts = match.groupdict()
    month = _ENGLISH_MONTHS.index(parts["month"][:3].lower()) + 1
    year, day = (int(parts[name]) if parts.get(name) else None for name in ("year", "day"))
    return _possible(DateMention(*match.span(), year, month, day))


def _short(match: re.Match[str]) -> DateMention | None:
    """Return the date of a match with a two-digit year, or None when no calendar has it."""
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    year += 1900 if year >= _FIRST_OF_LAST_CENTURY else 2000
    return _possible(DateMention(*match.span(), year, month, day))


def _possible(mention: DateMention) -> DateMention | None:
    try:
        date(mention.year or _LEAP_YEAR, mention.month, mention.day or 1)
    except ValueError:
        return None
    return mention


def _agree(first: DateMention, second: DateMention) -> bool:
    """Return whether two mentions may mean the same day: what both name must be equal."""
    parts = [(first.day, second.day), (first.month, second.month), (first.year, second.year)]
    known = [(one, other) for one, other in parts if one is not None and other is not None]
    return len(known) > 1 and all(one == other for one, other in known)


def _is_day(mention: DateMention, day: date) -> bool:
    return _agree(mention, DateMention(0, 0, day.year, day.month, day.day))
