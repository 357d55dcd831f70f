"""What the confidence of an answer is computed from. Pure.

The best sentence by itself says less than how far it is ahead of its rivals: the sentences that do
not give the same answer.
"""

import numpy as np
from numpy.typing import NDArray

from qa.sentence_reading import FEATURE_NAMES, QUESTION_NAMES, ReadSentences

_RIVAL_NAMES = ("lead", "certainty", "found_elsewhere", "rank_before")
CONFIDENCE_NAMES = (*FEATURE_NAMES, *QUESTION_NAMES, *_RIVAL_NAMES, "intercept")
"""Columns of `confidence_row`."""
_MOST_LEAD, _LEAD_OF_ALL = 5.0, 1.0
"""Of a sentence over its rivals, at most, and where it has none."""
_FOUND = FEATURE_NAMES.index("found_in_passage")


def confidence_row(read: ReadSentences, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what the confidence is computed from, in the order of `CONFIDENCE_NAMES`.

    ``scores`` rank the sentences, shape (sentences,). After the best sentence's features and what
    is read of all passages together come: its lead over the best rival; its share in the softmax
    of its score and the rivals'; how much more of the question a passage holds where only rivals
    stand; and the natural logarithm of its own passage's rank before reranking, from 1.
    """
    best = int(scores.argmax())
    answer = read.answers[best]
    same = np.array([read.says(place, answer) for place in range(len(scores))])
    same[best] = True
    behind = scores[best] - scores[~same]
    hit = read.sentences[best].hit
    passages = [(one.hit.passage.document, one.hit.passage.start) for one in read.sentences]
    at_home = {passage for passage, is_same in zip(passages, same, strict=True) if is_same}
    away = [place for place, passage in enumerate(passages) if passage not in at_home]
    found = read.features[:, _FOUND]
    rivalry = (
        min(float(behind.min()), _MOST_LEAD) if len(behind) else _LEAD_OF_ALL,
        1 / (1 + float(np.exp(-behind).sum())),
        max(float(found[away].max()) - float(found[best]), 0.0) if away else 0.0,
        float(np.log(hit.rank_before or hit.rank)),
    )
    return np.concatenate([read.features[best], read.question, rivalry, [1.0]])
