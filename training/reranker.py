"""python -m training.reranker: learn to order the passages that the searchers found.

LambdaMART (Burges 2010, MSR-TR-2010-82) by LightGBM over `index.passage_features`. Questions of
UIT-ViQuAD's training set, which the embedder has not seen, are asked of an index of its training
passages, every other one without accents; the right passages are those of the question's document,
graded higher when they hold the answer. The number of trees is chosen, and the figures are made, by
five folds of articles.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from documents.command_line import run_command
from documents.normalising import fold, search_key
from documents.source import MemorySource
from eval.collection import Collection, Question
from eval.loading import load_collection
from index.embedding import Embedder, load_embedder
from index.hit import Hit
from index.passage_features import FEATURE_NAMES, RISING, passage_features
from index.query import Query
from index.question import analyse
from index.retriever import Retriever
from index.syncing import sync

if TYPE_CHECKING:
    from lightgbm import Dataset

RERANKED = 30
FOLDS = 5
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


def collect(collection: Collection, embedder: Embedder, *, most: int, seed: int) -> list[Group]:
    """Return the groups of at most ``most`` questions whose passage was found."""
    answerable = [question for question in collection.questions if question.documents]
    order = np.random.default_rng(seed).permutation(len(answerable))[:most].tolist()
    with tempfile.TemporaryDirectory() as folder:
        sync(MemorySource(collection.documents), Path(folder), embedder=embedder)
        retriever = Retriever(Path(folder), embedder)
        groups = [_group(retriever, embedder, answerable[place], place) for place in order]
        retriever.close()
    return [group for group in groups if group.grades.any()]


def _group(retriever: Retriever, embedder: Embedder, question: Question, place: int) -> Group:
    text = fold(question.text) if place % 2 else question.text
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


def fold_of(document: str) -> int:
    """Deal documents by article (``0012/0003.txt``) so that no article is in two folds."""
    article = document.split("/", maxsplit=1)[0]
    return sum(article.encode()) % FOLDS


def train(data: Path, output: Path, *, most: int, seed: int, work: Path) -> dict[str, object]:
    """Write ``model.txt``, and to ``work`` one model for each fold that has not seen it."""
    collection = load_collection(data / "qa/viquad_train.json.xz")
    groups = collect(collection, load_embedder(), most=most, seed=seed)
    return fit(groups, output, seed=seed, work=work)


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
