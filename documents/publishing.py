"""When an article was published, as far as its first lines say so."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from documents.dates import DateMention, complete_dates, find_dates
from documents.opening import (
    FIRST_YEAR,
    Opening,
    date_of_line,
    is_bare_date,
    is_label,
    source_of_line,
    split_source,
)

_DAY_PART = r"(?:rạng\s+sáng|sáng|trưa|chiều|tối|đêm|hôm\s+nay)"
_DATELINE = re.compile(
    r"(?:(?:tại\s+)?[^\W\d][^,.\d]{1,40},\s*)?(?:vào\s+)?"
    rf"(?:(?P<part>{_DAY_PART})(?:\s+nay)?[\s,(]*(?:ngày\s+)?|ngày\s+)",
    re.IGNORECASE,
)
_PLANNED = re.compile(r"\bsẽ\b", re.IGNORECASE)
_SENTENCE = re.compile(r".*?[.!?](?=\s|$)|.*", re.DOTALL)
_MOST_DAYS_BEFORE_STAMP = 92
_FEWEST_CODE_POINTS = 60
"""A line this long is a paragraph; a shorter one is a heading or a caption."""


def find_published(opening: Opening, text: str) -> date | None:
    """Return the day of publication, or None when the opening does not say.

    A line of its own counts first (``26/11/2020 18:08``), then the day with which the first
    paragraph begins, as news do (``Sáng 30-11, …``). That day gets its year from the stamp of the
    saved page, or from the same day named with its year in the text. A day without a part of
    the day ("Ngày 2/9/1945, …") counts only beside a source or a stamp; a planned day ("sẽ")
    never does, nor one after the stamp.
    """
    dated = [line for line in opening.lines if date_of_line(line) is not None]
    if dated:
        # Several bare days are the headings of a timeline, not the page's date.
        is_timeline = is_bare_date(dated[0]) and len(set(map(date_of_line, dated))) > 1
        return None if is_timeline else date_of_line(dated[0])
    for line in _leads(opening):
        day = _date_of_lead(line, opening, text)
        if day is not None:
            return day if day.year >= FIRST_YEAR and _fits_stamp(day, opening.stamp) else None
    return None


def _leads(opening: Opening) -> Iterable[str]:
    """Return the first paragraph, and the second, after a summary, if its source is before it."""
    paragraphs = [
        line
        for line in opening.lines
        if len(line) >= _FEWEST_CODE_POINTS and line[-1] in ".!?…" and not is_label(line)
    ]
    return [*paragraphs[:1], *(line for line in paragraphs[1:2] if split_source(line)[0])]


def _date_of_lead(line: str, opening: Opening, text: str) -> date | None:
    source, line = split_source(line)
    match = _DATELINE.match(line)
    if match is None or _is_planned(line):
        return None
    is_news = source or opening.stamp or any(map(source_of_line, opening.lines))
    if not (match["part"] or is_news):
        return None
    mention = next((date for date in find_dates(line) if date.start == match.end()), None)
    return _with_year(mention, opening.stamp, text) if mention is not None else None


def _is_planned(line: str) -> bool:
    sentence = _SENTENCE.match(line)
    return sentence is not None and _PLANNED.search(sentence.group()) is not None


def _with_year(mention: DateMention, stamp: date | None, text: str) -> date | None:
    if mention.day is None or mention.year is not None:
        return mention.as_date()
    if stamp is not None:
        return _last_before(stamp, mention.month, mention.day)
    same_days = {
        day for day in complete_dates(text) if (day.month, day.day) == (mention.month, mention.day)
    }
    return same_days.pop() if len(same_days) == 1 else None


def _last_before(stamp: date, month: int, day: int) -> date | None:
    """Return the last such day that is not after the stamp's month."""
    for year in (stamp.year, stamp.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if _fits_stamp(found, stamp):
            return found
    return None


def _fits_stamp(day: date, stamp: date | None) -> bool:
    """Return whether a page saved in the stamp's month can be about the day's news."""
    if stamp is None:
        return True
    end = stamp.replace(day=monthrange(stamp.year, stamp.month)[1])
    return timedelta() <= end - day and stamp - day <= timedelta(days=_MOST_DAYS_BEFORE_STAMP)
