"""The exact span of a passage that supports a sentence best."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from documents.document import Passage
from documents.normalising import search_key, syllables
from documents.sentences import split_sentences
from qa.plain_verification import verify
from qa.reader import Evidence

LEAST_SHARED = 0.6
"""Share of a sentence's syllables that its quote must hold.

A sentence that states no number, day or name could be of anything else.
"""
_PAIR_COST = 0.2
_LEAST_OF_EACH = 0.25


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
    """Return the sentence, or two neighbouring ones, of a passage that support a sentence best.

    Least missing first, then most shared; two sentences must share that much more than one, and
    each of them a quarter. Of equal ones the first. None for a passage without sentences.
    """
    wanted = _keys(sentence)
    supports = [
        Support(evidence, verify(sentence, evidence.text), _share(wanted, evidence.text))
        for evidence in _candidates(wanted, passage)
    ]
    return min(supports, key=_rank, default=None)


def joint_support(sentence: str, supports: list[Support]) -> bool:
    """Return whether spans hold together what none of them holds alone."""
    together = "\n".join(support.evidence.text for support in supports)
    if verify(sentence, together):
        return False
    return _share(_keys(sentence), together) >= LEAST_SHARED


def _candidates(wanted: frozenset[str], passage: Passage) -> Iterator[Evidence]:
    spans = split_sentences(passage.text)
    singles = [Evidence(passage, span.start, span.end) for span in spans]
    yield from singles
    shares = [_share(wanted, single.text) for single in singles]
    for (first, share), (second, other) in pairwise(zip(singles, shares, strict=True)):
        if min(share, other) >= _LEAST_OF_EACH:
            yield Evidence(passage, first.start, second.end)


def _rank(support: Support) -> tuple[int, float, int]:
    cost = _PAIR_COST * (len(split_sentences(support.evidence.text)) - 1)
    return len(support.missing), cost - support.shared, support.evidence.start


def _share(wanted: frozenset[str], text: str) -> float:
    return len(wanted & _keys(text)) / len(wanted) if wanted else 0.0


def _keys(text: str) -> frozenset[str]:
    return frozenset(syllables(search_key(text)))
