"""The close reader's network in torch, which `training/close_export.py` writes for ONNX.

A transformer (Vaswani et al. 2017, arXiv:1706.03762) with normalisation first and rotary positions
(Su et al. 2021, arXiv:2104.09864). A token's input is its own vector and those of the two pairs it
makes with its neighbours: most Vietnamese words are of two syllables.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from index.close_reader import FEATURES, FIRST_TOKEN

_BASE = 10_000


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network."""

    layers: int = 6
    width: int = 384
    heads: int = 6
    inner: int = 1024
    words: int = 256
    pairs: int = 128


class Layer(nn.Module):
    """Attention and a feed-forward network, each added to what it was given."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        width = shape.width
        self.before_attention, self.before_inner = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.out = nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, shape.inner), nn.Linear(shape.inner, width)
        for linear in (self.query, self.key, self.value, self.up):
            nn.init.normal_(linear.weight, std=0.6 / math.sqrt(width))
        for linear in (self.out, self.down):
            nn.init.normal_(linear.weight, std=0.02)

    def forward(
        self, x: Tensor, shown: Tensor, turned: tuple[Tensor, Tensor], drop: float
    ) -> Tensor:
        """``x`` is (batch, tokens, width); ``shown`` (batch, 1, 1, tokens); `rotations`."""
        normed = self.before_attention(x)
        query, key, value = (
            part(normed).unflatten(2, (self.heads, -1)).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        attended = functional.scaled_dot_product_attention(
            _rotate(query, turned), _rotate(key, turned), value, attn_mask=shown
        )
        x = x + self._drop(self.out(attended.transpose(1, 2).flatten(2)), drop)
        return x + self._drop(self.down(torch.relu(self.up(self.before_inner(x)))), drop)

    def _drop(self, x: Tensor, share: float) -> Tensor:
        return functional.dropout(x, share, self.training)


class CloseNetwork(nn.Module):
    """Scores where the answer starts and ends, that there is none, and hidden tokens."""

    def __init__(self, tokens: int, pairs: int, shape: Shape | None = None) -> None:
        """``tokens`` are the tokenizer's, ``pairs`` the known ones."""
        super().__init__()
        self.shape = shape = shape or Shape()
        self.words = nn.Embedding(tokens + FIRST_TOKEN, shape.words)
        self.pairs = nn.Embedding(pairs + 1, shape.pairs)
        self.enter = nn.Linear(shape.words + 2 * shape.pairs + FEATURES, shape.width)
        self.layers = nn.ModuleList([Layer(shape) for _ in range(shape.layers)])
        self.norm = nn.LayerNorm(shape.width)
        self.score = nn.Linear(shape.width, 3)
        self.predict = nn.Linear(shape.width, shape.words)
        self.predict_norm = nn.LayerNorm(shape.words)
        self.predict_bias = nn.Parameter(torch.zeros(tokens + FIRST_TOKEN))
        self.dropout = 0.0
        nn.init.normal_(self.words.weight, std=2 / math.sqrt(shape.words))
        nn.init.normal_(self.pairs.weight, std=0.02)
        nn.init.zeros_(self.score.weight)

    def inputs(self, ids: Tensor, pairs: Tensor, features: Tensor) -> Tensor:
        """Return (batch, tokens, all) of ids, rows of pairs (batch, tokens + 1) and features."""
        vectors = self.pairs(pairs)
        parts = [self.words(ids), vectors[:, :-1], vectors[:, 1:], features.float()]
        return torch.cat(parts, dim=-1)

    def forward(self, inputs: Tensor, shown: Tensor) -> Tensor:
        """Return the states of tokens, (batch, tokens, width); ``shown`` is false for padding."""
        x = functional.dropout(self.enter(inputs), self.dropout, self.training)
        turned = rotations(inputs.shape[1], self.shape.width // self.shape.heads, x)
        for layer in self.layers:
            x = layer(x, shown[:, None, None, :], turned, self.dropout)
        normed: Tensor = self.norm(x)
        return normed

    def tokens_of(self, states: Tensor) -> Tensor:
        """Return how well each token of the vocabulary stands at some states, (states, ids)."""
        expected = self.predict_norm(torch.relu(self.predict(states)))
        return functional.linear(expected, self.words.weight, self.predict_bias)


def rotations(length: int, size: int, like: Tensor) -> tuple[Tensor, Tensor]:
    """Return cosines and sines of the angles that positions are turned by, (length, size / 2)."""
    half = size // 2
    speeds = 1 / _BASE ** (torch.arange(half, device=like.device) / half)
    angles = torch.arange(length, device=like.device)[:, None] * speeds
    return angles.cos().to(like.dtype), angles.sin().to(like.dtype)


def _rotate(x: Tensor, turned: tuple[Tensor, Tensor]) -> Tensor:
    cosines, sines = turned
    first, second = x.chunk(2, dim=-1)
    return torch.cat([first * cosines - second * sines, second * cosines + first * sines], dim=-1)
