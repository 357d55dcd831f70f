"""Questions as JSON Lines about documents that are kept apart: a folder or an index.

``{"id": "q1", "question": "…?", "answers": ["…"], "documents": ["luat/dieu-1.txt"],
"refuse": false}``, one a line. A line may also tell the ``"kind"`` of its question, the ``"items"``
of a complete list, and the ``"spans"`` of the answer: ``{"document": "luat/dieu-1.txt", "start": 0,
"end": 9, "hash": "…"}``, with the hash of the text that was marked (`eval.hashes.text_hash`), so
that a span of a text that has changed is noticed; and the ``"typing"`` style it is written in. What
it says of itself beyond that is not read.
"""

from collections import Counter
from pathlib import Path

from eval.collection import Collection, Question, Span
from eval.question_ids import QuestionIds
from eval.records import MalformedCollectionError, Record, read_json_lines


def load_json_lines(path: Path) -> Collection:
    """Return the questions of a JSON Lines file; its collection holds no documents.

    Without ``refuse`` a question is unanswerable when it has neither answers nor documents. An
    unanswerable question may still name documents: they count for retrieval. Whoever marks kinds
    or spans names questions too: there a repeated id is a fault, elsewhere it is mended.

    Raises
    ------
    MalformedCollectionError
        Naming every line at fault; also when no line holds a question.
    """
    ids = QuestionIds()
    seen: Counter[str] = Counter()

    def make(record: Record) -> Question:
        question = _question(record, ids)
        name = record.text_if_any("id")
        if name and seen[name] and (question.kind or question.spans):
            raise record.fault(f"mã “{name}” đã có ở một dòng trước")
        seen[name] += 1
        return question

    questions = read_json_lines(path, make)
    if not questions:
        raise MalformedCollectionError(f"{path.name}: cần ít nhất một câu hỏi, mỗi câu một dòng.")
    return Collection(path.name, tuple(questions), notes=ids.notes())


def _question(record: Record, ids: QuestionIds) -> Question:
    text = record.text("question")
    answers = tuple(dict.fromkeys(filter(None, record.texts("answers"))))
    documents = tuple(dict.fromkeys(filter(None, record.texts("documents"))))
    refuse = record.flag("refuse")
    if refuse and answers:
        raise record.fault("câu có “refuse”: true thì “answers” phải rỗng")
    if refuse is False and not answers and not documents:
        raise record.fault("cần “answers”, “documents”, hoặc “refuse”: true")
    if refuse is None:
        refuse = not answers and not documents
    return Question(
        ids.distinct(record.text_if_any("id")),
        text,
        answers,
        documents,
        refuse,
        kind=record.text_if_any("kind"),
        items=tuple(dict.fromkeys(filter(None, record.texts("items")))),
        spans=tuple(_span(span, documents) for span in record.records("spans")),
        typing=record.text_if_any("typing"),
        place=record.place,
    )


def _span(record: Record, documents: tuple[str, ...]) -> Span:
    document = record.text("document")
    if document not in documents:
        raise record.fault(f"“{document}” không có trong “documents” của câu")
    start, end = record.whole_number("start"), record.whole_number("end")
    if start is None or end is None or not 0 <= start < end:
        raise record.fault("cần “start” và “end” là số nguyên, 0 ≤ start < end")
    return Span(document, start, end, record.text_if_any("hash"))
