"""From a question as it was typed to the text that was meant.

Three steps: NFC; keystrokes (`index.keystrokes`) where the question shows that they are some; then
lost accents and informal spellings (`index.restoring`). A question with all its accents comes back
byte for byte.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from documents.normalising import fold, has_accents, normalise
from index.keystrokes import Decoded, decode
from index.restoring import Word, restore, words_of
from index.typing_table import TypingTable
from index.word_statistics import WordStatistics

LONGEST = 400
"""Words of a text that are looked at; what follows stays as typed."""
_SHARE = 0.3
_MANY_KEYS = 2


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
    return TypedText(text, _replaced(stored, changes), changes, _typing(words, decoded, changes))


def _replaced(text: str, changes: Sequence[Change]) -> str:
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


def _decoded(
    words: Sequence[Word], table: TypingTable, statistics: WordStatistics
) -> list[Word]:
    """Return the words with their keystrokes read, if the text has some.

    It has when some word that is no word otherwise reads as a syllable with two keys or more, or
    when several do with one. Words that could be either ("has", "boong") are read as keystrokes
    only where a good share of the text is.
    """
    found = [None if word.typed.isalpha() and word.fixed and len(word.typed) < 3 else decode(word.typed, table.known) for word in words]
    evidence = [
        0 if one is None or _is_ordinary(word, table, statistics) else min(one.keys, _MANY_KEYS)
        for word, one in zip(words, found, strict=True)
    ]
    letters = sum(any(letter.isalpha() for letter in word.typed) for word in words)
    clear = sum(map(bool, evidence))
    share = clear / max(letters, 1)
    accented = any(has_accents(word.typed) for word in words)
    if sum(evidence) < _MANY_KEYS and (accented or share < _SHARE):
        return list(words)
    least = 0 if share >= _SHARE and not accented else 1
    return [
        word if one is None or weight < least else _read(word, one)
        for word, one, weight in zip(words, found, evidence, strict=True)
    ]


def _read(word: Word, decoded: Decoded) -> Word:
    return replace(word, typed=decoded.syllable, fixed=False)


def _is_ordinary(word: Word, table: TypingTable, statistics: WordStatistics) -> bool:
    """Return whether a word is one without being keystrokes."""
    key = word.typed.lower()
    return (
        word.fixed and word.typed.isupper() and len(word.typed) > 1
        or key in table.folded_syllables
        or key in table.guarded
        or statistics.word_count(key) > 0
        or fold(key) != key
    )
