"""Short forms in a question, in whatever case: "VKSND", "vksnd", "hdnd", "tp. hcm".

The question is asked in the long form, which is what documents are searched by
(`index.abbreviations`). What only documents define is asked for with the short form beside it, for
other documents may use it undefined; where many do, the short form alone is asked for.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Protocol

from documents.normalising import normalise, search_key
from index.abbreviations import bare, find_short_forms, form_key, load_table, replace_forms
from index.records import Abbreviation
from index.typed_text import LONGEST, TypedText, changed_text
from index.typing_table import TypingTable

MAJORITY = 2 / 3
"""Of the documents that use a short form, so many must define it, and alike. In the others it is
found only as it stands, and the words of a long form would drown it."""
_FEWEST_LETTERS = 3
_CHUNK = re.compile(r"\S+")
_ADDRESS = re.compile(r"[\d@_]|://|\.(?:vn|com|org|net|edu|gov|info)\b")
_COMPOUND = re.compile(r"[^\W\d_]+(?:[&/-][^\W\d_]+)*")
_PART = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset({"who"})


class Learned(Protocol):
    """What documents say of short forms (`index.learned_abbreviations`)."""

    def definitions(self, keys: Collection[str]) -> Sequence[Abbreviation]:
        """Return what documents define, by `index.abbreviations.form_key`."""
        ...

    def documents_with(self, short: str) -> int:
        """Return how many documents hold a short form."""
        ...


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A word that may be a short form: its place, its key, and what it looks like in capitals."""

    start: int
    capitals: str
    key: str
    is_open: bool
    """Whether documents may define it: in lower case not what the bundled table counts."""

    @property
    def form(self) -> str:
        return bare(self.capitals)


def expand_question(typed: TypedText, table: TypingTable, learned: Learned) -> str:
    """Return the understood text of a question with long forms in place of short ones.

    The bundled meanings come first, then what two thirds of the documents that use a short form
    define; else it stays. In lower case nothing is a short form
    that is a syllable or an ordinary word. In a question all in capitals long forms are so too.
    A text without short forms comes back as it is.
    """
    text = _with_short_forms_as_typed(typed)
    candidates = list(_candidates(text, table))
    asked = {one.key for one in candidates if one.is_open}
    defined = learned.definitions(asked) if asked else ()
    meanings, kept = dict(load_table()), set()
    for one in candidates:
        of_documents = [each for each in defined if form_key(each.short) == one.key]
        long = _bundled(one) or _agreed(one, of_documents, learned)
        if long:
            meanings[one.form] = long
        if of_documents:
            kept.add(one.form)
    found = [
        replace(form, long=f"{form.long} ({form.short})") if form.short in kept else form
        for form in find_short_forms(_in_capitals(text, candidates), meanings)
    ]
    long = replace_forms(text, found).text
    rest = replace_forms(text, [replace(form, long="") for form in found]).text
    return long.upper() if found and rest.isupper() else long


def _with_short_forms_as_typed(typed: TypedText) -> str:
    """Return the understood text, bundled short forms ("tw") not read as keystrokes."""
    kept = [change for change in typed.changes if form_key(change.typed) not in _table_by_key()]
    if len(kept) == len(typed.changes):
        return typed.text
    return changed_text(normalise(typed.typed), kept)


def _candidates(text: str, table: TypingTable) -> Iterator[_Candidate]:
    """Yield what may be a short form, compounds before their parts; none of addresses, numbers."""
    shouting = text.isupper()
    for chunk in islice(_CHUNK.finditer(text), LONGEST):
        if _ADDRESS.search(chunk.group()):
            continue
        for compound in _COMPOUND.finditer(chunk.group()):
            start, words = chunk.start() + compound.start(), [compound]
            parts = list(_PART.finditer(compound.group()))
            for word in words if len(parts) == 1 else [*words, *parts]:
                place = start if word is compound else start + word.start()
                yield from _candidate(place, word.group(), table, shouting=shouting)


def _candidate(
    start: int, word: str, table: TypingTable, *, shouting: bool
) -> Iterator[_Candidate]:
    key, capitals = form_key(word), word.upper()
    in_capitals = word.isupper() and not shouting
    is_ordinary = key in table.folded_syllables or key in table.guarded or key in _ENGLISH
    if len(capitals) != len(word) or len(word) < 2 or (is_ordinary and not in_capitals):  # noqa: PLR2004
        return
    is_unknown = len(key) >= _FEWEST_LETTERS and not table.count(search_key(word))
    yield _Candidate(start, capitals, key, in_capitals or is_unknown)


def _bundled(one: _Candidate) -> str:
    """Return the bundled meaning, or nothing; accents that were typed are binding."""
    found = load_table().get(one.form, "")
    return found or (_table_by_key().get(one.key, "") if one.form.isascii() else "")


def _agreed(one: _Candidate, defined: Sequence[Abbreviation], learned: Learned) -> str:
    """Return the meaning that most documents give, or nothing where too few do."""
    votes: Counter[str] = Counter()
    written: dict[str, str] = {}
    for each in defined:
        if one.form.isascii() or each.short.upper() == one.form:
            votes[search_key(each.long)] += each.documents
            written.setdefault(search_key(each.long), each.long)
    if not votes:
        return ""
    [(long, documents)] = votes.most_common(1)
    users = max(learned.documents_with(one.form), votes.total())
    return written[long] if documents >= MAJORITY * users else ""


def _in_capitals(text: str, candidates: Sequence[_Candidate]) -> str:
    """Return the text with the candidates in capitals; no place moves."""
    letters = list(text)
    for one in candidates:
        letters[one.start : one.start + len(one.capitals)] = one.capitals
    return "".join(letters)


@lru_cache(maxsize=1)
def _table_by_key() -> Mapping[str, str]:
    """Return the bundled meanings by key, without those that need their full stop."""
    return {form_key(short): long for short, long in load_table().items() if short[-1] != "."}
