"""From a question as it was typed to the text that was meant.

Three steps: NFC; keystrokes (`index.keystrokes`) where the question shows that they are some; then
lost accents and informal spellings (`index.restoring`). A question with all its accents comes back
byte for byte.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from documents.normalising import has_accents, normalise
from index.keystrokes import Decoded, decode, foreign_readings, plain_letters
from index.restoring import Word, restore, words_of
from index.typing_table import TypingTable
from index.word_statistics import WordStatistics

LONGEST = 400
"""Words of a text that are looked at; what follows stays as typed."""
_SHARE = 0.3
_MANY_KEYS = 2
_LEAST = 5
_FREQUENT = 20_000
_SHORT = 2


class Typing(StrEnum):
    """How a question seems to have been typed."""

    AS_MEANT = "as_meant"
    KEYSTROKES = "keystrokes"
    UNACCENTED = "unaccented"
    PARTLY = "partly"


@dataclass(frozen=True, slots=True)
class Change:
    """One word that was understood as something else; places are those of the NFC text."""

    start: int
    end: int
    typed: str
    understood: str


@dataclass(frozen=True, slots=True)
class TypedText:
    """A question as typed and as understood.

    Attributes
    ----------
    typed
        What came in, unchanged.
    text
        What was understood, in NFC; equal to ``typed`` when nothing had to be.
    changes
        The words that differ, in order.
    typing
        A guess at how it was typed; where several fit, keystrokes come first.
    """

    typed: str
    text: str
    changes: tuple[Change, ...] = ()
    typing: Typing = Typing.AS_MEANT


def understand_typing(text: str, table: TypingTable, statistics: WordStatistics) -> TypedText:
    """Return what a typed text means; about a millisecond for a question of 80 characters."""
    stored = normalise(text)
    words = words_of(stored)[:LONGEST]
    decoded = _decoded(words, table, statistics)
    meant = restore(decoded, table, statistics)
    changes = tuple(
        Change(word.start, word.end, word.typed, understood)
        for word, understood in zip(words, meant, strict=True)
        if word.typed != understood
    )
    return TypedText(text, changed_text(stored, changes), changes, _typing(words, decoded, changes))


def changed_text(text: str, changes: Sequence[Change]) -> str:
    """Return an NFC text with these changes made, given in order."""
    pieces, end = [], 0
    for change in changes:
        pieces += [text[end : change.start], change.understood]
        end = change.end
    return "".join([*pieces, text[end:]])


def _typing(words: Sequence[Word], decoded: Sequence[Word], changes: Sequence[Change]) -> Typing:
    if list(words) != list(decoded):
        return Typing.KEYSTROKES
    if not changes:
        return Typing.AS_MEANT
    return Typing.PARTLY if any(has_accents(word.typed) for word in words) else Typing.UNACCENTED


def _decoded(words: Sequence[Word], table: TypingTable, statistics: WordStatistics) -> list[Word]:
    """Return the words with their keystrokes read, if the text has some.

    It has when some word that is no word otherwise reads as a syllable with two keys or more, or
    several do with one; in a text without accents one such word is enough if the syllable is a
    frequent one. Words that could be either ("has", "boong") are read as keystrokes only where a
    good share of the text is.
    """
    capitals = not any(word.typed.islower() for word in words)
    found = [_decode(word, table, statistics, capitals=capitals) for word in words]
    clear = [
        None if _is_shouted(word) > capitals or _is_ordinary(word, table, statistics) else one
        for word, one in zip(words, found, strict=True)
    ]
    evidence = sum(min(one.keys, _MANY_KEYS) for one in clear if one)
    accented = any(has_accents(word.typed) for word in words)
    frequent = any(table.count(one.syllable.lower()) >= _FREQUENT for one in clear if one)
    if evidence < _MANY_KEYS and (accented or not frequent):
        return list(words)
    lettered = sum(any(letter.isalpha() for letter in word.typed) for word in words)
    if accented or sum(map(bool, found)) < _SHARE * lettered:
        return [
            _read(word, one.syllable) if one else word
            for word, one in zip(words, clear, strict=True)
        ]
    return [
        _read(word, one.syllable if one else _other(word.typed, table, statistics))
        for word, one in zip(words, found, strict=True)
    ]


def _decode(
    word: Word, table: TypingTable, statistics: WordStatistics, *, capitals: bool
) -> Decoded | None:
    """Return what a word is the keystrokes of, unless it is oftener met as it stands.

    Where not all is in capitals, a word that is ("CO2") needs two keys or a frequent syllable
    ("KHO6NG").
    """
    decoded = decode(word.typed, table.known)
    if decoded is None:
        return None
    typed, meant = word.typed.lower(), decoded.syllable.lower()
    as_typed = table.count(typed) + statistics.word_count(typed)
    as_meant = table.count(meant) + statistics.word_count(meant)
    if _is_shouted(word) and not capitals and decoded.keys < _MANY_KEYS:
        as_meant = as_meant if len(meant) > _SHORT and as_meant >= _FREQUENT else 0
    return decoded if as_meant >= max(as_typed, _LEAST) else None


def _other(typed: str, table: TypingTable, statistics: WordStatistics) -> str:
    """Return what keys that are no syllable wrote: a foreign word that is known, or `typed`."""
    for word in foreign_readings(typed):
        if table.count(word.lower()) or statistics.word_count(word.lower()):
            return word
    return plain_letters(typed)


def _read(word: Word, meant: str) -> Word:
    return word if meant == word.typed else replace(word, typed=meant, fixed=False)


def _is_shouted(word: Word) -> bool:
    """Return whether a word has two letters or more, all of them capitals."""
    return word.typed.isupper() and sum(map(str.isalpha, word.typed)) > 1


def _is_ordinary(word: Word, table: TypingTable, statistics: WordStatistics) -> bool:
    """Return whether a word is one without being keystrokes."""
    key = word.typed.lower()
    return key in table.folded_syllables or key in table.guarded or statistics.word_count(key) > 0
