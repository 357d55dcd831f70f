"""The bundled table about Vietnamese words: which exist, how often they and their pairs are met.

One NumPy file without pickle, made by `training.typing_table`; `models/typing/README.md` says from
what. Words are in the form of `documents.normalising.search_key`, the most frequent first.
"""

import re
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from documents.errors import DanChungError
from documents.normalising import fold
from index.keystrokes import TONE_MARKS

BUNDLED_FOLDER = Path(__file__).parent.parent / "models" / "typing"
FILE_NAME = "table.npz"
END, ASKED, NUMBER, UNKNOWN = ".", "?", "0", "\ufffd"
"""Words that stand for others: a sentence's end (and its beginning), a question's end, any number,
any word the table does not hold."""
SPECIAL = (END, ASKED, NUMBER, UNKNOWN)
LEVELS_PER_NAT = 19.0
"""Pair counts are kept as round(19 ln count): within 3 %, and 255 is enough for half a million."""
_TONE = re.compile(f"[{TONE_MARKS}]")
_NO_TONE = re.compile(f"[^{TONE_MARKS}\n]")
_COUNTS = np.exp(np.arange(256) / LEVELS_PER_NAT)
_DISCOUNT = 0.75
_ADDED = 0.1


class TypingTableError(DanChungError):
    """The table of words is missing or is not one."""


@dataclass(frozen=True)
class TypingTable:
    """Words, their counts, and the logarithms of the bigram model over them.

    Attributes
    ----------
    words, counts
        Each word and how often it was met; the first are `SPECIAL`.
    is_syllable
        Whether it is a syllable of Vietnamese, not a foreign word or an abbreviation.
    guarded
        Ordinary foreign words that would also be keystrokes: ``has``, ``car``, ``co2``.
    pair_keys
        Of each pair kept: number of the first word times the number of words, plus that of the
        second; rising.
    pair_log
        ln P(second | first), absolute discounting with backoff to single words.
    backoff_log, word_log
        ln of the share of each word left to pairs not kept, and ln P(word).
    """

    words: Sequence[str]
    counts: NDArray[np.int64]
    is_syllable: NDArray[np.bool_]
    guarded: frozenset[str]
    pair_keys: NDArray[np.int64]
    pair_log: NDArray[np.float32]
    backoff_log: NDArray[np.float64]
    word_log: NDArray[np.float64]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Return the number of each word."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def forms(self) -> Mapping[str, Sequence[str]]:
        """Return the words by what is left of them without accents, the most frequent first."""
        forms: defaultdict[str, list[str]] = defaultdict(list)
        folded = fold("\n".join(self.words)).split("\n")
        for word, plain in zip(self.words[len(SPECIAL) :], folded[len(SPECIAL) :], strict=True):
            forms[plain].append(word)
        return dict(forms)

    @cached_property
    def syllables(self) -> frozenset[str]:
        """Return the syllables of Vietnamese."""
        return frozenset(self.words[number] for number in self._places())

    @cached_property
    def folded_syllables(self) -> frozenset[str]:
        """Return the syllables of Vietnamese without their accents."""
        return frozenset(fold("\n".join(sorted(self.syllables))).split("\n"))

    @cached_property
    def known(self) -> Mapping[str, str]:
        """Return the syllables by `index.keystrokes.toneless` key, for `index.keystrokes.decode`.

        Where two have one key (``già``, ``gìa``) the more frequent stands.
        """
        words = [self.words[place] for place in reversed(self._places())]
        # One text for all: four times as fast as `toneless` of each.
        marks = unicodedata.normalize("NFD", "\n".join(words))
        letters = unicodedata.normalize("NFC", _TONE.sub("", marks)).split("\n")
        tones = _NO_TONE.sub("", marks).split("\n")
        return dict(zip(map(str.__add__, letters, tones), words, strict=True))

    def number(self, word: str) -> int:
        """Return the number of a word, that of `UNKNOWN` for one not held."""
        return self.numbers.get(word, SPECIAL.index(UNKNOWN))

    def count(self, word: str) -> int:
        """Return how often a word was met."""
        return int(self.counts[self.numbers[word]]) if word in self.numbers else 0

    def _places(self) -> list[int]:
        """Return the numbers of the syllables."""
        places: list[int] = np.flatnonzero(self.is_syllable).tolist()
        return places


def load_typing_table(folder: Path = BUNDLED_FOLDER) -> TypingTable:
    """Read a table from its folder; about 0.1 seconds.

    Raises
    ------
    TypingTableError
        When the file is missing, cut short or something else.
    """
    path = folder / FILE_NAME
    try:
        # Opened here: NumPy leaves a file that is no archive open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return make_table({name: arrays[name] for name in ARRAYS})
    except FileNotFoundError as error:
        raise TypingTableError(f"{path}: không có bảng từ; {_REMEDY}") from error
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile) as error:
        raise TypingTableError(f"{path}: không phải bảng từ dùng được; {_REMEDY}") from error
    except (zlib.error, RuntimeError, NotImplementedError) as error:
        raise TypingTableError(f"{path}: không giải nén được; {_REMEDY}") from error


ARRAYS = ("words", "counts", "is_syllable", "guarded", "followers", "gaps", "levels")
_REMEDY = "hãy chép lại models/typing hoặc chạy: python -m training.typing_table"


def make_table(arrays: Mapping[str, NDArray[Any]]) -> TypingTable:
    """Return the table that the arrays of the file describe.

    words, guarded
        UTF-8 bytes, one word a line.
    counts, is_syllable, followers
        For each word; ``followers`` is how many pairs begin with it.
    gaps
        Shape (2, pairs): low and high byte of the second word's number, as the difference from
        the pair before when that begins with the same word.
    levels
        Shape (pairs,): round(19 ln count).
    """
    counts, is_syllable, levels = arrays["counts"], arrays["is_syllable"], arrays["levels"]
    gaps, followers = arrays["gaps"], arrays["followers"]
    names = _lines(arrays["words"])
    size = len(names)
    if not (len(counts) == len(is_syllable) == len(followers) == size):
        raise ValueError("arrays of different lengths")
    followers = followers.astype(np.int64)
    if followers.sum() != len(levels) or gaps.shape != (2, len(levels)):
        raise ValueError("pairs of different lengths")
    first = np.repeat(np.arange(size, dtype=np.int32), followers)
    steps = np.cumsum(gaps[0] + gaps[1].astype(np.uint16) * 256, dtype=np.int64)
    before = np.concatenate(([0], np.cumsum(followers)))[:-1]
    offset = np.concatenate(([0], steps))[before]
    second = steps - np.repeat(offset, followers)
    if len(second) and int(second.max()) >= size:
        raise ValueError("a pair of a word that is not there")
    counts = counts.astype(np.int64)
    word = (counts + _ADDED) / (counts.sum() + _ADDED * size)
    total = np.maximum(counts, 1)
    seen = np.maximum(_COUNTS - _DISCOUNT, 0)[levels] / total[first]
    left = np.maximum(1 - np.bincount(first, weights=seen, minlength=size), 1e-3)
    return TypingTable(
        words=names,
        counts=counts,
        is_syllable=is_syllable.astype(np.bool_),
        guarded=frozenset(_lines(arrays["guarded"])),
        pair_keys=np.repeat(np.arange(size) * size, followers) + second,
        pair_log=np.log((seen + left[first] * word[second]).astype(np.float32)),
        backoff_log=np.log(left),
        word_log=np.log(word),
    )


def _lines(written: NDArray[np.uint8]) -> list[str]:
    return written.tobytes().decode("utf-8").split("\n")
