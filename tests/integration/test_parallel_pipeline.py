"""Questions answered at once by real processes, over a real index."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import active_children
from pathlib import Path

import pytest

from documents.document import Document
from documents.source import MemorySource
from index.embedding import load_embedder
from index.query import Query
from index.syncing import sync
from qa.answer import Answer
from qa.history import Turn
from qa.loading import load_pipeline
from qa.parallel_pipeline import ParallelPipeline, load_parallel_pipeline
from qa.pipeline import Pipeline

BRIDGE = Document(
    "cau.txt",
    "Cầu Long Biên bắc qua sông Hồng ở Hà Nội. Cầu Long Biên khánh thành năm 1902. "
    "Cầu Long Biên dài 2.290 mét. Cầu Long Biên do hãng Daydé & Pillé xây dựng.",
    "Cầu Long Biên",
)
QUESTIONS = (
    "Cầu Long Biên khánh thành năm nào?",
    "Cầu Long Biên dài bao nhiêu mét?",
    "Cầu Long Biên ở đâu?",
    "Giá vàng hôm nay?",
    "",
)
_START_SECONDS = 60


@pytest.fixture
def index(tmp_path: Path) -> Path:
    sync(MemorySource([BRIDGE]), tmp_path / "index", embedder=load_embedder())
    return tmp_path / "index"


@pytest.fixture
def parallel(index: Path) -> Iterator[ParallelPipeline]:
    pipeline = load_parallel_pipeline(index, processes=2)
    assert isinstance(pipeline, ParallelPipeline)
    yield pipeline
    pipeline.close()


def asked_at_once(pipeline: Pipeline, times: int = 6) -> list[Answer]:
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(lambda text: pipeline.ask(Query(text)), QUESTIONS * times))


def said(answers: list[Answer]) -> list[tuple[object, ...]]:
    return [(one.text, one.refused, one.confidence, one.citations, one.hits) for one in answers]


def both_answer(pipeline: ParallelPipeline) -> None:
    """Ask until the other process is ready and has answered as well."""
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        asked_at_once(pipeline)
        before, now = -1, _ticks()
        while before != now:  # what is still loading is busy though not asked
            time.sleep(0.3)
            before, now = now, _ticks()
        asked_at_once(pipeline)
        if _ticks() > before > 0:
            return
    raise AssertionError("no process answered")


def _ticks() -> int:
    """Return the processor time that the other processes have used, in the system's ticks."""
    stats = [Path(f"/proc/{one.pid}/stat").read_text("utf-8") for one in active_children()]
    return sum(int(stat.rpartition(")")[2].split()[11]) for stat in stats)


def test_all_processes_answer_alike(parallel: ParallelPipeline, index: Path) -> None:
    alone = load_pipeline(index)
    expected = said([alone.ask(Query(text)) for text in QUESTIONS * 6])
    assert said(asked_at_once(parallel)) == expected
    both_answer(parallel)
    assert said(asked_at_once(parallel)) == expected


def test_one_question_after_the_other_starts_no_process(parallel: ParallelPipeline) -> None:
    for text in QUESTIONS:
        parallel.ask(Query(text))
    assert active_children() == []


def test_what_a_question_follows_goes_along(parallel: ParallelPipeline) -> None:
    both_answer(parallel)
    history = [Turn("Cầu Long Biên dài bao nhiêu mét?", "Cầu Long Biên dài 2.290 mét. [1]")]
    with ThreadPoolExecutor(4) as threads:
        answers = list(
            threads.map(
                lambda text: parallel.ask(Query(text), history=history),
                ["Nó khánh thành năm nào?"] * 12,
            )
        )
    assert {one.follows for one in answers} == {True}
    assert len({one.text for one in answers}) == 1


def test_a_process_that_is_killed_costs_no_question(parallel: ParallelPipeline) -> None:
    both_answer(parallel)
    expected = said(asked_at_once(parallel))
    killed = [child.pid for child in active_children()]
    for process in killed:
        os.kill(process or 0, signal.SIGKILL)
    assert said(asked_at_once(parallel)) == expected
    both_answer(parallel)
    assert not {child.pid for child in active_children()} & set(killed)


def test_it_ends_its_processes(index: Path) -> None:
    pipeline = load_parallel_pipeline(index, processes=2)
    assert isinstance(pipeline, ParallelPipeline)
    both_answer(pipeline)
    assert active_children()
    pipeline.close()
    assert active_children() == []


@pytest.mark.parametrize("processes", [0, 1])
def test_one_process_needs_no_other(index: Path, processes: int) -> None:
    assert type(load_parallel_pipeline(index, processes=processes)) is Pipeline
