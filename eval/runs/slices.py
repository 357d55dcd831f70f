"""Parts of a collection that a change may help or harm on its own. Pure."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath

from eval.runs.stored import StoredQuestion

_NONE = "–"
_QUESTION_BOUNDS = (8, 15)
_DOCUMENT_BOUNDS = (1_000, 5_000)


def slices(questions: Sequence[StoredQuestion]) -> dict[str, dict[str, list[int]]]:
    """Return by dimension and part the places of its questions; parts ordered by name.

    A dimension that does not part the questions is left out.
    """
    found: dict[str, dict[str, list[int]]] = {}
    for dimension, part_of in DIMENSIONS.items():
        parts: dict[str, list[int]] = {}
        for place, question in enumerate(questions):
            parts.setdefault(part_of(question), []).append(place)
        if len(parts) > 1:
            found[dimension] = {part: parts[part] for part in sorted(parts)}
    return found


def _kind(question: StoredQuestion) -> str:
    return str(question.line.get("kind") or _NONE)


def _typing(question: StoredQuestion) -> str:
    return str(question.line.get("typing") or _NONE)


def _document_kind(question: StoredQuestion) -> str:
    gold = question.line["gold_documents"]
    return PurePosixPath(gold[0]).suffix.lower() or _NONE if gold else _NONE


def _question_length(question: StoredQuestion) -> str:
    return _bucket(len(question.line["question"].split()), _QUESTION_BOUNDS)


def _document_length(question: StoredQuestion) -> str:
    length = question.line.get("document_length")
    return _NONE if length is None else _bucket(length, _DOCUMENT_BOUNDS)


def _bucket(value: int, bounds: tuple[int, int]) -> str:
    low, high = bounds
    if value <= low:
        return f"≤ {low}"
    return f"{low + 1}–{high}" if value <= high else f"> {high}"


DIMENSIONS: Mapping[str, Callable[[StoredQuestion], str]] = {
    "kind": _kind,
    "typing": _typing,
    "document_kind": _document_kind,
    "question_length": _question_length,
    "document_length": _document_length,
}
"""By what questions are parted; lengths are in syllables and in characters."""
