"""Questions as JSON Lines about documents that are kept apart: a folder or an index.

``{"id": "q1", "question": "…?", "answers": ["…"], "documents": ["luat/dieu-1.txt"],
"refuse": false}``, one a line.
"""

from pathlib import Path

from eval.collection import Collection, Question
from eval.question_ids import QuestionIds
from eval.records import MalformedCollectionError, Record, read_json_lines


def load_json_lines(path: Path) -> Collection:
    """Return the questions of a JSON Lines file; its collection holds no documents.

    Without ``refuse`` a question is unanswerable when it has neither answers nor documents. An
    unanswerable question may still name documents: they count for retrieval.

    Raises
    ------
    MalformedCollectionError
        Naming the line at fault; also when no line holds a question.
    """
    ids = QuestionIds()
    questions = tuple(_question(record, ids) for record in read_json_lines(path))
    if not questions:
        raise MalformedCollectionError(f"{path.name}: cần ít nhất một câu hỏi, mỗi câu một dòng.")
    return Collection(path.name, questions, notes=ids.notes())


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
    return Question(ids.distinct(record.text_if_any("id")), text, answers, documents, refuse)
