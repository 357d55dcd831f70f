"""Short forms ("VKSND", "TP.", "GD&ĐT") and their long forms in the text of documents.

Questions and documents are brought together in the long form: what is searched and compared is the
text with long forms in place of short ones, never the stored text. A document's own definitions
(`index.abbreviation_definitions`) win over the bundled table, and touch no other document.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType

from documents.errors import DanChungError
from documents.normalising import fold, search_key

TABLE_PATH = Path(__file__).with_suffix(".tsv")
UPPER = "".join(c for c in map(chr, range(0x41, 0x1F00)) if c.isalpha() and c.isupper())
"""The capital letters of Latin script, for a character class."""

# A capital, then another at once ("VKSND") or after one letter ("ThS"); a document number
# ("84-KL/TW") is passed over whole. It begins with the letter, not with the look-behind, which is
# faster; the possessive repeats keep it linear.
_SHORT_FORM = re.compile(
    rf"[{UPPER}0-9](?<![^\W_].)"
    rf"(?:(?<=[0-9])[\w/&-]*+|(?=[^\W\d_]?[{UPPER}])[^\W_]++(?:[&/-][{UPPER}][^\W_]*+)*+)"
)
_SEPARATOR = re.compile(r"[&/-]")
_OPENING = " ([\"“‘'"


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A short form found in a text: ``text[start:end]``, its full stop included, and its meaning.

    Attributes
    ----------
    short
        Its key: as written, without separators, with the full stop only where the key has it.
    """

    start: int
    end: int
    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """A long form at ``[start:end]`` of an expanded text, for a short one in the text itself.

    Attributes
    ----------
    short_start, short_end
        Where the short form stands; ``short_end`` is the place that ``end`` answers to.
    """

    start: int
    end: int
    short_start: int
    short_end: int


@dataclass(frozen=True, slots=True)
class ExpandedText:
    """A text in long forms, and what was replaced, in order."""

    text: str
    replacements: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """A text in long forms, and the same with the short forms at its end."""

    text: str
    searched: str


class AbbreviationTableError(DanChungError):
    """The bundled table is missing or has a line that is no entry."""


def expand(text: str, meanings: Mapping[str, str]) -> str:
    """Return the text with the long form in place of each short form.

    One that stands beside its long form stays: "Tòa án nhân dân (TAND)". Without meanings the text
    itself comes back, at no cost; that is why `meanings_in` is worth keeping.

    Parameters
    ----------
    meanings
        Short → long, as `meanings_in` or `vocabulary` return it.
    """
    return expanded(text, meanings).text if meanings else text


def expand_and_keep(text: str, meanings: Mapping[str, str]) -> str:
    """Return the expanded text, then each short form that was replaced, once.

    This is what is searched. In place, a long form has the neighbours and makes the length that it
    has in a text which spells it out, so BM25 and word pairs treat both alike; once at the end, a
    short form is still found by a question which keeps it.
    """
    return expand_both(text, meanings).searched


def expand_both(text: str, meanings: Mapping[str, str]) -> Expansion:
    """Return what `expand` and what `expand_and_keep` return, for the work of one."""
    found = find_short_forms(text, meanings) if meanings else []
    if not found:
        return Expansion(text, text)
    kept = dict.fromkeys(form.short.rstrip(".") for form in found)
    expanded_text = replace_forms(text, found).text
    return Expansion(expanded_text, f"{expanded_text}\n{' '.join(kept)}")


def expanded(text: str, meanings: Mapping[str, str]) -> ExpandedText:
    """Return what `expand` does, with the places of what was replaced."""
    return replace_forms(text, find_short_forms(text, meanings) if meanings else [])


def replace_forms(text: str, found: Sequence[ShortForm]) -> ExpandedText:
    """Return the text with the long form in place of each of these short forms, given in order."""
    pieces: list[str] = []
    replacements: list[Replacement] = []
    end = length = 0
    for form in found:
        glued = text[form.end : form.end + 1].isalnum()
        long = form.long + (" " if glued else "")
        length += form.start - end
        replacements.append(Replacement(length, length + len(long), form.start, form.end))
        pieces += [text[end : form.start], long]
        length += len(long)
        end = form.end
    return ExpandedText("".join([*pieces, text[end:]]), tuple(replacements))


def meanings_in(text: str, own: Mapping[str, str]) -> dict[str, str]:
    """Return the meanings of the short forms of a text, given its document's own definitions."""
    return {form.short: form.long for form in find_short_forms(text, vocabulary(own))}


def vocabulary(own: Mapping[str, str]) -> Mapping[str, str]:
    """Return the bundled meanings overlaid with a document's own ones."""
    return {**load_table(), **own} if own else load_table()


def find_short_forms(text: str, meanings: Mapping[str, str]) -> list[ShortForm]:
    """Return the short forms of a text that have a meaning, in order.

    Also those written in two words ("VKSND TC"). Not those beside their long form, and none within
    a document number ("84-KL/TW").
    """
    found: list[ShortForm] = []
    end = 0
    matches = [match for match in _SHORT_FORM.finditer(text) if not match.group()[0].isdecimal()]
    for match, following in zip_longest(matches, matches[1:]):
        form, start = match.group(), match.start()
        if start < end:
            continue
        joined = following and _in_two_words(text, match, following, meanings)
        whole = joined or _meaning(text, start, form, meanings)
        found += [whole] if whole else _parts(text, start, form, meanings)
        end = joined.end if joined else end
    return [form for form in found if not _stands_beside(text, form)]


def form_key(form: str) -> str:
    """Return a short form as it is compared in questions: no case, accents, separators, stops."""
    return fold(bare(form)).lower().rstrip(".")


def bare(form: str) -> str:
    """Return a short form without the separators within: ``GD&ĐT`` → ``GDĐT``."""
    return _SEPARATOR.sub("", form)


@lru_cache(maxsize=1)
def load_table() -> Mapping[str, str]:
    """Return the bundled meanings, also by the forms without accents (``HDND``).

    Raises
    ------
    AbbreviationTableError
        When the file cannot be read or a line is no entry.
    """
    return MappingProxyType(read_table(TABLE_PATH))


def read_table(path: Path) -> dict[str, str]:
    """Read a table: lines of short form, tab, long form; ``#`` begins a comment.

    Raises
    ------
    AbbreviationTableError
        When the file cannot be read or a line is no entry.
    """
    remedy = "hãy chép lại tệp này từ bản phát hành"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise AbbreviationTableError(f"{path}: không đọc được bảng viết tắt; {remedy}") from error
    table: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        short, _, long = line.partition("\t")
        if not short or not long.strip():
            raise AbbreviationTableError(
                f"{path}, dòng {number}: {line!r} không phải “viết tắt, tab, viết đủ”; {remedy}"
            )
        table[bare(short)] = long
    return {fold(short): long for short, long in table.items()} | table


def _in_two_words(
    text: str, first: re.Match[str], second: re.Match[str], meanings: Mapping[str, str]
) -> ShortForm | None:
    """Return two words as the short form that they make without the blank between them; or None."""
    short = bare(first.group() + second.group())
    if short not in meanings or text[first.end() : second.start()] != " ":
        return None
    return ShortForm(first.start(), second.end(), short, meanings[short])


def _parts(text: str, start: int, form: str, meanings: Mapping[str, str]) -> list[ShortForm]:
    """Return the short forms that a compound without a meaning of its own is made of."""
    found, place = [], 0
    for part in _SEPARATOR.split(form):
        known = _meaning(text, start + place, part, meanings)
        if known:
            found.append(known)
        place += len(part) + 1
    return found


def _meaning(text: str, start: int, form: str, meanings: Mapping[str, str]) -> ShortForm | None:
    """Return the form with its meaning and a following full stop where the key has one; or None."""
    short, end = bare(form), start + len(form)
    if text[end : end + 1] == "." and f"{short}." in meanings:
        return ShortForm(start, end + 1, f"{short}.", meanings[f"{short}."])
    return ShortForm(start, end, short, meanings[short]) if short in meanings else None


def _stands_beside(text: str, form: ShortForm) -> bool:
    """Return whether the long form stands right before or after, as where it is defined."""
    room = len(form.long) + 4
    before = text[max(0, form.start - room) : form.start].rstrip(_OPENING)
    after = text[form.end : form.end + room].lstrip(_OPENING)
    long = search_key(form.long)
    return search_key(before).endswith(long) or search_key(after).startswith(long)
