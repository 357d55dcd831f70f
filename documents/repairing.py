"""Mend texts that came out wrong: legacy encodings, and accents that a PDF broke off.

Nothing is done on suspicion: Vietnamese has some 20,000 syllables that its spelling allows, and a
text is changed only where what it becomes are syllables and what it was are not. Other languages
and good Vietnamese stay as they are.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from documents.legacy_encodings import FROM_WESTERN, western
from documents.vietnamese_syllables import is_syllable

_FEWEST = 4
"""So many words with accents are evidence."""
_FEWEST_MIXED = 8
"""And so many beside good Vietnamese, where a lesson of pinyin has some that look the part."""
_SHARE = 0.85
"""At least this share of them must be syllables; names and misprints are the rest."""
_MOST_BEFORE = 0.34
# Western characters that Vietnamese does not write, and legacy texts are full of.
_ALONE = "\u0080-\u009f¡¢£¤¥¦§¨©ª«¬\u00ad®¯±µ¶·¸¹º»¼½¾ÄÅÆËÎÏÑÖ×ØÛÜÞßäåæçëîïñöøûüþÿ"
# The second: windows-1258, a tone after its vowel. It begins with all that may begin it, which is
# three times as fast.
_SUSPICIOUS = re.compile(f"[{_ALONE}âêôõýã](?:(?<=[{_ALONE}])|[ìòÌÒ])")
_PLAIN = re.compile("[A-Za-z]")
_WORDS = re.compile(r"[^\s!-@\[-`{-~‘’“”–—…•]+")
# Letters of Vietnamese that no Western encoding has.
_VIETNAMESE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
_MARK = re.compile(f"[ \u00a0][{_MARKS}]")
_SPLIT_MARK = re.compile(rf"([^\W\d_]+)((?:[ \u00a0]+[{_MARKS}])+)(?:([ \u00a0]?)([^\W\d_]+))?")
_PASSES = 2
"""A match takes the next syllable along, whose own mark the second pass sees."""
_SPACING = {"´": "\u0301", "ˆ": "\u0302", "˜": "\u0303", "˘": "\u0306"}
_SPACING_MARK = re.compile("[´ˆ˜˘]")
_SPACING_BEFORE = re.compile(r"([´ˆ˜˘]+)([^\W\d_])")
_SPACING_WORD = re.compile(r"(?:[^\W\d_]|[´ˆ˜˘])*[´ˆ˜˘](?:[^\W\d_]|[´ˆ˜˘])*")
# "đƣợc" is how many a PDF made with Word 2007 says "được"; "Ð" is the Icelandic letter.
_LOOKALIKES = {ord(a): b for a, b in zip("ƣƢðÐƉɖ", "ưƯđĐĐđ", strict=True)}
_LOOKALIKE = re.compile("[ƣƢðÐƉɖ]")
_LOOKALIKE_WORD = re.compile(r"[^\W\d_]+")
_MENDABLE = re.compile(f"[{_MARKS}{''.join(_SPACING)}{''.join(map(chr, _LOOKALIKES))}]")
_SPLIT_END = re.compile(r"\b([^\W\d_]*[À-ỹ])[ \u00a0](ng|nh|ch|n|m|c|t|p)\b(?!\.)")
_SURE_ENDS = ("ng", "nh")
_SURE_END = re.compile(r"[ \u00a0]n[gh]\b")  # begins with the blank: six times as fast
_FEWEST_SPLITS = 3


def repair(text: str) -> str:
    """Return a text in NFC as it was meant.

    Letters of legacy encodings become those of Unicode, line by line, when the text as a whole
    shows which encoding it was. Accents that stand apart (``Tiê ́ng``) join their letter,
    look-alikes (``ƣ``, ``Ð``) become Vietnamese letters, and syllables that a blank cuts
    (``Tiế ng``) become whole where the text is full of them.
    """
    if text.isascii():
        return text
    return _join_ends(_mend_accents(_mend_encoding(text)))


def decode_legacy(data: bytes) -> str | None:
    """Return Vietnamese bytes that are not UTF-8 as text; None when nothing shows what they are.

    Tried: UTF-16 without its mark, TCVN3, VNI, windows-1258.
    """
    best = max(_decoded(data), key=lambda one: (one.share, one.words), default=_Reading("", 0, 0))
    return best.text if best.is_evident else None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text, how many of its words are plain letters and others, how many of these syllables.

    Signs that stand alone ("×", "½") are letters in TCVN3 and would be evidence of nothing.
    """

    text: str
    words: int
    good: int

    @property
    def share(self) -> float:
        return self.good / self.words if self.words else 0.0

    @property
    def is_evident(self) -> bool:
        return self.words >= _FEWEST and self.share >= _SHARE


def _read(text: str) -> _Reading:
    words = _telling(text)
    return _Reading(text, len(words), sum(map(is_syllable, words)))


def _telling(text: str) -> list[str]:
    return [word for word in _WORDS.findall(text) if not word.isascii() and _PLAIN.search(word)]


def _decoded(data: bytes) -> Iterator[_Reading]:
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            yield _read(unicodedata.normalize("NFC", text))
    if b"\0" in data:
        return
    for name, convert in FROM_WESTERN.items():
        if name != "UTF-8":
            converted = _converted(western(data), convert)
            if converted is not None:
                yield _read(converted)


def _converted(text: str, convert: Callable[[str], str]) -> str | None:
    try:
        return convert(text)
    except ValueError:
        return None


def _mend_encoding(text: str) -> str:
    if len(_SUSPICIOUS.findall(text)) < _FEWEST:
        return text
    lines = text.split("\n")
    is_mixed = _VIETNAMESE.search(text) is not None
    tried = (_Mended(lines, convert, is_mixed=is_mixed) for convert in FROM_WESTERN.values())
    best = max((one for one in tried if one.is_evident), key=lambda one: one.good, default=None)
    return "\n".join(best.lines) if best is not None else text


class _Mended:
    """The lines of a text as one encoding would have them, and the evidence for it."""

    def __init__(
        self, lines: Sequence[str], convert: Callable[[str], str], *, is_mixed: bool
    ) -> None:
        self._convert = convert
        self._is_mixed = is_mixed
        self.words = self.good = self.good_before = 0
        self._distinct: set[str] = set()
        self.lines = [line if line.isascii() else self._line(line) for line in lines]

    @property
    def is_evident(self) -> bool:
        return (
            len(self._distinct) >= (_FEWEST_MIXED if self._is_mixed else _FEWEST)
            and self.good >= _SHARE * self.words
            and self.good_before <= _MOST_BEFORE * self.words
        )

    def _line(self, line: str) -> str:
        if _VIETNAMESE.search(line):
            return _WORDS.sub(self._word, line)
        converted = _converted(line, self._convert)
        if converted is None:
            return line
        before, after = _read(line), _read(converted)
        # A line that may be either ("tù") is what the others are.
        if after.good < before.good or (after.good == before.good and self._is_mixed):
            return line
        self._count(before, after)
        return converted

    def _word(self, match: re.Match[str]) -> str:
        word = match.group()
        converted = _converted(word, self._convert) if _telling(word) else None
        if converted is None or is_syllable(word) or not is_syllable(converted):
            return word
        self._count(_read(word), _read(converted))
        return converted

    def _count(self, before: _Reading, after: _Reading) -> None:
        self.words += after.words
        self.good += after.good
        self.good_before += before.good
        self._distinct.update(_telling(after.text))


def _mend_accents(text: str) -> str:
    if not _MENDABLE.search(text):
        return text
    if _MARK.search(text):
        for _ in range(_PASSES):
            text = _SPLIT_MARK.sub(_joined, text)
    if _LOOKALIKE.search(text):
        text = _LOOKALIKE_WORD.sub(_without_lookalikes, text)
    if len(_SPACING_MARK.findall(text)) >= _FEWEST:
        text = _SPACING_WORD.sub(_with_marks, text)
    return text


def _joined(match: re.Match[str]) -> str:
    """Join a mark that stands apart with its letter, and with the rest of the syllable."""
    head, blank, rest = match.group(1), match.group(3), match.group(4) or ""
    marks = "".join(match.group(2).split())
    joined = unicodedata.normalize("NFC", head + marks)
    whole = unicodedata.normalize("NFC", joined + rest)
    if is_syllable(whole) and not (blank and is_syllable(rest)):
        return whole
    return f"{joined}{blank or ''}{rest}" if is_syllable(joined) else match.group()


def _without_lookalikes(match: re.Match[str]) -> str:
    word = match.group().translate(_LOOKALIKES)
    return word if is_syllable(word) else match.group()


def _with_marks(match: re.Match[str]) -> str:
    """Return a word with its spacing marks on the letter before, or else on the one after."""
    word = match.group()
    for form in (word, _SPACING_BEFORE.sub(r"\2\1", word)):
        marked = unicodedata.normalize("NFC", "".join(_SPACING.get(one, one) for one in form))
        if is_syllable(marked):
            return marked
    return word


def _join_ends(text: str) -> str:
    """Join syllables cut before their end, where ends that are no words stand again and again."""
    if len(_SURE_END.findall(text)) < _FEWEST_SPLITS:
        return text
    cuts = [match for match in _SPLIT_END.finditer(text) if is_syllable(match[1] + match[2])]
    if sum(match[2] in _SURE_ENDS for match in cuts) < _FEWEST_SPLITS:
        return text
    return _SPLIT_END.sub(
        lambda cut: cut[1] + cut[2] if is_syllable(cut[1] + cut[2]) else cut.group(), text
    )
