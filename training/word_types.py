"""Word vectors that tell what kind of word each is, by what stands before and after it.

The embedder's vectors put words of one topic together; these put years with years and names with
names, which is what finding an answer takes. Positive pointwise mutual information of a word and
its neighbours at each of four places, with smoothed context counts, then the main directions
(Levy, Goldberg and Dagan 2015, https://aclanthology.org/Q15-1016).
"""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from tokenizers import Tokenizer

from index.reading_tokens import TOKENIZER_PATH

SHARES = {"wiki": 1.0, "news": 0.4, "law": 0.3}
"""How much of each text file is read."""
DIMENSIONS = 160
_PLACES = (-2, -1, 1, 2)
_CONTEXTS = 12_000
_SMOOTHING = 0.75
_SURE = 50
"""Words seen more rarely have their vectors shortened."""
_LONGEST_TEXT, _BATCH = 40_000, 400


@dataclass(frozen=True, slots=True)
class WordTypes:
    """What the texts say of the tokenizer's tokens.

    Attributes
    ----------
    vectors
        Shape (tokens, DIMENSIONS), float32.
    counts
        Shape (tokens,): how often each was seen.
    """

    vectors: NDArray[np.float32]
    counts: NDArray[np.int64]


def learn_word_types(data: Path, *, sample: float, seed: int) -> WordTypes:
    """Return the vectors of all tokens, learned from a share of the texts below ``data/text``."""
    stream, counts = count_tokens(data, sample=sample, seed=seed)
    blocks = [_information(_neighbours(stream, counts, place)) for place in _PLACES]
    return WordTypes(_main_directions(sparse.hstack(blocks).tocsr(), seed), counts)


def count_tokens(
    data: Path, *, sample: float, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the ids of a share of the texts, one after another, and how often each id is seen.

    −1 twice stands after each text, so that no pair crosses texts.
    """
    tokenizer = Tokenizer.from_file(str(TOKENIZER_PATH))
    tokenizer.no_truncation()
    stream = _token_stream(tokenizer, _texts(data, sample, np.random.default_rng(seed)))
    return stream, np.bincount(stream[stream >= 0], minlength=tokenizer.get_vocab_size())


def _texts(data: Path, sample: float, generator: np.random.Generator) -> Iterator[str]:
    for name, share in SHARES.items():
        with lzma.open(data / f"text/{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                if generator.random() < share * sample:
                    yield json.loads(line)["text"][:_LONGEST_TEXT]


def _token_stream(tokenizer: Tokenizer, texts: Iterator[str]) -> NDArray[np.int64]:
    """Return the ids of all texts, two times −1 after each, so that no pair crosses texts."""
    pieces: list[NDArray[np.int64]] = []
    while batch := list(islice(texts, _BATCH)):
        encodings = tokenizer.encode_batch(batch, add_special_tokens=False)
        pieces += [np.array([*encoding.ids, -1, -1], dtype=np.int64) for encoding in encodings]
    return np.concatenate(pieces)


def _neighbours(
    stream: NDArray[np.int64], counts: NDArray[np.int64], place: int
) -> sparse.csr_matrix:
    """Count the most frequent words at a place from each word: (tokens, _CONTEXTS)."""
    rank = np.empty(len(counts), dtype=np.int64)
    rank[np.argsort(-counts)] = np.arange(len(counts))
    contexts = np.where(stream >= 0, rank[stream], len(counts))
    end = len(stream)
    words = stream[max(0, -place) : end - max(0, place)]
    beside = contexts[max(0, place) : end - max(0, -place)]
    kept = (words >= 0) & (beside < _CONTEXTS)
    pairs, times = np.unique(words[kept] * _CONTEXTS + beside[kept], return_counts=True)
    return sparse.csr_matrix(
        (times.astype(np.float64), (pairs // _CONTEXTS, pairs % _CONTEXTS)),
        shape=(len(counts), _CONTEXTS),
    )


def _information(counted: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the positive pointwise mutual information, less for words seen rarely."""
    rows = np.asarray(counted.sum(axis=1)).ravel()
    columns = np.asarray(counted.sum(axis=0)).ravel() ** _SMOOTHING
    columns /= columns.sum()
    found = counted.tocoo()
    information = np.log(found.data / (rows[found.row] * columns[found.col]))
    information *= np.minimum(1.0, np.sqrt(rows[found.row] / _SURE))
    kept = information > 0
    return sparse.csr_matrix(
        (information[kept], (found.row[kept], found.col[kept])), shape=counted.shape
    )


def _main_directions(information: sparse.csr_matrix, seed: int) -> NDArray[np.float32]:
    from sklearn.utils.extmath import randomized_svd

    left, strengths, _ = randomized_svd(information, DIMENSIONS, n_iter=4, random_state=seed)
    return np.asarray(left * np.sqrt(strengths), dtype=np.float32)
