"""The times a question names: days, months, quarters and years, also as words said of today.

A question that has Vietnamese accents is read with them ("năm" is no "Nam"), others without.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from documents.normalising import fold, has_accents, syllables
from index.question_dates import dates_of
from index.time_ranges import TimeSpan, joined_ranges
from index.times import Time, months

MOST_TIMES = 6
"""Times that count; a question with more is pasted text."""
_YEAR = r"(?P<year>[12]\d{3})(?![\w/]|[.,]\d)"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])(?!\d)"
_DAY = r"(?<![\w/.,-])(?P<day>0?[1-9]|[12]\d|3[01])"
_PART = r"(?:(?<!\w)(?P<part>đầu|giữa|cuối|thượng tuần|trung tuần|hạ tuần)\s+)?"
_MONTH_WORD = (
    r"(?P<month>mười một|mười hai|mười|giêng|một|hai|ba|tư|năm(?=\s+năm\s)|sáu|bảy|tám|chín|chạp)"
    r"(?!\w)"
)
_COUNT = r"(?P<count>\d{1,2}|một|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?!\w)"
_LAST = r"trước|rồi|vừa\s+rồi|vừa\s+qua|qua"
# "những năm trước", "trước đó", "qua đời": words that look like a time and are none.
_SEVERAL = (
    *("nhiều", "những", "các", "mấy", "vài", "hàng"),
    *("một", "hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười"),
)
_ALONE = r"(?<!\w)" + "".join(rf"(?<!{word} )" for word in (*_SEVERAL, r"\d"))
_ENDS = r"(?!\w)(?!\s+(?:khi|lúc|đó|đây|đời|công|ngày|sinh))"
_SPOKEN_YEAR = rf"năm\s+(?P<which>nay|này|ngoái|{_LAST}|kia|tới){_ENDS}"
_OF_YEAR = rf"(?:\s*(?:[/\-]|,?\s*năm\s|\s)\s*{_YEAR}|,?\s+(?:của\s+)?{_SPOKEN_YEAR})"
# A law's year belongs to its name, unless something happened to the law then.
_LAW_NAME = (
    r"(?:(?<!pháp )(?<!kỷ )luật|hiến\s+pháp|pháp\s+lệnh|nghị\s+định|thông\s+tư|nghị\s+quyết"
    r"|chỉ\s+thị|quyết\s+định|hiệp\s+định|công\s+ước|tuyên\s+ngôn)"
    r"(?:\s+(?!(?:được|thông\s+qua|ban\s+hành|có|vào|trong|từ|đến|hết)\b)[^\W\d_]+){0,8}\s*$"
)
_CONTEXT = 80
_OFFSETS = {"nay": 0, "this": 0, "today": 0, "kia": -2, "toi": 1, "mai": 1, "next": 1}
"""Of folded words; all others mean the time before now."""
_UNITS = {"week": "tuan", "month": "thang", "quarter": "quy", "year": "nam"}
_NUMBERS = {  # of folded words; half a year is six months
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "gieng": 1, "tu": 4, "chap": 12, "nua": 6,
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip
_TEN_DAYS = {"thuong tuan": "dau", "trung tuan": "giua", "ha tuan": "cuoi"}
_WEEK, _QUARTER, _YEAR_MONTHS = 7, 3, 12
_LEAP_YEAR = 2000

_Days = tuple[date, date]
_Groups = Mapping[str, str]
"""A match's named groups, folded; empty where nothing matched."""


def times_of(question: str, today: date) -> tuple[Time, ...]:
    """Return the times a question names, in reading order; of overlapping ones the longest.

    ``today`` is the day the question is asked. Weeks begin on Monday; "đầu", "giữa" and "cuối" are
    the first, middle and last third. A year's number counts only after "năm" and the like, and not
    as part of a law's name ("Luật Đất đai năm 2013"). Numbers in words are read of months with
    their day or year, of quarters and in counts ("hai năm trước"), up to twelve. From one time to
    another is one time (`index.time_ranges`). A time named again is told once; at most `MOST_TIMES`
    are.
    """
    accented = has_accents(question)
    plain = question.lower() if accented else fold(question).lower()
    shown = question if len(question) == len(plain) else plain
    chosen: list[TimeSpan] = []
    for span in sorted(_found(shown, plain, today), key=lambda span: span.start - span.end):
        if all(span.end <= other.start or span.start >= other.end for other in chosen):
            chosen.append(span)
    ordered = sorted(chosen, key=lambda span: span.start)
    named = (
        replace(span.time, text=shown[span.start : span.end])
        for span in joined_ranges(ordered, fold(plain))
    )
    return tuple(dict.fromkeys(named))[:MOST_TIMES]


def without_relative(question: str, times: Sequence[Time]) -> str:
    """Return the question without the words that mean a time only today ("năm ngoái").

    A question that has no other words stays as it is.
    """
    rest = question
    for time in times:
        if time.is_relative:
            rest = rest.replace(time.text, " ", 1)
    return rest if syllables(rest) else question


@dataclass(frozen=True, slots=True)
class _Rule:
    """A form of words, and the time it means; None when it means none."""

    forms: Mapping[bool, re.Pattern[str]]
    read: Callable[[_Groups, date], Time | None]


def _found(shown: str, plain: str, today: date) -> Iterator[TimeSpan]:
    """Yield what every rule finds, dates in figures first."""
    for mention in dates_of(shown):
        yield TimeSpan(
            mention.start, mention.end, _of_figures(mention.year, mention.month, mention.day)
        )
    accented = has_accents(shown)
    for rule in _RULES:
        for match in rule.forms[accented].finditer(plain):
            groups = {
                name: " ".join(fold(value or "").split())
                for name, value in match.groupdict().items()
            }
            time = rule.read(groups, today)
            before = plain[max(0, match.start() - _CONTEXT) : match.start()]
            if time and not (time.is_year and _LAW_BEFORE[accented].search(before)):
                yield TimeSpan(*match.span(), time)


def _of_figures(year: int | None, month: int, day: int | None) -> Time:
    """Return the time of a date that a calendar has."""
    if year is None:
        return Time("", month=month, day=day)
    return Time("", *((date(year, month, day),) * 2 if day else months(year, month)))


def _day(groups: _Groups, today: date) -> Time | None:
    """26/11, 26-11 năm ngoái, 2 tháng chín năm 1945."""
    month, day, year = _number(groups["month"]), int(groups["day"]), _year(groups, today)
    try:
        named = date(year or _LEAP_YEAR, month, day)
    except ValueError:
        return None
    if year is None:
        return Time("", month=month, day=day)
    return Time("", named, named, is_relative=not groups.get("year"))


def _month(groups: _Groups, today: date) -> Time | None:
    """Tháng 11, cuối tháng 11/2020, tháng 11 năm ngoái."""
    month, year = _number(groups["month"]), _year(groups, today)
    if year is None:
        return Time("", month=month)
    days = _third_of_month(months(year, month), groups["part"])
    return Time("", *days, is_relative=not groups["year"])


def _quarter(groups: _Groups, today: date) -> Time | None:
    """Quý III/2020, quý 1 năm nay."""
    name, year = groups["quarter"], _year(groups, today)
    if year is None:
        return None
    last = _QUARTER * _number(name)
    return Time("", *months(year, last - 2, last), is_relative=not groups["year"])


def _months_of_year(groups: _Groups, today: date) -> Time | None:
    """Sáu tháng đầu năm 2020, 9 tháng cuối năm ngoái, nửa cuối năm nay."""
    number, year = _number(groups["count"]), _year(groups, today)
    if year is None or not 1 <= number <= _YEAR_MONTHS:
        return None
    days = months(year, 1, number)
    if groups["part"] == "cuoi":
        days = months(year, _YEAR_MONTHS + 1 - number, _YEAR_MONTHS)
    return Time("", *days, is_relative=not groups["year"])


def _year_alone(groups: _Groups, today: date) -> Time | None:
    """Năm 2019, đầu năm 2021."""
    year, part = int(groups["year"]), groups["part"]
    return Time("", *_third_of_year(year, part), is_year=not part)


def _decade(groups: _Groups, _: date) -> Time | None:
    """Những năm 1990, thập niên 1990."""
    year = int(groups["year"])
    return Time("", date(year, 1, 1), date(year + 9, 12, 31), is_year=True)


def _spoken_day(groups: _Groups, today: date) -> Time | None:
    """Hôm qua, tối nay, ngày mai, yesterday."""
    day = today + timedelta(days=_offset(groups.get("which") or "mai"))
    return Time("", day, day, is_relative=True)


def _spoken(groups: _Groups, today: date) -> Time | None:
    """Tuần trước, cuối tháng này, đầu năm ngoái, last year."""
    unit, part = groups["unit"], groups.get("part", "")
    days = _shifted(_UNITS.get(unit, unit), today, _offset(groups["which"]))
    if unit == "nam":
        days = _third_of_year(days[0].year, part)
    elif unit == "thang":
        days = _third_of_month(days, part)
    return Time("", *days, is_relative=True)


def _ago(groups: _Groups, today: date) -> Time | None:
    """3 ngày trước, 2 năm qua, cách đây hai tuần."""
    first, last = _shifted(groups["unit"], today, -_number(groups["count"]))
    return Time("", first, last if groups["which"] else today, is_relative=True)


def _year(groups: _Groups, today: date) -> int | None:
    """Return the year of a match, in figures or as said of today; None of none."""
    year, said = groups.get("year"), groups.get("which")
    return int(year) if year else today.year + _offset(said) if said else None


def _number(text: str) -> int:
    """Return a number in figures or a folded word."""
    return _NUMBERS.get(text) or int(text)


def _offset(which: str) -> int:
    return _OFFSETS.get(which, -1)


def _shifted(unit: str, today: date, steps: int) -> _Days:
    """Return the day, week, month, quarter or year that lies some steps from today's."""
    if unit == "ngay":
        return (today + timedelta(days=steps),) * 2
    if unit == "tuan":
        monday = today + timedelta(days=_WEEK * steps - today.weekday())
        return monday, monday + timedelta(days=_WEEK - 1)
    length = {"thang": 1, "quy": _QUARTER, "nam": _YEAR_MONTHS}[unit]
    place = (today.year * _YEAR_MONTHS + today.month - 1) // length + steps
    year, month = divmod(place * length, _YEAR_MONTHS)
    return months(year, month + 1, month + length)


def _third_of_month(days: _Days, part: str) -> _Days:
    first, last = days
    thirds = {
        "dau": (first, first.replace(day=10)),
        "giua": (first.replace(day=11), first.replace(day=20)),
        "cuoi": (first.replace(day=21), last),
    }
    return thirds.get(_TEN_DAYS.get(part, part), days)


def _third_of_year(year: int, part: str) -> _Days:
    return months(year, *{"dau": (1, 4), "giua": (5, 8), "cuoi": (9, 12)}.get(part, (1, 12)))


def _rule(form: str, read: Callable[[_Groups, date], Time | None]) -> _Rule:
    return _Rule(_with_and_without_accents(form), read)


def _with_and_without_accents(form: str) -> dict[bool, re.Pattern[str]]:
    """Return a form by whether the text it is looked for in has accents."""
    return {True: re.compile(form), False: re.compile(fold(form))}


_RULES = (
    _rule(rf"{_DAY}[/\-]{_MONTH}(?![\w/-]|[.,]\d)", _day),
    _rule(rf"{_DAY}(?:[/\-]|\s+tháng\s+){_MONTH},?\s+(?:của\s+)?{_SPOKEN_YEAR}", _day),
    _rule(rf"{_DAY}\s+tháng\s+{_MONTH_WORD}(?:{_OF_YEAR})?", _day),
    _rule(rf"{_PART}(?<!\w)tháng\s+{_MONTH}(?!\w)(?:{_OF_YEAR})?", _month),
    _rule(rf"{_PART}(?<!\w)tháng\s+{_MONTH_WORD}{_OF_YEAR}", _month),
    _rule(rf"(?P<part>)(?P<which>)(?<![\w/.,-]){_MONTH}[/\-]{_YEAR}", _month),
    _rule(
        rf"(?<!\w)quý\s+(?P<quarter>iv|i{{1,3}}|[1-4]|một|hai|ba|tư|bốn)(?!\w){_OF_YEAR}", _quarter
    ),
    _rule(
        r"(?<!\w)(?P<count>nửa(?!\s+tháng)|(?:\d{1,2}|ba|sáu|chín)(?=\s+tháng))(?:\s+tháng)?\s+"
        rf"(?P<part>đầu|cuối)\s+(?:của\s+)?(?:năm\s+{_YEAR}|{_SPOKEN_YEAR})",
        _months_of_year,
    ),
    _rule(rf"{_PART}(?<!\w)năm\s+{_YEAR}", _year_alone),
    _rule(rf"(?<!\w)(?:những\s+năm|thập\s+(?:niên|kỷ))\s+(?=\d{{3}}0){_YEAR}", _decade),
    _rule(rf"(?<!\w)(?P<part>)(?:in|since|during)\s+{_YEAR}", _year_alone),
    _rule(
        rf"{_PART}{_ALONE}(?P<unit>tuần|tháng|quý|năm)\s+(?P<which>này|{_LAST}|tới){_ENDS}",
        _spoken,
    ),
    _rule(rf"{_PART}{_ALONE}(?P<unit>năm)\s+(?P<which>nay|ngoái|kia){_ENDS}", _spoken),
    _rule(r"(?<!\w)(?P<which>last|this|next)\s+(?P<unit>week|month|quarter|year)(?!\w)", _spoken),
    _rule(
        rf"(?<!\w)(?:hôm|sáng|trưa|chiều|tối|đêm)\s+(?P<which>nay|qua|kia|mai){_ENDS}", _spoken_day
    ),
    _rule(r"(?<!\w)(?:ngày\s+mai|(?P<which>yesterday|today))(?!\w)", _spoken_day),
    _rule(
        rf"(?<![\w.,/]){_COUNT}\s+(?P<unit>ngày|tuần|tháng|năm)\s+"
        r"(?:(?P<which>trước)(?=\s*(?:[?!.,;]|$))|(?:vừa\s+)?qua"
        rf"{_ENDS}|gần\s+đây)",
        _ago,
    ),
    _rule(
        rf"(?<!\w)(?P<which>cách)\s+đây\s+(?:khoảng\s+|hơn\s+|gần\s+)?{_COUNT}\s+"
        r"(?P<unit>ngày|tuần|tháng|năm)(?!\w)",
        _ago,
    ),
)
_LAW_BEFORE = _with_and_without_accents(_LAW_NAME)
