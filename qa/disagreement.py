"""Do two documents answer one question with different values? Then both are to be shown.

A number, a date or a name differs when two sentences of different documents say the same but for
that one value. It is missed rather than seen wrongly: sentences about other years, days, places or
persons, with several values of the kind asked for, or worded far apart, are left alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from documents.normalising import fold, has_accents, syllables
from documents.sentences import split_sentences
from index.abbreviations import expand
from index.hit import Hit
from index.question_dates import dates_of
from index.question_words import AnswerType, answer_type, is_asking
from qa.claim_words import TITLE_SYLLABLES, ClaimWord, words_of_claim
from qa.quantities import Quantity, quantities_in
from qa.reader import Evidence

COMPARED = 8
"""How many of the best passages are compared."""
MOST_SHOWN = 3
_LEAST_HELD, _LEAST_HELD_OF_NUMBER = 0.9, 0.8
"""Share of the content syllables of the question that each sentence has; a unit tells as well."""
_HOW_MANY = re.compile(r"\bbao nhi[êe]u\b", re.IGNORECASE)
_TIME_WORDS = frozenset(("gio", "ngay", "thang", "nam"))
_TITLES = frozenset(fold(TITLE_SYLLABLES).split())
_WITH_VALUES = (AnswerType.NUMBER, AnswerType.TIME, AnswerType.PERSON, AnswerType.PLACE)
_ENDS_OF_A_RANGE = 2
_Day = tuple[int | None, int | None, int | None]
"""Day, month and year, as far as they are given."""
_ROUNDED = Decimal("0.05")
"""Of two numbers of which one is "about", a difference up to this share is none."""


def disagreeing(question: str, best: Evidence, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    """Return the best answer and those of other documents that contradict it, newest first.

    Undated documents come last; of one date, the better ranked first. Empty when nothing
    contradicts it.
    """
    asked = _asked(question)
    answered = next((hit for hit in hits if hit.passage == best.passage), None)
    if answered is None or asked.kind not in _WITH_VALUES:
        return ()
    values = [_found(answered, best)]
    for found in _others(asked, best, hits[:COMPARED]):
        if len(values) < MOST_SHOWN and all(_contradict(asked, known, found) for known in values):
            values.append(found)
    if len(values) == 1:
        return ()
    values.sort(key=lambda found: found.hit.published or date.min, reverse=True)
    return tuple(found.evidence for found in values)


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a sentence says: its syllables, folded, its names, days and numbers."""

    content: frozenset[str]
    names: tuple[frozenset[str], ...]
    dates: tuple[_Day, ...]
    numbers: tuple[Quantity, ...]

    def named(self) -> frozenset[str]:
        return frozenset().union(*self.names)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What would answer a question, and what it says."""

    kind: AnswerType
    said: _Statement


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence of a hit and what it says."""

    hit: Hit
    evidence: Evidence
    statement: _Statement


def _found(hit: Hit, evidence: Evidence) -> _Found:
    return _Found(hit, evidence, _read(expand(evidence.text, hit.meanings)))


def _others(asked: _Asked, best: Evidence, hits: Sequence[Hit]) -> Iterator[_Found]:
    for hit in hits:
        text = hit.passage.text
        if hit.passage.document != best.passage.document and _may_say(text, hit, asked):
            for span in split_sentences(text):
                evidence = Evidence(hit.passage, span.start, span.end)
                if _may_say(evidence.text, hit, asked):
                    yield _found(hit, evidence)


def _may_say(text: str, hit: Hit, asked: _Asked) -> bool:
    """Return whether a text has the words of the question; only what has is read, for speed."""
    words = set(syllables(fold(expand(text, hit.meanings)).lower()))
    content = asked.said.content
    return len(content & words) >= max(1, _LEAST_HELD_OF_NUMBER * len(content))


def _read(text: str) -> _Statement:
    folded = not has_accents(text)
    quantities = quantities_in(text, folded=folded)
    words = words_of_claim(text, quantities, folded=folded)
    dates = dates_of(text)
    days: list[_Day] = [(day.day, day.month, day.year) for day in dates]
    undated = [q for q in quantities if not any(d.start <= q.end - 1 < d.end for d in dates)]
    days += [(None, None, int(q.value)) for q in undated if q.label == "năm"]
    return _Statement(
        frozenset(fold(w.key) for w in words if not (w.number or w.function or is_asking(w.key))),
        tuple(_names(words)),
        tuple(days),
        tuple(
            replace(q, unit=fold(q.unit))
            for q in undated
            if not (q.label or q.joined) and (q.unit or _ends_name(q, words))
        ),
    )


def _ends_name(number: Quantity, words: Sequence[ClaimWord]) -> bool:
    before = [word for word in words if word.start < number.start]
    return bool(before) and before[-1].capital


def _names(words: Sequence[ClaimWord]) -> Iterator[frozenset[str]]:
    """Yield the folded syllables of each run of capitalised words, the first word apart."""
    run: list[str] = []
    for position, word in enumerate(words):
        if run and not (word.capital and word.joined):
            yield frozenset(run)
            run = []
        if word.capital and not word.number and (position or _goes_on(words)):
            run.append(fold(word.key))
    if run:
        yield frozenset(run)


def _goes_on(words: Sequence[ClaimWord]) -> bool:
    return len(words) > 1 and words[1].capital and words[1].joined


def _asked(question: str) -> _Asked:
    """Return what is asked; "bao nhiêu mét" is read as a number of metres."""
    said = _read(_HOW_MANY.sub("1", question))
    kind = AnswerType.NUMBER if _HOW_MANY.search(question) else answer_type(question)
    return _Asked(kind, replace(said, content=said.content - _TIME_WORDS))


def _contradict(asked: _Asked, known: _Found, found: _Found) -> bool:
    """Return whether two sentences say the same of what is asked, with different values."""
    one, two = known.statement, found.statement
    if known.hit.passage.document == found.hit.passage.document:
        return False
    if not (_is_about(asked, one) and _is_about(asked, two)):
        return False
    match asked.kind:
        case AnswerType.NUMBER:
            return (
                _is_within(one.named(), two.named())
                and _dates_agree(one.dates, two.dates)
                and _numbers_differ(asked.said.numbers, one.numbers, two.numbers)
            )
        case AnswerType.TIME:
            return (
                _is_within(one.named(), two.named())
                and _is_within(_values(one), _values(two))
                and _days_differ(asked.said.dates, one.dates, two.dates)
            )
        case AnswerType.PERSON | AnswerType.PLACE:
            return (
                _dates_agree(one.dates, two.dates)
                and _is_within(_values(one), _values(two))
                and _names_differ(asked.said, one, two)
            )
        case _:
            return False


def _is_about(asked: _Asked, said: _Statement) -> bool:
    """Return whether a sentence holds every name and nearly every other word of the question."""
    names, content = asked.said.named(), asked.said.content
    least = _LEAST_HELD_OF_NUMBER if asked.kind is AnswerType.NUMBER else _LEAST_HELD
    return names <= said.named() | said.content and (
        len(content & said.content) >= least * len(content)
    )


def _is_within(one: frozenset[object], two: frozenset[object]) -> bool:
    return one <= two or two <= one


def _values(said: _Statement) -> frozenset[Decimal]:
    return frozenset(number.value for number in said.numbers)


def _dates_agree(one: Sequence[_Day], two: Sequence[_Day]) -> bool:
    """Return whether no day of one sentence is another than those of the other."""
    return not one or not two or all(any(_same_day(a, b) for b in two) for a in one)


def _same_day(one: _Day, two: _Day) -> bool:
    """Return whether two days are the same as far as both are given."""
    return all(a is None or b is None or a == b for a, b in zip(one, two, strict=True))


def _days_differ(asked: Sequence[_Day], one: Sequence[_Day], two: Sequence[_Day]) -> bool:
    answers = [
        [day for day in days if not any(_same_day(day, a) for a in asked)] for days in (one, two)
    ]
    return all(len(days) == 1 for days in answers) and not _same_day(answers[0][0], answers[1][0])


def _numbers_differ(
    asked: Sequence[Quantity], one: Sequence[Quantity], two: Sequence[Quantity]
) -> bool:
    """Return whether of the units that both count one has other numbers, one or a range in each.

    It is the unit asked for, where they count that. Numbers of no unit have to be the same: "cầu
    Mỹ Lợi 2" is another bridge.
    """
    shared = {number.unit for number in one} & {number.unit for number in two}
    wanted = {number.unit for number in asked} & {number.unit for number in (*one, *two)} - {""}
    differing = []
    for unit in shared | {""}:
        first, second = ([n for n in numbers if n.unit == unit] for numbers in (one, two))
        if {n.value for n in first} != {n.value for n in second}:
            differing.append((unit, first, second))
    return len(differing) == 1 and all(
        unit
        and (not wanted or unit in wanted)
        and len(first) == len(second) <= _ENDS_OF_A_RANGE
        and all(_are_apart(a, b) for a in first for b in second)
        for unit, first, second in differing
    )


def _are_apart(one: Quantity, two: Quantity) -> bool:
    about = one.hedge or two.hedge
    return abs(one.value - two.value) > (_ROUNDED * max(one.value, two.value) if about else 0)


def _names_differ(asked: _Statement, one: _Statement, two: _Statement) -> bool:
    """Return whether each sentence has one name besides the question's, of other syllables."""
    known = asked.named() | asked.content | _TITLES
    first, second = ([n - _TITLES for n in said.names if not n <= known] for said in (one, two))
    if len(first) != 1 or len(second) != 1:
        return False
    return min(len(first[0]), len(second[0])) > 1 and not first[0] & second[0]
