"""BEIR folders: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/test.tsv``.

Thakur et al. 2021 (https://arxiv.org/abs/2104.08663). They judge retrieval only: answers are not
known, so the figures about answers are null.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from documents.document import Document
from documents.normalising import normalise
from eval.collection import Collection, Question
from eval.records import MalformedCollectionError, read_json_lines, read_text


@dataclass(frozen=True, slots=True)
class Qrel:
    """One judgement: how relevant a document is to a query; 0 or less means not at all."""

    query_id: str
    doc_id: str
    relevance: int


def load_beir(folder: Path) -> Collection:
    """Return the test questions of a BEIR folder, those with a judgement, and its whole corpus.

    Raises
    ------
    DanChungError
        When one of the three files is missing or a line does not have its form.
    """
    documents = _documents(folder / "corpus.jsonl")
    relevance: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for qrel in _qrels(folder / "qrels" / "test.tsv"):
        if qrel.relevance > 0:
            relevance[qrel.query_id][qrel.doc_id] = qrel.relevance
    questions = []
    unjudged = 0
    for record in read_json_lines(folder / "queries.jsonl"):
        name = record.text("_id")
        grades = relevance.pop(name, {})
        unjudged += not grades
        if grades:
            paths, values = tuple(grades), tuple(grades.values())
            questions.append(Question(name, record.text("text"), (), paths, grades=values))
    if not questions:
        raise MalformedCollectionError(f"{folder.name}: qrels/test.tsv không khớp câu hỏi nào.")
    if relevance:
        raise MalformedCollectionError(
            f"{folder.name}: {len(relevance)} câu trong qrels/test.tsv không có trong"
            f" queries.jsonl, câu đầu là “{next(iter(relevance))}”."
        )
    note = f"{unjudged} câu của queries.jsonl không có tài liệu đúng trong qrels/test.tsv, bị bỏ."
    return Collection(
        folder.resolve().name,
        tuple(questions),
        tuple(documents.values()),
        (note,) if unjudged else (),
    )


def _documents(path: Path) -> Mapping[str, Document]:
    """Return the corpus by id; a record without text has its title for a text."""
    documents: dict[str, Document] = {}
    for record in read_json_lines(path):
        name = record.text("_id")
        if name in documents:
            raise record.fault(f"mã “{name}” đã có ở một dòng trước")
        title = " ".join(record.text_if_any("title").split())
        text = record.text_if_any("text") or title
        documents[name] = Document(name, text, title or name)
    return documents


def _qrels(path: Path) -> Iterator[Qrel]:
    place = f"qrels/{path.name}"
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        fields = line.split("\t")
        if number == 1 and fields[-1] == "score":
            continue
        if not line.strip():
            continue
        try:
            query_id, doc_id, relevance = (normalise(field).strip() for field in fields)
            yield Qrel(query_id, doc_id, int(relevance))
        except ValueError as error:
            raise MalformedCollectionError(
                f"{place}: dòng {number}: cần ba cột cách nhau bằng tab: mã câu hỏi, mã tài liệu,"
                " số nguyên."
            ) from error
