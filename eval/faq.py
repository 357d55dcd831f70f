"""Questions with the answers that somebody wrote to them, as on pages of frequent questions.

``{"question": "…?", "answer": "…"}``, one a line. Each distinct answer is a document, and the right
one to find for its question.
"""

from itertools import count
from pathlib import Path

from documents.document import Document
from eval.collection import Collection, Question
from eval.question_ids import QuestionIds
from eval.records import MalformedCollectionError, Record, read_json_lines


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
        Naming every line at fault; also when no line holds a question.
    """
    ids = QuestionIds()
    documents: dict[str, Document] = {}
    numbers = count(1)

    def make(record: Record) -> Question:
        name = f"{folder}{next(numbers):04d}.txt"
        text, answer = record.text("question"), record.text("answer")
        document = documents.setdefault(" ".join(answer.split()), Document(name, answer, name))
        identity = ids.distinct(record.text_if_any("id"))
        return Question(identity, text, documents=(document.path,))

    questions = read_json_lines(path, make)
    if not questions:
        raise MalformedCollectionError(f"{path.name}: cần ít nhất một câu hỏi, mỗi câu một dòng.")
    return Collection(path.name, tuple(questions), tuple(documents.values()), ids.notes())
