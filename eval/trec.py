"""TREC's two files of lines: judgements (qrels) and rankings (run).

``query 0 document relevance`` and ``query Q0 document rank score tag``, between blanks
(https://github.com/usnistgov/trec_eval). A blank inside an id would make two fields of it: on
writing, blanks and ``%`` of ids are percent-encoded.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from eval.beir import Qrel
from eval.grading import Result
from eval.records import Faults, MalformedCollectionError, read_text

TAG = "danchung"
_UNSAFE = re.compile(r"[\s%]")
T = TypeVar("T")

Qrels = Mapping[str, Mapping[str, int]]
"""Relevance by query and document; 0 or less means not relevant."""
Run = Mapping[str, tuple[str, ...]]
"""The documents found for each query, best first."""


@dataclass(frozen=True, slots=True)
class ScoredDoc:
    """A line of a run."""

    query_id: str
    doc_id: str
    score: float


def read_qrels(path: Path) -> Qrels:
    """Return the judgements of a file.

    Raises
    ------
    DanChungError
        It cannot be read; or naming every line that is not of the form or judges a pair again.
    """
    qrels: dict[str, dict[str, int]] = {}

    def add(qrel: Qrel) -> None:
        known = qrels.setdefault(qrel.query_id, {})
        if qrel.doc_id in known:
            raise ValueError(f"{qrel.query_id} {qrel.doc_id} đã được chấm ở một dòng trước")
        known[qrel.doc_id] = qrel.relevance

    _read(path, _qrel, add)
    return qrels


def read_run(path: Path) -> Run:
    """Return the rankings of a file: by score, as trec_eval does, of equal ones the greater id.

    Raises
    ------
    DanChungError
        It cannot be read; or naming every line that is not of the form or ranks a document again.
    """
    scores: dict[str, dict[str, float]] = {}

    def add(scored: ScoredDoc) -> None:
        known = scores.setdefault(scored.query_id, {})
        if scored.doc_id in known:
            raise ValueError(f"{scored.query_id} {scored.doc_id} đã có ở một dòng trước")
        known[scored.doc_id] = scored.score

    _read(path, _scored, add)
    return {query: _ranked(found) for query, found in scores.items()}


def qrels_lines(results: Sequence[Result]) -> str:
    """Return the judgements of the questions asked as the text of a file."""
    return "".join(
        f"{_safe(result.question.id)} 0 {_safe(document)} {grade}\n"
        for result in results
        for document, grade in result.question.relevance.items()
    )


def run_lines(results: Sequence[Result]) -> str:
    """Return the rankings of the questions asked as the text of a file; a score is 1 / rank."""
    return "".join(
        f"{_safe(result.question.id)} Q0 {_safe(document)} {rank} {1 / rank:.6f} {TAG}\n"
        for result in results
        for rank, document in enumerate(result.ranking, start=1)
    )


def _read(path: Path, parse: Callable[[Sequence[str]], T], add: Callable[[T], None]) -> None:
    faults = Faults()
    lines = [(n, line) for n, line in enumerate(read_text(path).splitlines(), 1) if line.strip()]
    for number, line in lines:
        with faults.kept():
            try:
                add(parse(line.split()))
            except ValueError as error:
                raise MalformedCollectionError(f"{path.name}: dòng {number}: {error}") from error
    faults.raise_any()
    if not lines:
        raise MalformedCollectionError(f"{path.name}: tệp không có dòng nào.")


def _qrel(fields: Sequence[str]) -> Qrel:
    try:
        query, _, document, relevance = fields
        return Qrel(query, document, int(relevance))
    except ValueError:
        raise ValueError("cần “câu 0 tài-liệu điểm-nguyên”") from None


def _scored(fields: Sequence[str]) -> ScoredDoc:
    try:
        query, _, document, _, score, _ = fields
        scored = ScoredDoc(query, document, float(score))
    except ValueError:
        raise ValueError("cần “câu Q0 tài-liệu hạng điểm tên”") from None
    if not math.isfinite(scored.score):
        raise ValueError(f"điểm {score} không phải một số hữu hạn")
    return scored


def _ranked(scores: Mapping[str, float]) -> tuple[str, ...]:
    documents: Iterable[str] = sorted(scores, reverse=True)
    return tuple(sorted(documents, key=lambda document: -scores[document]))


def _safe(name: str) -> str:
    return _UNSAFE.sub(lambda match: "".join(f"%{b:02X}" for b in match[0].encode()), name)
