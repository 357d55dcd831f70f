"""Which strings are Vietnamese syllables by their spelling, tone mark and its place included."""

import unicodedata
from collections.abc import Iterator
from functools import cache

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_OPEN = (
    "a ai ao au ay âu ây e eo ê êu i ia iu iêu o oa oai oao oay oe oeo oi ô ôi ơ ơi u ua ui uy uya"
    " uyu uê uơ uây uôi ư ưa ưi ưu ươi ươu y yêu"
)
_CLOSED = {
    "a": "c ch m n ng nh p t",
    "ă": "c m n ng p t",
    "â": "c m n ng p t",
    "e": "c m n ng p t",
    "ê": "c ch m n ng nh p t",
    "i": "ch m n nh p t",
    "iê": "c m n ng p t",
    "o": "c m n ng p t",
    "oa": "c ch m n ng nh p t",
    "oe": "m n t",
    "oo": "c ng",
    "oă": "c m n ng p t",
    "ô": "c m n ng p t",
    "ơ": "m n p t",
    "u": "c m n ng p t",
    "uy": "ch n nh p t",
    "uyê": "n t",
    "uâ": "n ng t",
    "uê": "ch n nh",
    "uô": "c m n ng p t",
    "ư": "c m n ng t",
    "ươ": "c m n ng p t",
    "y": "ch n nh p t",
    "yê": "m n ng t",
}
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_STOP_TONES = ("\u0301", "\u0323")
"""A syllable that ends in a stop (c, ch, p, t) has one of these two."""
_STOPS = ("c", "ch", "p", "t")
_MARKED = "ăâêôơư"
_EITHER = ("oa", "oe", "uy")


def is_syllable(word: str) -> bool:
    """Return whether a word in NFC, of any case, is spelled as a Vietnamese syllable may be.

    Its tone mark stands on the right vowel, by the old rule or the new (``hoà``, ``hòa``).
    Spelling alone is known: ``ghiển`` is a syllable though no word.
    """
    return word.lower() in _syllables()


@cache
def _syllables() -> frozenset[str]:
    rhymes = frozenset(_rhymes())
    return frozenset(onset + rhyme for onset in ("", *_ONSETS.split()) for rhyme in rhymes)


def _rhymes() -> Iterator[str]:
    """Yield each rhyme with each tone at each place that it may have."""
    for vowels in _OPEN.split():
        yield from _toned(vowels, "", _TONES)
    for vowels, finals in _CLOSED.items():
        for final in finals.split():
            yield from _toned(vowels, final, _STOP_TONES if final in _STOPS else _TONES)


def _toned(vowels: str, final: str, tones: tuple[str, ...]) -> Iterator[str]:
    for place in _tone_places(vowels, final):
        for tone in tones:
            vowel = unicodedata.normalize("NFC", vowels[place] + tone)
            yield vowels[:place] + vowel + vowels[place + 1 :] + final


def _tone_places(vowels: str, final: str) -> list[int]:
    marked = [place for place, letter in enumerate(vowels) if letter in _MARKED]
    if marked:
        return marked[-1:]
    if len(vowels) == 1:
        return [0]
    if final or len(vowels) > len("oa"):
        return [1]
    return [0, 1] if vowels in _EITHER else [0]
