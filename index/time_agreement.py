"""Whether a passage is of the times that a question names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from documents.dates import DateMention, find_dates
from index.phrases import has_phrase
from index.times import Time, months

PUBLISHED_IN_YEAR = 0.25
"""What publication in a year counts when only the year's number was asked for.

Much is published in a year that is not about it; and the number may be part of a name.
"""
_FEW_DAYS, _MOST_DAYS, _MOST_YEARS = 15, 31, 10
_MONTHS_OF_YEAR, _LEAP_YEAR = 12, 2000
_YEAR = re.compile(r"(?<![\w/.,-])[12]\d{3}(?![\w/-]|[.,]\d)")


def agreement(times: Sequence[Time], text: str, published: date | None) -> float:
    """Return how far a text is of some times, 0 to 1: the mean over them; 0 of none.

    A text that names a time or was published then counts 1; published in a bare year, less. A day
    without a year in the text is taken to be the one nearest to the day of publication.
    """
    if not times:
        return 0.0
    named = [_dated(mention, published) for mention in find_dates(text)]
    return sum(_agreement(time, text, named, published) for time in times) / len(times)


def naming_terms(times: Sequence[Time]) -> tuple[tuple[str, ...], ...]:
    """Return what a passage that names one of the times holds: all terms of one alternative.

    Terms are folded syllables and pairs (`index.terms`). Passages may hold them without naming the
    time (`agreement` tells); a range is looked for by its days, months or years, as many as it
    has; the ends of a very long one are left out.
    """
    return tuple(dict.fromkeys(terms for time in times for terms in _naming_terms(time)))


def _agreement(
    time: Time, text: str, named: Sequence[DateMention], published: date | None
) -> float:
    if (
        (not time.is_relative and has_phrase(text, time.text))
        or any(_names(mention, time) for mention in named)
        or any(_covers(time, *months(int(year), 1, 12)) for year in _YEAR.findall(text))
    ):
        return 1.0
    if published and time.holds(published):
        return PUBLISHED_IN_YEAR if time.is_year else 1.0
    return 0.0


def _names(mention: DateMention, time: Time) -> bool:
    """Return whether a date of a text lies in a time; a month names its parts, but no day."""
    if mention.year is None:
        return any(_names(dated, time) for dated in _in_years_of(time, mention))
    if mention.day is not None:
        return time.holds(date(mention.year, mention.month, mention.day))
    first, last = months(mention.year, mention.month)
    if time.since is None or time.until is None:
        return time.day is None and time.holds(first)
    return time.since < time.until and time.since <= last and first <= time.until


def _covers(time: Time, first: date, last: date) -> bool:
    """Return whether a time with its year holds all of some days."""
    return time.since is not None and time.holds(first) and time.holds(last)


def _dated(mention: DateMention, published: date | None) -> DateMention:
    """Return a mention with the year that brings it nearest to the day of publication."""
    if mention.year is not None or published is None:
        return mention
    years = range(max(1, published.year - 1), min(published.year + 2, 9999))
    dated = _possible(mention, years)
    return min(
        dated,
        key=lambda one: abs(date(one.year or 1, one.month, one.day or 1) - published),
        default=mention,
    )


def _in_years_of(time: Time, mention: DateMention) -> Iterator[DateMention]:
    """Return a day without a year in the years of a time; in a leap year when it has none."""
    if time.since is None or time.until is None:
        return _possible(mention, range(_LEAP_YEAR, _LEAP_YEAR + 1))
    last = min(time.until.year, time.since.year + _MOST_YEARS)
    return _possible(mention, range(time.since.year, last + 1))


def _possible(mention: DateMention, years: range) -> Iterator[DateMention]:
    """Yield a mention in those years that have the day."""
    for year in years:
        if mention.day is None or mention.day <= months(year, mention.month)[1].day:
            yield replace(mention, year=year)


def _naming_terms(time: Time) -> Iterator[tuple[str, ...]]:
    first, last = time.since, time.until
    if first is None or last is None:
        month = time.month or 1
        yield from _terms_of_day(None, month, time.day) if time.day else [(f"thang_{month}",)]
    elif (last - first).days >= _MOST_DAYS * _MONTHS_OF_YEAR - _MOST_DAYS:
        for year in range(first.year, min(last.year, first.year + _MOST_YEARS) + 1):
            yield (str(year),)
    else:
        if (last - first).days < _FEW_DAYS:
            for step in range((last - first).days + 1):
                day = first + timedelta(days=step)
                yield from _terms_of_day(day.year, day.month, day.day)
        if first < last:
            yield from _terms_of_months(first, last)


def _terms_of_day(year: int | None, month: int, day: int) -> Iterator[tuple[str, ...]]:
    """Yield the ways to write a day: 5/3, 05/03, 5 tháng 3, 2020-03-05."""
    for d, m in product(_spellings(day), _spellings(month)):
        yield (f"{d}_{m}",)
        yield (f"{d}_thang", f"thang_{m}")
    if year is not None:
        yield (f"{year}_{month:02}", f"{month:02}_{day:02}")


def _terms_of_months(first: date, last: date) -> Iterator[tuple[str, ...]]:
    """Yield the ways to write the months from one day to another: 3/2020, tháng 3 năm 2020."""
    place, end = (day.year * _MONTHS_OF_YEAR + day.month - 1 for day in (first, last))
    for year, zero_based in (divmod(p, _MONTHS_OF_YEAR) for p in range(place, end + 1)):
        yield (f"{year}_{zero_based + 1:02}",)
        for month in _spellings(zero_based + 1):
            yield (f"{month}_{year}",)
            yield (f"thang_{month}", f"{month}_nam", f"nam_{year}")


def _spellings(number: int) -> tuple[str, ...]:
    """Return a day's or month's number as it is written: 5 and 05."""
    return tuple(dict.fromkeys((f"{number}", f"{number:02}")))
