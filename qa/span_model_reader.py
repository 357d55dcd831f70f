"""A question-answering model of transformers: finds a span, and the sentence around it is cited.

Of each window of a passage the best span is weighed against the first token, which such models
(trained as for SQuAD 2.0) choose where there is no answer. One that was trained on answerable
questions only seldom chooses it, and so seldom refuses.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from documents.document import Passage
from documents.sentences import split_sentences
from index.hit import Hit
from index.model_folder import ModelKind, UnusableModelError
from index.model_loading import complete_weights, refused
from index.query import Query
from index.question import Idf
from index.read_passages import best_span
from qa.reader import Evidence, Reading

READ_PASSAGES = 8
"""How many of the best passages are read."""
LONGEST_SPAN = 40
"""Tokens of the longest span that counts as an answer."""
_WINDOW, _STRIDE, _LEAST_WINDOW = 384, 128, 64
_MOST_LEAD = 50.0
_TRIAL = ("Một câu hỏi để thử?", "Một đoạn để thử mô hình.")


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """The best span of a passage: ``passage.text[start:end]``.

    Attributes
    ----------
    lead
        Its score over that of "no answer".
    """

    passage: Passage
    start: int
    end: int
    lead: float


class SpanModelReader:
    """Any `AutoModelForQuestionAnswering` with a fast tokenizer, by hub name or folder."""

    def __init__(self, name: str, *, local_files_only: bool) -> None:
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        self._name = name
        self._tokenizer: Any = AutoTokenizer.from_pretrained(
            name, use_fast=True, trust_remote_code=False, local_files_only=local_files_only
        )
        if not self._tokenizer.is_fast or self._tokenizer.cls_token_id is None:
            raise UnusableModelError(
                "bộ tách từ của mô hình không cho biết vị trí của từng từ trong đoạn;"
                " hãy chọn mô hình có bộ tách từ nhanh (tokenizer.json)"
            )
        with complete_weights():
            self._model: Any = AutoModelForQuestionAnswering.from_pretrained(
                name,
                use_safetensors=True,
                trust_remote_code=False,
                local_files_only=local_files_only,
            ).eval()
        self._window = self._longest()
        self._spans(_TRIAL[0], [Passage("thử", 0, 0, len(_TRIAL[1]), _TRIAL[1])])

    def read(self, query: Query, hits: Sequence[Hit], *, idf: Idf) -> Reading:
        """Return the sentence around the best span, or a refusal where "no answer" scores more.

        The confidence is the logistic function of the span's lead over "no answer".
        """
        hits = hits[:READ_PASSAGES]
        spans = self._spans(query.text, [hit.passage for hit in hits])
        best = max(spans, key=lambda span: span.lead, default=None)
        lead = best.lead if best else -_MOST_LEAD
        confidence = 1 / (1 + math.exp(-max(min(lead, _MOST_LEAD), -_MOST_LEAD)))
        evidence = (sentence_around(best),) if best else ()
        if best is None or lead < 0:
            return Reading(evidence, confidence, refused=True)
        short = Evidence(best.passage, best.start, best.end)
        return Reading(evidence, confidence, refused=False, short=short)

    def _longest(self) -> int:
        """Return how many tokens of question and passage fit into one window."""
        longest = getattr(self._model.config, "max_position_embeddings", None) or _WINDOW
        # RoBERTa's family counts positions from after its padding's.
        return min(_WINDOW, int(longest) - 2, int(self._tokenizer.model_max_length))

    def _spans(self, question: str, passages: Sequence[Passage]) -> list[FoundSpan]:
        """Return the best span of each window of each passage, in order."""
        import torch

        spans = []
        for passage in passages:
            windows = self._windows(question, passage.text)
            places = windows.pop("offset_mapping").tolist()
            windows.pop("overflow_to_sample_mapping", None)
            with torch.inference_mode():
                output = self._model(**windows)
            starts = output.start_logits.float().numpy()
            ends = output.end_logits.float().numpy()
            if not (np.isfinite(starts).all() and np.isfinite(ends).all()):
                raise refused(self._name, ModelKind.READER, "mô hình cho ra điểm không phải là số")
            for row, offsets in enumerate(places):
                cls = windows["input_ids"][row].tolist().index(self._tokenizer.cls_token_id)
                shown = np.array([part == 1 for part in windows.sequence_ids(row)])
                shown &= np.array([first < last for first, last in offsets])
                nothing = float(starts[row][cls] + ends[row][cls])
                starts[row][~shown] = ends[row][~shown] = -np.inf
                score, first, last = best_span(starts[row], ends[row], LONGEST_SPAN)
                if first < last:
                    place = offsets[first][0], offsets[last - 1][1]
                    spans.append(FoundSpan(passage, *place, score - nothing))
        return spans

    def _windows(self, question: str, text: str) -> Any:  # noqa: ANN401 - of transformers
        asked = self._tokenizer(question, add_special_tokens=False, verbose=False)["input_ids"]
        # A question that would fill the window is cut to what leaves room for the passage.
        most = max(self._window - _LEAST_WINDOW, 8)
        if len(asked) > most:
            question = self._tokenizer.decode(asked[:most], skip_special_tokens=True)
        room = self._window - min(len(asked), most)
        return self._tokenizer(
            question,
            text,
            truncation="only_second",
            max_length=self._window,
            stride=min(_STRIDE, room // 4),
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            padding=True,
            return_tensors="pt",
        )


def sentence_around(span: FoundSpan) -> Evidence:
    """Return the sentence that a span stands in, or those it reaches over."""
    inside = [
        sentence
        for sentence in split_sentences(span.passage.text)
        if sentence.start < span.end and span.start < sentence.end
    ]
    if not inside:
        return Evidence(span.passage, span.start, span.end)
    return Evidence(span.passage, inside[0].start, inside[-1].end)
