"""A question as patterns are looked for in it, typed with or without accents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from documents.normalising import fold, normalise, search_key

WORD = re.compile(r"[^\W_]+")

# Not those of `qa.function_words`: "con", "mới" may differ between two wordings, and say something.
_FUNCTION_WORD_LIST = """
    ai gì nào sao đâu mấy bao nhiêu giờ lâu là có không phải thế ra hay chưa à nhỉ vậy hả ư vì tại
    khi lúc thì mà cho được do của và ở trong những các một này kia đó ấy đấy đây nó họ với về bị
    bởi như theo đến từ vào còn nữa rồi sẽ đã đang cũng lại thêm nếu để nên cả mọi mỗi nhau đều
    xin hãy bạn ạ nhé cụ thể
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORD_LIST.split())


@dataclass(frozen=True)
class Spoken:
    """A question and its form for comparing, letter by letter.

    Attributes
    ----------
    text
        NFC, as it is shown.
    key
        Lower-case, tone marks in one place; as long as ``text``.
    accented
        Whether it was typed with accents; if not, patterns are also looked for without them.
    """

    text: str
    key: str
    accented: bool = True

    @cached_property
    def plain(self) -> str:
        """The key without accents, or empty where that is of another length."""
        plain = fold(self.key)
        return plain if len(plain) == len(self.key) else ""

    @cached_property
    def words(self) -> tuple[re.Match[str], ...]:
        """The words of the key with their places."""
        return tuple(WORD.finditer(self.key))

    def cut(self, start: int, end: int) -> "Spoken":
        """Return a part, without blanks and punctuation at its ends."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip(_EDGES))
        end = max(start, end - (len(text) - len(text.rstrip(_EDGES))))
        return Spoken(self.text[start:end], self.key[start:end], self.accented)


_EDGES = " \t\n,;:.?!-–…"


def spoken(text: str, *, accented: bool = True) -> Spoken:
    """Return a text to look for patterns in; blanks are made single."""
    text = " ".join(normalise(text).split())
    key = search_key(text)
    return Spoken(text if len(text) == len(key) else key, key, accented)


class Form:
    """A pattern written in small letters with accents, found with and without them."""

    def __init__(self, pattern: str) -> None:
        self._accented = re.compile(pattern)
        self._plain = re.compile(fold(pattern))

    def finditer(self, question: Spoken) -> Iterator[re.Match[str]]:
        """Yield the matches, then those found only without accents."""
        yield from self._accented.finditer(question.key)
        if not question.accented:
            yield from self._plain.finditer(question.plain)

    def search(self, question: Spoken) -> re.Match[str] | None:
        """Return the first match, or None."""
        return next(self.finditer(question), None)


def content_of(question: Spoken) -> tuple[str, ...]:
    """Return the words that say what it is about, in order: no question and function words."""
    return tuple(w.group() for w in question.words if w.group() not in _FUNCTION_WORDS)


def is_function_word(word: str) -> bool:
    """Return whether a lower-case word only joins others, or asks."""
    return word in _FUNCTION_WORDS
