"""A model's text as claims: its sentences, each with the passages that it says it is from."""

import re
from dataclasses import dataclass

from documents.normalising import fold, normalise, syllables
from documents.sentences import split_sentences
from qa.prompting import NO_ANSWER

# Markers become single characters of the private use area while the sentences are told apart.
_FIRST_MARK = 0xE000
_MARK = "[\ue000-\uf8ff]"
_MARKER = re.compile(r" ?\[{1,2} ?(?:[Đđ]oạn )?(\d[\d ,;–-]*)\]{1,2}")
_MARKS_AFTER_END = re.compile(rf"([.!?…:;][\"'”’»)]*)((?: ?{_MARK})+)")
_MARKS_ON_THEIR_LINE = re.compile(rf"\n((?: ?{_MARK})+)(?=\n|$)")
_DECORATION = re.compile(r"^(?:#{1,6}|[-*•+]|\d{1,2}[.)]) |\*\*|__|`", re.MULTILINE)
_DIGITS = re.compile(r"\d+")
_LONGEST_NUMBER = 4  # digits: more are out of any range, and int() refuses thousands of them
_REFUSING = fold(NO_ANSWER).lower()


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a model.

    Attributes
    ----------
    text
        Without its markers, on one line.
    passages
        Places of the passages it names, from 0, each once, in the order they were named.
    """

    text: str
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A model's text, told apart.

    Attributes
    ----------
    claims
        In the order they were written, each text once.
    unknown
        How many markers named no passage that there is.
    refuses
        Whether the model says that the passages do not hold the answer.
    """

    claims: tuple[Claim, ...]
    unknown: int
    refuses: bool


def parse_draft(text: str, *, passages: int) -> Draft:
    """Return the claims of any text whatever.

    Markers are ``[1]``, ``[1][2]``, ``[1, 2]``, ``[1-3]``, ``[đoạn 1]``, from 1 to ``passages``;
    ranges are cut to that. One after the end of a sentence belongs to it.
    """
    text = re.sub(_MARK, "", normalise(without_thoughts(text)))
    # Runs of blanks are closed up first: the patterns below then take time in proportion.
    lines = (" ".join(line.split()) for line in text.split("\n"))
    text = _DECORATION.sub("", "\n".join(filter(None, lines)))
    unknown = 0

    def mark(match: re.Match[str]) -> str:
        nonlocal unknown
        places = [_places(part, passages) for part in re.split("[,;]", match[1])]
        unknown += places.count([])
        return "".join(chr(_FIRST_MARK + place) for part in places for place in part)

    marked = _MARKER.sub(mark, text)
    marked = _MARKS_ON_THEIR_LINE.sub(r"\1", marked)
    marked = _MARKS_AFTER_END.sub(r"\2\1", marked).replace("\n", "\n\n")  # a line ends a claim
    pieces = [marked[span.start : span.end] for span in split_sentences(marked)]
    claims: dict[str, Claim] = {}
    for claim in filter(None, map(_claim, pieces)):
        if not _refuses(claim.text):
            claims.setdefault(claim.text, claim)
    return Draft(tuple(claims.values()), unknown, _refuses(marked))


def without_thoughts(text: str) -> str:
    """Return what a model wrote after thinking aloud, be it still at it.

    Some chat templates open the thought themselves: its beginning is then not in the text.
    """
    return text.rpartition("</think>")[2].partition("<think>")[0].lstrip()


def _places(part: str, passages: int) -> list[int]:
    """Return the places, from 0, that a number or a range of them names."""
    numbers = [_bounded(digits) for digits in _DIGITS.findall(part)]
    if not numbers:
        return []
    first, last = numbers[0], min(numbers[-1], passages)
    return list(range(first - 1, last)) if first >= 1 else []


def _bounded(digits: str) -> int:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else 10**_LONGEST_NUMBER


def _claim(piece: str) -> Claim | None:
    marks = dict.fromkeys(ord(mark) - _FIRST_MARK for mark in re.findall(_MARK, piece))
    text = " ".join(re.sub(rf" ?{_MARK}", "", piece).split())
    return Claim(text, tuple(marks)) if syllables(text) else None


def _refuses(text: str) -> bool:
    return _REFUSING in fold(text).lower()
