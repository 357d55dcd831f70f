"""From the settings of ``python app.py`` to a page being served."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents.errors import DanChungError
from documents.loading import MOST_BYTES
from index.manifest import read_manifest
from qa.parallel_pipeline import ParallelPipeline, load_parallel_pipeline
from web.desk import Desk
from web.evaluating_now import Setup
from web.evaluations import open_evaluations
from web.identity import Identities
from web.interfaces import Interfaces
from web.json_logs import drop_log, keep_log
from web.library import Library
from web.metrics import LibrarySize, Metrics
from web.page import Room, build_page
from web.question_limit import QuestionLimit
from web.server import Beside, Place, open_page
from web.visits import open_kept

if TYPE_CHECKING:
    from qa.pipeline import Pipeline
    from web.accounts import Accounts


@contextmanager
def open_chat(options: argparse.Namespace, accounts: "Accounts | None") -> Iterator[str]:
    """Serve the page for as long as the block lasts; the value is its address.

    Raises
    ------
    DanChungError
        The index is missing or damaged, a model cannot be loaded, or the page not be opened.
    """
    pipeline = load_parallel_pipeline(
        options.index,
        embedder=options.embedder,
        reader=options.reader,
        processes=min(options.at_once, os.cpu_count() or 1),
    )
    desk = Desk(
        Metrics(partial(library_size, options.index, pipeline)),
        limit=QuestionLimit(options.questions_per_minute) if accounts else None,
        log_questions=options.log_questions,
    )
    kept = open_kept(options.data)
    setup = Setup(options.index, options.embedder, options.reader)
    evaluations = open_evaluations(options.data, setup, kept.feedback)
    page = build_page(
        pipeline,
        kept,
        Library(options.index, options.data / "removed"),
        desk,
        Room(options.at_once, options.waiting),
        evaluations,
    )
    place = Place(
        options.host,
        options.port,
        identities=Identities(accounts) if accounts else None,
        trusted_proxy=options.trusted_proxy,
        most_upload_bytes=MOST_BYTES,
        kept=kept,
    )
    beside = Beside(
        partial(health, options.index, pipeline),
        desk.metrics,
        Interfaces(pipeline, desk) if options.mcp else None,
        evaluations,
    )
    # On this machine itself a line for each request would hide what the command tells.
    log = keep_log(options.log_file) if options.log_file or accounts else None
    try:
        yield open_page(page, place, beside)
    finally:
        evaluations.runner.close()
        page.close(verbose=False)
        if isinstance(pipeline, ParallelPipeline):
            pipeline.close()
        if log:
            drop_log(log)


def health(index: Path, pipeline: "Pipeline") -> dict[str, Any]:
    """Return whether questions can be answered, for anybody who asks: no names, no paths."""
    try:
        return {
            "ok": True,
            "generation": read_manifest(index).generation,
            "documents": len(pipeline.documents()),
        }
    except (DanChungError, OSError):
        return {"ok": False}


def library_size(index: Path, pipeline: "Pipeline") -> LibrarySize:
    """Return how much the index holds now; all zero where it cannot be read."""
    try:
        size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
        generation = read_manifest(index).generation
        return LibrarySize(len(pipeline.documents()), generation, size)
    except (DanChungError, OSError):  # a sync may take a file away while we look
        return LibrarySize(0, 0, 0)
