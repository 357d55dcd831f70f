"""Questions with the answers that somebody wrote to them, as on pages of frequent questions.

``{"question": "…?", "answer": "…"}``, one a line. Each distinct answer is a document, and the right
one to find for its question.
"""

from pathlib import Path

from documents.document import Document
from eval.collection import Collection, Question
from eval.question_ids import QuestionIds
from eval.records import MalformedCollectionError, read_json_lines


def load_faq(path: Path, *, folder: str = "") -> Collection:
    """Return the questions of a file over its answers, for retrieval only.

    A document's path is ``0012.txt``, the place of its first question in the file, below
    ``folder``; its title is the path. Answers that differ in white space alone are one document.

    Parameters
    ----------
    folder
        Put before every path, with a ``/`` at its end, or empty.

    Raises
    ------
    MalformedCollectionError
        Naming the line at fault; also when no line holds a question.
    """
    ids = QuestionIds()
    documents: dict[str, Document] = {}
    questions = []
    for number, record in enumerate(read_json_lines(path), start=1):
        text, answer = record.text("question"), record.text("answer")
        name = f"{folder}{number:04d}.txt"
        document = documents.setdefault(" ".join(answer.split()), Document(name, answer, name))
        identity = ids.distinct(record.text_if_any("id"))
        questions.append(Question(identity, text, documents=(document.path,)))
    if not questions:
        raise MalformedCollectionError(f"{path.name}: cần ít nhất một câu hỏi, mỗi câu một dòng.")
    return Collection(path.name, tuple(questions), tuple(documents.values()), ids.notes())
