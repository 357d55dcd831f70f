"""The bundled reader: ranks the sentences of the best passages and answers with one to three.

It only ever returns spans of passages, so nothing can be invented; what it can do wrong is choose
badly, and `confidence` estimates that. Weights are made by `training/reader.py`; the short answer
is what was read in the best sentence.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from documents.errors import DanChungError
from index.abbreviations import expand_and_keep
from index.hit import Hit
from index.passage_reading import PassageReading
from index.query import Query
from index.question import Idf, Question, analyse
from index.question_dates import share_named
from index.question_words import AnswerType
from index.sentence_features import FoundSentence
from qa.confidence import CONFIDENCE_NAMES, confidence_row
from qa.contrasts import is_of_counterpart
from qa.definitions import defines, gives_long_form, subject_of
from qa.other_name import is_about_another, lacks_a_name
from qa.other_number import lacks_a_number
from qa.reader import Evidence, Reading
from qa.sentence_reading import FEATURE_NAMES, ReadSentences, read_sentences

WEIGHTS_PATH = Path(__file__).parent.parent / "models" / "reader" / "weights.json"

READ_PASSAGES = 8
"""How many of the best passages may answer."""
MOST_SENTENCES = 3

_FURTHER_MARGIN = {AnswerType.LIST: 1.5, AnswerType.REASON: 1.5, AnswerType.MANNER: 1.5}
_USUAL_MARGIN = 0.3
_COMPARED = 5
"""So many of the best sentences are looked at for another name or a counterpart."""
_NEAR_MISS = -100.0
"""Below all scores of sentences that are about what is asked."""
_SAME_SHARE = 0.8
_DEFINITION, _SURE_OF_DEFINITION = 3.0, 0.9
"""What is added to the score of a sentence that defines what is asked about, and the least
confidence in it: nine of ten were right on the development sets it was written with, where the
learned confidence was .5 (training/LOG.md).
"""
_CUT_BEFORE, _CUT_AFTER = re.compile(r"\d[\d.,/]{0,20}[.,/]$"), re.compile(r"(?:[.,/]\d+)+")


@dataclass(frozen=True, slots=True)
class Weights:
    """Learned numbers of the extractive reader.

    Attributes
    ----------
    ranking
        One weight per name of `FEATURE_NAMES`.
    confidence
        One weight per name of `qa.confidence.CONFIDENCE_NAMES`.
    threshold
        Least confidence of an answer.
    """

    ranking: NDArray[np.float64]
    confidence: NDArray[np.float64]
    threshold: float


def load_weights(path: Path = WEIGHTS_PATH) -> Weights:
    """Return the weights of a file.

    Raises
    ------
    DanChungError
        The file is missing or made for other features.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        ranking = [values["ranking"][name] for name in FEATURE_NAMES]
        confidence = [values["confidence"][name] for name in CONFIDENCE_NAMES]
        return Weights(np.array(ranking), np.array(confidence), float(values["threshold"]))
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise DanChungError(
            f"{path}: không đọc được trọng số ({error}); "
            "hãy cài lại chương trình hoặc chạy make reader"
        ) from error


class ExtractiveReader:
    """Chooses the sentences that answer a question by a learned linear score."""

    def __init__(self, weights: Weights, reading: PassageReading) -> None:
        self._weights = weights
        self._reading = reading

    def read(self, query: Query, hits: Sequence[Hit], *, idf: Idf) -> Reading:
        """Return the best sentence, and up to two that add to it, or a refusal.

        Further sentences follow the best one in its document, or come from other documents, so the
        order of reading keeps the best first. "Why", "how" and list questions take more of them.
        """
        question = analyse(query.text, idf)
        read = read_sentences(question, self._closely_read(query.text, hits[:READ_PASSAGES]))
        if not read.sentences or not question.syllables:
            return Reading((), 0.0, refused=True)
        scores = _without_near_misses(read, read.features @ self._weights.ranking, query.text)
        defining = _defining(read, query)
        scores[defining] += _DEFINITION
        order = np.argsort(-scores, kind="stable")
        best = int(order[0])
        confidence = float(
            1 / (1 + np.exp(-(confidence_row(read, scores) @ self._weights.confidence)))
        )
        if defining[best]:
            confidence = max(confidence, _SURE_OF_DEFINITION)
        if (
            confidence < self._weights.threshold
            or scores[best] < _NEAR_MISS / 2
            or _has_other_numbers(query.text, question, read.sentences[best])
            or lacks_a_name(query.text, _document_as_read(read, best))
        ):
            return Reading((_as_evidence(read.sentences[best]),), confidence, refused=True)
        margin = _FURTHER_MARGIN.get(question.kind, _USUAL_MARGIN)
        near = [int(place) for place in order if scores[place] >= scores[best] - margin]
        chosen = _without_repeats([_as_evidence(read.sentences[place]) for place in near])
        evidence = tuple(_in_reading_order(chosen[0], chosen[1:MOST_SENTENCES]))
        is_long_form = gives_long_form(read.sentences[best].text, subject_of(query.typed))
        short = None if is_long_form else _short(question, read, best)
        return Reading(evidence, confidence, refused=False, short=short)

    def _closely_read(self, question: str, hits: Sequence[Hit]) -> Sequence[Hit]:
        """Return the hits that were read closely: by the reranker, or else now."""
        read = [hit for hit in hits if hit.reading is not None]
        return read or self._reading.read(question, hits)


def _short(question: Question, read: ReadSentences, place: int) -> Evidence | None:
    """Return the short answer within a sentence; None where it has no words.

    A list has none: half of it at the head would look like all of it.
    """
    span = read.spans[place]
    if span is None or question.kind is AnswerType.LIST:
        return None
    sentence = read.sentences[place]
    start, end = _whole(sentence.hit.passage.text, span.start, span.end)
    return Evidence(sentence.hit.passage, start, min(end, sentence.end))


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without a number or date cut in two, and with both brackets or neither."""
    before, after = _CUT_BEFORE.search(text, 0, start), _CUT_AFTER.match(text, end)
    if before and text[start].isdigit():
        start = before.start()
    if after and text[end - 1].isdigit():
        end = after.end()
    closing = text.find(")", start, end)
    if closing >= 0 and "(" not in text[start:closing]:
        rest = text[closing + 1 : end].lstrip()
        start, end = (end - len(rest), end) if rest else (start, closing)
    opened = text.count("(", start, end) > text.count(")", start, end)
    return start, end + 1 if opened and text[end : end + 1] == ")" else end


def _without_near_misses(
    read: ReadSentences, scores: NDArray[np.float64], question: str
) -> NDArray[np.float64]:
    """Return the scores, those of the best sentences lowered that are about something else."""
    result = scores.copy()
    for place in np.argsort(-scores, kind="stable")[:_COMPARED]:
        sentence = read.sentences[place]
        passage = sentence.hit.passage.text
        if is_about_another(question, sentence.text, passage) or is_of_counterpart(
            question, sentence.text, f"{sentence.hit.title}\n{passage}"
        ):
            result[place] += _NEAR_MISS
    return result


def _defining(read: ReadSentences, query: Query) -> NDArray[np.bool_]:
    """Return which sentences define what a question of the form "X là gì?" asks about.

    X is what was understood, or a short form as it was typed.
    """
    subjects = {subject_of(query.text), subject_of(query.typed)} - {""}
    return np.array([any(defines(each.text, x) for x in subjects) for each in read.sentences])


def _has_other_numbers(typed: str, question: Question, best: FoundSentence) -> bool:
    """Return whether a number or day of the question is missing from the passage and its title.

    A near miss is no answer: another year, another article of the law, another day.
    """
    hit = best.hit
    context = f"{hit.title}\n{hit.passage.text}"
    if lacks_a_number(typed, question.numbers, f"{context}\n{hit.published or ''}"):
        return True
    return bool(question.dates) and share_named(question.dates, context, hit.published) < 1


def _document_as_read(read: ReadSentences, place: int) -> str:
    """Return title and passages found of the document of a sentence, long forms beside short."""
    hit = read.sentences[place].hit
    texts = {
        one.hit.passage.start: expand_and_keep(one.hit.passage.text, one.hit.meanings)
        for one in read.sentences
        if one.hit.passage.document == hit.passage.document
    }
    return "\n".join([expand_and_keep(hit.title, hit.meanings), *texts.values()])


def _as_evidence(sentence: FoundSentence) -> Evidence:
    return Evidence(sentence.hit.passage, sentence.start, sentence.end)


def _without_repeats(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Drop sentences that say mostly what an earlier one says."""
    kept: list[Evidence] = []
    for sentence in evidence:
        words = set(sentence.text.lower().split())
        repeats = any(
            len(words & set(earlier.text.lower().split())) >= _SAME_SHARE * len(words)
            for earlier in kept
        )
        if not repeats:
            kept.append(sentence)
    return kept


def _in_reading_order(best: Evidence, further: Sequence[Evidence]) -> list[Evidence]:
    """Return the best sentence, those that follow it in its document, then other documents'."""
    place = _place(best)
    same = [s for s in further if s.passage.document == best.passage.document and _place(s) > place]
    others = [s for s in further if s.passage.document != best.passage.document]
    return [best, *sorted(same, key=_place), *others]


def _place(evidence: Evidence) -> int:
    return evidence.passage.start + evidence.start
