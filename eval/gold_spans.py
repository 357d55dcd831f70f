"""Gold spans are held against the documents before anything is asked.

A span says where an answer stands in the text, so it outlives any splitting; when the text itself
has changed it points nowhere, and must not be judged by.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from documents.document import Document
from eval.collection import Question, Span
from eval.hashes import text_hash
from eval.metrics import contains_gold
from eval.records import listed


@dataclass(frozen=True, slots=True)
class SoundSpans:
    """Questions with the spans that still hold, and what was left out, counted and listed."""

    questions: tuple[Question, ...]
    notes: tuple[str, ...]


def sound_spans(
    questions: Sequence[Question], document_of: Callable[[str], Document | None]
) -> SoundSpans:
    """Return the questions without spans whose document has changed or that hold no answer.

    A document that is not there is told elsewhere, as a gold document that is missing.

    Parameters
    ----------
    document_of
        From a path to the document as stored, or None.
    """
    kept, faults = [], []
    for question in questions:
        sound = []
        for span in question.spans:
            document = document_of(span.document)
            problem = document and _problem(question, span, document.text)
            if problem:
                place = question.place or question.id
                faults.append(
                    f"{place}: đoạn {span.start}–{span.end} của {span.document} {problem}"
                )
            else:
                sound.append(span)
        kept.append(replace(question, spans=tuple(sound)))
    return SoundSpans(tuple(kept), _notes(faults))


def _notes(faults: Sequence[str]) -> tuple[str, ...]:
    if not faults:
        return ()
    return (
        f"{len(faults)} đoạn đánh dấu không còn đúng, không dùng để chấm; hãy đánh dấu lại:"
        f" {listed(faults)}.",
    )


def _problem(question: Question, span: Span, text: str) -> str | None:
    if span.hash and span.hash != text_hash(text):
        return "được đánh dấu trên văn bản khác, tài liệu đã đổi"
    if span.end > len(text):
        return f"nằm ngoài văn bản ({len(text)} ký tự)"
    held, known = text[span.start : span.end], (*question.answers, *question.items)
    if known and not contains_gold(held, known):
        return f"là “{held[:60]}”, không chứa đáp án nào"
    return None
