"""Numbers that say how well a passage answers a question, for the learned reranker.

What the searchers said, what the best sentences hold, and how near the sentences are in meaning.
"""

from collections.abc import Sequence
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.hit import Hit
from index.question import Question, find_terms, share
from index.question_words import AnswerType
from index.sentence_features import FEATURE_NAMES as SENTENCE_FEATURES
from index.sentence_features import FoundSentences, find_sentences
from index.text_words import words_of

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
    if not hits:
        return np.zeros((0, len(FEATURE_NAMES)))
    found = find_sentences(question, hits)
    cosines = _cosines(found, vector, embedder)
    ends = np.cumsum(found.counts).tolist()
    rows = [slice(start, end) for start, end in pairwise([0, *ends])]
    best_cosines = np.array([_highest(cosines[row], 1) for row in rows])
    columns = [
        _searchers(hits),
        np.array([_sentences(found.features[row], cosines[row]) for row in rows]),
        best_cosines - best_cosines.max(),
        _whole(question, hits),
        np.array(found.counts),
        np.array([float(hit.passage.ordinal == 0) for hit in hits]),
        np.array([_siblings(hit, hits) for hit in hits]),
        np.tile(_of_question(question), (len(hits), 1)),
    ]
    return np.column_stack(columns)


def _cosines(
    found: FoundSentences, vector: NDArray[np.float32], embedder: Embedder
) -> NDArray[np.float64]:
    if not found.sentences:
        return np.zeros(0)
    vectors = embedder.embed_passages(found.expanded)
    return np.asarray(vectors @ vector, dtype=np.float64)


def _searchers(hits: Sequence[Hit]) -> NDArray[np.float64]:
    said = np.array([(hit.score, hit.rank, hit.lexical, hit.dense) for hit in hits])
    score, rank, lexical, dense = said.T
    most = lexical.max()
    shares = lexical / most if most > 0 else np.zeros(len(hits))
    return np.column_stack([score - score[0], 1 / rank, shares, dense, dense - dense.max()])


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


def _whole(question: Question, hits: Sequence[Hit]) -> NDArray[np.float64]:
    """Return what the whole passages and their titles hold, shape (hits, 7)."""
    texts = [words_of(hit.passage.text, hit.meanings) for hit in hits]
    keys = [question.keys(words).whole for words in texts]
    titles = [question.keys(words_of(hit.title, hit.meanings)).whole for hit in hits]
    in_text = find_terms(question.syllables, keys)
    in_title = find_terms(question.syllables, titles)
    weights = list(question.syllables.values())
    rarest = in_text[:, np.argmax(weights)] if weights else np.zeros(len(hits))
    return np.column_stack(
        [
            share(question.syllables, in_text),
            share(question.pairs, find_terms(question.pairs, keys)),
            rarest,
            [_longest_run(row) for row in find_terms(question.sequence, keys).tolist()],
            share(question.syllables, in_title),
            share(question.syllables, in_text | in_title),
            [sum(words.lengths) for words in texts],
        ]
    )


def _longest_run(are_found: Sequence[bool]) -> int:
    """Return how many neighbouring pairs of the question stand in the text, at most, in a row."""
    return max((len(list(group)) for is_found, group in groupby(are_found) if is_found), default=0)


def _siblings(hit: Hit, hits: Sequence[Hit]) -> list[float]:
    """Return how many other hits are of the same document, and the lead over the best of them."""
    others = [
        other.score
        for other in hits
        if other.passage.document == hit.passage.document and other.rank != hit.rank
    ]
    return [float(len(others)), hit.score - max(others) if others else 0.0]


def _of_question(question: Question) -> list[float]:
    return [
        float(len(question.syllables)),
        *(float(question.kind is kind) for kind in AnswerType),
    ]


def _highest(values: NDArray[np.float64], place: int) -> float:
    """Return the ``place``-th highest value, from 1; 0 when there are fewer."""
    return float(sorted(values.tolist())[-place]) if len(values) >= place else 0.0
