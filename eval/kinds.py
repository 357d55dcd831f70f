"""The figures of a run by kind of question, for collections that tell kinds. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from eval.grading import Result
from eval.markdown import aligned
from eval.metrics import recall_at_k
from eval.summary import Figure, Figures, figure

KINDS = {
    "fact": "điều gì",
    "who": "ai",
    "when": "khi nào",
    "where": "ở đâu",
    "number": "bao nhiêu",
    "document": "văn bản nào",
    "yes_no": "có hay không",
    "list": "những gì",
    "why": "vì sao",
    "how": "thế nào",
    "definition": "nghĩa là gì",
    "near_miss": "gần giống, không có đáp án",
    "off_topic": "lạc đề",
}
"""Kinds by name, in the order of the report; a kind that is not here comes after, as it is."""

SHORT_KINDS = frozenset({"fact", "who", "when", "where", "number", "document"})
"""Kinds whose answer is a short one, so that F1 says something."""

_HEADS = {
    "recall@1": "hạng 1",
    "sentence_accuracy": "câu dẫn đúng",
    "evidence_accuracy": "dẫn đúng chỗ",
    "f1": "F1",
    "refused": "từ chối",
    "wrong_when_answered": "trả lời mà sai",
    "list_completeness": "đủ mục",
}


def by_kind(results: Sequence[Result]) -> Mapping[str, Figures]:
    """Return the figures of each kind that the questions have; the order of results is nothing.

    ``sentence_accuracy`` looks for a gold answer in the first quote, ``evidence_accuracy`` for the
    place of the first citation among the gold spans. ``refused`` is right for unanswerable kinds
    and wrong for others. A figure that says nothing about a kind is None.
    """
    groups: defaultdict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.question.kind:
            groups[result.question.kind].append(result)
    places = {kind: place for place, kind in enumerate(KINDS)}
    ordered = sorted(groups, key=lambda kind: (places.get(kind, len(places)), kind))
    return {kind: _figures(groups[kind], short=kind in SHORT_KINDS) for kind in ordered}


def kinds_as_table(kinds: Mapping[str, Figures]) -> str:
    """Return the figures by kind as aligned Markdown, in Vietnamese; empty without kinds."""
    if not kinds:
        return ""
    rows = [["Loại câu hỏi", "số câu", *_HEADS.values()]]
    for kind, figures in kinds.items():
        values = [_spelled(figures[name]) for name in _HEADS]
        rows.append([KINDS.get(kind, kind), str(figures["refused"].count), *values])
    return "\n".join(aligned(rows)) + "\n"


def _figures(results: Sequence[Result], *, short: bool) -> Figures:
    judged = [result for result in results if result.question.documents]
    known = [result for result in results if result.question.answers]
    marked = [result for result in known if result.question.spans]
    answered = [r for r in results if r.answered and (r.question.refuse or r.question.answers)]
    shares = [result.list_completeness for result in results]
    return {
        "recall@1": figure([recall_at_k(r.ranking, r.question.documents, 1) for r in judged]),
        "sentence_accuracy": figure([result.sentence_correct for result in known]),
        "evidence_accuracy": figure([result.evidence_correct for result in marked]),
        "f1": figure([result.f1 for result in known if short]),
        "refused": figure([not result.answered for result in results]),
        "wrong_when_answered": figure([not result.sentence_correct for result in answered]),
        "list_completeness": figure([share for share in shares if share is not None]),
    }


def _spelled(value: Figure) -> str:
    return "–" if value.value is None else f"{value.value:.3f}"
