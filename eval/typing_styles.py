"""The ways people type Vietnamese: a question as it would arrive from a hurried keyboard.

Each style is a function of the text and a seed, so a run can be repeated. Keystrokes are those
that reach a program whose input method is off (https://en.wikipedia.org/wiki/Telex_(input_method),
https://en.wikipedia.org/wiki/VNI). Not covered: slips of the finger, missing spaces, and letters
that Vietnamese does not have, which stay as they are.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from documents.normalising import fold, has_accents

_LETTER_RUN = re.compile(r"[^\W\d_]+")
_TONES = "\u0301\u0300\u0309\u0303\u0323"  # sắc, huyền, hỏi, ngã, nặng
_VOWELS = "aeiouy"
_MARKED = "âêôăơưđ"

TEENCODE_SHARE = 0.3
"""How many of the syllables that have an informal spelling get it."""
TEENCODE = {
    "anh": "a", "ấy": "ý", "bạn": "bn", "biết": "bít", "bây": "bi", "chồng": "ck", "chưa": "chx",
    "cũng": "cx", "đang": "đag", "đâu": "đou", "được": "đc", "em": "e", "gì": "j", "giờ": "h",
    "hôm": "hum", "không": "ko", "làm": "lm", "lắm": "lém", "luôn": "lun", "mình": "mk",
    "muốn": "mún", "này": "nì", "người": "ng", "nhiêu": "nhiu", "nhiều": "nhìu", "những": "nhữg",
    "phải": "fải", "quá": "wá", "quyền": "wyền", "rồi": "r", "sông": "sôg", "thế": "thía",
    "thích": "thik", "trong": "trog", "trước": "trc", "trường": "trườg", "vào": "zô", "vậy": "z",
    "với": "vs", "vợ": "vk", "vui": "zui", "yêu": "iu",
}  # fmt: skip
"""Informal spellings of common syllables, in lower case."""


class TypingStyle(StrEnum):
    """How a question is typed; the values are those of ``--typing``."""

    ACCENTED = "accented"
    UNACCENTED = "unaccented"
    HALF = "half"
    TELEX = "telex"
    VNI = "vni"
    TEENCODE = "teencode"
    NFD = "nfd"


def typed(text: str, style: TypingStyle, *, seed: str) -> str:
    """Return the text as it is typed in a style, in NFC but for ``nfd``.

    ``unaccented`` equals `documents.normalising.fold`. ``half`` folds each accented syllable with
    chance 1/2. ``telex`` and ``vni`` write modifier keys after their letters (``ươ`` before
    another letter: once, after both) and the tone key after the vowels or at the end of the
    syllable, by the typist's habit, which the seed draws. ``teencode`` takes the informal
    spelling of `TEENCODE_SHARE` of the syllables that have one. ``nfd`` has each mark as a
    character of its own, as texts from macOS do.

    Parameters
    ----------
    seed
        Equal seeds give equal results; the question's id serves.
    """
    generator = random.Random(f"{style}:{seed}")  # noqa: S311 (repeatable, not secret)
    if style is TypingStyle.UNACCENTED:
        return fold(text)  # also drops marks that stand outside a run of letters
    if style is TypingStyle.NFD:
        return unicodedata.normalize("NFD", text)
    change = _changes(generator)[style]
    return _LETTER_RUN.sub(lambda match: change(match.group()), unicodedata.normalize("NFC", text))


def telex(syllable: str, *, tone_last: bool = False) -> str:
    """Return the Telex keystrokes of one NFC syllable: ``Viện`` → ``Vieejn`` or ``Vieenj``.

    A doubled plain vowel is typed three times (``xoong`` → ``xooong``), as the input method wants.
    """
    return _keystrokes(syllable, _TELEX, tone_last=tone_last)


def vni(syllable: str, *, tone_last: bool = False) -> str:
    """Return the VNI keystrokes of one NFC syllable: ``Viện`` → ``Vie65n`` or ``Vie6n5``."""
    return _keystrokes(syllable, _VNI, tone_last=tone_last)


def _changes(generator: random.Random) -> Mapping[TypingStyle, Callable[[str], str]]:
    """Return what each style does to one syllable."""
    tone_last = generator.random() < 0.5  # noqa: PLR2004 (either habit is as common)
    return {
        TypingStyle.ACCENTED: str,
        TypingStyle.HALF: lambda syllable: _half(syllable, generator),
        TypingStyle.TELEX: lambda syllable: telex(syllable, tone_last=tone_last),
        TypingStyle.VNI: lambda syllable: vni(syllable, tone_last=tone_last),
        TypingStyle.TEENCODE: lambda syllable: _teencode(syllable, generator),
    }


def _half(syllable: str, generator: random.Random) -> str:
    loses = has_accents(syllable) and generator.random() < 0.5  # noqa: PLR2004 (half of them)
    return fold(syllable) if loses else syllable


def _teencode(syllable: str, generator: random.Random) -> str:
    informal = TEENCODE.get(syllable.lower())
    if informal is None or generator.random() >= TEENCODE_SHARE:
        return syllable
    return informal.capitalize() if syllable[0].isupper() else informal


@dataclass(frozen=True, slots=True)
class _Method:
    """The keys of an input method, by combining tone mark and by marked letter."""

    tones: Mapping[str, str]
    marks: Mapping[str, str]
    triples_plain_vowels: bool


_TELEX = _Method(
    dict(zip(_TONES, "sfrxj", strict=True)),
    dict(zip(_MARKED, "aeowwwd", strict=True)),
    triples_plain_vowels=True,
)
_VNI = _Method(
    dict(zip(_TONES, "12345", strict=True)),
    dict(zip(_MARKED, "6668779", strict=True)),
    triples_plain_vowels=False,
)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter taken apart: ``ệ`` is base ``e``, plain ``ê`` and the tone nặng."""

    base: str
    plain: str
    tone: str


def _keystrokes(syllable: str, method: _Method, *, tone_last: bool) -> str:
    """Write each letter with its modifier key, then put the tone keys in."""
    letters = [_taken_apart(letter) for letter in syllable]
    keys = [letter.base + _modifier(letters, place, method) for place, letter in enumerate(letters)]
    for place, letter in enumerate(letters):
        if letter.tone:
            end = len(letters) - 1 if tone_last else _cluster_end(letters, place)
            keys[end] += method.tones[letter.tone]
    written = "".join(keys)
    return written.upper() if len(syllable) > 1 and syllable.isupper() else written


def _taken_apart(letter: str) -> _Letter:
    """Return the parts of a letter; one that the input methods cannot write is its own base."""
    marks = unicodedata.normalize("NFD", letter)
    tones = [mark for mark in marks if mark in _TONES]
    toneless = "".join(mark for mark in marks if mark not in _TONES)
    plain = unicodedata.normalize("NFC", toneless).lower()
    if len(tones) > 1 or not (plain in _MARKED or plain.isascii()):
        return _Letter(letter, letter, "")
    return _Letter(fold(letter), plain, "".join(tones))


def _modifier(letters: Sequence[_Letter], place: int, method: _Method) -> str:
    plain = letters[place].plain
    before = letters[place - 1].plain if place else ""
    after = letters[place + 1].plain if place + 1 < len(letters) else ""
    if plain == "ư" and after == "ơ" and place + 2 < len(letters):
        return ""  # one key after "uo" marks both letters of "ươ"
    if method.triples_plain_vowels and plain == before and plain in "aeo":
        return plain
    return method.marks.get(plain, "")


def _cluster_end(letters: Sequence[_Letter], place: int) -> int:
    """Return the place of the last vowel of the run of vowels that this one is in."""
    while place + 1 < len(letters) and letters[place + 1].base.lower() in _VOWELS:
        place += 1
    return place
