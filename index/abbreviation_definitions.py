"""Short forms that a document defines for itself.

"Cơ quan điều tra (CQĐT)", "CQĐT (Cơ quan điều tra)", "…, sau đây gọi tắt là CQĐT", and a line
"CQĐT: Cơ quan điều tra" of a glossary. After Schwartz and Hearst (2003, "A simple algorithm for
identifying abbreviation definitions in biomedical text"), with syllables for words: each capital of
the short form begins the next syllable, and small words may be passed over. What does not fit so
("Tổ chức Y tế Thế giới (WHO)") is no definition here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.normalising import fold, search_key
from index.abbreviations import UPPER, bare, load_table

_WINDOW = 200
"""Characters in front of a bracket or "gọi tắt là" that are looked at."""
_LONGEST_FORM = 24
_FORM = (
    rf"(?P<short>[{UPPER}](?=[^\W\d_]?[{UPPER}])[^\W\d_]{{1,11}}+"
    rf"(?:[&/-][{UPPER}][^\W\d_]{{0,11}}+){{0,4}}+)(?![\w&/-])"
)
_CALLED = r"(?:gọi|viết)(?: chung)?(?: tắt)?(?: là:?|:)\s?[\"“‘']?"
_BRACKET = re.compile(r"[(\[](?P<content>[^()\[\]\n]{2,150}+)")
_NAMED = re.compile(_CALLED + _FORM)
_GLOSSARY = re.compile(rf"\n\W{{0,4}}{_FORM}\s?[:=|–-]\s?(?P<long>[^\n:=|]{{3,150}}+)(?=\n|\Z)")
_ONLY_FORM = re.compile(rf"\W*(?:.{{0,20}}{_CALLED})?{_FORM}\s*[”\"’']?\s*(?:[;,].*)?")
_FORM_AT_END = re.compile(rf"(?<![\w&/-]){_FORM}[\"”’']?\s?\Z")
_LEAD_IN = re.compile(r"[\s,;(\[–-]*(?:(?:sau|dưới) đây|tên)?\s*(?:được)?\s*\Z")
_EXPLAINED = re.compile(r"\s*(?:(?:tức|nghĩa)(?: là)?|là|(?:tên )?viết tắt của)\b[\s:]*")
_CLAUSE = re.compile(r"[\n.;:!?()\[\]]")
_WORD = re.compile(r"[0-9][\w/-]*+|[^\W_]+")
_UNIT = re.compile(rf"[{UPPER}][^{UPPER}]*")
_ROMAN = re.compile(r"[IVXLC]+")
_MOST_UNITS = 12
_SMALL = frozenset(
    ("và", "của", "các", "về", "cho", "trong", "với", "tại", "theo", "từ", "ở", "thuộc", "là")
)
_BEFORE_NUMBER = frozenset(("số", "năm", "ngày", "tháng"))


@dataclass(frozen=True, slots=True)
class _Definition:
    short: str
    long: str


def definitions_in(text: str) -> dict[str, str]:
    """Return short form → long form as a document defines them, in order of reading.

    Separators are left out of the short forms (`index.abbreviations.bare`). Of several definitions
    of one form the first counts; one that the bundled table has is left out. Time is linear in the
    length of the text.
    """
    found: dict[str, str] = {}
    for definition in (*_in_brackets(text), *_by_name(text), *_in_glossary(text)):
        found.setdefault(definition.short, definition.long)
    table = load_table()
    return {
        short: long
        for short, long in found.items()
        if search_key(table.get(short, "")) != search_key(long)
    }


def _in_brackets(text: str) -> Iterator[_Definition]:
    for match in _BRACKET.finditer(text):
        start, content = match.start(), match["content"]
        within = _ONLY_FORM.fullmatch(content)
        if within:
            yield from _ending(text[max(0, start - _WINDOW) : start], within["short"])
            continue
        in_front = _FORM_AT_END.search(text[max(0, start - _LONGEST_FORM) : start])
        if in_front:
            yield from _whole(_EXPLAINED.sub("", content, count=1), in_front["short"])


def _by_name(text: str) -> Iterator[_Definition]:
    for match in _NAMED.finditer(text):
        before = text[max(0, match.start() - _WINDOW) : match.start()]
        yield from _ending(_LEAD_IN.sub("", before, count=1), match["short"])


def _in_glossary(text: str) -> Iterator[_Definition]:
    for match in _GLOSSARY.finditer(text):
        yield from _whole(match["long"], match["short"])


def _ending(before: str, short: str) -> Iterator[_Definition]:
    """Yield the definition of a short form by the words that a text ends with, if they fit."""
    clause = _CLAUSE.split(before)[-1]
    words = list(_WORD.finditer(clause))
    while words and _is_numeric(words[-1].group()):
        words.pop()
    begin = _begin(short, [word.group() for word in words])
    if begin is not None:
        yield _defined(short, clause[words[begin].start() : words[-1].end()])


def _whole(long: str, short: str) -> Iterator[_Definition]:
    """Yield the definition of a short form by a text all of whose words fit."""
    words = list(_WORD.finditer(long))
    if _begin(short, [word.group() for word in words]) == 0:
        yield _defined(short, long[words[0].start() : words[-1].end()])


def _defined(short: str, long: str) -> _Definition:
    written = " ".join(long.split())
    return _Definition(bare(short), written.capitalize() if written.isupper() else written)


def _is_numeric(word: str) -> bool:
    return any(map(str.isdigit, word)) or word in _BEFORE_NUMBER


def _begin(short: str, words: Sequence[str]) -> int | None:
    """Return the place of the word that the short form begins with; None when it does not fit."""
    units = _UNIT.findall(bare(short))
    if not 1 < len(units) <= _MOST_UNITS or _ROMAN.fullmatch(short):
        return None
    passed, kept = (_aligned(units, words, passing=passing) for passing in (True, False))
    return kept if passed is None else passed


def _aligned(units: Sequence[str], words: Sequence[str], *, passing: bool) -> int | None:
    """Match units and words from the last to the first; small words are passed over.

    Without ``passing`` only those that the unit does not begin: "Ban về nước" of ``BVN``.
    """
    place = len(words)
    for unit in reversed(units):
        place -= 1
        while place >= 0 and words[place].lower() in _SMALL:
            if not passing and _fits(unit, words[place]):
                break
            place -= 1
        if place < 0 or not _fits(unit, words[place]):
            return None
    return place


def _fits(unit: str, word: str) -> bool:
    """Return whether a word begins with the unit's capital and has its other letters in order."""
    if unit[0] == "Đ" and word[0] not in "đĐ":
        return False
    plain, letters = fold(word).lower(), iter(fold(word).lower())
    wanted = fold(unit).lower()
    return plain[0] == wanted[0] and all(letter in letters for letter in wanted)
