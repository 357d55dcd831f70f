"""The settings that a run's report tells, hashes of its models and documents among them."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from eval.collection import Question
from eval.hashes import corpus_hash, folders_hash, questions_hash, value_hash
from eval.opening import Opened
from eval.plan import Plan
from eval.report import Settings
from eval.running import DEPTH, WARM_UP
from eval.versions import library_versions


def settings_of(plan: Plan, opened: Opened, questions: Sequence[Question]) -> Settings:
    """Return what a run is made with."""
    from index.manifest import read_manifest

    manifest = read_manifest(opened.index)
    return Settings(
        embedder=manifest.embedder,
        revision=manifest.revision,
        reranker=plan.reranker,
        reader=plan.reader,
        typing=plan.typing.value,
        limit=plan.limit,
        distractors=tuple(path.name for path in plan.distractors),
        depth=DEPTH,
        warm_up=WARM_UP,
        versions=library_versions(),
        reranker_revision=_reranker_hash(plan.reranker),
        reader_revision=_reader_hash(plan.reader),
        judge=plan.judge,
        questions=questions_hash(questions),
        corpus=corpus_hash(opened.fingerprints),
        index=str(plan.index) if plan.index else "",
    )


def run_key(plan: Plan, settings: Settings) -> str:
    """Return the hash of all that decides a run's results."""
    return value_hash([asdict(settings), plan.near_misses, plan.without_gold])


def _reranker_hash(name: str) -> str:
    from index.reranking import BUNDLED, MODEL_PATH

    if name == BUNDLED:
        return folders_hash([MODEL_PATH.parent, *_reading_folders()])
    return _folder_hash(name)


def _reader_hash(name: str) -> str:
    from qa.choosing import EXTRACTIVE
    from qa.extractive_reader import WEIGHTS_PATH

    if name == EXTRACTIVE:
        return folders_hash([WEIGHTS_PATH.parent, *_reading_folders()])
    return _folder_hash(name)


def _reading_folders() -> list[Path]:
    from index.close_reader import MODEL_FOLDER
    from index.span_reader import MODEL_PATH

    return [MODEL_PATH.parent, MODEL_FOLDER]


def _folder_hash(name: str) -> str:
    """Return the hash of a model's folder; empty for a model of the hub or of a server."""
    return folders_hash([Path(name)]) if Path(name).is_dir() else ""
