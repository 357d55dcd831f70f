"""Why a passage was found: in words for the page and the terminal, in numbers for JSON.

Made for the hits that are shown, when somebody asks; ranking knows nothing of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from documents.normalising import fold, normalise, search_key, syllables
from index.hit import Hit
from index.passage_features import FEATURE_NAMES
from index.passage_reading import ADDED_NAMES
from index.question_words import is_asking
from index.reasons import Reason, strongest_reasons
from index.required import parts_held
from index.text_words import TextWords, words_of


@dataclass(frozen=True, slots=True)
class Matched:
    """Words of a question that stand in a text, in the order of the question.

    Neighbours in both stay together: ``"hội nghị tổng kết"``. Question and function words count
    only beside others.

    Attributes
    ----------
    exact
        With the accents of the question.
    unaccented
        Only when accents are left aside.
    """

    exact: tuple[str, ...]
    unaccented: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the words in the form of the commands' JSON."""
        return {"exact": list(self.exact), "unaccented": list(self.unaccented)}


@dataclass(frozen=True, slots=True)
class Reranked:
    """What the reranker did: its score, the places before and after it, and why, if it can tell."""

    score: float
    rank_before: int
    rank_after: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a passage is among the hits.

    Attributes
    ----------
    text, title
        What of the question stands in the passage and in its document's title, as written or for
        the short form written there.
    lexical, dense
        BM25 and cosine, as in `index.hit.Hit`.
    fused_rank
        Place in the searchers' common ranking, from 1.
    reranked
        None when nothing was reranked.
    of_time
        How far the passage is of the times asked for, 0 to 1, as in `index.hit.Hit`.
    required
        Those of the question's required parts that the passage or the title holds.
    """

    text: Matched
    title: Matched
    lexical: float
    dense: float
    fused_rank: int
    reranked: Reranked | None
    of_time: float = 0.0
    required: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the explanation in the form of the commands' JSON."""
        shown: dict[str, object] = {
            "text": self.text.as_json(),
            "title": self.title.as_json(),
            "bm25": round(self.lexical, 6),
            "cosine": round(self.dense, 6),
            "fused_rank": self.fused_rank,
            "of_time": round(self.of_time, 6),
            "required": list(self.required),
        }
        if self.reranked:
            shown["reranker"] = {
                "score": round(self.reranked.score, 6),
                "rank_before": self.reranked.rank_before,
                "rank_after": self.reranked.rank_after,
                "reasons": [
                    {"reason": reason.text, "contribution": round(reason.contribution, 6)}
                    for reason in self.reranked.reasons
                ],
            }
        return shown


def explain(
    question: str,
    hit: Hit,
    contributions: Mapping[str, float] | None = None,
    *,
    required: Sequence[str] = (),
) -> Why:
    """Return why a passage was found for a question.

    Parameters
    ----------
    question
        As it was looked for (`index.query.Query.text`).
    contributions
        What each feature added to the hit's score (`index.reranking.Reranker.contributions`).
    required
        What of the question must match (`index.query.Query.required`).
    """
    return Why(
        matched_words(question, words_of(hit.passage.text, hit.meanings)),
        matched_words(question, words_of(hit.title, hit.meanings)),
        hit.lexical,
        hit.dense,
        hit.rank_before or hit.rank,
        _reranked(hit, contributions or {}),
        hit.of_time,
        parts_held(required, hit.title, hit.passage.text),
    )


def matched_words(question: str, text: TextWords) -> Matched:
    """Return the words of a question that stand in a text."""
    exact, unaccented = text.keys.whole, text.folded_keys.whole
    found: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for is_exact, run in _runs(syllables(normalise(question)), exact, unaccented):
        if not all(map(is_asking, run)):
            found[is_exact].setdefault(search_key(" ".join(run)), " ".join(run))
    return Matched(_longest(found[True]), _longest(found[False]))


def summary(why: Why) -> str:
    """Return an explanation as one line for a terminal."""
    parts = [
        _listed("có", why.text.exact),
        _listed("bỏ dấu thì có", why.text.unaccented),
        _listed("tiêu đề có", (*why.title.exact, *why.title.unaccented)),
        _listed("có phần bắt buộc", why.required),
        "đúng thời gian được hỏi" if why.of_time else "",
        f"điểm từ {why.lexical:.2f}",
        f"gần nghĩa {why.dense:.2f}",
    ]
    return "; ".join(filter(None, parts))


def _runs(words: list[str], exact: str, unaccented: str) -> list[tuple[bool, list[str]]]:
    """Return the runs of words found next to each other, and whether with their accents.

    The texts are those of `index.text_words.Keys`.
    """
    runs: list[tuple[bool, list[str]]] = []
    last = ""
    for word in words:
        key = search_key(word)
        is_exact = f" {key} " in exact
        if not is_exact and f" {fold(key)} " not in unaccented:
            last = ""
            continue
        pair = f" {last} {key} " if is_exact else fold(f" {last} {key} ")
        if last and runs[-1][0] == is_exact and pair in (exact if is_exact else unaccented):
            runs[-1][1].append(word)
        else:
            runs.append((is_exact, [word]))
        last = key
    return runs


def _longest(found: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of some keys, without those that are a part of others."""
    return tuple(
        words
        for key, words in found.items()
        if not any(key != other and f" {key} " in f" {other} " for other in found)
    )


def _reranked(hit: Hit, contributions: Mapping[str, float]) -> Reranked | None:
    if not hit.rank_before:
        return None
    values = dict(zip((*FEATURE_NAMES, *ADDED_NAMES), hit.features, strict=False))
    reasons = strongest_reasons(contributions, values)
    return Reranked(hit.score, hit.rank_before, hit.rank, reasons)


def _listed(label: str, words: tuple[str, ...]) -> str:
    return f"{label} {', '.join(f'“{word}”' for word in words)}" if words else ""
