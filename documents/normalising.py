"""From raw text to stored text (once), and from stored text to search keys (never stored)."""

import re
import unicodedata

_TONE_MARKS = "\u0300\u0301\u0309\u0303\u0323"
_SURROGATE = re.compile("[\\ud800-\\udfff]")
_WORD = re.compile(r"[^\W_]+")


def normalise(text: str) -> str:
    r"""Return the text as it is stored: NFC, ``\n`` line ends, no byte-order mark, no NUL.

    Half of a surrogate pair, which no UTF-8 file can hold, becomes U+FFFD. Normalising twice
    equals normalising once.
    """
    text = _SURROGATE.sub("\ufffd", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").replace("\0", "")
    return unicodedata.normalize("NFC", text)


def search_key(text: str) -> str:
    """Return the lower-case NFC text in one spelling (``hoà`` → ``hòa``, ``kí`` → ``ký``).

    The result is for comparing, not for showing; its length may differ from the input's.
    """
    return one_spelling(unicodedata.normalize("NFC", text).lower())


def one_spelling(text: str) -> str:
    """Return an NFC text with each word in one spelling; no place moves.

    Tone marks stand in one place (``Hoà`` → ``Hòa``), and of ``i`` and ``y`` the one that most
    newspapers and laws write (``Kí`` → ``Ký``, ``sỹ`` → ``sĩ``).
    """
    return _RARER_VOWEL.sub(_usual_vowel, _TONE_PLACEMENT.sub(_canonical_tone, text))


def fold(text: str) -> str:
    """Return the text without accents and with ``đ`` as ``d``; case is kept."""
    return unicodedata.normalize("NFC", text).translate(_FOLDING)


def has_accents(text: str) -> bool:
    """Return whether any letter of the text carries a Vietnamese mark (``đ`` included)."""
    text = unicodedata.normalize("NFC", text)
    return fold(text) != text


def syllables(text: str) -> list[str]:
    """Return the runs of letters and digits of the text, in order; punctuation is dropped."""
    return _WORD.findall(text)


def _tone_table() -> dict[str, str]:
    """Map the old tone placement to the new one: ``oà`` → ``òa``, ``uỳ`` → ``ùy``."""
    table: dict[str, str] = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in _TONE_MARKS:
            old = first + unicodedata.normalize("NFC", second + tone)
            new = unicodedata.normalize("NFC", first + tone) + second
            table |= {cased(old): cased(new) for cased in (str.lower, str.upper, str.capitalize)}
    return table


def _rarer_vowel() -> re.Pattern[str]:
    """Return the pattern of the last letter of the rarer spellings.

    It begins with that letter and looks back from it, which is ten times as fast.
    """
    after: dict[str, str] = {}
    for word in _RARER.split():
        after[word[:-1]] = after.get(word[:-1], "") + word[-1] + word[-1].upper()
    backwards = [
        f"(?<={''.join(f'[{letter}{letter.upper()}]' for letter in first)}[{last}])"
        rf"(?<![^\W\d_]{'.' * len(first)}.)"
        for first, last in after.items()
    ]
    return re.compile(
        rf"[{''.join(sorted({*''.join(after.values())}))}](?![^\W\d_])(?:{'|'.join(backwards)})"
    )


def _folding_table() -> dict[int, str]:
    """Map each accented Latin letter to its base letter."""
    table = {ord("đ"): "d", ord("Đ"): "D"}
    for code in [*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base
    table.update(dict.fromkeys(range(0x0300, 0x0370), ""))
    return table


# Not among them are pairs that are two words ("mì", "mỹ") and syllables that foreign words begin
# with ("ti vi", "ki lô").
_RARER = "hi hỉ hý kì kí kĩ kỉ kị li lí lị mĩ mỳ sỹ tì tý tỉ tỵ vỹ qui quì quí quĩ quỉ quị"
_I, _Y = "iìíỉĩịIÌÍỈĨỊ", "yỳýỷỹỵYỲÝỶỸỴ"
_OTHER_VOWEL = dict(zip(_I + _Y, _Y + _I, strict=True))

_TONES = _tone_table()
_FOLDING = _folding_table()
# "qu" is one consonant: the tone of "quý" stays on "y". A final consonant keeps it too: "hoàng".
# Written as character classes, which is three times as fast as a list of the pairs.
_TONE_PLACEMENT = re.compile(
    "(?:"
    + "|".join(
        f"{first}[{''.join(pair[1] for pair in _TONES if pair[0] == first)}]" for first in "ouOU"
    )
    + r")(?<![qQ]..)(?![^\W\d_])"
)

_RARER_VOWEL = _rarer_vowel()


def _usual_vowel(match: re.Match[str]) -> str:
    return _OTHER_VOWEL[match.group()]


def _canonical_tone(match: re.Match[str]) -> str:
    return _TONES[match.group()]
