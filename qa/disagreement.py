"""Do two documents answer one question with different values? Then both are to be shown.

A number, a date or a name differs when two sentences of different documents say the same but for
that one value. It is missed rather than seen wrongly: sentences about other years, days, places or
persons, with several values of the kind asked for, or worded far apart, are left alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from documents.normalising import fold, has_accents
from documents.sentences import split_sentences
from index.hit import Hit
from index.question_dates import dates_of
from index.question_words import AnswerType, answer_type, is_asking
from qa.claim_words import ClaimWord, words_of_claim
from qa.quantities import Quantity, quantities_in
from qa.reader import Evidence

COMPARED = 8
"""How many of the best passages are compared."""
MOST_SHOWN = 3
LEAST_ALIKE = 0.75
"""Share of the content syllables of the shorter sentence, values apart, that the other has."""
_Day = tuple[int | None, int | None, int | None]
"""Day, month and year, as far as they are given."""
_ROUNDED = Decimal("0.05")
"""Of two numbers of which one is "about", a difference up to this share is none."""


def disagreeing(question: str, best: Evidence, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    """Return the best answer and those of other documents that contradict it, newest first.

    Undated documents come last; of one date, the better ranked first. Empty when nothing
    contradicts it.
    """
    kind = answer_type(question)
    asked = _read(question)
    answered = _read(best.text)
    values = [_Found(best, answered)]
    for evidence in _others(best, hits[:COMPARED]):
        found = _Found(evidence, _read(evidence.text))
        if len(values) < MOST_SHOWN and all(
            known.evidence.passage.document != evidence.passage.document
            and _contradict(kind, asked, known.statement, found.statement)
            for known in values
        ):
            values.append(found)
    if len(values) == 1:
        return ()
    published = {hit.passage.document: hit.published for hit in hits}
    evidences = [found.evidence for found in values]
    return tuple(
        sorted(evidences, key=lambda e: published[e.passage.document] or date.min, reverse=True)
    )


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
class _Found:
    evidence: Evidence
    statement: _Statement


def _others(best: Evidence, hits: Sequence[Hit]) -> Iterator[Evidence]:
    for hit in hits:
        if hit.passage.document != best.passage.document:
            for span in split_sentences(hit.passage.text):
                yield Evidence(hit.passage, span.start, span.end)


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
        tuple(replace(q, unit=fold(q.unit)) for q in undated if not (q.label or q.joined)),
    )


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


def _contradict(kind: AnswerType, asked: _Statement, one: _Statement, two: _Statement) -> bool:
    """Return whether two sentences say the same of what is asked, with different values."""
    if not all(_is_about(asked, said) for said in (one, two)):
        return False
    match kind:
        case AnswerType.NUMBER:
            return (
                _are_alike(one.content, two.content)
                and _is_within(one.named(), two.named())
                and _dates_agree(one.dates, two.dates)
                and _numbers_differ(one.numbers, two.numbers)
            )
        case AnswerType.TIME:
            return (
                _are_alike(one.content, two.content)
                and _is_within(one.named(), two.named())
                and _is_within(_values(one), _values(two))
                and _days_differ(asked.dates, one.dates, two.dates)
            )
        case AnswerType.PERSON | AnswerType.PLACE:
            return (
                _names_differ(asked, one, two)
                and _dates_agree(one.dates, two.dates)
                and _is_within(_values(one), _values(two))
            )
        case _:
            return False


def _is_about(asked: _Statement, said: _Statement) -> bool:
    """Return whether a sentence holds every name and nearly every other word of the question."""
    held = len(asked.content & said.content)
    return asked.named() <= said.named() | said.content and held >= LEAST_ALIKE * len(asked.content)


def _are_alike(one: frozenset[str], two: frozenset[str]) -> bool:
    return len(one & two) >= LEAST_ALIKE * max(1, min(len(one), len(two)))


def _is_within(one: frozenset[str], two: frozenset[str]) -> bool:
    return one <= two or two <= one


def _values(said: _Statement) -> frozenset[str]:
    return frozenset(f"{number.value.normalize():f} {number.unit}" for number in said.numbers)


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


def _numbers_differ(one: Sequence[Quantity], two: Sequence[Quantity]) -> bool:
    """Return whether the only unit whose numbers differ is counted once in both.

    Numbers of no unit ("cầu Mỹ Lợi 2") have to be the same.
    """
    shared = {number.unit for number in one} & {number.unit for number in two}
    differing = []
    for unit in shared | {""}:
        first, second = ([n for n in numbers if n.unit == unit] for numbers in (one, two))
        if {n.value for n in first} != {n.value for n in second}:
            differing.append((unit, first, second))
    return len(differing) == 1 and all(
        unit and len(first) == len(second) == 1 and _are_apart(first[0], second[0])
        for unit, first, second in differing
    )


def _are_apart(one: Quantity, two: Quantity) -> bool:
    about = one.hedge or two.hedge
    return abs(one.value - two.value) > (_ROUNDED * max(one.value, two.value) if about else 0)


def _names_differ(asked: _Statement, one: _Statement, two: _Statement) -> bool:
    """Return whether each sentence has one name besides the question's, of other syllables."""
    known = asked.named() | asked.content
    first, second = ([n for n in said.names if not n <= known] for said in (one, two))
    if len(first) != 1 or len(second) != 1 or first[0] & second[0]:
        return False
    return _are_alike(one.content - first[0], two.content - second[0])
