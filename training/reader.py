"""python -m training.reader: learn the weights of the extractive reader.

Questions of UIT-ViQuAD's training set are asked of indexes of its training passages, half of them
typed without accents; those of one fold alone, which the span reader and one model of the trees
have not seen (`training/folds.py`). The indexes are large and small: all passages, those of five
articles, a dozen of one article. Ranking: softmax over the sentences of the passages found, the
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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

import numpy as np

from documents.command_line import run_command
from documents.document import Document
from documents.normalising import fold, search_key
from documents.source import MemorySource
from eval.collection import Collection, Question
from eval.loading import load_collection
from index.embedding import load_embedder
from index.manifest import write_json
from index.passage_reading import load_passage_reading
from index.query import Query
from index.question import analyse
from index.reranking import RERANKED, LearnedReranker, load_learned
from index.retriever import Retriever
from index.syncing import sync
from qa.confidence import CONFIDENCE_NAMES, confidence_row
from qa.extractive_reader import READ_PASSAGES
from qa.sentence_reading import FEATURE_NAMES, ReadSentences, read_sentences
from training.folds import FOLDS, HELD_FOLD, fold_of, inner_fold_of
from training.linear_ranking import Mask, Matrix, fit_ranking
from training.reranker import fold_model

T = TypeVar("T")
_EVERY = 3
"""Which of the questions are asked of the smaller indexes: every third."""
_ARTICLES, _PARAGRAPHS = 5, 12
"""Of the smaller indexes."""
MOST_WRONG = 0.09
"""Share of the answers to the fold's questions that may be wrong at the threshold.

Less than the tenth that is promised: other articles are a little harder.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """The sentences found for one question.

    Attributes
    ----------
    fold
        Which inner fold its article was dealt to.
    answerable
        Its document was among those searched.
    read
        The sentences of the best passages.
    right
        Shape (sentences,): holds a gold answer and stands in the question's own passage.
    """

    fold: int
    answerable: bool
    read: ReadSentences
    right: Mask


def train(data: Path, output: Path, *, seed: int, work: Path) -> dict[str, object]:
    """Write ``weights.json`` and return the cross-fitted figures."""
    collection = load_collection(data / "qa" / "viquad_train.json.xz")
    embedder = load_embedder()
    reranker = load_learned(embedder, fold_model(work, HELD_FOLD), reading=load_passage_reading())
    asked: dict[str, list[Asked]] = {}
    for library in libraries(collection):
        with tempfile.TemporaryDirectory() as folder:
            sync(MemorySource(library.documents), Path(folder), embedder=embedder)
            retriever = Retriever(Path(folder), embedder)
            asked.setdefault(library.size, []).extend(
                one
                for place, question in library.questions
                for one in ask(retriever, reranker, question, unaccented=place % 2 == 0)
            )
            retriever.close()
    return _fit_and_write(asked, output, seed=seed)


@dataclass(frozen=True, slots=True)
class Library:
    """Documents to be indexed and the held fold's questions about them.

    Attributes
    ----------
    size
        "all", "articles" or "dozen".
    questions
        Each with its place in the collection.
    """

    size: str
    documents: Sequence[Document]
    questions: Sequence[tuple[int, Question]]


def libraries(collection: Collection) -> Iterator[Library]:
    """Yield all documents, those of some articles at a time, and some paragraphs at a time.

    A question asked of few documents is not the same task: no other article is near, and every
    word is rare.
    """
    held = [
        (place, question)
        for place, question in enumerate(collection.questions)
        if fold_of(question.documents[0]) == HELD_FOLD
    ]
    yield Library("all", collection.documents, held)
    articles: dict[str, list[Document]] = {}
    for document in collection.documents:
        if fold_of(document.path) == HELD_FOLD:
            articles.setdefault(document.path.split("/")[0], []).append(document)
    texts = list(articles.values())
    groups = [("articles", [*chain(*some)]) for some in _parts(texts, _ARTICLES)]
    groups += [("dozen", list(some)) for text in texts for some in _parts(text, _PARAGRAPHS)]
    for size, documents in groups:
        paths = {document.path for document in documents}
        about = [one for one in held if one[1].documents[0] in paths]
        yield Library(size, documents, about[::_EVERY])


def _parts(whole: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (whole[first : first + size] for first in range(0, len(whole), size))


def ask(
    retriever: Retriever, reranker: LearnedReranker, question: Question, *, unaccented: bool
) -> Iterator[Asked]:
    """Yield what is found for a question, then what is found without its document."""
    text = fold(question.text) if unaccented else question.text
    idf = retriever.idf(text)
    searched = retriever.search(Query(text), RERANKED)
    without = [hit for hit in searched if hit.passage.document not in question.documents]
    others = [replace(hit, rank=rank) for rank, hit in enumerate(without, start=1)]
    golds = [search_key(answer) for answer in question.answers]
    for answerable, found in ((True, searched), (False, others)):
        hits = reranker.rerank(Query(text), found, idf=idf)[:READ_PASSAGES]
        read = read_sentences(analyse(text, idf), [hit for hit in hits if hit.reading is not None])
        if not read.sentences:
            continue
        right = np.array(
            [
                sentence.hit.passage.document in question.documents
                and any(gold in search_key(sentence.text) for gold in golds)
                for sentence in read.sentences
            ]
        )
        yield Asked(inner_fold_of(question.documents[0]), answerable, read, right)


def _fit_and_write(
    by_size: Mapping[str, Sequence[Asked]], output: Path, *, seed: int
) -> dict[str, object]:
    asked = [*chain(*by_size.values())]
    threshold = least_confidence(_cross_fitted(asked, by_size["all"]))
    ranking = fit_ranking([(one.read.features, one.right) for one in asked])
    rows, right, _ = _best_rows(asked, ranking)
    confidence = fit_confidence(rows, right)
    figures: dict[str, object] = {
        size: {"asked": len(some), **_cross_fitted(asked, some).figures(threshold)}
        for size, some in by_size.items()
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


@dataclass(frozen=True, slots=True)
class Judged:
    """Confidences of best sentences, each from the other folds' weights, shape (asked,) all.

    Attributes
    ----------
    right
        The sentence answers.
    answerable
        The question's document was among those searched.
    """

    confidence: Matrix
    right: Mask
    answerable: Mask

    def figures(self, threshold: float) -> dict[str, float]:
        """Return what the reader's figures would be with a threshold."""
        answered = self.answerable & (self.confidence >= threshold)
        return {
            "right_first": round(float(self.right[self.answerable].mean()), 4),
            "auroc_right": round(_auroc(self.confidence, self.right), 4),
            "auroc_answerable": round(_auroc(self.confidence, self.answerable), 4),
            "answered": round(float(answered.sum() / self.answerable.sum()), 4),
            "wrong_when_answered": round(float((~self.right[answered]).mean()), 4),
            "answered_without_document": round(
                float((self.confidence[~self.answerable] >= threshold).mean()), 4
            ),
        }


def least_confidence(judged: Judged) -> float:
    """Return the lowest threshold with at most `MOST_WRONG` wrong among the answerable answered."""
    confidence = judged.confidence[judged.answerable]
    right = judged.right[judged.answerable]
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    allowed = np.flatnonzero(wrong <= MOST_WRONG)
    return float(confidence[order[allowed[-1]]]) if len(allowed) else 1.0


def _cross_fitted(asked: Sequence[Asked], judged: Sequence[Asked]) -> Judged:
    """Return how sure each of ``judged`` is with the weights of the other folds of ``asked``."""
    confidences, rights, answerables = [], [], []
    for held_out in range(FOLDS):
        others = [one for one in asked if one.fold != held_out]
        ranking = fit_ranking([(one.read.features, one.right) for one in others])
        rows, right, _ = _best_rows(others, ranking)
        confidence = fit_confidence(rows, right)
        rows, right, answerable = _best_rows(
            [one for one in judged if one.fold == held_out], ranking
        )
        confidences.append(_sigmoid(rows @ confidence))
        rights.append(right)
        answerables.append(answerable)
    return Judged(np.concatenate(confidences), np.concatenate(rights), np.concatenate(answerables))


def fit_confidence(rows: Matrix, right: Mask) -> Matrix:
    """Return logistic weights of shape (columns,) for the probability that a row is right.

    What the size of the index adds is learned with the rest, then taken as in the largest one: the
    smaller ones are all of articles of one kind, and on development sets of other kinds what they
    say let through more wrong answers than a tenth.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=2000).fit(rows, right)
    weights = np.array(model.coef_[0])
    size, intercept = map(CONFIDENCE_NAMES.index, ("unseen", "intercept"))
    weights[intercept] += weights[size] * rows[:, size].max()
    weights[size] = 0.0
    return weights


def _best_rows(asked: Sequence[Asked], ranking: Matrix) -> tuple[Matrix, Mask, Mask]:
    """Return each one's confidence row, whether its best sentence is right, and `answerable`."""
    scores = [one.read.features @ ranking for one in asked]
    rows = [confidence_row(one.read, scored) for one, scored in zip(asked, scores, strict=True)]
    right = [bool(one.right[scored.argmax()]) for one, scored in zip(asked, scores, strict=True)]
    return np.array(rows), np.array(right), np.array([one.answerable for one in asked])


def _auroc(confidence: Matrix, positive: Mask) -> float:
    from eval.metrics import auroc

    return auroc(confidence[positive].tolist(), confidence[~positive].tolist()) or 0.0


def _sigmoid(values: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-values)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.reader", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with qa/")
    parser.add_argument("--output", type=Path, required=True, help="folder of the model")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--work", type=Path, default=Path("var/training"), help="folder of make reranker's folds"
    )
    options = parser.parse_args(arguments)

    def run() -> int:
        figures = train(
            options.data,
            options.output,
            seed=options.seed,
            work=options.work,
        )
        print(json.dumps(figures))  # noqa: T201 - a command's output
        return 0

    return run_command(run)


if __name__ == "__main__":
    sys.exit(main())
