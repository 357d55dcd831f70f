"""The words of a text as the lexical searcher knows them: syllables and syllable pairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.normalising import fold, search_key, syllables

ANALYZER_VERSION = "5"
"""Changes when the same text would give other terms; kept in the index manifest."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a text in order, repeats kept.

    Attributes
    ----------
    syllables
        Lower-case syllables, numbers and Latin words with their accents: ``viện``, ``2020``.
    pairs
        Neighbouring syllables joined: ``kiểm_sát``. Most Vietnamese words are two syllables long,
        so pairs do what word segmentation is wanted for, without a segmenter.
    """

    syllables: tuple[str, ...]
    pairs: tuple[str, ...]

    def folded(self) -> "Terms":
        """Return the same terms without accents."""
        return Terms(_fold_all(self.syllables), _fold_all(self.pairs))


@dataclass(frozen=True, slots=True)
class PassageTerms:
    """The terms of a passage and of its title, each joined by blanks."""

    syllables: str
    pairs: str
    title: str


NO_TERMS = PassageTerms("", "", "")


def terms_of(text: str) -> Terms:
    """Return the terms of a text; empty for a text without letters and digits."""
    words = syllables(search_key(text))
    pairs = map("_".join, pairwise(words))
    return Terms(tuple(words), tuple(pairs))


def passage_terms(searched: str, title: str) -> PassageTerms:
    """Return what the lexical searcher is given of a passage.

    Parameters
    ----------
    searched
        The passage's text as `index.abbreviations.expand_and_keep` returns it.
    title
        The terms of its title, as `title_terms` returns them.
    """
    terms = terms_of(searched)
    return PassageTerms(" ".join(terms.syllables), " ".join(terms.pairs), title)


def title_terms(title: str) -> str:
    """Return the terms of a title, as `expand_and_keep` returns it, joined by blanks."""
    terms = terms_of(title)
    return " ".join(terms.syllables + terms.pairs)


def _fold_all(terms: Sequence[str]) -> tuple[str, ...]:
    return tuple(fold(" ".join(terms)).split())
