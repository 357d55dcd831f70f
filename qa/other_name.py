"""Whether a sentence says of another name what a question asks about: a near miss."""

import re
from collections.abc import Iterator, Set

from documents.normalising import fold, search_key
from index.question_words import is_asking

_WORD = re.compile(r"\w+")
_LONGEST_NAME = 5  # words

Word = tuple[str, int, int]
"""A word, and where it starts and ends."""


def is_about_another(question: str, sentence: str, passage: str) -> bool:
    """Return whether a sentence has another name where the question has one, between its words.

    "Thành phố Cần Thơ mới gồm …" does not answer "Thành phố Hải Phòng mới gồm …?": between "phố"
    and "mới" stands another name, and the one that is asked about is nowhere in the sentence. At
    its beginning the two words after the name must be the same. A name is one with capitals in the
    question or, as many type without, in the ``passage``.
    """
    asked = _WORD.findall(question)
    keys = [_key(word) for word in asked]
    said = f" {' '.join(_key(word) for word, _, _ in _words(sentence))} "
    names = _names(passage)
    return any(
        slot != name and f" {slot} " not in said
        for left, name, right in _surrounded(sentence)
        for slot in _slots(asked, keys, names, left, right)
    )


def _slots(
    asked: list[str], keys: list[str], names: Set[str], left: str, right: list[str]
) -> Iterator[str]:
    """Yield the names of the question that stand between the words around a name."""
    for end in range(1, len(keys)):
        if keys[end : end + len(right)] != right:
            continue
        for start in range(max(0, end - _LONGEST_NAME), end):
            is_after = keys[start - 1] == left if left and start else not left and not start
            slot = " ".join(keys[start:end])
            is_first = start == 0 and end == 1  # capital because it is the first
            if is_after and (slot in names or (_is_name(asked[start:end]) and not is_first)):
                yield slot


def _is_name(words: list[str]) -> bool:
    return all(word[0].isupper() and not is_asking(_key(word)) for word in words)


def _surrounded(sentence: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the names of a sentence with the word before and the words after them; folded.

    At the beginning the word before is empty, the name has two words or more, and two words follow;
    elsewhere one, and it or the word before says something.
    """
    words = _words(sentence)
    keys = [_key(word) for word, _, _ in words]
    first = 0
    while first < len(words):
        last = _end_of_name(sentence, words, first)
        name = " ".join(keys[first:last])
        if last > first and last < len(words) and _is_next(sentence, words, last):
            if first and _is_next(sentence, words, first):
                if not (is_asking(keys[first - 1]) and is_asking(keys[last])):
                    yield keys[first - 1], name, keys[last : last + 1]
            elif not first and last > 1:
                yield "", name, keys[last : last + 2]
        first = max(last, first + 1)


def _end_of_name(sentence: str, words: list[Word], first: int) -> int:
    """Return the place after the run of capitalised words that begins at a place."""
    last = first
    while (
        last < len(words)
        and words[last][0][0].isupper()
        and (last == first or _is_next(sentence, words, last))
    ):
        last += 1
    return last


def _is_next(sentence: str, words: list[Word], place: int) -> bool:
    """Return whether only a blank parts a word from the one before."""
    return sentence[words[place - 1][2] : words[place][1]] == " "


def _names(text: str) -> Set[str]:
    """Return the runs of two or more capitalised words of a text, folded."""
    words = _words(text)
    names: set[str] = set()
    first = 0
    while first < len(words):
        last = _end_of_name(text, words, first)
        if last - first > 1:
            names.add(" ".join(_key(word) for word, _, _ in words[first:last]))
        first = max(last, first + 1)
    return names


def _words(text: str) -> list[Word]:
    return [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


def _key(word: str) -> str:
    return fold(search_key(word))
