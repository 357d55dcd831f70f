"""python -m training.reranker: learn to order the passages that the searchers found.

LambdaMART (Burges 2010, MSR-TR-2010-82) by LightGBM over `index.passage_features`. Questions of
UIT-ViQuAD's training set, which the embedder has not seen, are asked of an index of its training
passages, every other one without accents; the right passages are those of the question's document,
graded higher when they hold the answer. The number of trees is chosen, and the figures are made, by
five folds of articles. Then the scores of the trees and of the two readers are weighed on the fold
that none of them has seen.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from documents.command_line import run_command
from documents.normalising import fold, search_key
from documents.source import MemorySource
from eval.collection import Question
from eval.loading import load_collection
from index.close_reader import load_close_reader
from index.embedding import Embedder, load_embedder
from index.hit import Hit
from index.manifest import write_json
from index.passage_features import FEATURE_NAMES, RISING, passage_features
from index.passage_reading import (
    READING_NAMES,
    PassageReading,
    ReadClosely,
    ReadingWeights,
    Skimmed,
    Weights,
)
from index.query import Query
from index.question import analyse
from index.reranking import RERANKED, LearnedReranker, load_learned
from index.retriever import Retriever
from index.span_reader import load_span_reader
from index.syncing import sync
from training.folds import FOLDS, HELD_FOLD, fold_of
from training.linear_ranking import Mask, fit_ranking

if TYPE_CHECKING:
    from lightgbm import Dataset

_PARAMETERS = {
    "objective": "lambdarank",
    "metric": "ndcg",
    "eval_at": [1, 10],
    "lambdarank_truncation_level": 10,
    "num_leaves": 12,
    "learning_rate": 0.08,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "num_threads": 2,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}


@dataclass(frozen=True, slots=True)
class Group:
    """The passages found for one question: features, grades (0, 1 or 2), and its fold."""

    features: NDArray[np.float64]
    grades: NDArray[np.int64]
    fold: int


def _group(retriever: Retriever, embedder: Embedder, question: Question, place: int) -> Group:
    text = _typed(question, place)
    hits = retriever.search(Query(text), RERANKED)
    analysed = analyse(text, retriever.idf(text))
    features = passage_features(analysed, embedder.embed_query(text), hits, embedder)
    grades = np.array([_grade(question, hit) for hit in hits], dtype=np.int64)
    return Group(features, grades, fold_of(question.documents[0]))


def _grade(question: Question, hit: Hit) -> int:
    if hit.passage.document not in question.documents:
        return 0
    text = search_key(hit.passage.text)
    answered = not question.answers or any(search_key(a) in text for a in question.answers)
    return 2 if answered else 1


def train(data: Path, output: Path, *, most: int, seed: int, work: Path) -> dict[str, object]:
    """Write ``model.txt`` and ``reading.json``, and to ``work`` one model without each fold."""
    collection = load_collection(data / "qa/viquad_train.json.xz")
    embedder = load_embedder()
    places = np.random.default_rng(seed).permutation(len(collection.questions))[:most].tolist()
    asked = [(place, collection.questions[place]) for place in places]
    with tempfile.TemporaryDirectory() as folder:
        sync(MemorySource(collection.documents), Path(folder), embedder=embedder)
        retriever = Retriever(Path(folder), embedder)
        groups = [_group(retriever, embedder, question, place) for place, question in asked]
        figures = fit(
            [group for group in groups if group.grades.any()], output, seed=seed, work=work
        )
        reranker = load_learned(embedder, fold_model(work, HELD_FOLD))
        skimmed = [
            skim(retriever, reranker, question, place)
            for place, question in asked
            if fold_of(question.documents[0]) == HELD_FOLD
        ]
        retriever.close()
    return {**figures, "reading": weigh(skimmed, output)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's passages in the order of the trees: which are right, and what was skimmed."""

    hits: Sequence[Hit]
    right: Mask
    skimmed: Skimmed


def weigh(asked: Sequence[Asked], output: Path) -> dict[str, float]:
    """Write ``reading.json``: weights of the trees' score and of `READING_NAMES`.

    First of what was skimmed, which choose what is read closely; then of what was read.
    Return how often the right passage stands first before and after, by halves of the questions.
    """
    skimmed = _fit([(one.skimmed, one.right) for one in asked])
    reading = _reading(skimmed)
    read = [(reading.read_closely(one.skimmed, one.hits), one.right) for one in asked]
    halves = [_fit(read[::2]), _fit(read[1::2])]
    judged = [*zip(read[1::2], repeat(halves[0])), *zip(read[::2], repeat(halves[1]))]
    after = [
        right[one.places[np.argmax(weights.scores(one.trees, one.rows))]]
        for (one, right), weights in judged
    ]
    figures = {
        "questions": len(asked),
        "skimmed": round(float(np.mean([len(one.skimmed.places) for one in asked])), 2),
        "read": round(float(np.mean([len(one.places) for one, _ in read])), 2),
        "right_read": round(float(np.mean([right[one.places].any() for one, right in read])), 4),
        "right_first_before": round(float(np.mean([one.right[0] for one in asked])), 4),
        "right_first_after": round(float(np.mean(after)), 4),
    }
    write_json(
        output / "reading.json",
        {"skimmed": _named(skimmed), "read": _named(_fit(read)), "cross_fitted": figures},
    )
    return figures


def _fit(read: Sequence[tuple[Skimmed | ReadClosely, Mask]]) -> Weights:
    fitted = fit_ranking(
        [
            (np.concatenate([one.trees[:, None], one.rows], axis=1), right[one.places])
            for one, right in read
        ]
    ).round(4)
    return Weights(float(fitted[0]), fitted[1:])


def _named(weights: Weights) -> dict[str, object]:
    reading = dict(zip(READING_NAMES, weights.reading.tolist(), strict=True))
    return {"trees": weights.trees, "reading": reading}


def _reading(skimmed: Weights) -> PassageReading:
    weights = ReadingWeights(skimmed, skimmed)
    return PassageReading(load_span_reader(), load_close_reader(), weights)


def skim(retriever: Retriever, reranker: LearnedReranker, question: Question, place: int) -> Asked:
    """Return what is found for a question, skimmed as far as the trees say."""
    text = _typed(question, place)
    hits = reranker.rerank(
        Query(text), retriever.search(Query(text), RERANKED), idf=retriever.idf(text)
    )
    trees = np.array([hit.score for hit in hits])
    right = np.array([hit.passage.document in question.documents for hit in hits], dtype=np.bool_)
    reading = _reading(Weights(1.0, np.zeros(len(READING_NAMES))))
    return Asked(hits, right, reading.skim(trees, text, hits))


def _typed(question: Question, place: int) -> str:
    return fold(question.text) if place % 2 else question.text


def fit(groups: Sequence[Group], output: Path, *, seed: int, work: Path) -> dict[str, object]:
    """Write the models learned from groups; return the figures of the folds."""
    import lightgbm

    parameters = {
        **_PARAMETERS,
        "seed": seed,
        "monotone_constraints": [int(name in RISING) for name in FEATURE_NAMES],
    }
    judged = lightgbm.cv(
        parameters,
        _dataset(groups),
        num_boost_round=600,
        folds=[(_rows(groups, held, inside=False), _rows(groups, held)) for held in range(FOLDS)],
        callbacks=[lightgbm.early_stopping(40, verbose=False)],
    )
    curve = np.asarray(judged["valid ndcg@10-mean"])
    output.mkdir(parents=True, exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)
    booster = lightgbm.train(parameters, _dataset(groups), num_boost_round=len(curve))
    booster.save_model(output / "model.txt")
    for held in range(FOLDS):
        others = [group for group in groups if group.fold != held]
        booster = lightgbm.train(parameters, _dataset(others), num_boost_round=len(curve))
        booster.save_model(fold_model(work, held))
    return {
        "questions": len(groups),
        "trees": len(curve),
        "ndcg@10": round(float(curve[-1]), 4),
        "ndcg@1": round(float(np.asarray(judged["valid ndcg@1-mean"])[-1]), 4),
        "right_first_before": round(float(np.mean([g.grades[0] > 0 for g in groups])), 4),
    }


def fold_model(work: Path, fold: int) -> Path:
    """Return the file of the model that has not seen a fold."""
    return work / f"reranker-without-{fold}.txt"


def _dataset(groups: Sequence[Group]) -> "Dataset":
    import lightgbm

    return lightgbm.Dataset(
        np.concatenate([group.features for group in groups]),
        np.concatenate([group.grades for group in groups]),
        group=[len(group.grades) for group in groups],
        feature_name=list(FEATURE_NAMES),
    )


def _rows(groups: Sequence[Group], held: int, *, inside: bool = True) -> NDArray[np.int64]:
    chosen = [(group.fold == held) is inside for group in groups]
    return np.flatnonzero(np.repeat(chosen, [len(group.grades) for group in groups]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.reranker", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with qa/ and text/")
    parser.add_argument("--output", type=Path, required=True, help="folder of the model")
    parser.add_argument("--most", type=int, default=20_000, help="questions to learn from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--work", type=Path, default=Path("var/training"), help="folder for the folds' models"
    )
    options = parser.parse_args(arguments)

    def run() -> int:
        figures = train(
            options.data,
            options.output,
            most=options.most,
            seed=options.seed,
            work=options.work,
        )
        print(json.dumps(figures))  # noqa: T201 - a command's output
        return 0

    return run_command(run)


if __name__ == "__main__":
    sys.exit(main())
