"""Honest other wordings of a sentence, made by a program: its quote still holds them."""

import re
from collections.abc import Callable, Iterator

_DATE = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})(?![\d/])"
)
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,])")
_LEADING_TIME = re.compile(
    r"(?:Sáng |Chiều |Tối )?[Nn]gày [\d/-]+(?: tháng \d+ năm \d{4})?, (?=\w)"
)
_LAST_CLAUSE = re.compile(r", (?![^,]* và )[^,;:()]*\.$")  # without "và": no end of a list
_SYNONYMS = {" tại ": " ở ", " bao gồm ": " gồm ", " do ": " bởi ", "; ": ", "}


def rewordings(sentence: str) -> Iterator[str]:
    """Yield the wordings that differ from the sentence."""
    for reword in _WAYS:
        reworded = reword(sentence)
        if reworded != sentence:
            yield reworded


def _dates_in_words(sentence: str) -> str:
    return _DATE.sub(r"\g<day> tháng \g<month> năm \g<year>", sentence)


def _numbers_without_points(sentence: str) -> str:
    return _THOUSANDS.sub(lambda match: match[0].replace(".", ""), sentence)


def _time_at_the_end(sentence: str) -> str:
    """Return "Ngày 2/9/1945, X." as "X, ngày 2/9/1945."."""
    led = _LEADING_TIME.match(sentence)
    if not led or not sentence.endswith("."):
        return sentence
    time, rest = led[0].removesuffix(", "), sentence[led.end() : -1]
    return f"{rest[0].upper()}{rest[1:]}, {time[0].lower()}{time[1:]}."


def _without_last_clause(sentence: str) -> str:
    return _LAST_CLAUSE.sub(".", sentence)


def _with_synonyms(sentence: str) -> str:
    for word, synonym in _SYNONYMS.items():
        sentence = sentence.replace(word, synonym)
    return sentence


_WAYS: tuple[Callable[[str], str], ...] = (
    _dates_in_words,
    _numbers_without_points,
    _time_at_the_end,
    _without_last_clause,
    _with_synonyms,
)
