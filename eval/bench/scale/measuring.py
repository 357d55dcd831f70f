"""What the processes of a measurement do: build an index, search it, bring it up to date."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from documents.folder import FolderSource
from eval.bench.figures import latency
from eval.bench.scale.memory import PeakMemory, Resident, resident
from eval.running import WARM_UP
from index import dense
from index.embedding import load_embedder
from index.manifest import Manifest, read_manifest
from index.priority import give_way
from index.query import Query
from index.report import Progress
from index.store import Store
from index.syncing import sync
from index.worker_processes import in_processes
from qa.loading import load_pipeline
from qa.pipeline import Pipeline

_T = TypeVar("_T")

DEPTH = 10
_LEAST_ASKED = 20


@dataclass(frozen=True, slots=True)
class Built:
    """What making an index took.

    Attributes
    ----------
    seconds
        Of the whole sync; ``publishing`` of them after the last document was stored.
    processor_seconds
        Of all its processes together: what it takes where other work takes its share.
    peak_mebibytes
        Of all its processes together.
    """

    documents: int
    passages: int
    seconds: float
    publishing: float
    processor_seconds: float
    peak_mebibytes: float | None
    disk_mebibytes: float


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of finding passages and of a whole answer, as ``p50`` and ``p95``."""

    retrieve: Mapping[str, float]
    answer: Mapping[str, float]
    questions: int


@dataclass(frozen=True, slots=True)
class Served:
    """What answering took, with nothing else going on and while a sync added documents."""

    opened_seconds: float
    memory: Resident | None
    idle: Latency
    during: Latency
    sync_seconds: float


def in_own_process(work: Callable[..., _T], *arguments: object) -> _T:
    """Carry out some work in a new process, so that memory and imports are its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def build(documents: Path, index: Path) -> Built:
    """Make an index of a folder, with as many processes as there are processors."""
    stored, before = time.perf_counter(), _processor_seconds()

    def note(_: Progress) -> None:
        nonlocal stored
        stored = time.perf_counter()

    with PeakMemory() as peak:
        report = sync(
            FolderSource(documents),
            index,
            embedder=load_embedder(),
            progress=note,
            preparing=in_processes(os.cpu_count() or 1),
        )
        ended = time.perf_counter()
    files = (path.stat().st_size for path in index.rglob("*") if path.is_file())
    return Built(
        report.added,
        report.total,
        report.seconds,
        ended - stored,
        _processor_seconds() - before,
        peak.mebibytes,
        sum(files) / 2**20,
    )


def _processor_seconds() -> float:
    """Return the time that this process and those it has ended had of a processor."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def bring_up_to_date(documents: Path, index: Path) -> float:
    """Sync a folder, giving way as the command does; return the seconds it took, models loaded."""
    give_way()
    return sync(
        FolderSource(documents),
        index,
        embedder=load_embedder(),
        preparing=in_processes(os.cpu_count() or 1),
    ).seconds


def serve(documents: Path, index: Path, questions: Sequence[str]) -> Served:
    """Answer questions, then again while another process syncs what came to the folder."""
    started = time.perf_counter()
    pipeline = load_pipeline(index)
    for question in questions[:WARM_UP]:
        pipeline.ask(Query(question))
    opened = time.perf_counter() - started
    idle = _ask(pipeline, questions)
    memory = resident()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        future = pool.submit(bring_up_to_date, documents, index)
        during = _ask(pipeline, _while(questions, lambda: not future.done()))
        seconds = future.result()
    return Served(opened, memory, idle, during, seconds)


def recall(index: Path, questions: Sequence[str]) -> float:
    """Return which share of the nearest `DEPTH` passages the search by meaning finds.

    Passages as near as the last of them count as found, whichever of equals they are.
    """
    embedder, store, manifest = load_embedder(), Store(index), read_manifest(index)
    vectors = embedder.embed_passages(questions)
    vectors = vectors[vectors.any(axis=1)]
    searcher = dense.load_searcher(index, store, manifest)
    bounds = _exact(store, manifest, vectors)
    shares = [
        np.mean(searcher.search(vector, DEPTH).values >= bound - 1e-4)
        for vector, bound in zip(vectors, bounds, strict=True)
    ]
    store.close()
    return float(np.mean(shares))


def _exact(store: Store, manifest: Manifest, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return each vector's `DEPTH`-th highest score over all passages, read one batch at a time."""
    best = np.full((len(vectors), DEPTH), -np.inf, np.float32)
    for batch in store.vectors_added(
        after=0, generation=manifest.generation, dimension=manifest.dimension
    ):
        values = np.hstack([best, vectors @ batch.rows.T])
        best = np.partition(values, -DEPTH, axis=1)[:, -DEPTH:]
    lowest: NDArray[np.float32] = best.min(axis=1)
    return lowest


def _while(questions: Sequence[str], going: Callable[[], bool]) -> Iterator[str]:
    """Yield questions again and again while something goes on, and a few in any case."""
    endless = cycle(questions)
    yield from islice(endless, _LEAST_ASKED)
    while going():
        yield next(endless)


def _ask(pipeline: Pipeline, questions: Iterator[str] | Sequence[str]) -> Latency:
    seconds = [pipeline.ask(Query(question)).seconds for question in questions]
    return Latency(
        latency([1000 * one.retrieve for one in seconds]),
        latency([1000 * one.total for one in seconds]),
        len(seconds),
    )
