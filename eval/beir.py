"""BEIR folders: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/test.tsv``.

Without a test set the judgements of ``dev.tsv`` are taken, then those of ``train.tsv``.

Thakur et al. 2021 (https://arxiv.org/abs/2104.08663). They judge retrieval only: answers are not
known, so the figures about answers are null.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from documents.document import Document
from documents.normalising import normalise
from eval.collection import Collection, Question
from eval.records import (
    Faults,
    MalformedCollectionError,
    Record,
    listed,
    read_json_lines,
    read_text,
)

T = TypeVar("T")
_PARTS = ("test", "dev", "train")


@dataclass(frozen=True, slots=True)
class Qrel:
    """One judgement: how relevant a document is to a query; 0 or less means not at all."""

    query_id: str
    doc_id: str
    relevance: int


def load_beir(folder: Path) -> Collection:
    """Return the questions of a BEIR folder, those with a judgement, and its whole corpus.

    Raises
    ------
    DanChungError
        When a file is missing, or naming every line that does not have its form.
    """
    documents = _documents(folder / "corpus.jsonl")
    judged = _judgements(folder)
    relevance = _relevance(judged)
    records = read_json_lines(folder / "queries.jsonl", _once(lambda record: record))
    texts = {record.text("_id"): record.text("text") for record in records}
    gone = [name for name in relevance if name not in texts]
    if texts and len(gone) == len(relevance):
        raise MalformedCollectionError(
            f"{folder.name}: qrels/{judged.name} không khớp câu hỏi nào."
        )
    if gone:
        raise MalformedCollectionError(
            f"{folder.name}: {len(gone)} câu trong qrels/{judged.name} không có trong"
            f" queries.jsonl: {listed(gone)}."
        )
    questions = tuple(
        Question(name, text, (), tuple(grades), grades=tuple(grades.values()))
        for name, text in texts.items()
        if (grades := relevance.get(name))
    )
    unjudged = len(texts) - len(questions)
    note = (
        f"{unjudged} câu của queries.jsonl không có tài liệu đúng trong qrels/{judged.name}, bị bỏ."
    )
    return Collection(folder.resolve().name, questions, documents, (note,) if unjudged else ())


def _judgements(folder: Path) -> Path:
    files = [folder / "qrels" / f"{part}.tsv" for part in _PARTS]
    return next((path for path in files if path.exists()), files[0])


def _documents(path: Path) -> tuple[Document, ...]:
    """Return the corpus in its order; a record without text has its title for a text."""

    def make(record: Record) -> Document:
        title = " ".join(record.text_if_any("title").split())
        text = record.text_if_any("text") or title
        return Document(record.text("_id"), text, title or record.text("_id"))

    documents = tuple(read_json_lines(path, _once(make)))
    if not documents:
        raise MalformedCollectionError(f"{path.name}: cần ít nhất một tài liệu.")
    return documents


def _once(make: Callable[[Record], T]) -> Callable[[Record], T]:
    """Return the same, but that a record whose id an earlier one has is a fault."""
    seen: set[str] = set()

    def once(record: Record) -> T:
        name = record.text("_id")
        if name in seen:
            raise record.fault(f"mã “{name}” đã có ở một dòng trước")
        seen.add(name)
        return make(record)

    return once


def _relevance(path: Path) -> Mapping[str, Mapping[str, int]]:
    """Return the grade of each relevant document by query, in the order of the file."""
    relevance: defaultdict[str, dict[str, int]] = defaultdict(dict)
    seen: set[tuple[str, str]] = set()
    faults = Faults()
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if not line.strip() or (number == 1 and line.split("\t")[-1] == "score"):
            continue
        with faults.kept():
            qrel = _qrel(line, f"qrels/{path.name}: dòng {number}")
            pair = (qrel.query_id, qrel.doc_id)
            if pair in seen:
                raise MalformedCollectionError(
                    f"qrels/{path.name}: dòng {number}: {' '.join(pair)} đã được chấm ở dòng trước."
                )
            seen.add(pair)
            if qrel.relevance > 0:
                relevance[qrel.query_id][qrel.doc_id] = qrel.relevance
    faults.raise_any()
    return relevance


def _qrel(line: str, place: str) -> Qrel:
    try:
        query_id, doc_id, relevance = (normalise(field).strip() for field in line.split("\t"))
        return Qrel(query_id, doc_id, int(relevance))
    except ValueError as error:
        raise MalformedCollectionError(
            f"{place}: cần ba cột cách nhau bằng tab: mã câu hỏi, mã tài liệu, số nguyên."
        ) from error
