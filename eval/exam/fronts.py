"""What stands in front of a statement, before a comma: a time, a place, an article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.dates import find_dates
from index.abbreviations import UPPER

_CUE = re.compile(
    r"(?:(?:vào|từ|đến|tính đến|khoảng|sáng|trưa|chiều|tối|đêm|rạng sáng|cuối|đầu|giữa|lúc|hồi"
    r"|sau|trước|trong|kể từ)\s+)*"
    r"(?:\d{1,2} giờ(?: \d+)?(?: phút)?,?\s+)?(?:ngày|mùng|hôm)?\s*",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:vào |từ |trong |đến |cuối |đầu |giữa |khoảng )*"
    r"(?:năm|thế kỷ|thế kỉ)\s+(?:[12]\d{3}|[IVX]+)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"theo (?:quy định (?:tại |của |ở )?)?"
    r"(?:điểm \w,? )?(?:khoản \d+,? )?điều \d+(?: (?:của )?[^,]+)?",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:[Tt]ại|[Ởở]) (?:(?:tỉnh|thành phố|TP\.|huyện|quận|nước|phường|xã)? ?)"
    rf"(?:[{UPPER}]\w+ ?|- )+"
)
_SECOND_PLACE = re.compile(
    r"(?:tại|ở) (?:(?:[^\W\d_]+ ){0,3}?"
    rf"(?:(?:TP\.|[{UPPER}][^\W_]*|ở|-|tỉnh|thành phố)(?: |$))+)"
)
_WHEN = re.compile(
    r"(?:Khi|Lúc) (?:mới )?(?:ban hành|thành lập|ra đời|khởi công|khánh thành|ra mắt)"
)
_BEFORE_NAME = re.compile(rf" (?:[{UPPER}])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence between two commas: ``document.text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Front:
    """What stands in front; ``kind`` is ``time``, ``place``, ``article`` or ``then``."""

    kind: str
    start: int
    end: int
    text: str


def front_of(pieces: Sequence[Piece]) -> tuple[Front | None, list[Piece]]:
    """Return what stands in front of a sentence, or None, and the pieces behind it."""
    first = pieces[0]
    kind, length = _kind(first.text)
    if not kind:
        return None, list(pieces)
    front = Front(kind, first.start, first.start + length, first.text[:length])
    if length == len(first.text):
        return front, list(pieces[1:])
    begin = length + 1
    return front, [Piece(first.start + begin, first.end, first.text[begin:]), *pieces[1:]]


def place_behind(front: Front | None, pieces: list[Piece]) -> tuple[Front | None, list[Piece]]:
    """Return the place that stands behind a time in front: "Ngày …, tại Hà Nội, …"."""
    if front is None or front.kind != "time" or len(pieces) == 1 or not pieces:
        return None, pieces
    first = pieces[0]
    text = re.sub(r"\s*\([^()]*\)$", "", first.text)
    if not _SECOND_PLACE.fullmatch(text):
        return None, pieces
    return Front("place", first.start, first.start + len(text), text), pieces[1:]


def _kind(text: str) -> tuple[str, int]:
    """Return the kind of what a piece begins with and its length; of a part, only before a name."""
    for kind, pattern in (
        ("then", _WHEN), ("time", _YEAR), ("article", _ARTICLE), ("place", _PLACE),
    ):  # fmt: skip
        if pattern.fullmatch(text):
            return kind, len(text)
    for mention in find_dates(text)[:1]:
        rest = text[mention.end :]
        is_front = _CUE.fullmatch(text[: mention.start])
        if is_front and (not rest or _BEFORE_NAME.match(rest)):
            return "time", mention.end
    year = _YEAR.match(text)
    if year and _BEFORE_NAME.match(text[year.end() :]):
        return "time", year.end()
    return "", 0
