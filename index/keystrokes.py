"""Telex and VNI keystrokes of one syllable, read back to the syllable they were meant for.

What arrives when the input method was off: ``Vieejn`` or ``Vie65n`` for ``Viện``. The keys are
those of https://en.wikipedia.org/wiki/Telex_(input_method) and https://en.wikipedia.org/wiki/VNI;
a modifier may stand anywhere after its letter (``dduwowcj``, ``duocwdj``), one
``w`` or ``7`` marks both letters of ``ươ``, a third ``o`` takes the mark of ``oo`` back. Not read:
``w`` alone for ``ư``, keys that take a tone away (``z``, ``0``), and tokens with accented letters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

TONE_MARKS = "\u0301\u0300\u0309\u0303\u0323"
"""Sắc, huyền, hỏi, ngã, nặng, in the order of their keys."""
_VOWELS = frozenset("aăâeêioôơuưy")
_NEVER_LETTERS = frozenset("fjwz0123456789")
_LONGEST = 12
_FOREIGN = 3
_D_KEYS = re.compile(r"[Dd](?:[Dd]|9)")
_TRIPLED = re.compile(r"([aeo])\1\1", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A syllable read from keystrokes: as written, in lower case, with how many modifier keys."""

    syllable: str
    keys: int


@dataclass(frozen=True, slots=True)
class _Method:
    """The keys of an input method: tones, and what each other key makes of which letters."""

    tones: Mapping[str, str]
    shapes: Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What some keys have written so far: letters without tone, the tone, keys that modified."""

    letters: str = ""
    tone: str = ""
    keys: int = 0


_UO = ("uo", "ươ")
_TELEX = _Method(
    dict(zip("sfrxj", TONE_MARKS, strict=True)),
    {
        **{letter: ((letter, marked),) for letter, marked in ("aâ", "eê", "oô", "dđ")},
        "w": (_UO, ("o", "ơ"), ("u", "ư"), ("a", "ă")),
    },
)
_VNI = _Method(
    dict(zip("12345", TONE_MARKS, strict=True)),
    {
        "6": (("a", "â"), ("e", "ê"), ("o", "ô")),
        "7": (_UO, ("o", "ơ"), ("u", "ư")),
        "8": (("a", "ă"),),
        "9": (("d", "đ"),),
    },
)


def toneless(syllable: str) -> str:
    """Return the letters of a syllable, then its tone mark: one key for ``hoà`` and ``hòa``."""
    marks = unicodedata.normalize("NFD", syllable)
    tones = "".join(mark for mark in marks if mark in TONE_MARKS)
    letters = "".join(mark for mark in marks if mark not in TONE_MARKS)
    return unicodedata.normalize("NFC", letters) + tones


def decode(token: str, known: Mapping[str, str]) -> Decoded | None:
    """Return the syllable that a token is the keystrokes of; None when it is of none.

    Capitals are kept: all of them when every letter typed is one, else the first.

    Parameters
    ----------
    known
        The syllables that exist, by their `toneless` key, in lower case.
    """
    if not (token.isascii() and token.isalnum() and 1 < len(token) <= _LONGEST):
        return None
    lower = token.lower()
    method = _VNI if any(key in "123456789" for key in lower) else _TELEX
    found = _best(lower, method, known)
    return found and replace(found, syllable=as_cased(found.syllable, token))


def plain_letters(token: str) -> str:
    """Return what keys that are no syllable wrote: ``HDDND`` → ``HĐND``, ``boook`` → ``book``.

    Only in an abbreviation without vowels is ``dd`` or ``d9`` read as ``đ``.
    """
    if not token.isascii():
        return token
    if not any(letter in "aeiouy" for letter in token.lower()):
        return _D_KEYS.sub(lambda match: "Đ" if match.group()[0] == "D" else "đ", token)
    return _TRIPLED.sub(r"\1\1", token)


def foreign_readings(token: str) -> Iterator[str]:
    """Yield the words of several syllables and one tone that a token may be the keystrokes of.

    ``Quesbec`` and ``Que1bec`` give ``Québec`` among others; the caller knows which exist.
    """
    if not (token.isascii() and token.isalnum() and _FOREIGN < len(token) <= _LONGEST):
        return
    method = _VNI if any(key in "12345" for key in token) else _TELEX
    for place, key in enumerate(token.lower()):
        if place and key in method.tones:
            rest = token[:place] + token[place + 1 :]
            for vowel in range(place - 1, -1, -1):
                if rest[vowel].lower() in "aeiouy":
                    toned = rest[: vowel + 1] + method.tones[key] + rest[vowel + 1 :]
                    yield unicodedata.normalize("NFC", toned)


def as_cased(syllable: str, typed: str) -> str:
    """Return a lower-case text with the capitals of what was typed for it."""
    if typed.isupper() and sum(letter.isalpha() for letter in typed) > 1:
        return syllable.upper()
    return syllable[:1].upper() + syllable[1:] if typed[:1].isupper() else syllable


def _best(lower: str, method: _Method, known: Mapping[str, str]) -> Decoded | None:
    """Return the reading that is a syllable; of several, the one with the most marked letters."""
    readings = [
        Decoded(known[reading.letters + reading.tone], reading.keys)
        for reading in _readings(lower, method is _TELEX)
        if reading.keys and reading.letters + reading.tone in known
    ]
    return max(readings, key=lambda decoded: decoded.keys, default=None)


@lru_cache(maxsize=4096)
def _readings(lower: str, telex: bool) -> tuple[_Reading, ...]:  # noqa: FBT001 (private, cached)
    """Return every way to read the keys, the likelier first."""
    readings: Iterable[_Reading] = (_Reading(),)
    for key in lower:
        readings = [
            longer
            for reading in readings
            for longer in _pressed(reading, key, _TELEX if telex else _VNI)
        ]
    return tuple(readings)


def _pressed(reading: _Reading, key: str, method: _Method) -> Iterator[_Reading]:
    """Yield what one more key can have meant."""
    letters, tone, keys = reading.letters, reading.tone, reading.keys
    taken_back = _taken_back(letters, key, method)
    if taken_back:
        yield _Reading(taken_back, tone, keys)
        return
    has_vowel = any(letter in _VOWELS for letter in letters)
    if key in method.tones and has_vowel and not tone:
        yield _Reading(letters, method.tones[key], keys + 1)
    for plain, marked in method.shapes.get(key, ()):
        place = letters.rfind(plain)
        if place >= 0:
            written = letters[:place] + marked + letters[place + len(plain) :]
            yield _Reading(written, tone, keys + 1)
    doubled = letters.endswith(key) and key in method.shapes
    if not (doubled or key in _NEVER_LETTERS or (key in "srx" and has_vowel)):
        yield _Reading(letters + key, tone, keys)


def _taken_back(letters: str, key: str, method: _Method) -> str:
    """Return ``oo`` for ``ô`` and another ``o``: the third key undoes the second."""
    for plain, marked in method.shapes.get(key, ()):
        if plain == key and letters.endswith(marked):
            return letters[:-1] + plain + plain
    return ""
