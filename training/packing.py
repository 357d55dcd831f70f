"""Training passages as token ids in a few flat arrays: small in memory, quick to sample."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.corpus import TrainingPassage

_AT_ONCE = 5000  # passages tokenized together: bounds the memory


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of different lengths: row i is ``values[offsets[i]:offsets[i + 1]]``."""

    values: NDArray[np.uint16]
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> NDArray[np.uint16]:
        return self.values[self.offsets[row] : self.offsets[row + 1]]


@dataclass(frozen=True, slots=True)
class PackedCorpus:
    """Passages as token ids, in file order, so that neighbours come from the same article.

    Passage i has the sentences (rows of ``sentences``) from ``sentence_starts[i]`` to before
    ``sentence_starts[i + 1]``, likewise the ``questions``; ``titles`` and ``leads`` have one row
    each per passage, empty where there is none; ``groups`` numbers the articles.
    """

    sentences: Ragged
    sentence_starts: NDArray[np.int64]
    titles: Ragged
    leads: Ragged
    questions: Ragged
    question_starts: NDArray[np.int64]
    groups: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.groups)


def pack(
    passages: Iterable[TrainingPassage], tokenizer: Tokenizer, canonical: NDArray[np.int64]
) -> PackedCorpus:
    """Return the passages as token ids; passages without any token keep their (empty) place.

    Parameters
    ----------
    passages
        Neighbours should come from the same article.
    tokenizer
        Its ids must fit 16 bits.
    canonical
        For every token id, the id to write in its place.
    """
    encoder = _Encoder(tokenizer, canonical.astype(np.uint16))
    groups: dict[str, int] = {}
    rest = iter(passages)
    parts = []
    while part := list(islice(rest, _AT_ONCE)):
        parts.append(_pack_part(part, encoder, groups))
    return _join_corpora(parts)


@dataclass(frozen=True, slots=True)
class _Encoder:
    tokenizer: Tokenizer
    canonical: NDArray[np.uint16]

    def encode(self, texts: Iterable[str]) -> Ragged:
        encodings = self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        rows = [encoding.ids for encoding in encodings]
        values = np.fromiter(chain.from_iterable(rows), np.uint16)
        return Ragged(self.canonical[values], _offsets([len(row) for row in rows]))


def _pack_part(
    passages: list[TrainingPassage], encoder: _Encoder, groups: dict[str, int]
) -> PackedCorpus:
    return PackedCorpus(
        sentences=encoder.encode(chain.from_iterable(p.sentences for p in passages)),
        sentence_starts=_offsets([len(p.sentences) for p in passages]),
        titles=encoder.encode(p.title for p in passages),
        leads=encoder.encode(p.lead for p in passages),
        questions=encoder.encode(chain.from_iterable(p.questions for p in passages)),
        question_starts=_offsets([len(p.questions) for p in passages]),
        groups=np.array([groups.setdefault(p.group, len(groups)) for p in passages], np.int64),
    )


def _join_corpora(parts: list[PackedCorpus]) -> PackedCorpus:
    return PackedCorpus(
        sentences=_join([part.sentences for part in parts]),
        sentence_starts=_join_offsets([part.sentence_starts for part in parts]),
        titles=_join([part.titles for part in parts]),
        leads=_join([part.leads for part in parts]),
        questions=_join([part.questions for part in parts]),
        question_starts=_join_offsets([part.question_starts for part in parts]),
        groups=np.concatenate([part.groups for part in parts]),
    )


def _offsets(lengths: list[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)


def _join(parts: list[Ragged]) -> Ragged:
    return Ragged(
        np.concatenate([part.values for part in parts]),
        _join_offsets([part.offsets for part in parts]),
    )


def _join_offsets(parts: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return _offsets(np.concatenate([np.diff(part) for part in parts]).tolist())
