"""Whether a text has some words in a row, whatever stands between them."""

from functools import lru_cache

from documents.normalising import fold, has_accents, search_key, syllables

_TEXTS_REMEMBERED = 1024  # one phrase is looked for in many texts, several phrases in each


def has_phrase(text: str, phrase: str) -> bool:
    """Return whether the syllables of a phrase follow one another in a text.

    Case, tone placement and punctuation do not matter ("84-KL/TW" is "84 - KL/TW"), nor do accents
    when the phrase has none. Only whole syllables count. A phrase of no syllables is in no text.
    """
    words = phrase_key(phrase, folded=False)
    return bool(words.strip()) and words in phrase_key(text, folded=not has_accents(phrase))


@lru_cache(_TEXTS_REMEMBERED)
def phrase_key(text: str, *, folded: bool) -> str:
    """Return the syllables of a text with a blank around each."""
    key = search_key(text)
    return f" {' '.join(syllables(fold(key) if folded else key))} "
