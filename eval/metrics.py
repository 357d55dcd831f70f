"""The formulas: each function scores one query, or summarises plain numbers. All pure.

Means are taken elsewhere, over every question of the collection that has the gold data the
formula needs; a question that found nothing scores 0 there. Rankings hold document paths, best
first, each once.
"""

import math
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from documents.normalising import search_key


def recall_at_k(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return the share of the relevant documents that stand among the first k.

    Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008), §8.3, at a cutoff.

    Raises
    ------
    ValueError
        When nothing is relevant: the share is not defined.
    """
    _check(relevant, k)
    return len(set(ranking[:k]) & set(relevant)) / len(set(relevant))


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return 1 / rank of the first relevant document, or 0 when the first k hold none.

    Voorhees, The TREC-8 Question Answering Track Report (1999); its mean is MRR@k.

    Raises
    ------
    ValueError
        When nothing is relevant.
    """
    _check(relevant, k)
    rank = first_rank(ranking[:k], relevant)
    return 1 / rank if rank else 0.0


def ndcg_at_k(ranking: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """Return the discounted gain of the first k over that of the ideal order.

    Gain is the grade itself, discount log2(rank + 1): Järvelin and Kekäläinen, Cumulated
    Gain-Based Evaluation of IR Techniques (2002), as computed by trec_eval's ``ndcg_cut``.

    Parameters
    ----------
    relevance
        The grade of each relevant document, 1 or more; all others have 0.

    Raises
    ------
    ValueError
        When nothing is relevant.
    """
    _check(relevance, k)
    gained = _discounted([relevance.get(document, 0) for document in ranking[:k]])
    return gained / _discounted(sorted(relevance.values(), reverse=True)[:k])


def average_precision(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return the mean, over the relevant documents, of the precision at the rank of each.

    One that is not among the first k adds 0: trec_eval's ``map_cut``; Voorhees and Harman, TREC:
    Experiment and Evaluation in Information Retrieval (2005), §3.2. Its mean is MAP@k.

    Raises
    ------
    ValueError
        When nothing is relevant.
    """
    _check(relevant, k)
    found = [rank for rank, document in enumerate(ranking[:k], start=1) if document in relevant]
    precisions = [number / rank for number, rank in enumerate(found, start=1)]
    return math.fsum(precisions) / len(set(relevant))


def first_rank(ranking: Sequence[str], relevant: Collection[str]) -> int | None:
    """Return the rank, from 1, of the best relevant document, or None when there is none."""
    ranks = (rank for rank, document in enumerate(ranking, start=1) if document in relevant)
    return next(ranks, None)


def exact_match(answer: str, golds: Sequence[str]) -> float:
    """Return 1 when the answer's syllables are those of a gold answer, in order, else 0.

    Rajpurkar et al., SQuAD (2016), §6.1, with `answer_syllables` for its normalisation. Without
    gold answers 0.
    """
    return float(any(answer_syllables(answer) == answer_syllables(gold) for gold in golds))


def f1(answer: str, golds: Sequence[str]) -> float:
    """Return the overlap of the answer's syllables with those of the best gold answer.

    Harmonic mean of precision and recall over the two bags of syllables: Rajpurkar et al., SQuAD
    (2016), §6.1. Two empty bags agree (1), one empty bag scores 0. Without gold answers 0.
    """
    return max(
        (_overlap(answer_syllables(answer), answer_syllables(gold)) for gold in golds), default=0.0
    )


def contains_gold(sentence: str, golds: Sequence[str]) -> bool:
    """Return whether a gold answer occurs in the sentence as it is written.

    Case, tone placement (``hoà``, ``hòa``), Unicode form and runs of blanks are ignored. It is a
    search for characters: "195" occurs in "1954". A blank gold answer never occurs.
    """
    text = _comparable(sentence)
    return any(gold in text for gold in map(_comparable, golds) if gold)


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Return the chance that a positive's score is above a negative's, a tie counting 1/2.

    Fawcett, An introduction to ROC analysis (2006), §7: the Mann–Whitney statistic. None when
    either class is empty.
    """
    if not positives or not negatives:
        return None
    ordered = sorted(negatives)
    twice = sum(bisect_left(ordered, score) + bisect_right(ordered, score) for score in positives)
    return twice / (2 * len(positives) * len(negatives))


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the value that a share (0 to 1) of the values lies below; None without values.

    Linear between neighbours: Hyndman and Fan, Sample Quantiles (1996), definition 7.
    """
    if not values:
        return None
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    below = math.floor(position)
    above = math.ceil(position)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def mean(values: Sequence[float]) -> float | None:
    """Return the arithmetic mean, whatever the order of the values; None without values."""
    return math.fsum(values) / len(values) if values else None


def margin(values: Sequence[float]) -> float | None:
    """Return half the width of the mean's 95 % interval; None with fewer than two values.

    Normal approximation, 1.96 · s / √n with the sample's standard deviation: rough below about 30
    values, and 0 when all are equal.
    """
    middle = mean(values)
    if middle is None or len(values) < 2:  # noqa: PLR2004 (a deviation needs two)
        return None
    variance = math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1)
    return 1.96 * math.sqrt(variance / len(values))


def answer_syllables(text: str) -> list[str]:
    """Return the syllables EM and F1 compare: NFC, lower case, punctuation removed, cut at blanks.

    As SQuAD's script, but with all Unicode punctuation, and no English articles to remove:
    "98,5%" is the one syllable "985".
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    return "".join(letter for letter in lowered if not _is_punctuation(letter)).split()


def _check(relevant: Collection[str], k: int) -> None:
    if not relevant:
        raise ValueError("no relevant document: the measure is not defined")
    if k < 1:
        raise ValueError(f"a cutoff is 1 or more, got {k}")


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _overlap(answer: Sequence[str], gold: Sequence[str]) -> float:
    if not answer or not gold:
        return float(answer == gold)
    shared = (Counter(answer) & Counter(gold)).total()
    # 2PR / (P + R) with P = shared / |answer| and R = shared / |gold|.
    return 2 * shared / (len(answer) + len(gold))


def _comparable(text: str) -> str:
    return " ".join(search_key(text).split())


def _is_punctuation(letter: str) -> bool:
    """Return whether SQuAD's script would drop it: Unicode punctuation and ASCII symbols."""
    return unicodedata.category(letter).startswith("P") or letter in "$+<=>^`|~"
