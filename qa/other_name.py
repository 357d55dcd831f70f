"""Whether a sentence, or its document, is about another name than the question: a near miss."""

import re
from collections.abc import Iterator, Sequence, Set
from difflib import get_close_matches
from functools import cache

from documents.normalising import fold, has_accents, one_spelling, search_key
from index.question_words import is_asking
from qa.mentions import NAME

_WORD = re.compile(r"\w+")
_WORD_BEFORE = re.compile(r"(\w+) $")
_WORDS_AFTER = re.compile(r" (\w+)(?: (\w+))?")
_VOWEL = re.compile("[aeiouy]")
_LONGEST_NAME = 5  # words, as in `qa.mentions.NAME`
_ONE_NAME = """
mỹ, hoa kỳ, usa
anh, vương quốc anh, anh quốc
úc, australia, ô xtrây li a
ý, italia, italy
triều tiên, bắc hàn
hàn quốc, nam hàn, đại hàn
trung quốc, trung hoa
campuchia, cam pu chia, cao miên
myanmar, miến điện
singapore, xin ga po
liên hợp quốc, liên hiệp quốc
sài gòn, hồ chí minh
"""
"""Each line: names of one country, place or thing."""
_LIKE, _LEAST_LETTERS = 0.8, 5
"""How like a foreign name is to one that is spelt otherwise, and of how many letters it is."""


def is_about_another(question: str, sentence: str, passage: str) -> bool:
    """Return whether a sentence has another name where the question has one, between its words.

    "Thành phố Cần Thơ mới gồm …" does not answer "Thành phố Hải Phòng mới gồm …?": between "phố"
    and "mới" stands another name, and the one that is asked about is nowhere in the sentence. At
    its beginning the two words after the name must be the same. A name is one with capitals in the
    question or, as many type without, in the ``passage``.
    """
    asked = _WORD.findall(question)
    said = f" {' '.join(_keys(sentence))} "
    names = {_key(match.group()) for match in NAME.finditer(passage) if " " in match.group()}
    return any(
        slot != name and f" {slot} " not in said
        for left, name, right in _surrounded(sentence)
        for slot in _slots(asked, names, left, right)
    )


def lacks_a_name(question: str, context: str) -> bool:
    """Return whether a name of the question is nowhere in a text, in part or spelt otherwise.

    A name is there as a whole, with or without capitals, or one of its words with a capital. Short
    forms are not looked for, nor is a capital that only begins the question.
    """
    plain = not has_accents(question)
    asked = [*_names_of(question.strip(), plain=plain)]
    if not asked:
        return False
    held = {
        _spelling(word, plain=plain)
        for match in NAME.finditer(context)
        for word in match[0].split()
    }
    text = f" {' '.join(_spelling(word, plain=plain) for word in _WORD.findall(context))} "
    return any(
        not any(f" {other} " in text for other in _names_for(" ".join(name), plain=plain))
        and not any(word in held or _is_like_one(word, held) for word in name)
        for name in asked
    )


def _names_of(question: str, *, plain: bool) -> Iterator[list[str]]:
    """Yield the words of each name, as they are compared."""
    for match in NAME.finditer(question):
        words = match[0].split()[0 if match.start() else 1 :]
        name = [_spelling(word, plain=plain) for word in words if not _is_short_form(word)]
        if name:
            yield name


def _names_for(name: str, *, plain: bool) -> list[str]:
    """Return a name and the others of the same thing, spelled as names are compared."""
    return [name, *(other for line in _same_names(plain=plain) if name in line for other in line)]


@cache
def _same_names(*, plain: bool) -> list[list[str]]:
    lines = _ONE_NAME.strip().splitlines()
    return [[_spelling(name, plain=plain) for name in line.split(", ")] for line in lines]


def _is_short_form(word: str) -> bool:
    """Return whether a word is written in capitals ("UBND") or has no vowel ("Tp", "ThS")."""
    return (len(word) > 1 and word.isupper()) or not _VOWEL.search(fold(word).lower())


def _spelling(word: str, *, plain: bool) -> str:
    """Return a word to be compared, without its accents where the question has none."""
    return _key(word) if plain else search_key(one_spelling(word))


def _is_like_one(name: str, held: Set[str]) -> bool:
    if len(name) < _LEAST_LETTERS:
        return f"{name}s" in held  # "Bill Gate"
    return bool(get_close_matches(name, held, 1, _LIKE))


def _slots(asked: Sequence[str], names: Set[str], left: str, right: list[str]) -> Iterator[str]:
    """Yield the names of the question that stand between the words around a name."""
    keys = [_key(word) for word in asked]
    for end in range(1, len(keys)):
        if keys[end : end + len(right)] != right:
            continue
        for start in range(max(0, end - _LONGEST_NAME), end):
            is_after = keys[start - 1] == left if left and start else not left and not start
            slot = " ".join(keys[start:end])
            is_first = start == 0 and end == 1  # capital because it is the first
            if is_after and (slot in names or (_is_name(asked[start:end]) and not is_first)):
                yield slot


def _is_name(words: Sequence[str]) -> bool:
    return all(word[0].isupper() and not is_asking(_key(word)) for word in words)


def _surrounded(sentence: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the names of a sentence with the word before and the words after them; folded.

    At the beginning the word before is empty, the name has two words or more, and two words follow;
    elsewhere one, and it or the word before says something.
    """
    for match in NAME.finditer(sentence):
        name = _key(match.group())
        before = _WORD_BEFORE.search(sentence, 0, match.start())
        after = _WORDS_AFTER.match(sentence, match.end())
        right = [_key(word) for word in after.groups() if word] if after else []
        if before and right and not (is_asking(before[1]) and is_asking(right[0])):
            yield _key(before[1]), name, right[:1]
        elif " " in name and len(right) > 1 and not _WORD.search(sentence, 0, match.start()):
            yield "", name, right


def _keys(text: str) -> list[str]:
    return [_key(word) for word in _WORD.findall(text)]


def _key(words: str) -> str:
    return fold(search_key(words))
