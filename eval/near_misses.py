"""Near misses: answerable questions with one particular changed, so that nothing answers them.

"Hội nghị ngày 26/11/2020 do ai chủ trì?" becomes "… 26/11/2017 …": every word of it is found, and
answering is wrong. The year, a number, a province or country, or a person's name is put in place
of another that the gold documents do not hold. Another document of the collection may hold the
answer to a changed question by chance; such cases are rare and are not looked for.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from documents.document import Document
from documents.normalising import search_key
from eval.collection import Question

COUNTRIES = (
    "Việt Nam", "Trung Quốc", "Nhật Bản", "Hàn Quốc", "Triều Tiên", "Mông Cổ", "Thái Lan",
    "Campuchia", "Malaysia", "Singapore", "Indonesia", "Philippines", "Ấn Độ", "Pakistan", "Iran",
    "Ai Cập", "Thổ Nhĩ Kỳ", "Hoa Kỳ", "Canada", "Mexico", "Cuba", "Brasil", "Argentina", "Liên Xô",
    "Tây Ban Nha", "Bồ Đào Nha", "Hà Lan", "Thụy Điển", "Na Uy", "Hy Lạp", "Puerto Rico",
)  # fmt: skip
"""Countries whose names are no common words."""
PROVINCES = (
    "An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre",
    "Bình Dương", "Bình Định", "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Cần Thơ",
    "Đà Nẵng", "Đắk Lắk", "Đắk Nông", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang",
    "Hà Nam", "Hà Nội", "Hà Tĩnh", "Hải Dương", "Hải Phòng", "Hậu Giang", "Hòa Bình", "Hưng Yên",
    "Khánh Hòa", "Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Long An",
    "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình",
    "Quảng Nam", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh",
    "Thái Bình", "Thái Nguyên", "Thanh Hóa", "Thừa Thiên Huế", "Tiền Giang", "Trà Vinh",
    "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc", "Yên Bái", "TP. Hồ Chí Minh",
    "Thành phố Hồ Chí Minh", "thành phố Hồ Chí Minh",
)  # fmt: skip
"""The provinces and cities of before and after July 2025."""
PERSONS = (
    "Trần Văn Khải", "Lê Hải An", "Phạm Quốc Bảo", "Vũ Đức Thịnh", "Hoàng Minh Tâm",
    "Đặng Minh Châu",
)  # fmt: skip
"""Made-up names, for collections whose questions name too few persons."""

_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trịnh|Tạ|Mạc"
)
_TITLES = (
    "ông|bà|vua|nhà vua|hoàng đế|nữ hoàng|tổng thống|thủ tướng|chủ tịch|đại tá|đại tướng|tướng|"
    "nhà văn|nhà thơ|nhạc sĩ|giáo sư|tiến sĩ"
)
_UPPER = "".join(filter(str.isupper, map(chr, range(ord("A"), ord("ỹ")))))
_CAPITALISED = rf"[{_UPPER}][^\W\d_]*"
_PERSON = re.compile(
    rf"(?<!\w)(?:(?:{_TITLES})\s+(?P<titled>{_CAPITALISED}(?:\s+{_CAPITALISED}){{0,3}})"
    rf"|(?P<named>(?:{_SURNAMES})(?:\s+{_CAPITALISED}){{1,3}}))(?!\w)"
)
_YEAR = re.compile(
    r"(?<![Tt]hập niên )(?<![Tt]hập kỷ )(?<![\w.,-])(?:\d{1,2}/){0,2}"
    r"(?P<value>1\d{3}|20\d\d)(?![\w/]|[.,-]\d)"
)
_NUMBER = re.compile(
    r"(?:(?P<unit>ngày|tháng)\s+)?(?<![\w.,/-])(?P<value>[1-9]\d{0,2})(?![\w/%-]|[.,]\d|\s+tuổi)",
    re.IGNORECASE,
)
"""Ages are left alone: a rule about those below 18 is one about a child of 13 too."""
_FARTHEST = 9
"""How far a changed number is from the true one, at most."""
_LAST_YEAR = 2026
_MOST = {"ngày": 28, "tháng": 12}
"""Greatest number after a word, so that the changed one still is a day or a month."""


class Change(StrEnum):
    """What is changed in a question."""

    YEAR = "year"
    NUMBER = "number"
    PLACE = "place"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A question that nothing answers, and the one it was made from."""

    question: Question
    original: Question
    change: Change


@dataclass(frozen=True, slots=True)
class _Particular:
    """A part of a question that can be another; as a number, at most ``most``."""

    change: Change
    start: int
    end: int
    value: str
    most: int = 999


def make_near_misses(
    questions: Sequence[Question],
    document_of: Callable[[str], Document | None],
    *,
    seed: int = 0,
) -> tuple[NearMiss, ...]:
    """Return at most one near miss for each answerable question with gold documents, in order.

    Only a particular that a gold document holds is changed, to one that none of them holds, title
    included: a question without such a particular has no near miss. What is changed and to what is
    drawn by the seed and the question's id. The id of a near miss ends in ``~year``, ``~number``,
    ``~place`` or ``~person``; it names no documents.

    Parameters
    ----------
    document_of
        From a path to the document as stored, or None.
    """
    persons = sorted({p.value for q in questions for p in _persons(q.text)} | {*PERSONS})
    made = []
    for question in questions:
        documents = [document_of(path) for path in question.documents]
        held = [f"{document.title}\n{document.text}" for document in documents if document]
        if question.refuse or not held:
            continue
        generator = random.Random(f"{seed}:{question.id}")  # noqa: S311 (repeatable, not secret)
        miss = _changed(question, search_key("\n".join(held)), persons, generator)
        made += [miss] if miss else []
    return tuple(made)


def _changed(
    question: Question, held: str, persons: Sequence[str], generator: random.Random
) -> NearMiss | None:
    particulars = _particulars(question.text, held)
    generator.shuffle(particulars)
    for part in particulars:
        others = [other for other in _others(part, persons) if not _clashes(other, question, held)]
        if others:
            text = _put(question.text, part, generator.choice(others))
            changed = Question(f"{question.id}~{part.change}", text, refuse=True, kind="near_miss")
            return NearMiss(replace(changed, place=question.place), question, part.change)
    return None


def _put(text: str, part: _Particular, other: str) -> str:
    """Return the text with a name changed wherever it stands, a number only where it was found."""
    if part.change in (Change.PERSON, Change.PLACE):
        return re.sub(rf"(?<!\w){re.escape(part.value)}(?!\w)", other, text)
    return text[: part.start] + other + text[part.end :]


def _particulars(text: str, held: str) -> list[_Particular]:
    """Return what could be changed: what the documents hold.

    A place inside the name of a person whom they hold is not a place.
    """
    persons = [part for part in _persons(text) if _holds(held, part.value)]
    others = [part for part in (*_places(text), *_numbers(text)) if _holds(held, part.value)]
    return persons + [part for part in others if not any(_overlap(part, p) for p in persons)]


def _persons(text: str) -> Iterator[_Particular]:
    for match in _PERSON.finditer(text):
        group = "titled" if match["titled"] else "named"
        yield _Particular(Change.PERSON, *match.span(group), match[group])


def _places(text: str) -> Iterator[_Particular]:
    for match in _PLACE.finditer(text):
        yield _Particular(Change.PLACE, *match.span(), match.group())


def _numbers(text: str) -> Iterator[_Particular]:
    for match in _YEAR.finditer(text):
        most = max(_LAST_YEAR, int(match["value"]))
        yield _Particular(Change.YEAR, *match.span("value"), match["value"], most)
    for match in _NUMBER.finditer(text):
        most = _MOST.get((match["unit"] or "").lower(), 999)
        yield _Particular(Change.NUMBER, *match.span("value"), match["value"], most)


def _others(part: _Particular, persons: Sequence[str]) -> Sequence[str]:
    """Return what may stand in the place of a particular."""
    match part.change:
        case Change.PERSON:
            return persons
        case Change.PLACE:
            return PROVINCES if part.value in PROVINCES else COUNTRIES
        case Change.YEAR | Change.NUMBER:
            value = int(part.value)
            near = range(max(1, value - _FARTHEST), min(value + _FARTHEST, part.most) + 1)
            return [str(number) for number in near if number != value]


def _clashes(other: str, question: Question, held: str) -> bool:
    return _holds(held, other) or _holds(search_key(question.text), other)


def _holds(text: str, value: str) -> bool:
    """Return whether a text, given as a search key, has a value as words of its own."""
    return re.search(rf"(?<!\w){re.escape(search_key(value))}(?!\w)", text) is not None


def _overlap(one: _Particular, other: _Particular) -> bool:
    return one.start < other.end and other.start < one.end


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    names_only = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<![\w-])(?:{names_only})(?![\w-]|\s+[{_UPPER}])")


_PLACE = _any_of((*PROVINCES, *COUNTRIES))
