"""What the close reader's network is taught by: how likely it held the right spans to be."""

import math

import torch
from torch import Tensor

from training.close_batches import AskedBatch
from training.close_network import CloseNetwork

_IMPOSSIBLE = -1e4


def span_loss(network: CloseNetwork, states: Tensor, asked: AskedBatch, device: str) -> Tensor:
    """Return minus the mean log probability of right starts and ends, or of nothing, (questions,).

    Where no passage holds an answer, nothing is right. The score of nothing is the mean, over a
    question's passages, of what their first tokens say, as probabilities.
    """
    scores = network.score(states)
    passage = asked.passage.to(device)
    nothing = torch.logsumexp(scores[:, 0, 2].view(-1, asked.each), 1) - math.log(asked.each)
    total = torch.zeros(len(nothing), device=device)
    for side, gold in enumerate((asked.starts, asked.ends)):
        by_question = torch.where(passage, scores[..., side], _IMPOSSIBLE).view(len(nothing), -1)
        right = gold.to(device).view(len(nothing), -1)
        total = total + _log_loss(by_question, right, nothing)
    return total / 2


def _log_loss(scores: Tensor, right: Tensor, nothing: Tensor | None) -> Tensor:
    """Return minus log Σ_{right} softmax(scores, nothing), (questions,)."""
    if nothing is not None:
        scores = torch.cat([scores, nothing[:, None]], 1)
        right = torch.cat([right, ~right.any(1, keepdim=True)], 1)
    among_right = torch.where(right, scores, 1e5 * _IMPOSSIBLE)
    return torch.logsumexp(scores, 1) - torch.logsumexp(among_right, 1)


def alone_loss(network: CloseNetwork, states: Tensor, asked: AskedBatch, device: str) -> Tensor:
    """Return the loss over the right passage alone, for questions that have one."""
    scores = network.score(states[:: asked.each])
    passage = asked.passage[:: asked.each].to(device)
    losses = []
    for side, gold in enumerate((asked.starts, asked.ends)):
        right = gold[:: asked.each].to(device)
        of_side = torch.where(passage, scores[..., side], _IMPOSSIBLE)
        losses.append(_log_loss(of_side, right, None)[right.any(1)])
    return (losses[0].sum() + losses[1].sum()) / 2 / max(1, len(losses[0]))
