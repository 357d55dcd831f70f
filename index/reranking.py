"""Put the passages that the searchers found in a better order."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np

from index.embedding import Embedder
from index.hit import Hit
from index.passage_features import FEATURE_NAMES, passage_features
from index.query import Query
from index.question import Idf, analyse
from index.tree_ensemble import ModelFileError, TreeEnsemble, load_trees

MODEL_PATH = Path(__file__).parent.parent / "models" / "reranker" / "model.txt"

RERANKED = 30
"""How many of the best passages are put in order; the rest stay behind them."""


class Reranker(Protocol):
    """Orders hits by how well they answer a question."""

    def rerank(self, query: Query, hits: Sequence[Hit], *, idf: Idf) -> list[Hit]:
        """Return the same hits in a better order, with new ranks and falling scores."""
        ...


class LearnedReranker:
    """The bundled reranker: LambdaMART over `index.passage_features`."""

    def __init__(self, trees: TreeEnsemble, embedder: Embedder) -> None:
        self._trees = trees
        self._embedder = embedder

    def rerank(self, query: Query, hits: Sequence[Hit], *, idf: Idf) -> list[Hit]:
        """Return the hits ordered by the learned score; equal scores keep their order.

        Hits beyond `RERANKED` follow in their old order, each a little below the one before.
        """
        if not hits:
            return []
        head, tail = hits[:RERANKED], hits[RERANKED:]
        features = passage_features(
            analyse(query.text, idf), self._embedder.embed_query(query.text), head, self._embedder
        )
        scores = self._trees.predict(features)
        order = np.argsort(-scores, kind="stable").tolist()
        ordered = [replace(head[place], score=float(scores[place])) for place in order]
        lowest = ordered[-1].score
        ordered += [replace(hit, score=lowest - place) for place, hit in enumerate(tail, start=1)]
        return [replace(hit, rank=rank) for rank, hit in enumerate(ordered, start=1)]


def load_reranker(embedder: Embedder, path: Path = MODEL_PATH) -> LearnedReranker:
    """Return the bundled reranker.

    Raises
    ------
    ModelFileError
        The file is missing, damaged, or made for other features.
    """
    trees = load_trees(path)
    if trees.feature_names != FEATURE_NAMES:
        raise ModelFileError(
            f"{path}: mô hình dành cho các đặc trưng khác; hãy cài lại chương trình"
            " hoặc chạy make reranker"
        )
    return LearnedReranker(trees, embedder)
