"""Questions to start with, made from the documents themselves; each one is answered by them."""

import re
from collections.abc import Iterator, Sequence

from documents.document import Document
from index.query import Query
from index.records import DocumentInfo
from qa.pipeline import Pipeline
from web.next_questions import questions_in

LIMIT = 4
_DOCUMENTS_READ = 24
_QUESTIONS_ASKED = 24
_LONGEST = 110
_SHORTEST = 15
_QUESTION_LINE = re.compile(
    r"^\W*(?:(?:Câu|Hỏi)\s*\d*\s*[:.]\s*)?(?P<question>\w[^\n?]*\?)\s*$", re.MULTILINE
)

HANDWRITTEN = {
    "hien-phap-2013.docx": "Hiến pháp năm 2013 có hiệu lực từ ngày nào?",
    "hoi-dap-luat-trat-tu-an-toan-giao-thong-2024.md": "Giấy phép lái xe có bao nhiêu điểm?",
    "hoi-nghi-vien-kiem-sat-26-11-2020.txt": "Ai chủ trì hội nghị ngày 26/11/2020?",
    "sap-xep-don-vi-hanh-chinh-2025.html": (
        "Sau khi sắp xếp, cả nước có bao nhiêu đơn vị hành chính cấp tỉnh?"
    ),
    "tuyen-ngon-doc-lap-1945.pdf": "Bản Tuyên ngôn Độc lập được đọc ở đâu?",
}
"""Path of a sample article → a question that it answers."""


class ExampleQuestions:
    """Keeps the examples of the documents last seen, so that a page load does not ask again."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._made_of: tuple[DocumentInfo, ...] = ()
        self._questions: tuple[str, ...] = ()

    def current(self, documents: Sequence[DocumentInfo]) -> tuple[str, ...]:
        """Return at most `LIMIT` questions that these documents answer."""
        if tuple(documents) != self._made_of:
            self._questions = example_questions(self._pipeline, documents)
            self._made_of = tuple(documents)
        return self._questions


def example_questions(
    pipeline: Pipeline, documents: Sequence[DocumentInfo], *, limit: int = LIMIT
) -> tuple[str, ...]:
    """Return questions whose answers cite the document that each was made from.

    One per document first, in the order of paths but sample articles before others, then further
    ones. The same documents give the
    same questions. Only the first documents of a large library are read, and only so many
    questions are tried: the page must start quickly.
    """
    chosen: list[str] = []
    for asked, (path, question) in enumerate(_candidates(pipeline, documents)):
        if len(chosen) == limit or asked == _QUESTIONS_ASKED:
            break
        if question not in chosen and _answered_by(pipeline, question, path):
            chosen.append(question)
    return tuple(chosen)


def questions_of(document: Document) -> list[str]:
    """Return the questions a document suggests, the most telling first."""
    questions = [HANDWRITTEN[document.path]] if document.path in HANDWRITTEN else []
    questions += [match["question"].strip() for match in _QUESTION_LINE.finditer(document.text)]
    questions += questions_in(document, 0)
    questions.append(f"Có gì về “{document.title}”?")
    return [question for question in questions if _SHORTEST <= len(question) <= _LONGEST]


def _candidates(pipeline: Pipeline, documents: Sequence[DocumentInfo]) -> Iterator[tuple[str, str]]:
    """Yield (path, question): every document's first question, then every second one, and so on."""
    opened = [pipeline.document(info.path) for info in documents[:_DOCUMENTS_READ]]
    suggested = [(document.path, questions_of(document)) for document in opened if document]
    suggested.sort(key=lambda entry: entry[0] not in HANDWRITTEN)
    for place in range(max((len(questions) for _, questions in suggested), default=0)):
        for path, questions in suggested:
            if place < len(questions):
                yield path, questions[place]


def _answered_by(pipeline: Pipeline, question: str, path: str) -> bool:
    answer = pipeline.ask(Query(question))
    return not answer.refused and any(c.document == path for c in answer.citations)
