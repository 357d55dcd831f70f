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
# Compounds in which the word is no marker.
_NO_MARKER = """
không gian|không khí|không quân|không phận|không tưởng|không trung|không chỉ|không những|không ngừng
không ít|không kể|không lưu|hàng không|phòng không|trên không|loại trừ|phòng trừ|diệt trừ|khấu trừ
cấm đoán|chưa kể|thành phố|đường phố|khu phố|chẳng hạn
"""
_BEFORE_TITLE = (_DEPUTY, _FORMER)
"""Markers only in front of a title: "nguyên Chủ tịch", not "nguyên nhân"."""
_TITLE_BEGINS = """
chủ bí viện giám bộ thủ tổng phó trưởng chánh thứ hiệu cục vụ đại cán ủy thẩm kiểm thư phòng ban
đoàn khoa đội
"""
_TOKEN = re.compile(r"[^\W_]+(?:²|³)?")
_CLAUSE_END = re.compile(r"[.,;:!?()]")


@dataclass(frozen=True, slots=True)
class ClaimWord:
    """A syllable of a claim, or one of its numbers.

    Attributes
    ----------
    text
        As it stands in the claim.
    key
        As it is compared; empty of a number.
    start
        Where it begins.
    capital
        Whether it begins with a capital letter.
    joined
        Whether nothing but blanks, a full stop or a hyphen parts it from the word before.
    function
        Whether it only joins others.
    marker
        Whether it negates or limits what follows it.
    under
        Which kind of marker it stands under; empty when under none.
    """

    text: str
    key: str
    start: int
    capital: bool = False
    joined: bool = False
    function: bool = False
    marker: bool = False
    under: str = ""


def words_of_claim(text: str, quantities: Sequence[Quantity], *, folded: bool) -> list[ClaimWord]:
    """Return the syllables and numbers of a claim in reading order.

    A quantity is one word with an empty key.
    """
    marked: list[ClaimWord] = []
    left, kind, end = 0, "", 0
    words = list(_tokens(text, quantities, folded=folded))
    for position, word in enumerate(words):
        if _CLAUSE_END.search(text, end, word.start):
            left = 0
        end = word.start + len(word.text)
        found = _marker(words, position, folded=folded)
        if found:
            under = kind if left else ""
            marked.append(replace(word, marker=True, function=False, under=under))
            left, kind = _SCOPE, found
        elif word.function or not left:
            marked.append(word)
        else:
            marked.append(replace(word, under=kind))
            left -= 1
    return marked


def _tokens(text: str, quantities: Sequence[Quantity], *, folded: bool) -> Iterator[ClaimWord]:
    spans = list(dict.fromkeys((quantity.start, quantity.end) for quantity in quantities))
    end = 0
    for start, stop, number in _places(text, spans):
        written = text[start:stop]
        key = "" if number else search_key(written)
        yield ClaimWord(
            written,
            key,
            start,
            capital=not number and written[0].isupper(),
            joined=bool(end) and not text[end:start].strip(" .-"),
            function=bool(key) and is_function_word(key, folded=folded),
        )
        end = stop


def _places(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and whether it is a number, of all words outside the spans and of these."""
    position = 0
    for first, last in [*spans, (len(text), len(text))]:
        for match in _TOKEN.finditer(text, position, first):
            yield match.start(), match.end(), False
        if first < last:
            yield first, last, True
        position = max(position, last)


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


def _vocabulary(spell: Callable[[str], str]) -> _Vocabulary:
    return _Vocabulary(
        {spell(word): kind for word, kind in _MARKERS.items()},
        frozenset(re.split(r"[|\n]", spell(_NO_MARKER))),
        frozenset(spell(_TITLE_BEGINS).split()),
    )


_VOCABULARIES = {False: _vocabulary(search_key), True: _vocabulary(fold)}
