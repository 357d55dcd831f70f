"""python -m training.reader: learn the weights of the extractive reader.

Questions of UIT-ViQuAD's training set are asked of an index of its training passages, half of them
typed without accents; those of one fold alone, which the span reader and one model of the trees
have not seen (`training/folds.py`). Ranking: softmax over the sentences of the passages found, the
right ones being those of the question's own passage that hold a gold answer. Confidence: logistic
regression on whether the best sentence is right, where each question is asked twice, the second
time with its document taken out of the results, so that the right answer is to refuse. Everything
that is reported is cross-fitted: articles are dealt to folds again, and each is judged by the
others.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from documents.command_line import run_command
from documents.normalising import fold, search_key
from documents.source import MemorySource
from eval.collection import Question
from eval.loading import load_collection
from index.embedding import load_embedder
from index.manifest import write_json
from index.passage_reading import load_passage_reading
from index.query import Query
from index.question import analyse
from index.reranking import RERANKED, LearnedReranker, load_learned
from index.retriever import Retriever
from index.sentence_features import FEATURE_NAMES, find_sentences
from index.syncing import sync
from qa.extractive_reader import CONFIDENCE_NAMES, READ_PASSAGES, confidence_row
from training.folds import FOLDS, HELD_FOLD, fold_of, inner_fold_of
from training.linear_ranking import Mask, Matrix, fit_ranking
from training.reranker import fold_model

KEPT_RIGHT = 0.98
"""The threshold keeps this share of the right answers."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The sentences found for one question.

    Attributes
    ----------
    fold
        Which inner fold its article was dealt to.
    features
        Shape (sentences, len(FEATURE_NAMES)).
    right
        Shape (sentences,): holds a gold answer and stands in the question's own passage.
    """

    fold: int
    features: Matrix
    right: Mask


def train(data: Path, output: Path, *, questions: int, seed: int, work: Path) -> dict[str, object]:
    """Write ``weights.json`` and return the cross-fitted figures."""
    collection = load_collection(data / "qa" / "viquad_train.json.xz")
    generator = np.random.default_rng(seed)
    places = [
        place
        for place, question in enumerate(collection.questions)
        if fold_of(question.documents[0]) == HELD_FOLD
    ]
    chosen = generator.permutation(places)[:questions]
    with tempfile.TemporaryDirectory() as folder:
        embedder = load_embedder()
        sync(MemorySource(collection.documents), Path(folder), embedder=embedder)
        retriever = Retriever(Path(folder), embedder)
        reranker = load_learned(
            embedder, fold_model(work, HELD_FOLD), reading=load_passage_reading()
        )
        asked = [
            one
            for place in chosen.tolist()
            for one in _ask(
                retriever, reranker, collection.questions[place], unaccented=place % 2 == 0
            )
        ]
        retriever.close()
    return _fit_and_write(asked, output, seed=seed)


def _ask(
    retriever: Retriever, reranker: LearnedReranker, question: Question, *, unaccented: bool
) -> Iterator[Asked]:
    """Yield what is found for a question, then what is left without its document."""
    text = fold(question.text) if unaccented else question.text
    idf = retriever.idf(text)
    hits = reranker.rerank(Query(text), retriever.search(Query(text), RERANKED), idf=idf)
    analysed = analyse(text, idf)
    golds = [search_key(answer) for answer in question.answers]
    kept = [hit for hit in hits if hit.passage.document not in question.documents]
    for found in (hits, kept):
        renumbered = [replace(hit, rank=rank) for rank, hit in enumerate(found, start=1)]
        found_sentences = find_sentences(analysed, renumbered[:READ_PASSAGES])
        if not found_sentences.sentences:
            continue
        right = np.array(
            [
                sentence.hit.passage.document in question.documents
                and any(gold in search_key(sentence.text) for gold in golds)
                for sentence in found_sentences.sentences
            ]
        )
        yield Asked(inner_fold_of(question.documents[0]), found_sentences.features, right)


def _fit_and_write(asked: Sequence[Asked], output: Path, *, seed: int) -> dict[str, object]:
    confidences, rights = _cross_fitted(asked)
    threshold = float(np.quantile(confidences[rights], 1 - KEPT_RIGHT))
    ranking = fit_ranking([(one.features, one.right) for one in asked])
    confidence = fit_confidence(*_best_rows(asked, ranking))
    figures: dict[str, object] = {
        "asked": len(asked),
        "right_first": round(float(rights.sum() / (len(asked) / 2)), 4),
        "auroc": round(_auroc(confidences[rights], confidences[~rights]), 4),
        "answered": round(float((confidences >= threshold).mean()), 4),
        "wrong_when_answered": round(float((~rights[confidences >= threshold]).mean()), 4),
    }
    output.mkdir(parents=True, exist_ok=True)
    weights = {
        "ranking": dict(zip(FEATURE_NAMES, ranking.round(4).tolist(), strict=True)),
        "confidence": dict(zip(CONFIDENCE_NAMES, confidence.round(4).tolist(), strict=True)),
        "threshold": round(threshold, 4),
        "seed": seed,
        "cross_fitted": figures,
    }
    write_json(output / "weights.json", weights)
    return figures


def _cross_fitted(asked: Sequence[Asked]) -> tuple[Matrix, Mask]:
    confidences, rights = [], []
    for held_out in range(FOLDS):
        others = [one for one in asked if one.fold != held_out]
        ranking = fit_ranking([(one.features, one.right) for one in others])
        confidence = fit_confidence(*_best_rows(others, ranking))
        rows, right = _best_rows([one for one in asked if one.fold == held_out], ranking)
        confidences.append(_sigmoid(rows @ confidence))
        rights.append(right)
    return np.concatenate(confidences), np.concatenate(rights)


def fit_confidence(rows: Matrix, right: Mask) -> Matrix:
    """Return logistic weights of shape (columns,) for the probability that a row is right."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=2000).fit(rows, right)
    return np.asarray(model.coef_[0])


def _best_rows(asked: Sequence[Asked], ranking: Matrix) -> tuple[Matrix, Mask]:
    """Return each question's confidence row and whether its best sentence is right."""
    rows, right = [], []
    for one in asked:
        scores = one.features @ ranking
        order = np.argsort(-scores, kind="stable")
        rows.append(confidence_row(one.features, scores, order))
        right.append(bool(one.right[order[0]]))
    return np.array(rows), np.array(right)


def _auroc(positives: Matrix, negatives: Matrix) -> float:
    from eval.metrics import auroc

    return auroc(positives.tolist(), negatives.tolist()) or 0.0


def _sigmoid(values: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-values)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.reader", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with qa/")
    parser.add_argument("--output", type=Path, required=True, help="folder of the model")
    parser.add_argument("--questions", type=int, default=6000, help="how many are asked")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--work", type=Path, default=Path("var/training"), help="folder of make reranker's folds"
    )
    options = parser.parse_args(arguments)

    def run() -> int:
        figures = train(
            options.data,
            options.output,
            questions=options.questions,
            seed=options.seed,
            work=options.work,
        )
        print(json.dumps(figures))  # noqa: T201 - a command's output
        return 0

    return run_command(run)


if __name__ == "__main__":
    sys.exit(main())
