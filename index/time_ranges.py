"""Two times of a question that are the ends of one: "từ 20/11 đến 26/11/2020"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.times import Time, months

_FROM = re.compile(r"(?<!\w)(?:tu|between|from)\s+(?:ngay\s+)?$")
_TO = re.compile(r"\s*(?:den|toi|to|and|[-–])\s*(?:het\s+)?(?:ngay\s+)?")


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time and where it stands in a question."""

    start: int
    end: int
    time: Time


def joined_ranges(spans: Sequence[TimeSpan], plain: str) -> list[TimeSpan]:
    """Return the times with those that are the ends of one made that one.

    A beginning without its year takes the year of the end. A time said of today ("năm ngoái") is
    no end: the words that mean it are left out of the search (`index.question_times`).

    Parameters
    ----------
    spans
        In reading order.
    plain
        The question, folded and in lower case.
    """
    joined: list[TimeSpan] = []
    for span in spans:
        first = joined[-1] if joined else None
        if first and _FROM.search(plain[: first.start]):
            between = plain[first.end : span.start]
            whole = _from_to(first.time, span.time) if _TO.fullmatch(between) else None
            if whole:
                joined[-1] = TimeSpan(first.start, span.end, whole)
                continue
        joined.append(span)
    return joined


def _from_to(first: Time, last: Time) -> Time | None:
    since, until = first.since, last.until
    if since is None and until is not None and first.month:
        since = _in_year(first, until.year)
    if since is None or until is None or since > until or first.is_relative or last.is_relative:
        return None
    return replace(last, since=since, until=until, is_year=first.is_year and last.is_year)


def _in_year(time: Time, year: int) -> date | None:
    first, last = months(year, time.month or 1)
    return None if (time.day or 1) > last.day else first.replace(day=time.day or 1)
