"""A comparison as JSON and as Vietnamese tables. Pure."""

from collections.abc import Mapping, Sequence

from eval.kinds import KINDS
from eval.markdown import aligned
from eval.runs.comparing import ChangedQuestion, Comparison, Slice
from eval.runs.differences import Difference
from eval.runs.stored import StoredQuestion, StoredRun

_DIGITS = 6
_MOST_SHOWN = 30
_DIMENSIONS = {
    "kind": "Loại câu hỏi",
    "typing": "Cách gõ",
    "document_kind": "Dạng tài liệu",
    "question_length": "Độ dài câu hỏi (âm tiết)",
    "document_length": "Độ dài tài liệu (ký tự)",
}
_IN_SLICES = {
    "retrieval.recall@1": "recall@1",
    "retrieval.ndcg@10": "nDCG@10",
    "answers.best_sentence_accuracy": "câu gần nhất đúng",
    "abstention.answered": "được trả lời",
    "abstention.wrong_when_answered": "trả lời mà sai",
}
_VERDICTS = {"worse": "xấu đi", "better": "tốt lên", "other": "khác"}
_LEGEND = (
    "Chênh lệch là lần sau trừ lần trước, kèm khoảng 95 % (bootstrap); p theo phép hoán vị từng"
    " cặp, chưa hiệu chỉnh cho nhiều phép so; * khi p < 0,05."
)


def as_json(comparison: Comparison) -> dict[str, object]:
    """Return a comparison in the form of the commands' JSON."""
    return {
        "first": _run(comparison.first),
        "second": _run(comparison.second),
        "warnings": list(comparison.warnings),
        "measures": {d.name: _difference(d) for d in comparison.differences},
        "slices": {
            dimension: {
                part: {
                    "questions": found.questions,
                    "measures": {d.name: _difference(d) for d in found.differences},
                }
                for part, found in parts.items()
            }
            for dimension, parts in comparison.slices.items()
        },
        "changed": [_changed(pair) for pair in comparison.changed],
        "latency_ms": {
            name: {"first": comparison.first.report["latency_ms"].get(name), "second": value}
            for name, value in comparison.second.report["latency_ms"].items()
        },
    }


def as_table(comparison: Comparison) -> str:
    """Return a comparison as aligned Markdown."""
    first, second = comparison.first, comparison.second
    parts = [
        f"# {first.folder} → {second.folder}\n",
        f"{first.report['collection']}, {len(first.questions)} câu hỏi. {_LEGEND}\n",
        *(f"Lưu ý: {warning}\n" for warning in comparison.warnings),
        _overall(comparison),
        *(_slice_table(name, found) for name, found in comparison.slices.items()),
        _changed_list(comparison.changed),
    ]
    return "\n".join(parts)


def _overall(comparison: Comparison) -> str:
    rows: list[Sequence[str]] = [("Số đo", "trước", "sau", "chênh lệch", "p")]
    rows += [
        (d.name, f"{d.first:.3f}", f"{d.second:.3f}", _with_interval(d), f"{d.p:.4f}")
        for d in comparison.differences
    ]
    times = comparison.second.report["latency_ms"]
    for name, after in times.items():
        before = comparison.first.report["latency_ms"].get(name)
        if before is not None and after is not None:
            change = f"{after - before:+.1f}"
            rows.append((f"latency_ms.{name}", f"{before:.1f}", f"{after:.1f}", change, "–"))
    return "\n".join(aligned(rows)) + "\n"


def _slice_table(dimension: str, parts: Mapping[str, Slice]) -> str:
    rows: list[Sequence[str]] = [(_DIMENSIONS[dimension], "số câu", *_IN_SLICES.values())]
    for part, found in parts.items():
        by_name = {d.name: d for d in found.differences}
        told = KINDS.get(part, part) if dimension == "kind" else part
        rows.append((told, str(found.questions), *(_change(by_name.get(n)) for n in _IN_SLICES)))
    return "\n".join(aligned(rows)) + "\n"


def _changed_list(changed: Sequence[ChangedQuestion]) -> str:
    if not changed:
        return "Không câu nào được trả lời khác đi.\n"
    counts = [
        f"{sum(pair.verdict == verdict for pair in changed)} {told}"
        for verdict, told in _VERDICTS.items()
    ]
    lines = [f"{len(changed)} câu được trả lời khác đi: {', '.join(counts)}.", ""]
    for pair in changed[:_MOST_SHOWN]:
        question = pair.second.line["question"]
        lines.append(f"- {_VERDICTS[pair.verdict]}: {pair.second.id}: {question}")
        lines.append(f"  - trước: {_told(pair.first)}")
        lines.append(f"  - sau: {_told(pair.second)}")
    if len(changed) > _MOST_SHOWN:
        lines.append(f"- … và {len(changed) - _MOST_SHOWN} câu nữa; --json cho đủ.")
    return "\n".join(lines) + "\n"


def _told(question: StoredQuestion) -> str:
    return "từ chối" if question.line["refused"] else " ".join(question.line["answer"].split())


def _change(difference: Difference | None) -> str:
    if difference is None:
        return "–"
    return f"{difference.second:.3f} ({difference.difference:+.3f}{'*' * difference.is_sure})"


def _with_interval(d: Difference) -> str:
    return f"{d.difference:+.3f}{'*' * d.is_sure} [{d.low:+.3f}, {d.high:+.3f}]"


def _difference(d: Difference) -> dict[str, object]:
    values = {
        "first": d.first,
        "second": d.second,
        "difference": d.difference,
        "low": d.low,
        "high": d.high,
        "p": d.p,
    }
    return {**{name: round(value, _DIGITS) for name, value in values.items()}, "count": d.count}


def _run(run: StoredRun) -> dict[str, object]:
    return {
        "folder": str(run.folder),
        "started": run.started,
        "collection": run.report["collection"],
        "questions": len(run.questions),
        "settings": dict(run.settings),
    }


def _changed(pair: ChangedQuestion) -> dict[str, object]:
    kept = ("answer", "refused", "confidence", "correct", "rank", "citations")
    return {
        "id": pair.second.id,
        "question": pair.second.line["question"],
        "verdict": pair.verdict,
        "first": {key: pair.first.line[key] for key in kept},
        "second": {key: pair.second.line[key] for key in kept},
    }
