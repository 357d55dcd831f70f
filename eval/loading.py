"""From a path to a collection, by the path's form; distractors are added here."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from documents.document import Document
from documents.errors import DanChungError
from documents.normalising import search_key, syllables
from eval.beir import load_beir
from eval.collection import Collection, Question
from eval.json_lines import load_json_lines
from eval.squad import load_squad, text_key


def load_collection(path: Path) -> Collection:
    """Return the collection a path names.

    A folder is read as BEIR, ``.json`` and ``.json.xz`` as SQuAD, ``.jsonl`` and ``.jsonl.xz`` as
    JSON Lines; the content is not guessed at.

    Raises
    ------
    DanChungError
        When there is no such path, its form is another, or its content is malformed.
    """
    if path.is_dir():
        collection = load_beir(path)
    elif is_json_lines(path):
        collection = load_json_lines(path)
    elif _bare_suffix(path) == ".json":
        collection = load_squad(path)
    else:
        raise DanChungError(
            f"Không biết đọc {path}: cần tệp SQuAD (.json, .json.xz), JSON Lines (.jsonl,"
            " .jsonl.xz) hoặc một thư mục BEIR có sẵn."
        )
    if not collection.questions:
        raise DanChungError(f"{collection.name}: không có câu hỏi nào.")
    return replace(collection, notes=collection.notes + _contradictions(collection.questions))


def is_json_lines(path: Path) -> bool:
    """Return whether a path's name says JSON Lines, whose documents are kept apart."""
    return _bare_suffix(path) == ".jsonl"


def load_distractors(paths: Sequence[Path]) -> tuple[Document, ...]:
    """Return the contexts of SQuAD files as documents, below a folder named after each file."""
    documents: list[Document] = []
    for number, path in enumerate(paths, start=1):
        folder = f"{number}-{path.name.split('.')[0]}/"
        documents += load_squad(path, folder=folder).documents
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


def _bare_suffix(path: Path) -> str:
    """Return the suffix without ``.xz``: ``.json`` of ``a.json.xz``."""
    return (path.with_suffix("") if path.suffix == ".xz" else path).suffix


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
