"""Reads a few passages closely: a small transformer over question and passage, run with ONNX.

Every token of the question and of the passage sees every other one, from the first layer on. It
costs four times what `index.span_reader` does, and is right more often. How it was taught:
`training/close_reader.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.read_passages import Array, PassageReader, ReadPassage, ReadPassages
from index.reading_tokens import MARKS, MATCHES, ReadingTokenizer, TokenisedText, matches
from index.tree_ensemble import ModelFileError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL_FOLDER = Path(__file__).parent.parent / "models" / "close_reader"
CLS, SEPARATOR, MASK, FIRST_TOKEN = 1, 2, 3, 4
"""Ids of what stands before the question, and before the passage; of a hidden token; and of the
tokenizer's first token. 0 is padding."""
FEATURES = len(MARKS) + len(MATCHES) + 1
PAIR = 1 << 16
"""The key of two neighbouring tokens is the first's id times this, plus the second's."""


@dataclass(frozen=True, slots=True)
class QuantisedRows:
    """Vectors of eight-bit numbers.

    Attributes
    ----------
    values
        Shape (rows, dimensions), int8.
    scales
        Shape (rows,): what a row's numbers are multiplied by.
    """

    values: NDArray[np.int8]
    scales: Array

    def take(self, places: NDArray[np.int64]) -> Array:
        """Return some rows, shape (places, dimensions)."""
        return np.asarray(self.values[places] * self.scales[places, None], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class CloseReaderTables:
    """Vectors of tokens and of pairs of neighbours.

    Attributes
    ----------
    words
        A row for each token id, from `FIRST_TOKEN` those of the tokenizer.
    pairs
        A row for each of the known pairs, after one for all others.
    pair_keys
        Shape (known pairs,), rising.
    """

    words: QuantisedRows
    pairs: QuantisedRows
    pair_keys: NDArray[np.int32]

    def inputs(self, ids: NDArray[np.int64], features: Array) -> Array:
        """Return what the network sees of a sequence, shape (tokens, all).

        Of each token: its vector; those of the pairs it makes with the token before and the one
        after it; and its ``features``.
        """
        vectors = self.pairs.take(pair_rows(ids, self.pair_keys))
        return np.concatenate([self.words.take(ids), vectors[:-1], vectors[1:], features], axis=1)


def pair_rows(ids: NDArray[np.int64], pair_keys: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the rows of `CloseReaderTables.pairs` before, between and after tokens, (tokens + 1,).

    Before the first token and after the last is no pair.
    """
    keys = ids[:-1] * PAIR + ids[1:]
    found = np.minimum(np.searchsorted(pair_keys, keys), len(pair_keys) - 1)
    return np.concatenate([[0], np.where(pair_keys[found] == keys, found + 1, 0), [0]])


def in_one(
    asked: TokenisedText, passage: TokenisedText, *, folded: bool
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return question and passage in one sequence: token ids, and features of each.

    The features, shape (tokens, FEATURES), are `MARKS` and `MATCHES` of the passage's tokens, then
    whether a token is the passage's. ``folded`` is as of `matches`.
    """
    question = asked.folded if folded else asked.ids
    ids = np.concatenate([[CLS], question + FIRST_TOKEN, [SEPARATOR], passage.ids + FIRST_TOKEN])
    features = np.zeros((len(ids), FEATURES), dtype=np.bool_)
    of_passage = features[len(question) + 2 :]
    of_passage[:, : len(MARKS)] = passage.marks
    of_passage[:, len(MARKS) : -1] = matches(asked, passage, folded=folded)
    of_passage[:, -1] = True
    return ids, features


class CloseReader(PassageReader):
    """Reads passages in about 16 ms each on one processor."""

    def __init__(
        self, session: "InferenceSession", tables: CloseReaderTables, tokenizer: ReadingTokenizer
    ) -> None:
        """``session`` takes ``inputs`` and gives ``scores``: (tokens, start, end and nothing)."""
        super().__init__(tokenizer)
        self._session = session
        self._tables = tables

    def _scores(
        self, asked: TokenisedText, passages: Sequence[TokenisedText], *, folded: bool
    ) -> ReadPassages:
        read, nothing = [], []
        for passage in passages:
            ids, features = in_one(asked, passage, folded=folded)
            inputs = self._tables.inputs(ids, features.astype(np.float32))
            scores: Array = self._session.run(["scores"], {"inputs": inputs})[0]
            starts, ends = scores[len(asked.ids) + 2 :, :2].T
            read.append(ReadPassage(passage, starts, ends))
            nothing.append(float(scores[0, 2]))
        among = float(np.logaddexp.reduce(nothing) - np.log(len(nothing)))
        return ReadPassages(tuple(read), among)


@cache
def load_close_reader(folder: Path = MODEL_FOLDER) -> CloseReader:
    """Return the network of a folder, the same one every time.

    Raises
    ------
    ModelFileError
        A file is missing or damaged.
    """
    import onnxruntime
    from onnxruntime.capi.onnxruntime_pybind11_state import (
        Fail,
        InvalidArgument,
        InvalidGraph,
        InvalidProtobuf,
        NoSuchFile,
    )
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        stored = load_file(folder / "tables.safetensors")
        words, pairs = (
            QuantisedRows(stored[name], stored[f"{name}_scales"].astype(np.float32))
            for name in ("words", "pairs")
        )
        tables = CloseReaderTables(words, pairs, stored["pair_keys"])
        reader = CloseReader(session, tables, ReadingTokenizer())
        reader.read("ai", ["ai"])
    except (
        OSError,
        ValueError,
        KeyError,
        IndexError,
        SafetensorError,
        Fail,
        InvalidArgument,
        InvalidGraph,
        InvalidProtobuf,
        NoSuchFile,
    ) as error:
        raise ModelFileError(
            f"{folder}: không đọc được mô hình đọc kỹ ({error}); hãy cài lại chương trình"
            " hoặc chạy make close-reader"
        ) from error
    return reader
