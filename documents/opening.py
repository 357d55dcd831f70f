"""The first lines of an article: which are title, date, source, and where the text begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from documents.dates import DateMention, find_dates
from documents.residue import is_residue

MOST_LINES = 12
"""Lines that are not empty, from the top, in which a description is looked for."""
FIRST_YEAR = 1997
"""Vietnam's web begins here: an earlier day in an article's opening is history, not news."""
_LINE_READ = 600
"""Code points of a line that are looked at: a whole article may stand on one line."""
_LONGEST_LABEL = 60
_HOST = r"(?:[\w-]+\.)+(?:vn|com|net|org|info|edu)"
_STAMP = re.compile(
    r"\s*date (?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])(?:-\d\d)?\s+(?P<rest>\S.*)"
)
_SOURCE_LINE = re.compile(
    rf"\W*(?P<host>{_HOST})\W*|(?:nguồn|source)\s*:\s*(?P<name>(?!ảnh\b)\S.{{1,{_LONGEST_LABEL}}})",
    re.IGNORECASE,
)
_SOURCE_PREFIX = re.compile(
    rf"\((?P<bracketed>[^()\d]{{2,30}})\)\s*[-–—:]+\s*|(?P<host>{_HOST})\s*[-–—]+\s*",
    re.IGNORECASE,
)
_COLUMNS = re.compile(r"\s*\t\s*|\s+\|\s+")
_TIME = re.compile(r"\b\d{1,2}\s*(?:giờ|[:hg])\s*(?:\d{1,2})?(?::\d\d)?(?:\s*phút)?", re.IGNORECASE)
_DATE_WORDS = re.compile(
    rf"thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|ngày|đăng|cập nhật|xuất bản|lúc|tin|bài|"
    rf"gmt|utc|am|pm|posted|published|updated|date|on|at|{_HOST}|[\W_]|(?<=[+-])\d+",
    re.IGNORECASE,
)
_PLACE_AND_DAY = re.compile(r"[^\W\d][^\d,]{1,30},\s*ngày\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opening:
    """The first lines of a text, stripped, none empty.

    Attributes
    ----------
    lines
        At most `MOST_LINES`; the month's stamp in front of the first is taken off.
    stamp
        First day of the month that a saved page carries in front of its title, or None.
    """

    lines: tuple[str, ...]
    stamp: date | None = None


def read_opening(text: str) -> Opening:
    """Return the first lines of a text; ``date 2020-12 Title`` gives the title and a stamp."""
    lines = _first_lines(text)
    match = _STAMP.fullmatch(lines[0]) if lines else None
    if match is None:
        return Opening(tuple(lines))
    lines[0] = match["rest"].strip()
    return Opening(tuple(lines), date(int(match["year"]), int(match["month"]), 1))


def date_of_line(line: str) -> date | None:
    """Return the day of a line that says when the page was published and nothing else.

    ``26/11/2020 18:08``, ``Thứ Năm, 26/11/2020 | 18:08 GMT+7``, ``Cập nhật: 5/3/2024``, and the
    place and day of an official text: ``Hà Nội, ngày 26 tháng 11 năm 2024``. Without a place, a
    day before `FIRST_YEAR` is history.
    """
    if len(line) > _LONGEST_LABEL * 2:
        return None
    mentions = [mention for mention in find_dates(line) if mention.as_date()]
    if not mentions:
        return None
    first = mentions[0]
    day = first.as_date()
    if _PLACE_AND_DAY.fullmatch(line[: first.start]) and not line[first.end :].strip(" ."):
        return day
    is_alone = not _without_dates(line, mentions)
    return day if is_alone and day is not None and day.year >= FIRST_YEAR else None


def is_bare_date(line: str) -> bool:
    """Return whether a line is a date without time, label or place: also a timeline's heading."""
    mentions = find_dates(line)
    return len(mentions) == 1 and not line[: mentions[0].start] + line[mentions[0].end :]


def source_of_line(line: str) -> str:
    """Return the source that a line names and nothing else: ``(kiemsat.vn)``, ``Nguồn: X``."""
    match = _SOURCE_LINE.fullmatch(line)
    return _clean(match["host"] or match["name"]) if match is not None else ""


def split_source(line: str) -> tuple[str, str]:
    """Return the source in front of a first sentence, or empty, and the rest of the line.

    ``(Kiemsat.vn) - Sáng 25/11/2020, …`` gives ``kiemsat.vn`` and ``Sáng 25/11/2020, …``.
    """
    match = _SOURCE_PREFIX.match(line)
    if match is None or not line[match.end() :]:
        return "", line
    return _clean(match["bracketed"] or match["host"]), line[match.end() :]


def is_label(line: str) -> bool:
    """Return whether a line is about the page, not of the article: date, source, residue."""
    return bool(date_of_line(line) or source_of_line(line)) or is_residue(line)


def _first_lines(text: str) -> list[str]:
    filled = (line.strip()[:_LINE_READ] for line in text.splitlines() if line.strip())
    return list(islice((cell for line in filled for cell in _cells(line)), MOST_LINES))


def _cells(line: str) -> list[str]:
    """Return the parts of a line of two columns, as official texts begin."""
    return [line] if is_label(line) else [cell for cell in _COLUMNS.split(line) if cell]


def _without_dates(line: str, mentions: Sequence[DateMention]) -> str:
    for mention in reversed(mentions):
        line = line[: mention.start] + " " + line[mention.end :]
    return _DATE_WORDS.sub("", _TIME.sub(" ", line))


def _clean(source: str) -> str:
    source = " ".join(source.split()).strip(" .")
    return (
        source.lower().removeprefix("www.")
        if re.fullmatch(_HOST, source, re.IGNORECASE)
        else source
    )
