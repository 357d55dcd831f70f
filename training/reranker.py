"""python -m training.reranker: learn to order the passages that the searchers found.

LambdaMART (Burges 2010, MSR-TR-2010-82) by LightGBM over `index.passage_features`. Questions of
UIT-ViQuAD's training set, which the embedder has not seen, are asked of an index of its training
passages, every other one without accents; the right passages are those of the question's document,
graded higher when they hold the answer. The number of trees is chosen, and the figures are made, by
five folds of articles. Then the scores of the trees and of the span reader are weighed on the fold
that neither has seen.
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
from index.embedding import Embedder, load_embedder
from index.hit import Hit
from index.hit_reading import read_hits
from index.manifest import write_json
from index.passage_features import FEATURE_NAMES, RISING, passage_features
from index.passage_reading import READ_PASSAGES, READING_NAMES, reading_rows
from index.query import Query
from index.question import analyse
from index.reranking import RERANKED, LearnedReranker, load_learned
from index.retriever import Retriever
from index.span_reader import load_span_reader
from index.syncing import sync
from training.folds import FOLDS, HELD_FOLD, fold_of
from training.linear_ranking import Mask, Matrix, fit_ranking

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
        read = [
            _read(retriever, reranker, question, place)
            for place, question in asked
            if fold_of(question.documents[0]) == HELD_FOLD
        ]
        retriever.close()
    return {**figures, "reading": weigh(read, output)}


def weigh(read: Sequence[tuple[Matrix, Mask]], output: Path) -> dict[str, float]:
    """Write ``reading.json``: weights of the trees' score and of `READING_NAMES`.

    Return how often the right passage stands first before and after, by halves of the questions.
    """
    halves = [fit_ranking(read[::2]), fit_ranking(read[1::2])]
    judged = [*zip(read[1::2], repeat(halves[0])), *zip(read[::2], repeat(halves[1]))]
    after = [right[np.argmax(rows @ weights)] for (rows, right), weights in judged]
    weights = fit_ranking(read).round(4).tolist()
    figures = {
        "questions": len(read),
        "right_first_before": round(float(np.mean([right[0] for _, right in read])), 4),
        "right_first_after": round(float(np.mean(after)), 4),
    }
    reading = dict(zip(READING_NAMES, weights[1:], strict=True))
    write_json(
        output / "reading.json", {"trees": weights[0], "reading": reading, "cross_fitted": figures}
    )
    return figures


def _read(
    retriever: Retriever, reranker: LearnedReranker, question: Question, place: int
) -> tuple[Matrix, Mask]:
    """Return the trees' scores and what is read of the passages they put first; which are right."""
    text = _typed(question, place)
    hits = reranker.rerank(
        Query(text), retriever.search(Query(text), RERANKED), idf=retriever.idf(text)
    )
    best = hits[:READ_PASSAGES]
    rows = reading_rows(read_hits(load_span_reader(), text, best))
    scores = np.array([hit.score for hit in best])
    right = np.array([hit.passage.document in question.documents for hit in best])
    return np.concatenate([scores[:, None], rows], axis=1), right


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
