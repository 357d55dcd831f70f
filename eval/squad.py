"""SQuAD files (1.1 and 2.0): articles of paragraphs, each with its questions.

``{"data": [{"title": …, "paragraphs": [{"context": …, "qas": [{"id": …, "question": …,
"answers": [{"text": …, "answer_start": 0}], "is_impossible": false}]}]}]}``

Rajpurkar et al. 2016 (https://arxiv.org/abs/1606.05250) and 2018 (https://arxiv.org/abs/1806.03822).
Each distinct context becomes one document. Answers are kept as texts: offsets are only compared,
and ``plausible_answers`` are not read.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from documents.document import Document
from documents.normalising import search_key, syllables
from eval.collection import Collection, Question
from eval.question_ids import QuestionIds
from eval.records import Faults, Record, read_json


def load_squad(path: Path, *, folder: str = "") -> Collection:
    """Return the questions and contexts of a SQuAD file.

    A document's path is ``0001/0002.txt``: the numbers, from 1, of its article and paragraph in
    the file, below ``folder``. Contexts that differ in white space alone are one document, under
    the first path. The article's title is the document's, unless it would give the answer away or
    says nothing (see `_useful_titles`); then the path is.

    Parameters
    ----------
    folder
        Put before every path, with a ``/`` at its end, or empty.

    Raises
    ------
    MalformedCollectionError
        Naming every article, paragraph and question at fault.
    """
    reader = _Reader(folder)
    root = read_json(path)
    articles = root.records("data")
    if not articles:
        raise root.fault("cần trường “data” là danh sách bài viết theo dạng SQuAD")
    titles = _useful_titles(articles)
    for number, (article, title) in enumerate(zip(articles, titles, strict=True), start=1):
        for place, paragraph in enumerate(article.records("paragraphs"), start=1):
            with reader.faults.kept():
                reader.read(paragraph, f"{number:04d}/{place:04d}.txt", title)
    reader.faults.raise_any()
    return reader.collection(path.name)


def text_key(text: str) -> str:
    """Return what two contexts share when they differ in white space alone."""
    return " ".join(text.split())


class _Reader:
    """Gathers paragraphs one by one."""

    def __init__(self, folder: str) -> None:
        self.faults = Faults()
        self._folder = folder
        self._ids = QuestionIds()
        self._documents: dict[str, Document] = {}
        self._questions: list[Question] = []
        self._counts: Counter[str] = Counter()

    def read(self, paragraph: Record, name: str, title: str) -> None:
        """Take in one paragraph and its questions."""
        context = paragraph.text("context")
        path = self._folder + name
        key = text_key(context)
        document = self._documents.setdefault(key, Document(path, context, title=path))
        if title and document.title == document.path:
            document = self._documents[key] = replace(document, title=title)
        self._counts["merged"] += document.path != path
        for question in paragraph.records("qas"):
            with self.faults.kept():
                self._questions.append(self._question(question, context, document.path))

    def collection(self, name: str) -> Collection:
        """Return everything read so far."""
        return Collection(
            name, tuple(self._questions), tuple(self._documents.values()), self._notes()
        )

    def _question(self, record: Record, context: str, path: str) -> Question:
        text = record.text("question")
        name = self._ids.distinct(record.text_if_any("id"))
        answers = () if record.flag("is_impossible") else self._answers(record, context)
        return Question(name, text, answers, (path,) if answers else (), refuse=not answers)

    def _answers(self, record: Record, context: str) -> tuple[str, ...]:
        """Return the distinct gold answers in the order of the file."""
        answers = []
        for answer in record.records("answers"):
            text = answer.text_if_any("text")
            start = answer.whole_number("answer_start")
            self._counts["blank"] += not text
            self._counts["moved"] += bool(text) and text not in _slice(context, start, len(text))
            answers.append(text)
        return tuple(dict.fromkeys(filter(None, answers)))

    def _notes(self) -> tuple[str, ...]:
        meanings = {
            "merged": "đoạn văn trùng nội dung được gộp làm một tài liệu",
            "moved": "đáp án lệch vị trí ghi trong tệp, chỉ dùng phần chữ",
            "blank": "đáp án rỗng bị bỏ qua",
        }
        notes = [f"{self._counts[key]} {text}." for key, text in meanings.items()]
        kept = [note for note, key in zip(notes, meanings, strict=True) if self._counts[key]]
        return (*kept, *self._ids.notes())


def _slice(context: str, start: int | None, length: int) -> str:
    """Return the span an answer claims; the whole context when it claims none.

    Texts are stripped on reading, so one code point of slack on each side is not a fault.
    """
    return context if start is None else context[max(0, start - 1) : max(0, start) + length + 1]


def _useful_titles(articles: Sequence[Record]) -> list[str]:
    """Return each article's title, empty where the index must not see it.

    A title that is one of its article's questions would match that question and no other text;
    a title that all articles share tells none apart.
    """
    titles = [article.text_if_any("title").replace("_", " ").strip() for article in articles]
    shared = len(titles) > 1 and len({_bare(title) for title in titles}) == 1
    return [
        "" if shared or _bare(title) in _bare_questions(article) else title
        for article, title in zip(articles, titles, strict=True)
    ]


def _bare_questions(article: Record) -> set[str]:
    return {
        _bare(question.text("question"))
        for paragraph in article.records("paragraphs")
        for question in paragraph.records("qas")
    }


def _bare(text: str) -> str:
    """Return the search key of a text without its punctuation."""
    return " ".join(syllables(search_key(text)))
