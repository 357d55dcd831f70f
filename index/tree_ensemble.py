"""Scores of a LightGBM model, computed with NumPy.

LightGBM trains the model and writes its text file; reading that file here saves the running
program the library: half a second of its start, and libgomp, which its wheel expects of the system.
Tested equal to LightGBM's own predictions. Only what our models use is understood: numerical
splits without missing values.

Format: https://lightgbm.readthedocs.io, "Model" text as of version 4.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from documents.errors import DanChungError

_PLAIN_SPLITS = {"0", "2", "8", "10"}  # numerical, whatever the side of missing values


class ModelFileError(DanChungError):
    """A model file is missing or not what this program reads."""


@dataclass(frozen=True, slots=True)
class TreeEnsemble:
    """A sum of binary trees over the features in ``feature_names``.

    Nodes of all trees lie in one table; a leaf is a node that is its own child.

    Attributes
    ----------
    roots
        Node of each tree's root, shape (trees,).
    feature, threshold, left, right, value
        Shape (nodes,): go left when ``x[feature] <= threshold``; ``value`` is a leaf's score, and
        of a split the score it would have as a leaf.
    depth
        Steps from a root to the deepest leaf.
    """

    feature_names: tuple[str, ...]
    roots: NDArray[np.int64]
    feature: NDArray[np.int64]
    threshold: NDArray[np.float64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float64]
    depth: int

    def predict(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return one score for each row; rows have shape (n, features)."""
        nodes = np.tile(self.roots, (len(rows), 1))
        places = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[places, self.feature[nodes]] <= self.threshold[nodes]
            nodes = np.where(goes_left, self.left[nodes], self.right[nodes])
        return np.asarray(self.value[nodes].sum(axis=1))

    def contributions(self, row: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what each feature of one row adds to its score, shape (features,).

        Along each tree's path every split is credited with the change of the value it leads to
        (Saabas 2014, "Interpreting random forests"). The contributions and the roots' values sum
        to the score. Of features that say the same, the one asked first takes the credit.
        """
        added = np.zeros(len(self.feature_names))
        nodes = self.roots
        for _ in range(self.depth):
            asked = self.feature[nodes]
            goes_left = row[asked] <= self.threshold[nodes]
            below = np.where(goes_left, self.left[nodes], self.right[nodes])
            changes = self.value[below] - self.value[nodes]
            added += np.bincount(asked, weights=changes, minlength=len(added))
            nodes = below
        return added


def load_trees(path: Path) -> TreeEnsemble:
    """Return the model of a LightGBM text file.

    Raises
    ------
    ModelFileError
        The file is missing, cut short, or uses what this reader does not understand.
    """
    try:
        text = path.read_text(encoding="utf-8")
        whole = text[: text.index("\nend of trees")]
        header, *trees = whole.split("\nTree=")
        return _joined(_fields(header)["feature_names"].split(), [_fields(t) for t in trees])
    except (OSError, ValueError, LookupError) as error:
        raise ModelFileError(
            f"{path}: không đọc được mô hình xếp hạng ({error});"
            " hãy cài lại chương trình, hoặc tắt bằng --reranker none"
        ) from error


def _fields(block: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in block.splitlines() if "=" in line)


def _joined(names: list[str], trees: list[dict[str, str]]) -> TreeEnsemble:
    tables = []
    roots = []
    offset = 0
    for tree in trees:
        table = _tree(tree, offset)
        roots.append(offset)
        offset += len(table[0])
        tables.append(table)
    feature, threshold, left, right, value = (
        np.concatenate(parts) for parts in zip(*tables, strict=True)
    )
    ensemble = TreeEnsemble(
        tuple(names),
        np.array(roots),
        feature.astype(np.int64),
        threshold,
        left.astype(np.int64),
        right.astype(np.int64),
        value,
        depth=0,
    )
    return _with_depth(ensemble)


def _tree(tree: dict[str, str], offset: int) -> list[NDArray[np.float64]]:
    """Return feature, threshold, left, right and value of one tree's splits, then its leaves."""
    values = _numbers(tree["leaf_value"])
    leaves = len(values)
    splits = leaves - 1
    if leaves == 1:
        own = np.array([float(offset)])
        return [np.zeros(1), np.zeros(1), own, own, values]
    if not set(tree["decision_type"].split()) <= _PLAIN_SPLITS:
        raise ValueError(f"loại nhánh {tree['decision_type']}")
    own = np.arange(splits, splits + leaves) + offset
    left, right = (
        np.concatenate([_places(_numbers(tree[side]), splits) + offset, own])
        for side in ("left_child", "right_child")
    )
    return [
        np.concatenate([_numbers(tree["split_feature"]), np.zeros(leaves)]),
        np.concatenate([_numbers(tree["threshold"]), np.zeros(leaves)]),
        left,
        right,
        np.concatenate([_numbers(tree["internal_value"]), values]),
    ]


def _places(children: NDArray[np.float64], splits: int) -> NDArray[np.float64]:
    """Return children as places in the table: LightGBM writes leaf i as −i − 1."""
    return np.where(children >= 0, children, splits - children - 1)


def _numbers(text: str) -> NDArray[np.float64]:
    return np.array(text.split(), dtype=np.float64)


def _with_depth(ensemble: TreeEnsemble) -> TreeEnsemble:
    nodes = set(ensemble.roots.tolist())
    depth = 0
    while True:
        below = {
            child
            for node in nodes
            for child in (int(ensemble.left[node]), int(ensemble.right[node]))
            if child != node
        }
        if not below:
            return replace(ensemble, depth=depth)
        nodes = below
        depth += 1
