"""Accents, informal spellings and what else a typed word may stand for, chosen by context.

Marks that were typed are binding. Whether the unmarked words of a question that has accents are
meant as they are ("ai", "cho") or have lost theirs is decided for the question as a whole: if half
of the accents are lost by chance, a question of n accented words was typed so with P = 2 to the
-n; the restored question must be more probable than the typed one by that and by a margin.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from documents.normalising import fold, has_accents, search_key
from index.keystrokes import TONE_MARKS, as_cased
from index.lattice import Choice, Slot, best_ways
from index.teencode import informal_choices
from index.typing_table import ASKED, END, NUMBER, TypingTable
from index.word_statistics import WordStatistics

MARGIN = 14.0
"""How much (ln) likelier a restored question must be; see training/LOG.md."""
FEWEST = 2
"""Of the words of a question that has accents, so many must have lost theirs: one may be a slip or
a rare word, and questions are not corrected."""
CHOICES = 14
"""Of the words of one folded form, so many are considered, the most frequent first."""
IMPOSSIBLE = -4.0
"""ln P that a syllable which does not exist was nevertheless meant."""
VIETNAMESE_SHARE = 0.5
"""Of a question without accents, so many words must be Vietnamese syllables."""
_PIECE = re.compile(r"[^\W_]+|[.?!;:…\n]")
_GLUED = re.compile(r"[\w@]*[_@][\w@.]*|[\w.-]+\.(?:vn|com|org|net|edu|gov|info)\b|\w+://\S+")
_ENGLISH = frozenset(
    ("what", "who", "whom", "whose", "where", "when", "which", "how", "why", "is", "are", "was")
)
"""First words of a question in English."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question, or the punctuation that ends a sentence.

    Attributes
    ----------
    start, end
        Its span in the text.
    typed
        What stands there.
    fixed
        Whether it must stay: an abbreviation in capitals, part of an address, with digits.
    """

    start: int
    end: int
    typed: str
    fixed: bool


def words_of(text: str) -> list[Word]:
    """Return the words of an NFC text in order.

    Capitals mark an abbreviation unless the whole text is in capitals.
    """
    shouting = text.upper() == text and len(text.split()) > 2  # noqa: PLR2004 (not "VKSND TW")
    glued = [match.span() for match in _GLUED.finditer(text)]
    found = []
    for match in _PIECE.finditer(text):
        typed = match.group()
        capitals = len(typed) > 1 and typed.isupper() and not shouting
        inside = any(start <= match.start() < end for start, end in glued)
        found.append(Word(*match.span(), typed, capitals or inside or not typed.isalpha()))
    return found


def restore(words: Sequence[Word], table: TypingTable, statistics: WordStatistics) -> list[str]:
    """Return what each word stands for; most often what was typed.

    A text without accents stays unless half of its words are Vietnamese syllables.
    """
    open_words = [word for word in words if not word.fixed]
    accented = any(has_accents(word.typed) for word in words)
    if not open_words or not (accented or _is_vietnamese(open_words, table)):
        return [word.typed for word in words]
    slots = [
        _slot(word, first=place == 0, table=table, statistics=statistics)
        for place, word in enumerate(words)
    ]
    if all(len(slot) == 1 for slot in slots):
        return [word.typed for word in words]
    keeping = [_keeping(slot) for slot in slots]
    ways = best_ways(slots, keeping, table, statistics)
    chosen = [slot[place] for slot, place in zip(slots, ways.best.places, strict=True)]
    if accented:
        typed = [slot[place] for slot, place in zip(slots, ways.kept.places, strict=True)]
        restored = {
            search_key(word.typed)
            for word, one, other in zip(words, chosen, typed, strict=True)
            if one != other
        }
        likelier = ways.best.score - ways.kept.score
        lost = math.log(2) * sum(has_accents("".join(choice.words)) for choice in chosen)
        if len(restored) < FEWEST or likelier < lost + MARGIN:
            chosen = typed
    return [_written(choice, word) for choice, word in zip(chosen, words, strict=True)]


def agrees(syllable: str, typed: str) -> bool:
    """Return whether a syllable has every mark that was typed; both are search keys.

    ``đuoc`` agrees with ``được`` and ``đuốc``, not with ``dược``; ``viên`` not with ``viện``.
    """
    if fold(syllable) != fold(typed):
        return False
    meant, given = _marks(syllable), _marks(typed)
    return given.tone in ("", meant.tone) and all(
        mark in (letter, base)
        for letter, mark, base in zip(meant.letters, given.letters, fold(typed), strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Marks:
    """A syllable's letters without tone, and its tone."""

    letters: str
    tone: str


def _marks(syllable: str) -> _Marks:
    parts = unicodedata.normalize("NFD", syllable)
    tone = "".join(part for part in parts if part in TONE_MARKS)
    rest = "".join(part for part in parts if part not in TONE_MARKS)
    return _Marks(unicodedata.normalize("NFC", rest), tone)


def _is_vietnamese(words: Sequence[Word], table: TypingTable) -> bool:
    letters = [word.typed.lower() for word in words if word.typed.isalpha()]
    if not letters or letters[0] in _ENGLISH:
        return False
    # An informal spelling ("ko") counts: nobody types it in another language.
    known = sum(
        word in table.folded_syllables or bool(informal_choices(word, table.syllables))
        for word in letters
    )
    return known >= VIETNAMESE_SHARE * len(letters)


def _slot(word: Word, *, first: bool, table: TypingTable, statistics: WordStatistics) -> Slot:
    """Return what a word may stand for, itself first."""
    key = search_key(word.typed)
    if not word.typed[0].isalnum():
        return (Choice((ASKED if key == "?" else END,)),)
    if key.isdigit():
        return (Choice((NUMBER,)),)
    typed = Choice((key,))
    if word.fixed:
        return (typed,)
    # A name in mid-sentence ("Ko Jin-young") is no informal spelling.
    informal = (
        () if word.typed[0].isupper() and not first else informal_choices(key, table.syllables)
    )
    exists = key in table.syllables or table.count(key) or statistics.word_count(key)
    marked = has_accents(key)
    if marked and exists:
        return (typed, *informal)
    forms = [
        form
        for form in table.forms.get(fold(key), ())[:CHOICES]
        if form != key
        and (table.count(form) or statistics.word_count(form))
        and (not marked or agrees(form, key))
    ]
    if not exists and (forms or informal):
        typed = Choice((key,), IMPOSSIBLE)
    return (typed, *(Choice((form,)) for form in forms), *informal)


def _keeping(slot: Slot) -> list[int]:
    """Return the choices open to a word of a question whose accents were all typed.

    The word itself and what it may stand for informally.
    """
    return [place for place, choice in enumerate(slot) if not place or choice.penalty]


def _written(choice: Choice, word: Word) -> str:
    if choice.words == (search_key(word.typed),) or not word.typed.isalpha():
        return word.typed
    return as_cased(" ".join(choice.words), word.typed)
