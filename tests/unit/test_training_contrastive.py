"""Learning on a toy: a query must end nearest to its own passage."""

import numpy as np
import torch

from training.contrastive import TrainingSettings, _BagMeans, learn
from training.pairs import Pair


def pair(query: int, passage: int) -> Pair:
    ids = np.array([query]), np.array([passage])
    return Pair(*ids, group=query, passage_id=query, topical=False)


def test_queries_learn_their_passages_and_the_start_is_left_alone() -> None:
    start = np.random.default_rng(1).standard_normal((8, 16)).astype(np.float32)
    before = start.copy()
    pairs = [pair(0, 4), pair(1, 5), pair(2, 6), pair(3, 7)]
    settings = TrainingSettings(steps=100, learning_rate=0.05)
    reports: list[int] = []
    vectors = learn(start, iter([pairs] * 100), settings, lambda step, _: reports.append(step))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert (vectors[:4] @ vectors[4:].T).argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert (start == before).all()
    assert reports == [100]


def test_gradients_equal_those_of_embedding_bag() -> None:
    from scipy.sparse import csr_matrix

    weights = torch.randn(5, 3, generator=torch.Generator().manual_seed(1))
    bags = csr_matrix(np.array([[0.5, 0.5, 0, 0, 0], [0, 1 / 3, 0, 2 / 3, 0]], dtype=np.float32))
    ids, offsets = torch.tensor([0, 1, 1, 3, 3]), torch.tensor([0, 2])
    ours, theirs = weights.clone().requires_grad_(), weights.clone().requires_grad_()
    factors = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    mean = _BagMeans.apply(ours, bags)  # type: ignore[no-untyped-call]
    expected = torch.nn.functional.embedding_bag(ids, theirs, offsets, mode="mean")
    torch.testing.assert_close(mean, expected)
    (mean * factors).sum().backward()
    (expected * factors).sum().backward()  # type: ignore[no-untyped-call]
    torch.testing.assert_close(ours.grad, theirs.grad)
