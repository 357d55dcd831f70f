"""Whether a quote holds what a sentence states: its numbers, its names, its negation."""

import re

from documents.normalising import search_key, syllables

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = ("không", "chưa", "chẳng")


def verify(sentence: str, quote: str) -> tuple[str, ...]:
    """Return what of the sentence its quote does not hold; empty when it is supported."""
    held = set(_NUMBER.findall(quote))
    missing = [number for number in _NUMBER.findall(sentence) if number not in held]
    words = set(syllables(search_key(quote)))
    named = [word for word in syllables(sentence)[1:] if word[0].isupper()]
    missing += [name for name in named if search_key(name) not in words]
    said = set(syllables(search_key(sentence)))
    missing += [word for word in _NEGATION if (word in said) != (word in words)]
    return tuple(dict.fromkeys(missing))
