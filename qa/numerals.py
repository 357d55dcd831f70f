"""Numbers written in words: "hai mươi mốt", "một trăm linh năm", "ba nghìn"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.normalising import fold

_DIGITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_HUNDREDS = {"mươi": 10, "chục": 10, "trăm": 100}
_THOUSANDS = {
    "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip
_SCALES = {**_HUNDREDS, **_THOUSANDS}
_FILLERS = ("linh", "lẻ")
_ALONE = frozenset(("hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười"))
_FOLDED = frozenset(map(fold, _ALONE))
_WORD = "|".join((*_DIGITS, "mười", *_SCALES, *_FILLERS))
_RUN = re.compile(rf"(?<![^\W_])(?:{_WORD})(?: (?:{_WORD}))*(?![^\W_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in words: ``text[start:end]`` and its value."""

    start: int
    end: int
    value: int


def written_numbers(text: str) -> Iterator[Numeral]:
    """Yield the numbers that a text, accents in place, writes in words, in reading order.

    A lone "một", "tư" or "năm" is none (an article, a name, a year), nor is a lone capitalised
    word ("Ba Vì"), unless the text begins with it.
    """
    for run in _RUN.finditer(text):
        place = run.start()
        for words in _split(run.group().split(" ")):
            length = len(" ".join(words))
            if _counts(words if place else [word.lower() for word in words]):
                yield Numeral(place, place + length, _value([word.lower() for word in words]))
            place += length + 1


def is_numeral(key: str) -> bool:
    """Return whether a syllable without accents may be a number of one word."""
    return key in _FOLDED


def _split(words: list[str]) -> Iterator[list[str]]:
    """Yield the runs that are one number each: "hai ba" is two, "mười năm" is ten and a year."""
    current: list[str] = []
    for position, word in enumerate(words):
        following = words[position + 1].lower() if position + 1 < len(words) else ""
        if current and not _goes_on(current[-1].lower(), word.lower(), following):
            yield current
            current = []
        current.append(word)
    yield current


def _goes_on(before: str, word: str, following: str) -> bool:
    if word in _SCALES:
        return before not in _SCALES or _SCALES[word] > _SCALES[before] or before == "mươi"
    if word == "năm":
        return following in _SCALES or before in {"linh", "lẻ", "trăm"}
    return before not in _DIGITS and (word != "mười" or before in _THOUSANDS)


def _counts(words: list[str]) -> bool:
    if len(words) == 1:
        return words[0] in _ALONE
    return words[0].lower() in _DIGITS or words[0].lower() == "mười"


def _value(words: list[str]) -> int:
    total, group, digit = 0, 0, 0
    for word in words:
        if word in _THOUSANDS:
            total += max(group + digit, 1) * _THOUSANDS[word]
            group, digit = 0, 0
        elif word in _HUNDREDS:
            group, digit = group + max(digit, 1) * _HUNDREDS[word], 0
        elif word == "mười":
            group += 10
        else:
            digit = _DIGITS.get(word, digit)
    return total + group + digit
