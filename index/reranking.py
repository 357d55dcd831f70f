"""Put the passages that the searchers found in a better order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.abbreviations import expand
from index.embedding import Embedder
from index.hit import Hit
from index.model_folder import ModelKind
from index.model_loading import complete_weights, load_model, refused
from index.passage_features import FEATURE_NAMES, passage_features
from index.passage_reading import ADDED_NAMES, PassageReading, load_passage_reading
from index.preferring import preferred
from index.query import Query
from index.question import Idf, analyse
from index.text_words import words_of
from index.tree_ensemble import ModelFileError, TreeEnsemble, load_trees

if TYPE_CHECKING:
    from index.hit_reading import HitReading

MODEL_PATH = Path(__file__).parent.parent / "models" / "reranker" / "model.txt"

BUNDLED, NONE = "bundled", "none"
_TRIAL = ("Một câu hỏi để thử.", "Một đoạn để thử mô hình.")
RERANKED = 30
"""How many of the best passages are put in order; the rest stay behind them."""
_COMPARED, _JUST_ABOVE = 5, 1e-6
"""So many of the best are looked at for excerpts, and how far a whole is put above its excerpt."""


class Reranker(Protocol):
    """Orders hits by how well they answer a question."""

    def rerank(self, query: Query, hits: Sequence[Hit], *, idf: Idf) -> list[Hit]:
        """Return the same hits in a better order, with new ranks and falling scores.

        Equal scores keep their order. Hits of the question's times are preferred and those with
        its required parts come first (`index.preferring`). Hits beyond `RERANKED` follow in their
        old order, each a little below the one before.
        """
        ...

    def contributions(self, hit: Hit) -> Mapping[str, float]:
        """Return what each feature of a reranked hit added to its score.

        Empty where the reranker has no features to tell of.
        """
        ...


class CrossEncoderReranker:
    """Any sentence-transformers cross-encoder, by hub name or folder."""

    def __init__(self, name: str, *, local_files_only: bool) -> None:
        from sentence_transformers import CrossEncoder

        with complete_weights():
            self._model = CrossEncoder(
                name,
                device="cpu",
                trust_remote_code=False,
                local_files_only=local_files_only,
                model_kwargs={"use_safetensors": True},
            )
        self._name = name
        if self._model.num_labels != 1:
            problem = f"mô hình chấm {self._model.num_labels} điểm cho mỗi đoạn, cần đúng 1"
            raise refused(name, ModelKind.RERANKER, problem)
        self._scores([_TRIAL, _TRIAL])

    def rerank(self, query: Query, hits: Sequence[Hit], *, idf: Idf) -> list[Hit]:
        """Return the hits ordered by the model's scores of question and title with passage."""
        if not hits:
            return []
        pairs = [
            (query.text, expand(f"{hit.title}\n{hit.passage.text}", hit.meanings))
            for hit in hits[:RERANKED]
        ]
        return _in_order(hits, self._scores(pairs))

    def contributions(self, hit: Hit) -> Mapping[str, float]:
        """Return nothing: a cross-encoder reads the words themselves."""
        return {}

    def _scores(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        predicted = self._model.predict(list(pairs), show_progress_bar=False)
        scores = np.asarray(predicted, dtype=np.float64)
        if not np.isfinite(scores).all():
            raise refused(self._name, ModelKind.RERANKER, "mô hình cho ra điểm không phải là số")
        return scores


class LearnedReranker:
    """The bundled reranker: LambdaMART over `index.passage_features`, then reading the best."""

    def __init__(
        self, trees: TreeEnsemble, embedder: Embedder, reading: PassageReading | None = None
    ) -> None:
        self._trees = trees
        self._embedder = embedder
        self._reading = reading

    def rerank(self, query: Query, hits: Sequence[Hit], *, idf: Idf) -> list[Hit]:
        """Return the hits ordered by the learned score."""
        if not hits:
            return []
        features = passage_features(
            analyse(query.text, idf),
            self._embedder.embed_query(query.text),
            hits[:RERANKED],
            self._embedder,
        )
        scores = self._trees.predict(features)
        readings: Mapping[int, HitReading] = {}
        if self._reading:
            added = self._reading.add_to(scores, query.text, hits[:RERANKED])
            scores, readings = added.scores, added.readings
            features = np.concatenate([features, added.table], axis=1)
        seen = [
            replace(hit, features=tuple(row), reading=readings.get(place))
            for place, (hit, row) in enumerate(zip(hits, features.tolist(), strict=False))
        ]
        return _in_order([*seen, *hits[len(seen) :]], _wholes_above_excerpts(scores, hits))

    def contributions(self, hit: Hit) -> Mapping[str, float]:
        """Return the changes of the score along the trees' paths, by feature."""
        if not hit.features:
            return {}
        added = self._trees.contributions(np.array(hit.features[: len(FEATURE_NAMES)]))
        contributions = dict(zip(FEATURE_NAMES, added.tolist(), strict=True))
        if not self._reading:
            return contributions
        weighed = {name: self._reading.trees * value for name, value in contributions.items()}
        return {**weighed, ADDED_NAMES[0]: hit.features[len(FEATURE_NAMES)]}


def load_reranker(name: str, embedder: Embedder) -> Reranker | None:
    """Return the reranker of a name: ``bundled``, ``none`` (None), a hub name or a folder.

    Raises
    ------
    ModelFileError
        The bundled model is missing, damaged, or made for other features.
    EmbedderError
        Another model is missing, damaged, needs its own code to run, or cannot be downloaded.
    """
    if name == NONE:
        return None
    if name == BUNDLED:
        return load_learned(embedder, reading=load_passage_reading())
    return load_model(name, CrossEncoderReranker, ModelKind.RERANKER)


def load_learned(
    embedder: Embedder, path: Path = MODEL_PATH, *, reading: PassageReading | None = None
) -> LearnedReranker:
    """Return the learned reranker of a model file, which reads the best passages if it can.

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
    return LearnedReranker(trees, embedder, reading)


def _wholes_above_excerpts(scores: NDArray[np.float64], hits: Sequence[Hit]) -> NDArray[np.float64]:
    """Return the scores, passages raised that hold all words of a better one of another document.

    Whoever quotes a document cites the whole of it rather than an excerpt.
    """
    raised = scores.copy()
    best = np.argsort(-scores, kind="stable")[:_COMPARED].tolist()
    words = {place: words_of(hits[place].passage.text, hits[place].meanings) for place in best}
    for behind, place in enumerate(best):
        for ahead in best[:behind]:
            is_excerpt = words[ahead].keys.whole in words[place].keys.whole
            is_shorter = len(words[ahead].keys.whole) < len(words[place].keys.whole)
            document = hits[ahead].passage.document
            if is_excerpt and is_shorter and document != hits[place].passage.document:
                raised[place] = max(raised[place], raised[ahead] + _JUST_ABOVE)
    return raised


def _in_order(hits: Sequence[Hit], scores: NDArray[np.float64]) -> list[Hit]:
    """Order the first hits by their scores and put the rest behind them."""
    first = hits[: len(scores)]
    scores = preferred(
        scores, np.array([hit.of_time for hit in first]), np.array([hit.held for hit in first])
    )
    order = np.argsort(-scores, kind="stable").tolist()
    ordered = [replace(hits[place], score=float(scores[place])) for place in order]
    lowest = ordered[-1].score
    rest = [
        replace(hit, score=lowest - place) for place, hit in enumerate(hits[len(order) :], start=1)
    ]
    return [
        replace(hit, rank=rank, rank_before=hit.rank)
        for rank, hit in enumerate(ordered + rest, start=1)
    ]
