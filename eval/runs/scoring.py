"""A ranking of TREC's form against judgements of TREC's form. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from documents.errors import DanChungError
from eval.collection import Question
from eval.markdown import aligned
from eval.metrics import mean
from eval.records import listed
from eval.resampling import Scores, intervals
from eval.retrieval_measures import RETRIEVAL_MEASURES
from eval.summary import Interval
from eval.trec import Qrels, Run

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Scored:
    """The measures of a run.

    Attributes
    ----------
    queries
        All that the judgements name a relevant document for; those that the run misses score 0.
    notes
        What the files have without the other, counted and listed.
    """

    name: str
    queries: int
    values: Mapping[str, float]
    intervals: Mapping[str, Interval]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the measures in the form of the commands' JSON."""
        return {
            "run": self.name,
            "queries": self.queries,
            "retrieval": {name: round(value, _DIGITS) for name, value in self.values.items()},
            "intervals": {
                name: [round(found.low, _DIGITS), round(found.high, _DIGITS)]
                for name, found in self.intervals.items()
            },
            "notes": list(self.notes),
        }

    def as_table(self) -> str:
        """Return the measures as aligned Markdown."""
        rows = [(f"{self.name}, {self.queries} câu", "giá trị", "khoảng 95 %")]
        for name, value in self.values.items():
            found = self.intervals[name]
            rows.append((name, f"{value:.4f}", f"{found.low:.4f}–{found.high:.4f}"))
        return "\n".join(aligned(rows)) + "\n"


def score(qrels: Qrels, run: Run, *, name: str) -> Scored:
    """Return the measures of a run over every query with a relevant document.

    Raises
    ------
    DanChungError
        No query is judged relevant, or the run answers none of them: it is of another corpus.
    """
    relevant = {
        query: {document: grade for document, grade in grades.items() if grade > 0}
        for query, grades in qrels.items()
    }
    questions = [
        Question(query, query, documents=tuple(grades), grades=tuple(grades.values()))
        for query, grades in sorted(relevant.items())
        if grades
    ]
    if not questions:
        raise DanChungError("Tệp đánh giá không có tài liệu đúng nào (điểm từ 1).")
    if not run.keys() & qrels.keys():
        raise DanChungError(f"{name} không có câu nào của tệp đánh giá: hai tệp của hai bộ khác.")
    rows = [
        [measure(run.get(question.id, ()), question) for measure in RETRIEVAL_MEASURES.values()]
        for question in questions
    ]
    totals = np.array(rows, np.float64)
    found = intervals(Scores(totals, np.ones_like(totals)))
    bounds = zip(RETRIEVAL_MEASURES, found.low.tolist(), found.high.tolist(), strict=True)
    return Scored(
        name,
        len(questions),
        {m: mean([row[k] for row in rows]) or 0.0 for k, m in enumerate(RETRIEVAL_MEASURES)},
        {measure: Interval(low, high) for measure, low, high in bounds},
        _notes(qrels, run, relevant),
    )


def _notes(qrels: Qrels, run: Run, relevant: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    missed = sorted(query for query, grades in relevant.items() if grades and query not in run)
    foreign = sorted(run.keys() - qrels.keys())
    without = sorted(query for query, grades in relevant.items() if not grades)
    notes = []
    if missed:
        notes.append(f"{len(missed)} câu không có trong kết quả, được 0 điểm: {listed(missed)}.")
    if foreign:
        notes.append(f"{len(foreign)} câu của kết quả không được đánh giá: {listed(foreign)}.")
    if without:
        notes.append(f"{len(without)} câu không có tài liệu đúng, không tính: {listed(without)}.")
    judged = {document for grades in qrels.values() for document in grades}
    if not any(document in judged for ranking in run.values() for document in ranking):
        notes.append("Không tài liệu nào của kết quả được đánh giá: có thể là của kho khác.")
    return tuple(notes)
