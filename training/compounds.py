"""Which neighbouring tokens make one word: those that stand together far oftener than by chance.

Vietnamese writes a blank between syllables, not between words. Normalised pointwise mutual
information (Bouma 2009, https://svn.spraakdata.gu.se/repos/gerlof/pub/www/Docs/npmi-pfd.pdf).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.word_types import count_tokens

_SEEN, _BOUND = 15, 0.33
"""How often a compound is seen, and its normalised information, at least."""


@dataclass(frozen=True, slots=True)
class Words:
    """What texts say of the tokenizer's tokens.

    Attributes
    ----------
    counts
        Shape (tokens,): how often each was seen.
    compounds
        Rising keys of pairs that make one word: first id times the number of tokens, plus second.
    """

    counts: NDArray[np.int64]
    compounds: NDArray[np.int64]


def count_words(data: Path, *, sample: float, seed: int) -> Words:
    """Return what a share of the texts below ``data/text`` says."""
    stream, counts = count_tokens(data, sample=sample, seed=seed)
    size = len(counts)
    together = (stream[:-1] >= 0) & (stream[1:] >= 0)
    keys, times = np.unique(stream[:-1][together] * size + stream[1:][together], return_counts=True)
    keys, times = keys[times >= _SEEN], times[times >= _SEEN]
    total = counts.sum()
    by_chance = counts[keys // size] / total * (counts[keys % size] / total)
    information = np.log(times / total / by_chance) / -np.log(times / total)
    return Words(counts, keys[information > _BOUND])
