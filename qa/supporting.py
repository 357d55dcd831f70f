"""The exact span of a passage that supports a sentence best."""

from dataclasses import dataclass
from itertools import pairwise

from documents.document import Passage
from documents.normalising import search_key, syllables
from documents.sentences import split_sentences
from qa.reader import Evidence
from qa.verification import verify

LEAST_SHARED = 0.6
"""Share of a sentence's syllables that its quote must hold.

A sentence that states no number, day or name could be of anything else.
"""


@dataclass(frozen=True, slots=True)
class Support:
    """A span and how well it holds a sentence.

    Attributes
    ----------
    missing
        What the sentence states and the span does not hold (`qa.verification.verify`).
    shared
        Share of the sentence's distinct syllables that the span holds, 0 to 1.
    """

    evidence: Evidence
    missing: tuple[str, ...]
    shared: float

    @property
    def holds(self) -> bool:
        """Whether the span may be cited for the sentence."""
        return not self.missing and self.shared >= LEAST_SHARED


def best_support(sentence: str, passage: Passage) -> Support | None:
    """Return the span of a passage that supports a sentence best.

    It is one sentence; or two neighbours, where the second holds all but names, has no others
    ("Ông ấy yêu cầu …"), and the first supplies them. Two that lend each other more than that
    would hold what neither of them says. Least missing first, then most shared; of equal ones one
    sentence before two, then the first. None for a passage without sentences.
    """
    wanted = _keys(sentence)
    spans = split_sentences(passage.text)
    singles = [
        _support(sentence, wanted, Evidence(passage, span.start, span.end)) for span in spans
    ]
    pairs = [
        _support(sentence, wanted, Evidence(passage, first.evidence.start, second.evidence.end))
        for first, second in pairwise(singles)
        if _lacks_only_names(sentence, second)
    ]
    return min([*singles, *pairs], key=_rank, default=None)


def shared_syllables(sentence: str, text: str) -> float:
    """Return the share of a sentence's distinct syllables that a text holds; 0 of an empty one."""
    return _share(_keys(sentence), text)


def _support(sentence: str, wanted: frozenset[str], evidence: Evidence) -> Support:
    return Support(evidence, verify(sentence, evidence.text), _share(wanted, evidence.text))


def _rank(support: Support) -> tuple[int, float]:
    return len(support.missing), -support.shared


def _lacks_only_names(sentence: str, support: Support) -> bool:
    """Return whether a span would hold the sentence if it said whom it speaks of."""
    others = filter(_is_name, verify(support.evidence.text, sentence))
    return bool(support.missing) and all(map(_is_name, support.missing)) and not any(others)


def _is_name(missing: str) -> bool:
    return missing[:1].isupper() and not any(character.isdigit() for character in missing)


def _share(wanted: frozenset[str], text: str) -> float:
    return len(wanted & _keys(text)) / len(wanted) if wanted else 0.0


def _keys(text: str) -> frozenset[str]:
    return frozenset(syllables(search_key(text)))
