"""Persons, places and documents that a text names, as far as their spelling shows it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from index.question_words import FAMILY_NAMES

_UPPER = "".join(letter for letter in map(chr, range(0x1EF9)) if letter.isupper())
_CAPITALISED = rf"[{_UPPER}][^\W\d_]*"
_BEGINS_SENTENCE = r"(?:Ông|Bà|Anh|Chị|Cô|Vua|Tỉnh|Huyện|Xã|Phường|Quận|Nước|Đảo|Ở|Tại) "
NAME = re.compile(rf"(?<!\w)(?!{_BEGINS_SENTENCE}){_CAPITALISED}(?: {_CAPITALISED}){{0,4}}(?!\w)")
"""A run of capitalised words, without a title that has its capital from the sentence."""
_BEFORE = 40
_TITLE = re.compile(
    r"(?:^|\W)(?P<title>ông|bà|anh|chị|cô|đồng chí|vua|viện trưởng|chủ tịch|chủ tịch nước|bộ trưởng"
    r"|thủ tướng|giám đốc|trưởng ban|chánh án|bí thư|tổng thống|nhà thơ|nhà văn|tướng) $",
    re.IGNORECASE,
)
_HONORIFICS = frozenset({"ông", "bà", "anh", "chị", "cô", "đồng chí", "vua"})
_PLACE_TITLE = re.compile(
    r"(?:^|\W)(?P<kind>tỉnh|thành phố|TP\.?|huyện|xã|phường|quận|thị xã|thị trấn|nước|đảo|ở"
    r"|tại|đến|về) $",
    re.IGNORECASE,
)
_PLACE_KINDS = {"tp": "thành phố", "ở": "", "tại": "", "đến": "", "về": ""}
_NUMBERED = r"(?:số )?\d{1,5}(?:/\d{4})?(?:[/-][^\W\d_][\w-]*)+"
_DOCUMENT = re.compile(
    rf"(?<!\w)(?:Bộ luật|Luật|Nghị quyết|Nghị định|Thông tư|Quyết định|Chỉ thị|Kết luận"
    rf"|Sắc lệnh|Pháp lệnh|Công văn|Kế hoạch|Hiến pháp|Tuyên ngôn)"
    rf"(?:(?:,? [^\W\d_]+){{0,9}}?,? (?:{_NUMBERED}|(?:năm )?[12]\d{{3}}(?!\w))| Độc lập)",
    re.IGNORECASE,
)


class Gender(Enum):
    """What a title or a middle name says of a person."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Person:
    """A named person.

    Attributes
    ----------
    is_sure
        Whether a title or an office stands before the name there.
    """

    name: str
    gender: Gender
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A named place; ``kind`` is "tỉnh", "thành phố" and the like, or empty."""

    name: str
    kind: str


def persons_in(text: str) -> tuple[Person, ...]:
    """Return the persons of a text, each once: those with a title before them first."""
    found: dict[str, Person] = {}
    for match in NAME.finditer(text):
        person = _person(match, text)
        known = found.get(match.group())
        if person and (known is None or not known.is_sure):
            found[person.name] = person
    return tuple(sorted(found.values(), key=lambda person: not person.is_sure))


def places_in(text: str) -> tuple[Place, ...]:
    """Return the places of a text in reading order, each once."""
    found: dict[str, Place] = {}
    for match in NAME.finditer(text):
        place = _place(match, text)
        if place and not (place.name in found and found[place.name].kind):
            found[place.name] = place
    return tuple(found.values())


def documents_in(text: str) -> Iterator[str]:
    """Yield the laws, resolutions and the like of a text: "Nghị quyết số 202/2025/QH15"."""
    for match in _DOCUMENT.finditer(text):
        yield match.group()


def names_in(text: str) -> Sequence[re.Match[str]]:
    """Return runs of capitalised words, a single word at the beginning of a sentence left out."""
    return [
        match
        for match in NAME.finditer(text)
        if " " in match.group() or not re.search(r"(?:^|[.!?:“\"(]\s*)$", text[: match.start()])
    ]


def _person(match: re.Match[str], text: str) -> Person | None:
    name = match.group()
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    title = _TITLE.search(before)
    has_surname = name.split()[0].lower() in FAMILY_NAMES and " " in name
    called = title.group("title").lower() if title else ""
    if not has_surname and called not in _HONORIFICS and not (called and " " in name):
        return None
    if _PLACE_TITLE.search(before) and not title:
        return None
    return Person(name, _gender(name, called), bool(title))


def _gender(name: str, title: str) -> Gender:
    if title in {"bà", "chị", "cô"} or " Thị " in name:
        return Gender.FEMALE
    if title in {"ông", "anh", "vua"} or " Văn " in name:
        return Gender.MALE
    return Gender.UNKNOWN


def _place(match: re.Match[str], text: str) -> Place | None:
    name = match.group()
    title = _PLACE_TITLE.search(text[max(0, match.start() - _BEFORE) : match.start()])
    kind = title.group("kind").lower().rstrip(".") if title else ""
    if not kind:
        return None
    return Place(name, _PLACE_KINDS.get(kind, kind))
