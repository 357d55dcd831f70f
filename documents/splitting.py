"""Split a document into passages: an exact partition of its text at sentence ends."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from documents.document import Document, Passage
from documents.residue import is_residue
from documents.sentences import LINE_END, SENTENCE_END

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

TARGET_SYLLABLES = 200
"""Neighbouring paragraphs and sentences are gathered up to this many syllables."""
SMALL_SYLLABLES = 80
"""A piece below this joins its smaller neighbour."""
MOST_SYLLABLES = 240
"""No joined passage is longer than this."""
SPLIT_VERSION = f"1:{TARGET_SYLLABLES}:{SMALL_SYLLABLES}:{MOST_SYLLABLES}"
"""Changes when the same text would be split differently; kept in the index manifest."""

_CODE_POINTS_PER_SYLLABLE = 10
_SEPARATORS = [r"\n\s*\n\s*", LINE_END, SENTENCE_END, r"[;:,]\s+", r"\s+", ""]


def split(document: Document) -> list[Passage]:
    """Return the document's passages in reading order.

    The passages partition the text: each begins where the one before ends, the first at 0 and the
    last at the end, so they hold every character. A text of blanks and web residue alone has none.
    """
    if _is_all_residue(document.text):
        return []
    return _passages(document, _join_small(_splitter().split_text(document.text)))


def split_again(document: Document, old_texts: Sequence[str]) -> list[Passage]:
    """Return an edited document's passages, keeping those before and after what was edited.

    Splitting anew would move every bound behind an inserted sentence; here only what lies between
    the old passages that the text still begins and ends with is split. Each passage is as long as
    `split` would make it; the bounds may be others.

    Parameters
    ----------
    old_texts
        The texts of the document's passages before the edit, in order.
    """
    text = document.text
    if _is_all_residue(text):
        return []
    before = _kept_before(text, old_texts)
    start = sum(map(len, before))
    after = _kept_after(text[start:], old_texts[len(before) :])
    end = len(text) - sum(map(len, after))
    between = _splitter().split_text(text[start:end]) if start < end else []
    return _passages(document, _join_small([*before, *between, *after]))


def _kept_before(text: str, old_texts: Sequence[str]) -> list[str]:
    """Return the old passages that the text begins with.

    Not the last one unless it is all of the text: nothing tells where in what follows it ends.
    """
    kept: list[str] = []
    start = 0
    for old in old_texts[:-1]:
        if not text.startswith(old, start):
            return kept
        kept.append(old)
        start += len(old)
    return [*kept, *old_texts[-1:]] if text[start:] == "".join(old_texts[-1:]) else kept


def _kept_after(text: str, old_texts: Sequence[str]) -> list[str]:
    """Return the old passages that the text ends with, but the first of all."""
    kept: list[str] = []
    end = len(text)
    for old in reversed(old_texts[1:]):
        if not text.endswith(old, 0, end):
            break
        kept.append(old)
        end -= len(old)
    return kept[::-1]


def _passages(document: Document, pieces: Iterable[str]) -> list[Passage]:
    passages = []
    start = 0
    for ordinal, piece in enumerate(pieces):
        passages.append(Passage(document.path, ordinal, start, start + len(piece), piece))
        start += len(piece)
    if start != len(document.text):
        raise ValueError(f"{document.path}: the pieces hold {start} of {len(document.text)}")
    return passages


@lru_cache(maxsize=4096)  # the splitter asks three times for each piece
def length_in_syllables(text: str) -> int:
    """Return about the number of syllables: words between blanks, or one per ten code points.

    Of a text that is too long by its code points the words are not counted.
    """
    by_code_points = len(text) // _CODE_POINTS_PER_SYLLABLE
    if by_code_points > MOST_SYLLABLES:
        return by_code_points
    return max(len(text.split()), by_code_points)


@cache
def _splitter() -> "RecursiveCharacterTextSplitter":
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        separators=_SEPARATORS,
        is_separator_regex=True,
        keep_separator="end",
        strip_whitespace=False,
        chunk_size=TARGET_SYLLABLES,
        chunk_overlap=0,
        length_function=length_in_syllables,
    )


def _join_small(pieces: Iterable[str]) -> list[str]:
    """Join pieces that are small or hold residue alone with a neighbour, keeping the order."""
    joined: list[str] = []
    for piece in pieces:
        if joined and _belong_together(joined[-1], piece):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _belong_together(first: str, second: str) -> bool:
    if _is_all_residue(first) or _is_all_residue(second):
        return True
    if min(len(first), len(second)) >= SMALL_SYLLABLES * _CODE_POINTS_PER_SYLLABLE:
        return False  # neither is small, however many words it has
    lengths = length_in_syllables(first), length_in_syllables(second)
    return min(lengths) < SMALL_SYLLABLES and sum(lengths) <= MOST_SYLLABLES


def _is_all_residue(text: str) -> bool:
    return all(is_residue(line) for line in text.splitlines())
