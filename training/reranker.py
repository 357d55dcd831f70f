"""python -m training.reranker: learn to order the passages that the searchers found.

LambdaMART (Burges 2010, MSR-TR-2010-82) by LightGBM over `index.passage_features`. Questions of
several styles are asked of indexes of their own passages, half of them without accents; the right
passages are those of the question's document, graded higher when they hold the answer. Questions
are dealt to folds by document for choosing the number of trees.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from documents.command_line import run_command
from documents.document import Document
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
from training.corpus import read_articles, read_questions

if TYPE_CHECKING:
    from lightgbm import Dataset

RERANKED = 30
FOLDS = 5
_TELLING = 5  # syllables of a heading that asks for its article alone
_PARAMETERS = {
    "objective": "lambdarank",
    "metric": "ndcg",
    "eval_at": [1, 10],
    "lambdarank_truncation_level": 10,
    "num_leaves": 24,
    "learning_rate": 0.05,
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
    return Group(features, grades, _fold(question))


def _grade(question: Question, hit: Hit) -> int:
    if hit.passage.document not in question.documents:
        return 0
    text = search_key(hit.passage.text)
    answered = not question.answers or any(search_key(a) in text for a in question.answers)
    return 2 if answered else 1


def _fold(question: Question) -> int:
    """Deal questions by article (``0012/0003.txt``) so that no article is in two folds."""
    head = question.documents[0].split("/")[0]
    return sum(head.encode()) % FOLDS


def collections(data: Path, *, seed: int) -> Iterator[Collection]:
    """Yield the training collections, each of another style."""
    yield load_collection(data / "qa/viquad_train.json.xz")
    yield load_collection(data / "qa/persons_train.json.xz")
    for name in ("qa/zalo2019_pairs.jsonl.xz", "qa/covid_faq_train.jsonl.xz"):
        passages = read_questions(data, name)
        texts = [" ".join(passage.sentences) for passage in passages]
        yield _collection(name, texts, [passage.questions for passage in passages])
    yield _law(data, seed=seed)


def _law(data: Path, *, seed: int) -> Collection:
    """Return articles of law without their headings, asked for by them."""
    bodies: dict[str, list[str]] = {}
    for passages in read_articles(data, "text/law.jsonl.xz", sample=0.2, seed=seed):
        for passage in passages:
            bodies.setdefault(passage.title, []).append(" ".join(passage.sentences))
    useful = {
        heading: texts for heading, texts in bodies.items() if len(heading.split()) >= _TELLING
    }
    texts = ["\n".join(texts) for texts in useful.values()]
    return _collection("law", texts, [(heading,) for heading in useful])


def _collection(name: str, texts: Sequence[str], questions: Sequence[Sequence[str]]) -> Collection:
    paths = [f"{number:06d}/0.txt" for number in range(len(texts))]
    return Collection(
        name,
        tuple(
            Question(f"{path}#{place}", text, documents=(path,))
            for path, asked in zip(paths, questions, strict=True)
            for place, text in enumerate(asked)
        ),
        tuple(Document(path, text, path) for path, text in zip(paths, texts, strict=True)),
    )


def train(data: Path, output: Path, *, most: int, seed: int) -> dict[str, object]:
    """Write ``model.txt``; return the cross-validated figures of the questions it learned from."""
    import lightgbm

    embedder = load_embedder()
    groups = []
    for collection in collections(data, seed=seed):
        found = collect(collection, embedder, most=most, seed=seed)
        print(f"{collection.name}: {len(found)} questions", file=sys.stderr)  # noqa: T201
        groups += found
    parameters = {
        **_PARAMETERS,
        "seed": seed,
        "monotone_constraints": [int(name in RISING) for name in FEATURE_NAMES],
    }
    folds = [
        (
            _rows(groups, [g.fold != held for g in groups]),
            _rows(groups, [g.fold == held for g in groups]),
        )
        for held in range(FOLDS)
    ]
    judged = lightgbm.cv(
        parameters,
        _dataset(groups),
        num_boost_round=600,
        folds=folds,
        callbacks=[lightgbm.early_stopping(40, verbose=False)],
    )
    curve = np.asarray(judged["valid ndcg@10-mean"])
    booster = lightgbm.train(parameters, _dataset(groups), num_boost_round=len(curve))
    output.mkdir(parents=True, exist_ok=True)
    booster.save_model(output / "model.txt")
    return {
        "questions": len(groups),
        "trees": len(curve),
        "ndcg@10": round(float(curve[-1]), 4),
        "ndcg@1": round(float(np.asarray(judged["valid ndcg@1-mean"])[-1]), 4),
        "searchers_first": round(float(np.mean([g.grades[0] > 0 for g in groups])), 4),
    }


def _dataset(groups: Sequence[Group]) -> "Dataset":
    import lightgbm

    return lightgbm.Dataset(
        np.concatenate([group.features for group in groups]),
        np.concatenate([group.grades for group in groups]),
        group=[len(group.grades) for group in groups],
        feature_name=list(FEATURE_NAMES),
    )


def _rows(groups: Sequence[Group], chosen: Sequence[bool]) -> NDArray[np.int64]:
    return np.flatnonzero(np.repeat(chosen, [len(group.grades) for group in groups]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.reranker", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with qa/ and text/")
    parser.add_argument("--output", type=Path, required=True, help="folder of the model")
    parser.add_argument("--most", type=int, default=10_000, help="questions of one collection")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)

    def run() -> int:
        figures = train(options.data, options.output, most=options.most, seed=options.seed)
        print(json.dumps(figures))  # noqa: T201 - a command's output
        return 0

    return run_command(run)


if __name__ == "__main__":
    sys.exit(main())
