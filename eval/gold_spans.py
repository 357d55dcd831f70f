"""Gold spans are held against the documents before anything is asked."""

from collections.abc import Callable, Sequence

from documents.document import Document
from eval.collection import Question, Span
from eval.metrics import contains_gold
from eval.records import MalformedCollectionError


def check_spans(
    questions: Sequence[Question], document_of: Callable[[str], Document | None]
) -> None:
    """Raise for the first span that lies outside its document or holds no answer.

    A document that is not there is told elsewhere, as a gold document that is missing.

    Parameters
    ----------
    document_of
        From a path to the document as stored, or None.

    Raises
    ------
    MalformedCollectionError
        Naming the place of the question, the document and what the span holds.
    """
    for question in questions:
        for span in question.spans:
            document = document_of(span.document)
            problem = document and _problem(question, span, document.text)
            if problem:
                raise MalformedCollectionError(
                    f"{question.place or question.id}: đoạn {span.start}–{span.end} của"
                    f" {span.document} {problem}; tài liệu đã đổi thì hãy đánh dấu lại."
                )


def _problem(question: Question, span: Span, text: str) -> str | None:
    if span.end > len(text):
        return f"nằm ngoài văn bản ({len(text)} ký tự)"
    held = text[span.start : span.end]
    if not contains_gold(held, (*question.answers, *question.items)):
        return f"là “{held[:60]}”, không chứa đáp án nào"
    return None
