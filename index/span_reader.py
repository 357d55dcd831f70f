"""Finds where passages hold an answer: a small recurrent network, run with NumPy alone.

A reader after DrQA (Chen et al. 2017, arXiv:1704.00051) with simple recurrent units (Lei et al.
2018, arXiv:1709.02755). Its twin in torch, and how it was taught: `training/span_network.py`.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from index.read_passages import Array, PassageReader, ReadPassage, ReadPassages
from index.reading_tokens import ReadingTokenizer, TokenisedText, matches
from index.tree_ensemble import ModelFileError

MODEL_PATH = Path(__file__).parent.parent / "models" / "span_reader" / "model.safetensors"
_PIECE = 16
"""Tokens of a piece of `_scan`: longer ones take more steps, shorter ones are more to join."""


class SpanReader(PassageReader):
    """Reads passages in about 4 ms each on one processor."""

    def __init__(self, weights: dict[str, Array], tokenizer: ReadingTokenizer) -> None:
        super().__init__(tokenizer)
        self._weights = {name: values.astype(np.float32) for name, values in weights.items()}

    def _scores(
        self, asked: TokenisedText, passages: Sequence[TokenisedText], *, folded: bool
    ) -> ReadPassages:
        lengths = np.array([len(passage.ids) for passage in passages], dtype=np.int64)
        features = np.concatenate(
            [np.concatenate([p.marks, matches(asked, p, folded=folded)], axis=1) for p in passages]
        ).astype(np.float32)
        ids = np.concatenate([passage.ids for passage in passages])
        start, end, nothing = self._run(asked.ids, ids, features, lengths)
        bounds = np.cumsum(lengths)[:-1]
        read = map(ReadPassage, passages, np.split(start, bounds), np.split(end, bounds))
        return ReadPassages(tuple(read), nothing)

    def _run(
        self,
        question: NDArray[np.int64],
        passage: NDArray[np.int64],
        features: Array,
        lengths: NDArray[np.int64],
    ) -> tuple[Array, Array, float]:
        """Return start and end scores of all tokens, (tokens,) each, and nothing's."""
        asked_lengths = np.array([len(question)])
        q_words = self._weights["embedding.weight"][question + 1]
        p_words = self._weights["embedding.weight"][passage + 1]
        keys = _relu(self._linear("align", q_words))
        aligned = _attend(_relu(self._linear("align", p_words)), keys, q_words)
        inputs = np.concatenate([p_words, aligned, features], axis=1)
        p = _relu(self._linear("passage_in", inputs))
        q = _relu(self._linear("question_in", q_words))
        for layer in ("encode.0", "encode.1"):
            p = self._recur(layer, p, lengths)
            q = self._recur(layer, q, asked_lengths)
        found = _attend(self._linear("attend", p), q, q)
        fused = _relu(self._linear("fuse", np.concatenate([p, found, p * found], axis=1))) + p
        for layer in ("reread.0", "reread.1"):
            fused = self._recur(layer, fused, lengths)
        asked = _softmax(self._linear("pool", q)[:, 0]) @ q
        keys = self._linear("point", asked).reshape(2, -1)
        scores = fused @ keys.T + self._linear("bias", np.concatenate([fused, p], axis=1))
        start, end = np.asarray(scores, dtype=np.float32).T
        return start, end, float(self._linear("nothing", asked)[0])

    def _linear(self, name: str, x: Array) -> Array:
        product: Array = x @ self._weights[f"{name}.weight"].T
        product += self._weights[f"{name}.bias"]
        return product

    def _recur(self, name: str, x: Array, lengths: NDArray[np.int64]) -> Array:
        """Run simple recurrent units in both directions over each text."""
        projected = self._linear(f"{name}.project", x)
        size = x.shape[1]
        gates = _sigmoid(projected[:, size:])
        forget, reset = gates[:, :size], gates[:, size:]
        update = (1 - forget) * projected[:, :size]
        state = np.tanh(_scan(update, forget, lengths))
        return np.asarray(x + reset * (state - x), dtype=np.float32)


@cache
def load_span_reader(path: Path = MODEL_PATH) -> SpanReader:
    """Return the network of a file, the same one every time.

    Raises
    ------
    ModelFileError
        The file is missing or damaged.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    # Two threads make an answer a fifth shorter, for twice the processor time; where anything
    # else runs they make it longer, for each waits for the other at every product.
    ThreadpoolController().select(internal_api="openblas").limit(limits=1)
    try:
        weights = load_file(path)
        reader = SpanReader(weights, ReadingTokenizer())
        reader.read("ai", ["ai"])
    except (OSError, ValueError, KeyError, IndexError, SafetensorError) as error:
        raise ModelFileError(
            f"{path}: không đọc được mô hình đọc ({error}); hãy cài lại chương trình"
            " hoặc chạy make span-reader"
        ) from error
    return reader


def _scan(update: Array, forget: Array, lengths: NDArray[np.int64]) -> Array:
    """Return c with c[t] = f[t] c[t−1] + u[t] in each text, first half forwards, rest backwards.

    All have the shape (tokens, units), text after text; ``lengths`` are theirs in tokens.

    The texts are one sequence that forgets all where a text begins. It is cut into pieces that are
    run side by side, as if nothing were before them; c before a piece, times what its tokens
    do not forget, is then added (Blelloch 1990, Prefix Sums and Their Applications).
    """
    tokens, size, half = len(update), update.shape[1], update.shape[1] // 2
    pieces = -(-tokens // _PIECE)
    lasts = np.cumsum(lengths)[lengths > 0] - 1
    firsts = lasts - lengths[lengths > 0] + 1
    u, f = np.zeros((2, pieces * _PIECE, size), dtype=np.float32)
    for values, target in ((update, u), (forget, f)):
        target[:tokens, :half] = values[:, :half]
        target[:tokens, half:] = values[::-1, half:]
    f[firsts, :half] = 0
    f[tokens - 1 - lasts, half:] = 0
    u, f = (np.swapaxes(x.reshape(pieces, _PIECE, size), 0, 1).copy() for x in (u, f))
    product = np.empty_like(u[0])
    for t in range(1, _PIECE):
        np.multiply(f[t], u[t - 1], out=product)
        u[t] += product
        f[t] *= f[t - 1]
    before = np.zeros_like(product)
    for piece in range(1, pieces):
        before[piece] = u[-1, piece - 1] + f[-1, piece - 1] * before[piece - 1]
    f *= before
    u += f
    c = np.swapaxes(u, 0, 1).reshape(-1, size)[:tokens]
    return np.concatenate([c[:, :half], c[::-1, half:]], axis=1)


def _attend(queries: Array, keys: Array, values: Array) -> Array:
    return _softmax(queries @ keys.T / np.float32(np.sqrt(queries.shape[1]))) @ values


def _softmax(scores: Array) -> Array:
    powers: Array = np.exp(scores - scores.max(axis=-1, keepdims=True))
    powers /= powers.sum(axis=-1, keepdims=True)
    return powers


def _sigmoid(x: Array) -> Array:
    half: Array = np.tanh(x * np.float32(0.5))  # no number is too large for it
    half += 1
    half *= np.float32(0.5)
    return half


def _relu(x: Array) -> Array:
    return np.maximum(x, 0, out=x)
