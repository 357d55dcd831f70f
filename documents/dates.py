"""Find the days that a Vietnamese text names.

dateparser 1.5, already installed with trafilatura, was measured first: it reads the written forms
well, but it fills what is missing from today's clock ("30-11" becomes this year's, "tháng 3/2024"
gets a day), does not say that it did, and takes "98,5%" for a day of 1998. A citation needs to know
what the text says and what it leaves out, so the few forms are matched here, without a clock.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_YEAR = r"(?P<year>[12]\d{3})"
_BEFORE = r"(?<![\w/.,-])"
_AFTER = r"(?![\w/-]|[.,]\d)"
# "2/3 đại biểu" is a fraction: a day without a year needs a word before it, or brackets.
_CUE = (
    r"(?:sáng|trưa|chiều|tối|đêm|khuya|hôm|nay|qua|ngày|mùng|mồng|từ|đến|và)"
    r"[ \t]*[,(]?[ \t]*|\([ \t]*"
)
_FORMS = [
    # 2020-11-26, 2020-11-26T08:00, and the month alone: 2020-11
    rf"{_BEFORE}{_YEAR}-(?P<month>1[0-2]|0[1-9])"
    r"(?:-(?P<day>0[1-9]|[12]\d|3[01])(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?" + _AFTER,
    # 26/11/2020, 26-11-2020, 26.11.2020, 5/3/2024
    rf"{_BEFORE}{_DAY}(?P<separator>[/.\-])[ ]?{_MONTH}(?P=separator)[ ]?{_YEAR}{_AFTER}",
    # ngày 15 tháng 3 năm 2024, 15 tháng 3
    rf"{_BEFORE}{_DAY}\s+tháng\s+{_MONTH}(?:\s*(?:,?\s*năm\s+|[/\-]){_YEAR})?{_AFTER}",
    # tháng 3/2024, tháng 3 năm 2024
    rf"{_BEFORE}tháng\s+{_MONTH}(?:\s*(?:,?\s*năm\s+|[/\-])){_YEAR}{_AFTER}",
    # sáng 30-11, ngày 30/11, (30/11)
    rf"(?:\b|(?=\())(?:{_CUE}){_BEFORE}(?P<date>{_DAY}[/\-]{_MONTH}){_AFTER}",
    # 30-11, alone on its line
    rf"(?m:^)[ \t]*(?P<date>{_DAY}[/\-]{_MONTH})[ \t]*(?m:$)",
]
_PATTERNS = [re.compile(form, re.IGNORECASE) for form in _FORMS]
_DIGIT = re.compile("[0-9]")
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day, or a part of one, that a text names.

    Attributes
    ----------
    start, end
        Half-open span of the date itself in the text searched, without the word before it.
    year, month, day
        As named; None where the text leaves it out. The month is always named.
    """

    start: int
    end: int
    year: int | None
    month: int
    day: int | None

    def as_date(self) -> date | None:
        """Return the day when year, month and day are all named, else None."""
        if self.year is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


def find_dates(text: str) -> list[DateMention]:
    """Return the days and months named in a text, in reading order, without overlaps.

    Days that no calendar has (31/2) are left out, as are fractions ("127/129"), two-digit years,
    years alone, words ("hôm qua") and spelled-out numbers. Text is expected in NFC.
    """
    found: list[DateMention] = []
    if not _DIGIT.search(text):  # most lines have none
        return found
    taken: set[int] = set()
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            mention = _mention(match)
            if not taken.isdisjoint(range(mention.start, mention.end)):
                continue
            taken.update(range(mention.start, mention.end))
            found.append(mention)
    return sorted(filter(_is_possible, found), key=lambda mention: mention.start)


def complete_dates(text: str) -> Iterator[date]:
    """Yield the days of a text that are named with their year, in reading order."""
    for mention in find_dates(text):
        day = mention.as_date()
        if day is not None:
            yield day


def _mention(match: re.Match[str]) -> DateMention:
    parts = match.groupdict()
    year, month, day = parts.get("year"), parts["month"], parts.get("day")
    start, end = match.span("date") if "date" in parts else match.span()
    return DateMention(
        start, end, int(year) if year else None, int(month), int(day) if day else None
    )


def _is_possible(mention: DateMention) -> bool:
    """Return whether a calendar has the day; without a year, whether a leap year has it."""
    try:
        date(mention.year or _LEAP_YEAR, mention.month, mention.day or 1)
    except ValueError:
        return False
    return True
