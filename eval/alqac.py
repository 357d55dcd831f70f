"""ALQAC: legal questions whose right answers are articles of laws.

Questions, one a line: ``{"question_id": "q1", "text": "…?", "relevant_articles": [{"law_id":
"Luật A", "article_id": "7"}]}``. Laws, one JSON list: ``[{"id": "Luật A", "articles": [{"id": "7",
"text": "…"}]}]``; a text may begin with the article's heading on a line of its own. The Automated
Legal Question Answering Competition (https://alqac.github.io). Only retrieval is judged: the
answers given ("Đúng", "B") are not spans.
"""

from collections.abc import Iterator
from pathlib import Path

from documents.document import Document
from documents.errors import DanChungError
from eval.collection import Collection, Question
from eval.question_ids import QuestionIds
from eval.records import MalformedCollectionError, Record, read_json_lines, read_json_list

_LONGEST_HEADING = 200


def load_alqac(path: Path, laws: Path | None = None) -> Collection:
    """Return the questions of a file; each article of the laws is a document.

    A document's path is ``law_id/article_id``, its title the law's name, the article's number and
    its heading if it has one.

    Parameters
    ----------
    laws
        The file of the laws; None takes the one beside the questions (see `laws_beside`).

    Raises
    ------
    DanChungError
        A file is missing or malformed; the message names the line or article at fault.
    """
    documents = _documents(laws or laws_beside(path))
    ids = QuestionIds()
    questions = tuple(read_json_lines(path, lambda record: _question(record, ids)))
    return Collection(path.name, questions, documents, ids.notes())


def laws_beside(path: Path) -> Path:
    """Return the laws that lie beside a file of questions: ``alqac_laws.json`` or ``….json.xz``.

    Raises
    ------
    DanChungError
        There is no such file.
    """
    packed = path.with_name("alqac_laws.json.xz")
    plain = path.with_name("alqac_laws.json")
    for candidate in (packed, plain):
        if candidate.exists():
            return candidate
    raise DanChungError(
        f"{path.name}: cần tệp luật {packed.name} hoặc {plain.name} cùng thư mục;"
        " hoặc hãy chỉ ra bằng --documents FILE."
    )


def _documents(path: Path) -> tuple[Document, ...]:
    documents: dict[str, Document] = {}
    for law in read_json_list(path):
        for document in _articles(law):
            if document.path in documents:
                raise law.fault(f"điều “{document.path}” đã có ở trước")
            documents[document.path] = document
    if not documents:
        raise MalformedCollectionError(f"{path.name}: cần ít nhất một điều luật.")
    return tuple(documents.values())


def _articles(law: Record) -> Iterator[Document]:
    name = law.text("id")
    for article in law.records("articles"):
        number, text = article.text("id"), article.text("text")
        heading = _heading(text)
        title = f"{name}, Điều {number}" + (f". {heading}" if heading else "")
        yield Document(f"{name}/{number}", text, title)


def _heading(text: str) -> str:
    """Return an article's first line if it reads as a heading, else empty.

    A heading has text below it, no number before it and no full stop or colon behind it.
    """
    first, _, below = text.partition("\n")
    first = " ".join(first.split())
    reads_so = not first[:1].isdigit() and first[-1:] not in tuple(".;:")
    return first if below and reads_so and len(first) <= _LONGEST_HEADING else ""


def _question(record: Record, ids: QuestionIds) -> Question:
    gold = [
        f"{a.text('law_id')}/{a.text('article_id')}" for a in record.records("relevant_articles")
    ]
    if not gold:
        raise record.fault("cần “relevant_articles” với ít nhất một điều luật")
    name = ids.distinct(record.text_if_any("question_id"))
    return Question(name, record.text("text"), documents=tuple(dict.fromkeys(gold)))
