"""Judge a static embedder on the development collections, alone and fused with BM25."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from documents.normalising import fold
from documents.sentences import split_sentences
from training.judging_data import JudgingCollection, read_collections
from training.lexical import Bm25

WEIGHTS = (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 1.0)
_DEPTH = 100  # candidates taken from each side before fusing
Scores = NDArray[np.float64]
Encoder = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over all questions of a collection, each in [0, 1]."""

    first: float
    recall_at_10: float
    ndcg_at_10: float

    def __str__(self) -> str:
        return f"{self.first:.4f} {self.recall_at_10:.4f} {self.ndcg_at_10:.4f}"


@dataclass(frozen=True, slots=True)
class ScoredCollection:
    """A collection with both scores (question, text) for one way of typing the questions."""

    collection: JudgingCollection
    lexical: Scores
    dense: Scores

    def figures(self, weight: float) -> Figures:
        """Return the figures when the dense score weighs so much; 0 is BM25 alone, 1 dense alone.

        Scores are z-normalised over the union of both sides' best 100 texts.
        """
        return mean_figures(
            [
                rank_fused(words, meaning, weight)
                for words, meaning in zip(self.lexical, self.dense, strict=True)
            ],
            self.collection.gold,
        )


def dense_scores(
    questions: Sequence[str], texts: Sequence[str], encode: Encoder, *, windows: bool
) -> Scores:
    """Return the cosine of each question and text, or with the likest window of each text.

    A window is two neighbouring sentences.
    """
    parts = [_windows(text) if windows else [text] for text in texts]
    starts = np.cumsum([0, *map(len, parts[:-1])])
    cosines = encode(questions) @ encode(list(chain.from_iterable(parts))).T
    return np.maximum.reduceat(cosines, starts, axis=1).astype(np.float64)


def rank_fused(lexical: Scores, dense: Scores, weight: float) -> NDArray[np.int64]:
    """Return the numbers of the best texts, best first, ties in text order."""
    if weight == 0:
        return np.argsort(-lexical, kind="stable")[:10]
    if weight == 1:
        return np.argsort(-dense, kind="stable")[:10]
    candidates = np.union1d(_best(lexical), _best(dense))
    fused = (1 - weight) * _z(lexical[candidates]) + weight * _z(dense[candidates])
    return np.asarray(candidates[np.argsort(-fused, kind="stable")[:10]])


def mean_figures(rankings: Sequence[NDArray[np.int64]], gold: Sequence[frozenset[int]]) -> Figures:
    """Return the means over all questions; each ranking holds at most 10 texts."""
    first, recall, gain = 0.0, 0.0, 0.0
    discounts = 1 / np.log2(np.arange(2, 12))
    for ranking, relevant in zip(rankings, gold, strict=True):
        found = np.array([int(text) in relevant for text in ranking], dtype=np.float64)
        first += found[0]
        recall += found.sum() / len(relevant)
        gain += found @ discounts[: len(found)] / discounts[: len(relevant)].sum()
    return Figures(first / len(gold), recall / len(gold), gain / len(gold))


def judge(collections: Sequence[JudgingCollection], encode: Encoder) -> list[str]:
    """Return a table, one line per collection, typing, unit of the vectors and dense weight.

    Unaccented questions meet a folded BM25 index, as in the product, and the texts' only vectors.
    """
    lines = ["collection typing unit weight R@1 R@10 nDCG@10"]
    for collection in collections:
        for typing in ("accented", "unaccented"):
            bare = typing == "unaccented"
            questions = [fold(q) if bare else q for q in collection.questions]
            bm25 = Bm25(collection.texts, unaccented=bare)
            lexical = np.stack([bm25.scores(question) for question in questions])
            for unit in ("passage", "window"):
                dense = dense_scores(questions, collection.texts, encode, windows=unit == "window")
                scored = ScoredCollection(collection, lexical, dense)
                lines += [
                    f"{collection.name} {typing} {unit} {weight:.2f} {scored.figures(weight)}"
                    for weight in WEIGHTS
                ]
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge the embedder of a folder and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the shared data")
    parser.add_argument("--model", type=Path, default=Path("models/embedder"))
    options = parser.parse_args(arguments)
    from model2vec import StaticModel

    model = StaticModel.from_pretrained(options.model)
    sys.stdout.write("\n".join(judge(read_collections(options.data), model.encode)) + "\n")
    return 0


def _windows(text: str) -> list[str]:
    sentences = [text[span.start : span.end] for span in split_sentences(text)]
    return [" ".join(sentences[i : i + 2]) for i in range(max(1, len(sentences) - 1))]


def _best(scores: Scores) -> NDArray[np.int64]:
    return np.argsort(-scores, kind="stable")[:_DEPTH]


def _z(scores: Scores) -> Scores:
    return np.asarray((scores - scores.mean()) / (scores.std() + 1e-9))


if __name__ == "__main__":
    sys.exit(main())
