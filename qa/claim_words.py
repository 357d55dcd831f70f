"""The words of a claim: which of them say something, which are names, and which are negated."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from documents.normalising import fold, search_key
from qa.function_words import is_function_word
from qa.quantities import Quantity

_SCOPE = 2
"""How many content syllables behind a marker it turns round: about one word."""
_DENIAL, _BAN, _EXCEPTION, _DEPUTY, _FORMER = "không", "cấm", "trừ", "phó", "nguyên"
_MARKERS = {
    "không": _DENIAL, "chưa": _DENIAL, "chẳng": _DENIAL, "chả": _DENIAL, "đừng": _DENIAL,
    "chớ": _DENIAL, "cấm": _BAN, "trừ": _EXCEPTION, "phó": _DEPUTY, "nguyên": _FORMER,
    "cựu": _FORMER,
}  # fmt: skip
# Compounds in which the word is no marker, of those that a shorter wording leaves or takes apart.
_NO_MARKER = """
không chỉ|không những|hàng không|thành phố|khu phố|chẳng hạn
"""
_BEFORE_TITLE = (_DEPUTY, _FORMER)
"""Markers only in front of a title: "nguyên Chủ tịch", not "nguyên nhân"."""
TITLE_SYLLABLES = """
chủ bí viện giám bộ thủ tổng phó trưởng chánh thứ hiệu cục vụ đại cán ủy thẩm kiểm thư phòng ban
đoàn khoa đội
"""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:²|³)?")
_CLAUSE_END = re.compile(r"[.,;:!?()]")


@dataclass(frozen=True, slots=True)
class ClaimWord:
    """A syllable or figure of a claim.

    Attributes
    ----------
    text
        As it stands in the claim.
    key
        As it is compared.
    start
        Where it begins.
    number
        Whether it is a number, its label or its unit.
    capital
        Whether it begins with a capital letter.
    joined
        Whether nothing but blanks, a full stop or a hyphen parts it from the word before.
    function
        Whether it only joins others.
    marker
        Whether it negates or limits what follows it.
    markers_before
        Kinds of the markers between it and the content syllable before it, in order.
    under
        Which kind of marker it stands under; empty when under none.
    """

    text: str
    key: str
    start: int
    number: bool = False
    capital: bool = False
    joined: bool = False
    function: bool = False
    marker: bool = False
    markers_before: tuple[str, ...] = ()
    under: str = ""


def words_of_claim(text: str, quantities: Sequence[Quantity], *, folded: bool) -> list[ClaimWord]:
    """Return the syllables and figures of a claim in reading order."""
    marked: list[ClaimWord] = []
    left, kind, end = 0, "", 0
    passed: tuple[str, ...] = ()
    words = list(_tokens(text, quantities, folded=folded))
    for position, word in enumerate(words):
        if _CLAUSE_END.search(text, end, word.start) and not word.number:
            left = 0
        end = word.start + len(word.text)
        found = _marker(words, position, folded=folded)
        under = kind if left else ""
        marked.append(replace(word, marker=bool(found), markers_before=passed, under=under))
        passed = (*passed, found) if found else (passed if word.function else ())
        if found:
            left, kind = _SCOPE, found
        elif left and not word.function:
            left -= 1
    return marked


def _tokens(text: str, quantities: Sequence[Quantity], *, folded: bool) -> Iterator[ClaimWord]:
    of_number = {place for found in quantities for place in range(found.start, found.end)}
    end = 0
    for match in _TOKEN.finditer(text):
        key = search_key(match.group())
        number = match.start() in of_number
        yield ClaimWord(
            match.group(),
            key,
            match.start(),
            number=number,
            capital=match.group()[0].isupper(),
            joined=bool(end) and not text[end : match.start()].strip(" .-"),
            function=is_function_word(key, folded=folded) and not number,
        )
        end = match.end()


def _marker(words: Sequence[ClaimWord], position: int, *, folded: bool) -> str:
    """Return which kind of marker a word is; empty when it is none."""
    vocabulary = _VOCABULARIES[folded]
    kind = vocabulary.markers.get(words[position].key, "")
    if not kind:
        return ""
    before, key, after = (
        words[place].key if 0 <= place < len(words) else ""
        for place in range(position - 1, position + 2)
    )
    if {f"{before} {key}", f"{key} {after}"} & vocabulary.no_marker:
        return ""
    return "" if kind in _BEFORE_TITLE and after not in vocabulary.title_begins else kind


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    markers: dict[str, str]
    no_marker: frozenset[str]
    title_begins: frozenset[str]


def _vocabulary(spell: Callable[[str], str], *, folded: bool) -> _Vocabulary:
    markers = {spell(word): kind for word, kind in _MARKERS.items()}
    return _Vocabulary(
        # Without accents "chớ" is "cho".
        {key: kind for key, kind in markers.items() if not is_function_word(key, folded=folded)},
        frozenset(re.split(r"[|\n]", spell(_NO_MARKER))),
        frozenset(spell(TITLE_SYLLABLES).split()),
    )


_VOCABULARIES = {
    False: _vocabulary(search_key, folded=False),
    True: _vocabulary(fold, folded=True),
}
