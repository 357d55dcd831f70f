"""Are the sentences of an answer supported by what they cite? After ALCE. Pure.

Gao et al., Enabling Large Language Models to Generate Text with Citations (2023), §4.3
(https://arxiv.org/abs/2305.14627). The paper judges with an NLI model and reads cited passages;
here any `Judge` does, and reads the exact quotes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from eval.plan import WORDS
from qa.answer import Answer
from qa.supporting import LEAST_SHARED, shared_syllables
from qa.verification import verify

_MARKERS = re.compile(r"((?:\s*\[\d+\])+)")
_NUMBER = re.compile(r"\[(\d+)\]")
_DATED = re.compile(r"^(?:\d{2}/\d{2}/\d{4}|Không rõ ngày): ")
"""What stands before a sentence when documents disagree: said of the document, not by it."""


class Judge(Protocol):
    """Says whether a statement follows from quotes."""

    name: str

    def supports(self, statement: str, quotes: Sequence[str]) -> bool:
        """Return whether the quotes, taken together, support all of the statement."""
        ...


class WordJudge:
    """Numbers, names, dates, negation and enough of the other words, by rules; no model.

    `qa.verification.verify` finds nothing missing and the quotes hold `LEAST_SHARED` of the
    statement's syllables.
    """

    name = WORDS

    def supports(self, statement: str, quotes: Sequence[str]) -> bool:
        """Return whether the quotes hold what the statement says, word by word."""
        held = "\n".join(quotes)
        return not verify(statement, held) and shared_syllables(statement, held) >= LEAST_SHARED


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer and the quotes behind its markers."""

    text: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """How many statements and citations of one answer hold.

    Attributes
    ----------
    supported
        Statements whose quotes together support them.
    needed
        Citations of supported statements that support it alone, or without which it falls.
    """

    statements: int
    supported: int
    citations: int
    needed: int


def statements_of(answer: Answer) -> tuple[Statement, ...]:
    """Return the sentences of an answer, cut behind their markers.

    What no marker follows is a statement without quotes; a marker that points nowhere gives none.
    """
    quotes = {citation.marker: citation.quote for citation in answer.citations}
    parts = _MARKERS.split(answer.text)
    statements = []
    for text, markers in zip(parts[::2], [*parts[1::2], ""], strict=True):
        said = _DATED.sub("", text.strip())
        if said:
            numbers = dict.fromkeys(map(int, _NUMBER.findall(markers)))
            statements.append(Statement(said, tuple(quotes[n] for n in numbers if n in quotes)))
    return tuple(statements)


def judge_support(answer: Answer, judge: Judge) -> Support | None:
    """Return how an answer is supported; None of a refusal, which states nothing."""
    if answer.refused:
        return None
    statements = statements_of(answer)
    needed = [_needed(statement, judge) for statement in statements]
    return Support(
        len(statements),
        sum(count is not None for count in needed),
        sum(len(statement.quotes) for statement in statements),
        sum(count or 0 for count in needed),
    )


def _needed(statement: Statement, judge: Judge) -> int | None:
    """Return how many quotes of a statement count as precise; None when it is not supported."""
    quotes = statement.quotes
    if not quotes or not judge.supports(statement.text, quotes):
        return None
    if len(quotes) == 1:
        return 1
    return sum(
        judge.supports(statement.text, [quote])
        or not judge.supports(statement.text, [*quotes[:place], *quotes[place + 1 :]])
        for place, quote in enumerate(quotes)
    )
