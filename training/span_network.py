"""The span reader's network, in torch: the twin of `index.span_reader`, which runs it in NumPy.

A reader after DrQA (Chen et al. 2017, arXiv:1704.00051) with simple recurrent units (Lei et al.
2018, arXiv:1709.02755): all products are over whole passages, and what remains to be done token by
token is one multiplication and one addition.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from index.reading_tokens import MARKS, MATCHES

EMBEDDED, HIDDEN = 192, 96
NOTHING = -30.0


class _Scan(torch.autograd.Function):
    """c[t] = f[t] c[t−1] + u[t] along the first axis, from 0."""

    @staticmethod
    def forward(ctx: Any, u: Tensor, f: Tensor) -> Tensor:  # noqa: ANN401 - torch's own
        c = u.clone()
        for t in range(1, len(c)):
            c[t].addcmul_(f[t], c[t - 1])
        ctx.save_for_backward(f, c)
        return c

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor]:  # noqa: ANN401 - torch's own
        f, c = ctx.saved_tensors
        du = grad.clone()
        for t in range(len(c) - 2, -1, -1):
            du[t].addcmul_(f[t + 1], du[t + 1])
        df = torch.zeros_like(f)
        df[1:] = du[1:] * c[:-1]
        return du, df


def _scan(u: Tensor, f: Tensor) -> Tensor:
    result: Tensor = _Scan.apply(u.contiguous(), f.contiguous())  # type: ignore[no-untyped-call]
    return result


class RecurrentLayer(nn.Module):
    """Simple recurrent units in both directions, over (length, batch, 2 × hidden)."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.hidden = hidden
        self.project = nn.Linear(2 * hidden, 6 * hidden)
        with torch.no_grad():
            self.project.bias.zero_()
            self.project.bias[2 * hidden : 4 * hidden] = 1.0

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``mask`` is 1 for tokens, 0 for padding, (length, batch, 1)."""
        h = self.hidden
        projected = self.project(x).float()
        value, forget, reset = projected.split(2 * h, dim=-1)
        forget, reset = torch.sigmoid(forget), torch.sigmoid(reset)
        update = (1 - forget) * value * mask
        there = _scan(update[..., :h], forget[..., :h])
        back = _scan(update[..., h:].flip(0), forget[..., h:].flip(0)).flip(0)
        state = torch.tanh(torch.cat([there, back], dim=-1))
        return reset * state + (1 - reset) * x


class SpanNetwork(nn.Module):
    """Scores where the answer starts and ends in each passage, and that there is none."""

    def __init__(self, vocabulary: int, *, dropout: float = 0.0) -> None:
        """``vocabulary`` counts token ids with the padding, which is 0."""
        super().__init__()
        size = 2 * HIDDEN
        self.embedding = nn.Embedding(vocabulary, EMBEDDED)
        self.align = nn.Linear(EMBEDDED, EMBEDDED)
        self.passage_in = nn.Linear(2 * EMBEDDED + len(MARKS) + len(MATCHES), size)
        self.question_in = nn.Linear(EMBEDDED, size)
        self.encode = nn.ModuleList([RecurrentLayer(HIDDEN), RecurrentLayer(HIDDEN)])
        self.attend = nn.Linear(size, size)
        self.fuse = nn.Linear(3 * size, size)
        self.reread = nn.ModuleList([RecurrentLayer(HIDDEN), RecurrentLayer(HIDDEN)])
        self.pool = nn.Linear(size, 1)
        self.point = nn.Linear(size, 2 * size)
        self.bias = nn.Linear(2 * size, 2)
        self.nothing = nn.Linear(size, 1)
        self.dropout = dropout

    def forward(
        self, question: Tensor, passage: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return start and end scores (length, passages) and nothing's (questions,).

        The arguments are those of `training.reading_batches.Batch`.
        """
        each = passage.shape[1] // question.shape[1]
        q_mask = (question > 0).unsqueeze(-1).float()
        p_mask = (passage > 0).unsqueeze(-1).float()
        q_words = self._drop(self.embedding(question))
        p_words = self._drop(self.embedding(passage))
        hidden = (q_mask.squeeze(-1).repeat_interleave(each, 1) - 1) * 1e4  # (length, passages)
        keys = torch.relu(self.align(q_words)).repeat_interleave(each, 1)
        aligned = _attention(
            torch.relu(self.align(p_words)), keys, q_words.repeat_interleave(each, 1), hidden
        )
        p = torch.relu(self.passage_in(torch.cat([p_words, aligned, features], dim=-1)))
        q = torch.relu(self.question_in(q_words))
        for layer in self.encode:
            p, q = layer(self._drop(p), p_mask), layer(self._drop(q), q_mask)
        wide = q.repeat_interleave(each, 1)
        found = _attention(self.attend(p), wide, wide, hidden)
        fused = torch.relu(self.fuse(self._drop(torch.cat([p, found, p * found], dim=-1)))) + p
        for layer in self.reread:
            fused = layer(self._drop(fused), p_mask)
        weights = torch.softmax(self.pool(q) + (q_mask - 1) * 1e4, dim=0)
        asked = (weights * q).sum(0)  # (questions, size)
        start_key, end_key = self.point(asked).repeat_interleave(each, 0).chunk(2, dim=-1)
        bias = self.bias(torch.cat([fused, p], dim=-1))
        start = (fused * start_key).sum(-1) + bias[..., 0]
        end = (fused * end_key).sum(-1) + bias[..., 1]
        padding = (p_mask.squeeze(-1) - 1) * -NOTHING
        return start + padding, end + padding, self.nothing(asked).squeeze(-1)

    def _drop(self, x: Tensor) -> Tensor:
        """Dropout with one mask for all tokens of a text."""
        if not self.training or not self.dropout:
            return x
        mask = torch.empty(1, *x.shape[1:], dtype=x.dtype).bernoulli_(1 - self.dropout)
        return x * (mask / (1 - self.dropout))


def _attention(queries: Tensor, keys: Tensor, values: Tensor, hidden: Tensor) -> Tensor:
    """Dot-product attention over the first axis; ``hidden`` (keys, batch) is added to scores."""
    scores = torch.einsum("pbh,qbh->bpq", queries, keys) / queries.shape[-1] ** 0.5
    weights = functional.softmax(scores + hidden.t().unsqueeze(1), dim=-1)
    return torch.einsum("bpq,qbh->pbh", weights, values)
