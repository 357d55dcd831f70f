"""Answers of the past, with what became of their documents: from a stored run, or from opinions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.feedback import Opinion
from eval.grading import plain_text
from eval.opening import fingerprints_of
from eval.runs.changed import Fate, PastAnswer
from eval.runs.stored import StoredRun


def of_run(run: StoredRun, index: Path) -> list[PastAnswer]:
    """Return the answers of a run; documents are compared by the hashes that it stored."""
    before, now = run.fingerprints, fingerprints_of(index)

    def fate(path: str) -> Fate:
        if path not in now:
            return Fate.REMOVED
        if path not in before:
            return Fate.ADDED
        return Fate.SAME if before[path] == now[path] else Fate.CHANGED

    return [_of_line(question.line, fate) for question in run.questions]


def of_opinions(opinions: Iterable[Opinion], index: Path) -> list[PastAnswer]:
    """Return the latest answer to each question that users gave an opinion of.

    Of these no hashes are kept: a document cited then has changed when the quote no longer stands
    at its place; whether one that is cited now has changed is told where the index still knows the
    state it had.
    """
    latest = {opinion.question.strip().casefold(): opinion for opinion in opinions}
    return [_of_opinion(opinion, index) for opinion in latest.values()]


def _of_line(line: Mapping[str, Any], fate: Callable[[str], Fate]) -> PastAnswer:
    refused = bool(line["refused"])
    return PastAnswer(
        line["id"],
        line["asked"],
        "" if refused else " ".join(line["answer"].split()),
        refused,
        *_cited(line["citations"]),
        fate,
    )


def _of_opinion(opinion: Opinion, index: Path) -> PastAnswer:
    answer = opinion.answer
    refused = bool(answer.get("refused"))
    citations: Sequence[Mapping[str, Any]] = answer.get("citations", ())
    said = answer.get("short_answer") or plain_text(str(answer.get("answer", "")))
    return PastAnswer(
        f"feedback-{opinion.opinion_id}",
        opinion.question,
        "" if refused else " ".join(said.split()),
        refused,
        *_cited(citations),
        _fates(citations, opinion.index_version, index),
    )


def _cited(citations: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    quotes = tuple(str(citation["quote"]) for citation in citations)
    return quotes, tuple(dict.fromkeys(str(citation["document"]) for citation in citations))


def _fates(
    citations: Sequence[Mapping[str, Any]], version: str, index: Path
) -> Callable[[str], Fate]:
    from index.manifest import read_manifest
    from index.store import Store

    store, manifest = Store(index), read_manifest(index)
    store_id, _, generation = version.partition(":")
    known = store_id == manifest.store_id and generation.isdecimal()
    quoted = {str(citation["document"]): citation for citation in citations}

    def fate(path: str) -> Fate:
        document = store.document(path, generation=manifest.generation)
        if document is None:
            return Fate.REMOVED
        if path in quoted:
            one = quoted[path]
            held = document.text[one["start"] : one["end"]] == one["quote"]
            return Fate.SAME if held else Fate.CHANGED
        before = store.document(path, generation=int(generation)) if known else document
        if before is None:
            return Fate.ADDED
        return Fate.SAME if before == document else Fate.CHANGED

    return fate
