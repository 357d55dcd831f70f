"""How well one ranking answers one question: the measures every report of the evaluation has."""

from collections.abc import Callable, Mapping, Sequence

from eval.collection import Question
from eval.metrics import average_precision, ndcg_at_k, recall_at_k, reciprocal_rank

CUTOFF = 10
"""The deepest rank any measure looks at."""

Measure = Callable[[Sequence[str], Question], float]
"""From the documents found, best first, and a question with gold documents, to 0 … 1."""


def _recall_at(k: int) -> Measure:
    return lambda ranking, question: recall_at_k(ranking, question.documents, k)


RETRIEVAL_MEASURES: Mapping[str, Measure] = {
    **{f"recall@{k}": _recall_at(k) for k in (1, 5, CUTOFF)},
    f"mrr@{CUTOFF}": lambda ranking, question: reciprocal_rank(ranking, question.documents, CUTOFF),
    f"ndcg@{CUTOFF}": lambda ranking, question: ndcg_at_k(ranking, question.relevance, CUTOFF),
    f"map@{CUTOFF}": lambda ranking, question: average_precision(
        ranking, question.documents, CUTOFF
    ),
}
"""Measures by the name they have in reports."""
