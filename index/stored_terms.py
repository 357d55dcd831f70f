"""The terms of a passage that is in the store, as they were when it was prepared."""

from functools import lru_cache

from index.abbreviations import expand_and_keep, vocabulary
from index.records import StoredPassage
from index.terms import PassageTerms, passage_terms, title_terms


def terms_of_stored(stored: StoredPassage) -> PassageTerms:
    """Return what the search by words is given of a passage."""
    known = vocabulary(stored.abbreviations)
    searched = expand_and_keep(stored.passage.text, known)
    return passage_terms(searched, _title_terms(expand_and_keep(stored.title, known)))


@lru_cache(maxsize=1)
def _title_terms(title: str) -> str:
    """Return a title's terms; the passages of a document come one after another."""
    return title_terms(title)
