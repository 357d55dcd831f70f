"""Which parts of a question the passages found do not hold: what a refusal tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.normalising import fold, search_key
from documents.vietnamese_syllables import is_syllable
from index.hit import Hit
from index.query import Query
from index.question import Question, analyse
from index.question_words import is_asking
from index.text_words import words_of

MOST_PARTS = 3
_LONGEST_PART = 6  # words
_COMPARED = 8  # passages
_WORD = re.compile(r"[^\W_]+(?:[/.-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the question: ``text[start:end]``, and how it is looked for."""

    start: int
    end: int
    key: str
    is_name: bool

    @property
    def is_telling(self) -> bool:
        """Whether it is a name or a number: what a near miss differs in."""
        return self.is_name or any(map(str.isdigit, self.key))


def missing_parts(query: Query, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the parts of a question that found nothing, as it has them, at most `MOST_PARTS`.

    Numbers and names are looked for in the best passage, its title and its date, so that a near
    miss shows what differs; other words in the first few passages. Two neighbours of the question
    that stand beside no neighbour in any passage are missing as well: most Vietnamese words have
    two syllables, and "ngân hàng" and "chính sách" do not make "ngân sách". What counts from today
    ("năm ngoái") is written so in no document and is passed over.

    Parameters
    ----------
    hits
        The passages found, best first.
    """
    if not hits:
        return ()
    text = query.text
    for time in query.times:
        if time.is_relative:
            text = text.replace(time.text, "?" * len(time.text))
    question = analyse(text, lambda _: 1.0)
    words = _words(text, question)
    keys = [_key(question, hit) for hit in hits[:_COMPARED]]
    missing = _mark_whole_names(words, _are_missing(words, keys))
    parts = [(text[first.start : last.end], last) for first, last in _runs(words, missing)]
    telling = sorted(parts, key=lambda part: not part[1].is_telling)
    return tuple(dict.fromkeys(part for part, _ in telling))[:MOST_PARTS]


def _words(text: str, question: Question) -> list[_Word]:
    words = []
    for match in _WORD.finditer(text):
        key = search_key(match.group())
        is_name = fold(key) in question.names
        words.append(
            _Word(match.start(), match.end(), fold(key) if question.folded else key, is_name)
        )
    return words


def _key(question: Question, hit: Hit) -> str:
    """Return the words of a passage, its title and its date, between single blanks."""
    texts = [question.keys(words_of(t, hit.meanings)).whole for t in (hit.title, hit.passage.text)]
    day = hit.published
    dated = f" {day.year} {day.month} {day.month:02} {day.day} {day.day:02} " if day else ""
    return f"{texts[0]}\0{texts[1]}\0{dated}"


def _are_missing(words: Sequence[_Word], keys: Sequence[str]) -> list[bool]:
    plain = [not word.is_telling and not is_asking(word.key) for word in words]
    missing = [not is_asking(word.key) and not _is_held(word, keys) for word in words]
    pairs = [any(f" {a.key} {b.key} " in key for key in keys) for a, b in pairwise(words)]
    beside = [a or b for a, b in zip([False, *pairs], [*pairs, False], strict=True)]
    for at in range(len(pairs)):
        if plain[at] and plain[at + 1] and not beside[at] and not beside[at + 1]:
            missing[at : at + 2] = [True, True]
    return missing


def _is_held(word: _Word, keys: Sequence[str]) -> bool:
    if word.is_telling:
        return all(f" {piece} " in keys[0] for piece in re.split(r"[/.-]", word.key))
    return any(f" {word.key} " in key for key in keys)


def _mark_whole_names(words: Sequence[_Word], missing: Sequence[bool]) -> list[bool]:
    """Mark all words of a name of which one is missing."""
    marked = list(missing)
    for first, last in _bounds([word.is_name for word in words]):
        if any(missing[first:last]):
            marked[first:last] = [True] * (last - first)
    return marked


def _runs(words: Sequence[_Word], missing: Sequence[bool]) -> list[tuple[_Word, _Word]]:
    """Return the first and last word of each run of missing words that is short enough.

    One syllable alone is half a word, or one that says little: "hiện", "tới". So is a letter.
    """
    return [
        (words[first], words[last - 1])
        for first, last in _bounds(missing)
        if last - first <= _LONGEST_PART and (last - first > 1 or _tells_alone(words[first]))
    ]


def _tells_alone(word: _Word) -> bool:
    return word.is_telling or (len(word.key) > 1 and not is_syllable(word.key))


def _bounds(marked: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the half-open ranges of neighbouring true values."""
    edges = [
        at
        for at in range(len(marked) + 1)
        if (at < len(marked) and marked[at]) != (at > 0 and marked[at - 1])
    ]
    return list(zip(edges[::2], edges[1::2], strict=True))
