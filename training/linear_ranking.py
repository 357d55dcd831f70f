"""A linear ranking function: weights under which the right candidate is likely."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_PENALTY = 1e-3

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]


def fit_ranking(groups: Sequence[tuple[Matrix, Mask]]) -> Matrix:
    """Return weights of shape (features,) that make right candidates likely under a softmax.

    Minimises −Σ log Σ_{right} softmax(features · w) over the groups with a right candidate, with
    an L2 penalty, by L-BFGS. A group has features, shape (candidates, features), and which
    candidates are right, shape (candidates,).
    """
    from scipy.optimize import minimize

    useful = [(rows, right) for rows, right in groups if right.any()]
    features = np.concatenate([rows for rows, _ in useful])
    right = np.concatenate([right for _, right in useful])
    counts = np.array([len(right) for _, right in useful])
    starts = np.cumsum([0, *counts.tolist()])[:-1]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = features @ weights
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), counts))
        among_all = scores / np.repeat(np.add.reduceat(scores, starts), counts)
        mass = np.add.reduceat(among_all * right, starts)
        among_right = among_all * right / np.repeat(mass, counts)
        gradient = features.T @ (among_all - among_right) / len(useful)
        value = -np.log(mass).mean() + _PENALTY * weights @ weights
        return float(value), gradient + 2 * _PENALTY * weights

    fitted = minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(fitted.x)
