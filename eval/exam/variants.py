"""The same question said otherwise: short and long forms, dates in figures and in words."""

import re
from collections.abc import Iterator
from functools import lru_cache

from documents.dates import find_dates
from index.abbreviations import find_short_forms, load_table, replace_forms

_FEWEST_LETTERS = 3


def variants_of(question: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each variant with its wording: ``short_form``, ``long_form``, ``date``."""
    short = _shortened(question)
    if short != question:
        yield "short_form", short
    long = replace_forms(question, find_short_forms(question, load_table())).text
    if long != question and not re.search(r"\b(?:TS|ThS|GS)\b", long):
        yield "long_form", f"{long[0].upper()}{long[1:]}"
    dated = _redated(question)
    if dated != question:
        yield "date", dated


def _shortened(question: str) -> str:
    """Return the question with its longest long form in short."""
    for long, short in _short_forms():
        match = re.search(rf"(?<!\w){re.escape(long)}(?!\w)", question, re.IGNORECASE)
        if match:
            return question[: match.start()] + short + question[match.end() :]
    return question


@lru_cache(maxsize=1)
def _short_forms() -> list[tuple[str, str]]:
    pairs = {
        long: short
        for short, long in load_table().items()
        if len(short) >= _FEWEST_LETTERS
        and short != "HCM"
        and short.isalpha()
        and short.isupper()
        and " " in long
    }
    return sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair))


def _redated(question: str) -> str:
    """Return the question with its full dates in words, or in figures where they were in words."""
    for mention in reversed(find_dates(question)):
        if mention.year is None or mention.day is None:
            continue
        written = question[mention.start : mention.end]
        if "tháng" in written:
            other = f"{mention.day}/{mention.month}/{mention.year}"
        else:
            other = f"{mention.day} tháng {mention.month} năm {mention.year}"
            if not re.search(r"(?i)(?:ngày|mùng)\s*$", question[: mention.start]):
                other = f"ngày {other}"
        question = question[: mention.start] + other + question[mention.end :]
    return question
