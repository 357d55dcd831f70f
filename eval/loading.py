"""From a path to a collection, by the path's form; distractors are added here."""

from collections.abc import Container, Sequence
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path

from documents.document import Document
from documents.errors import DanChungError
from documents.normalising import search_key, syllables
from eval.alqac import load_alqac
from eval.beir import load_beir
from eval.collection import Collection, Question
from eval.faq import load_faq
from eval.json_lines import load_json_lines
from eval.records import first_json_line, listed
from eval.squad import load_squad, text_key


class Form(Enum):
    """What a path holds: told by its name, and for JSON Lines by the keys of the first line."""

    BEIR = auto()
    SQUAD = auto()
    JSON_LINES = auto()
    """Questions alone; their documents are kept apart."""
    ALQAC = auto()
    FAQ = auto()
    UNKNOWN = auto()


def form_of(path: Path) -> Form:
    """Return the form of a path; nothing is raised here for what cannot be read.

    A folder is BEIR, ``.json`` and ``.json.xz`` are SQuAD. A line of JSON (``.jsonl``,
    ``.jsonl.xz``) with ``relevant_articles`` is ALQAC's, one with a single ``answer`` a FAQ's.
    """
    if path.is_dir():
        return Form.BEIR
    suffix = (path.with_suffix("") if path.suffix == ".xz" else path).suffix
    if suffix == ".jsonl":
        return _form_of_lines(path)
    return Form.SQUAD if suffix == ".json" else Form.UNKNOWN


def load_collection(path: Path, *, laws: Path | None = None) -> Collection:
    """Return the collection a path names, by its form.

    Parameters
    ----------
    laws
        For ALQAC: the file of the laws, where it does not lie beside the questions.

    Raises
    ------
    DanChungError
        When there is no such path, its form is another, or its content is malformed.
    """
    match form_of(path):
        case Form.BEIR:
            collection = load_beir(path)
        case Form.SQUAD:
            collection = load_squad(path)
        case Form.JSON_LINES:
            collection = load_json_lines(path)
        case Form.ALQAC:
            collection = load_alqac(path, laws)
        case Form.FAQ:
            collection = load_faq(path)
        case Form.UNKNOWN:
            raise DanChungError(
                f"Không biết đọc {path}: cần tệp SQuAD (.json, .json.xz), JSON Lines (.jsonl,"
                " .jsonl.xz) hoặc một thư mục BEIR có sẵn."
            )
    if not collection.questions:
        raise DanChungError(f"{collection.name}: không có câu hỏi nào.")
    return replace(collection, notes=collection.notes + _contradictions(collection.questions))


def load_distractors(paths: Sequence[Path]) -> tuple[Document, ...]:
    """Return the texts of SQuAD or FAQ files as documents, below a folder named after each file."""
    documents: list[Document] = []
    for number, path in enumerate(paths, start=1):
        folder = f"{number}-{path.name.split('.')[0]}/"
        load = load_faq if form_of(path) is Form.FAQ else load_squad
        documents += load(path, folder=folder).documents
    return tuple(documents)


def with_distractors(collection: Collection, distractors: Sequence[Document]) -> Collection:
    """Return the collection with more documents that answer none of its questions.

    A distractor whose text the collection already has, white space aside, is left out: it would be
    a right document counted as wrong. So is one whose text an earlier distractor has.
    """
    seen = {text_key(document.text) for document in collection.documents}
    added = []
    for document in distractors:
        key = text_key(document.text)
        if key not in seen:
            seen.add(key)
            added.append(document)
    left_out = len(distractors) - len(added)
    note = (f"{left_out} tài liệu gây nhiễu trùng nội dung bị bỏ qua.",) if left_out else ()
    return replace(
        collection,
        documents=(*collection.documents, *added),
        notes=collection.notes + note,
    )


def missing_gold(questions: Sequence[Question], paths: Container[str]) -> tuple[str, ...]:
    """Note gold documents that are not among the documents asked: they can never be found."""
    missing = sorted({path for q in questions for path in q.documents if path not in paths})
    if not missing:
        return ()
    return (
        f"{len(missing)} tài liệu đúng không có trong các tài liệu được hỏi; câu hỏi về chúng vẫn"
        f" được tính và chỉ được 0 điểm tìm kiếm: {listed(missing)}.",
    )


def _form_of_lines(path: Path) -> Form:
    try:
        first = first_json_line(path)
    except DanChungError:
        return Form.JSON_LINES
    keys = first.fields.keys() if first else set()
    if "relevant_articles" in keys:
        return Form.ALQAC
    return Form.FAQ if "answer" in keys and "answers" not in keys else Form.JSON_LINES


def _contradictions(questions: Sequence[Question]) -> tuple[str, ...]:
    """Note unanswerable questions whose very words are answerable elsewhere in the collection.

    SQuAD 2.0 says "this paragraph does not answer it"; over the whole collection another one may.
    """
    keys = {_key(question) for question in questions if not question.refuse}
    count = sum(question.refuse and _key(question) in keys for question in questions)
    if not count:
        return ()
    return (
        f"{count} câu “không trả lời được” có cùng lời với một câu trả lời được;"
        " số đo từ chối của bộ này không đáng tin.",
    )


def _key(question: Question) -> str:
    return " ".join(syllables(search_key(question.text)))
