"""Numbers that say how well a passage answers a question, for the learned reranker.

What the searchers said, what the best sentences hold, and how near the sentences are in meaning.
"""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.hit import Hit
from index.question import Question, share
from index.question_words import AnswerType
from index.sentence_features import FEATURE_NAMES as SENTENCE_FEATURES
from index.sentence_features import FoundSentences, find_sentences

_FROM_SENTENCE = (
    "syllables_found",
    "pairs_found",
    "found_with_previous",
    "found_with_title",
    "person_fits",
    "time_fits",
    "place_fits",
    "number_fits",
    "unit_fits",
    "reason_fits",
    "fit_missing",
    "names_found",
    "numbers_found",
    "dates_found",
    "dates_in_context",
)
_COLUMNS = [SENTENCE_FEATURES.index(name) for name in _FROM_SENTENCE]
_SYLLABLES, _PAIRS, _PREVIOUS = (SENTENCE_FEATURES.index(name) for name in _FROM_SENTENCE[:3])

FEATURE_NAMES = (
    "score_gap",
    "reciprocal_rank",
    "lexical_share",
    "cosine",
    "cosine_gap",
    *(f"best_{name}" for name in _FROM_SENTENCE),
    "most_syllables_found",
    "most_pairs_found",
    "second_sentence",
    "sentence_cosine",
    "second_sentence_cosine",
    "best_sentence_cosine",
    "sentence_cosine_gap",
    "passage_syllables_found",
    "passage_pairs_found",
    "rarest_found",
    "longest_run",
    "title_found",
    "passage_or_title_found",
    "syllables",
    "sentences",
    "is_first",
    "siblings",
    "sibling_gap",
    "question_syllables",
    *(f"asks_{kind.value}" for kind in AnswerType),
)
"""Columns of `passage_features`, in order."""

RISING = frozenset(
    ("score_gap", "reciprocal_rank", "lexical_share", "cosine", "sentence_cosine",
     "best_sentence_cosine", "best_syllables_found", "best_pairs_found", "passage_syllables_found",
     "passage_pairs_found", "rarest_found", "longest_run")
)  # fmt: skip
"""Features that may only raise a score: more of them is never worse."""


def passage_features(
    question: Question, vector: NDArray[np.float32], hits: Sequence[Hit], embedder: Embedder
) -> NDArray[np.float64]:
    """Return one row for each hit, shape (hits, len(FEATURE_NAMES)).

    ``vector`` is the question's, shape (dimension,).
    """
    found = find_sentences(question, hits)
    cosines = _cosines(found, vector, embedder)
    rows = _rows_by_hit(found, hits)
    best_cosines = np.array([_highest(cosines[places], 1) for places in rows])
    table = [
        [
            *_searchers(hit, hits),
            *_sentences(found.features[places], cosines[places]),
            _highest(cosines[places], 1) - best_cosines.max(),
            *_whole(question, hit, len(places)),
            *_siblings(hit, hits),
            float(len(question.syllables)),
            *(float(question.kind is kind) for kind in AnswerType),
        ]
        for hit, places in zip(hits, rows, strict=True)
    ]
    return np.array(table, dtype=np.float64).reshape(len(hits), len(FEATURE_NAMES))


def _cosines(
    found: FoundSentences, vector: NDArray[np.float32], embedder: Embedder
) -> NDArray[np.float64]:
    if not found.sentences:
        return np.zeros(0)
    vectors = embedder.embed_passages([sentence.text for sentence in found.sentences])
    return np.asarray(vectors @ vector, dtype=np.float64)


def _rows_by_hit(found: FoundSentences, hits: Sequence[Hit]) -> list[list[int]]:
    """Return the places of each hit's sentences; sentences come in the order of the hits."""
    by_rank = {
        rank: [place for place, _ in group]
        for rank, group in groupby(enumerate(found.sentences), key=lambda item: item[1].hit.rank)
    }
    return [by_rank.get(hit.rank, []) for hit in hits]


def _searchers(hit: Hit, hits: Sequence[Hit]) -> list[float]:
    most_lexical = max(other.lexical for other in hits)
    return [
        hit.score - hits[0].score,
        1 / hit.rank,
        hit.lexical / most_lexical if most_lexical > 0 else 0.0,
        hit.dense,
        hit.dense - max(other.dense for other in hits),
    ]


def _sentences(features: NDArray[np.float64], cosines: NDArray[np.float64]) -> list[float]:
    if not len(features):
        return [0.0] * (len(_COLUMNS) + 6)
    quick = features[:, _SYLLABLES] + features[:, _PAIRS] + 0.5 * features[:, _PREVIOUS]
    best = int(np.argmax(quick))
    return [
        *features[best, _COLUMNS],
        features[:, _SYLLABLES].max(),
        features[:, _PAIRS].max(),
        _highest(quick, 2),
        _highest(cosines, 1),
        _highest(cosines, 2),
        cosines[best],
    ]


def _whole(question: Question, hit: Hit, sentences: int) -> list[float]:
    terms = question.terms(hit.passage.text)
    title = question.terms(hit.title)
    rarest = max(question.syllables, key=question.syllables.__getitem__, default="")
    return [
        share(question.syllables, terms),
        share(question.pairs, terms),
        float(rarest in terms),
        _longest_run(question.sequence, terms),
        share(question.syllables, title),
        share(question.syllables, terms | title),
        float(len(hit.passage.text.split())),
        float(sentences),
        float(hit.passage.ordinal == 0),
    ]


def _longest_run(sequence: Sequence[str], terms: frozenset[str]) -> float:
    """Return how many neighbouring pairs of the question stand in the text, at most, in a row."""
    runs = [
        len(list(group)) for is_found, group in groupby(p in terms for p in sequence) if is_found
    ]
    return float(max(runs, default=0))


def _siblings(hit: Hit, hits: Sequence[Hit]) -> list[float]:
    """Return how many other hits are of the same document, and the lead over the best of them."""
    others = [
        other.score
        for other in hits
        if other.passage.document == hit.passage.document and other.rank != hit.rank
    ]
    return [float(len(others)), hit.score - max(others) if others else 0.0]


def _highest(values: NDArray[np.float64], place: int) -> float:
    """Return the ``place``-th highest value, from 1; 0 when there are fewer."""
    return float(np.sort(values)[-place]) if len(values) >= place else 0.0
