"""Is a sentence held by its quote? Word by word, without a model.

What a sentence may not have that its quote lacks: a number, a date, a name, a unit, a negation, a
title before a name, and more than a few other words. Form does not count: case, accents left out,
blanks, the place of a tone mark, a short form for its long one, "1.000" for "1000", "2/9/1945" for
"ngày 2 tháng 9 năm 1945", function words.

Not seen: a sentence that puts the words of its quote together in another way ("A thắng B" for "B
thắng A"), and two numbers of one unit that have changed places.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from documents.normalising import fold, has_accents, normalise, search_key
from index.abbreviation_definitions import definitions_in
from index.abbreviations import expand, form_key, load_table, vocabulary
from qa.claim_words import ClaimWord, words_of_claim
from qa.function_words import is_surely_function_word
from qa.numerals import is_numeral
from qa.quantities import Quantity, quantities_in, read_clock
from qa.telling_words import leads_to_name, telling_words

MOST_REWORDED = 0.25
"""Share of a sentence's content syllables, names apart, that its quote may have otherwise."""
LEAST_PAIRS = 0.5
"""Share of its neighbouring content syllables that must be neighbours in the quote as well."""
_NEAR = 12
"""Most characters between two numbers that are read as one: "127 trên 129"."""
_NAME_REACH = 3
_FIRST_YEAR = 1000
_FEW_PAIRS = 3
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe0f]")


def verify(sentence: str, quote: str) -> tuple[str, ...]:
    """Return what of a sentence its quote does not hold, in the sentence's words and order.

    Empty when the quote supports the sentence. A word that the quote negates and the sentence does
    not, or the other way round, is not held. Either text may be without accents.
    """
    folded = not (has_accents(sentence) and has_accents(quote))
    if _plain(sentence, folded=folded).lower() == _plain(quote, folded=folded).lower():
        return ()
    meanings = vocabulary(definitions_in(normalise(quote)))
    said = _read(sentence, meanings, folded=folded)
    held = _read(quote, meanings, folded=folded)
    missing = _numbers_missing(said, held) | _names_missing(said, held)
    missing |= _markers_changed(said, held)
    missing |= _misplaced(said, held) if folded or not said.cased else {}
    named = {place for first, text in missing.items() for place in range(first, first + len(text))}
    words = _words_missing(said, held)
    missing |= {place: text for place, text in words.items() if place not in named}
    return tuple(dict.fromkeys(missing[place] for place in sorted(missing)))


@dataclass(frozen=True, slots=True)
class _Claim:
    """A text made ready to be compared.

    `spelled` has its syllables between single blanks and a bar where a clause may end.
    """

    text: str
    quantities: tuple[Quantity, ...]
    words: tuple[ClaimWord, ...]
    spelled: str
    folded: bool
    cased: bool

    def content(self) -> list[ClaimWord]:
        """Return the syllables that say something."""
        return [word for word in self.words if not (word.function or word.number)]

    def under(self, quantity: Quantity) -> str:
        """Return the kind of marker that a number stands under; under none when it is a label's."""
        if quantity.label:
            return ""
        return next((w.under for w in self.words if w.start == quantity.start), "")


def _read(text: str, meanings: Mapping[str, str], *, folded: bool) -> _Claim:
    plain = _plain(text)
    first = next(filter(str.isalpha, plain), "")
    cased = first.isupper() and plain != plain.upper()
    plain = read_clock(expand(plain, meanings))
    quantities = quantities_in(plain, folded=folded)
    plain = fold(plain) if folded else plain
    words = words_of_claim(plain, quantities, folded=folded)
    spelled = "".join((" " if word.joined else " | ") + word.key for word in words)
    return _Claim(plain, tuple(quantities), tuple(words), f"{spelled} ", folded, cased)


def _plain(text: str, *, folded: bool = False) -> str:
    plain = " ".join(_INVISIBLE.sub("", normalise(text)).split())
    return fold(plain) if folded else plain


def _numbers_missing(said: _Claim, held: _Claim) -> dict[int, str]:
    """Return by place the numbers, with their labels and units, that the quote does not hold."""
    missing: dict[int, str] = {}
    for chain in _chains(said.quantities):
        text = said.text[chain[0].start : chain[-1].end]
        wanted = [(quantity, said.under(quantity)) for quantity in chain]
        if not _is_no_number(text, held) and not any(
            all(_is_held(*one, held, place + step) for step, one in enumerate(wanted))
            for place in range(len(held.quantities) - len(chain) + 1)
        ):
            missing[chain[0].start] = text
    return missing


def _is_no_number(text: str, held: _Claim) -> bool:
    """Return whether a number in words is none in the quote: "hai" of "Hải Phòng", "Ba Vì"."""
    words = "".join(" |" if word.number else f" {word.key}" for word in held.words)
    return text.replace(" ", "").isalpha() and f" {search_key(text)} " in f"{words} "


def _chains(quantities: Sequence[Quantity]) -> Iterator[list[Quantity]]:
    """Yield the numbers that are written as one: "127/129", a date, a range."""
    chain: list[Quantity] = []
    for quantity in quantities:
        if chain and not quantity.joined:
            yield chain
            chain = []
        chain.append(quantity)
    if chain:
        yield chain


def _is_held(wanted: Quantity, under: str, held: _Claim, place: int) -> bool:
    """Return whether the quote's number at a place is the one wanted, in value and meaning."""
    found = held.quantities[place]
    if wanted.joined and not found.joined:
        gap = found.start - held.quantities[place - 1].end
        if gap > _NEAR:
            return False
    return (
        wanted.value == found.value
        and under == held.under(found)
        and wanted.hedge in ("", found.hedge)
        and _same_label(wanted, found)
        and _same_unit(wanted, found)
    )


def _same_label(wanted: Quantity, found: Quantity) -> bool:
    """Return whether the labels agree; only a year and "số" may stand without theirs."""
    if not wanted.label:
        year = found.label == "năm" and found.value >= _FIRST_YEAR
        return year or found.label in ("", "số")
    return wanted.label == found.label or not (found.label or found.unit)


def _same_unit(wanted: Quantity, found: Quantity) -> bool:
    """Return whether the units agree; what is counted may stand elsewhere in the quote."""
    if wanted.unit in ("", found.unit) or not (wanted.measured or found.unit):
        return True
    long = _long_forms().get(form_key(wanted.unit), "")
    return bool(found.unit) and fold(found.unit) == long.split(" ", maxsplit=1)[0]


def _names_missing(said: _Claim, held: _Claim) -> dict[int, str]:
    """Return by place the names, titles and telling words that the quote does not hold."""
    missing = {
        run[0].start: " ".join(word.text for word in run)
        for run in _names(said)
        if f" {' '.join(word.key for word in run)} " not in held.spelled
    }
    for told in telling_words(said.spelled, folded=said.folded):
        if f" {told} " not in held.spelled:
            missing.setdefault(_place(said, told), told)
    return missing


def _place(said: _Claim, told: str) -> int:
    first = told.split(" ", maxsplit=1)[0]
    return next(word.start for word in said.words if word.key == first)


def _names(said: _Claim) -> Iterator[list[ClaimWord]]:
    """Yield the runs of two or more capitalised words; a function word begins none.

    There are none when the sentence uses no capitals, or nothing else.
    """
    run: list[ClaimWord] = []
    for position, word in enumerate(said.words if said.cased else ()):
        if run and not (word.capital and word.joined):
            yield from [run] if len(run) > 1 else []
            run = []
        joins = word.function and is_surely_function_word(word.key, folded=said.folded)
        if word.capital and not (joins and position == 0):
            run.append(word)
    yield from [run] if len(run) > 1 else []


def _words_missing(said: _Claim, held: _Claim) -> dict[int, str]:
    """Return by place the syllables that the quote lacks or has under another negation."""
    unders: dict[str, set[str]] = {}
    for word in held.words:
        unders.setdefault(word.key, set()).add(word.under)
    missing: dict[int, str] = {}
    reworded: dict[int, str] = {}
    strict = said.folded or not said.cased
    near_name = leads_to_name(said.words, reach=_NAME_REACH, folded=said.folded)
    for position, word in enumerate(said.words):
        # Without accents "tội" looks like "tới": then what only joins is compared as well.
        if word.number or (word.function and word.key in unders and not said.folded):
            continue
        if word.key in unders:
            missing |= {} if word.under in unders[word.key] else {word.start: word.text}
        elif not _is_free(word, said) and not _is_short_form(word, held):
            certain = strict or word.marker or position in near_name or (word.capital and position)
            (missing if certain else reworded)[word.start] = word.text
    if len(reworded) > MOST_REWORDED * len(said.content()) or not _is_worded_alike(said, held):
        missing |= reworded or {said.words[0].start: said.words[0].text}
    return missing


def _markers_changed(said: _Claim, held: _Claim) -> dict[int, str]:
    """Return by place the syllables that other negations part from the one before in the quote."""
    between: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for pair, word in _neighbours(held):
        between.setdefault(pair, set()).add(word.markers_before)
    return {
        word.start: word.text
        for pair, word in _neighbours(said)
        if pair in between and word.markers_before not in between[pair]
    }


def _misplaced(said: _Claim, held: _Claim) -> dict[int, str]:
    """Return by place the syllables that stand between two others as nowhere in the quote.

    Without accents or capitals a wrong name may be put together from the syllables of other words,
    and a number may look like one. Of a number in words one neighbour is enough.
    """
    known = set(pairwise(word.key for word in _not_joining(held)))
    keys = {word.key for word in held.words if not word.key[0].isdigit()}
    words = _not_joining(said)
    missing = {}
    for position, word in enumerate(words):
        near = words[max(0, position - 1) : position + 2]
        pairs = [(a.key, b.key) for a, b in pairwise(near) if {a.key, b.key} <= keys]
        least = 1 if is_numeral(word.key) else 2
        if len(pairs) >= least and not known & set(pairs):
            missing[word.start] = word.text
    return missing


def _not_joining(claim: _Claim) -> list[ClaimWord]:
    return [w for w in claim.words if w.number or not w.function or is_numeral(w.key)]


def _is_free(word: ClaimWord, said: _Claim) -> bool:
    """Return whether a word only joins. Without accents it may be another word, or a name."""
    return word.function and is_surely_function_word(word.key, folded=said.folded)


def _is_short_form(word: ClaimWord, held: _Claim) -> bool:
    """Return whether a word is short for what the quote spells out, typed in small letters."""
    long = _long_forms().get(form_key(word.key))
    return long is not None and f" {long} " in fold(held.spelled)


def _neighbours(claim: _Claim) -> Iterator[tuple[tuple[str, str], ClaimWord]]:
    """Yield the neighbouring content syllables, markers passed over, with the second as a word."""
    words = [word for word in claim.words if not (word.function or word.marker)]
    yield from (((first.key, second.key), second) for first, second in pairwise(words))


def _is_worded_alike(said: _Claim, held: _Claim) -> bool:
    """Return whether enough neighbours are neighbours in the quote; few words always are."""
    pairs = list(pairwise(word.key for word in said.content()))
    known = set(pairwise(word.key for word in held.content()))
    known |= set(pairwise(word.key for word in held.words if not word.function))
    return len(pairs) < _FEW_PAIRS or sum(pair in known for pair in pairs) >= LEAST_PAIRS * len(
        pairs
    )


@lru_cache(maxsize=1)
def _long_forms() -> Mapping[str, str]:
    """Return short form → long form as typed by whoever uses neither capitals nor accents."""
    return {form_key(short): fold(long).lower() for short, long in load_table().items()}
