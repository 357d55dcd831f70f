"""Answer several questions at once in several processes of this machine.

Python runs one thread at a time, and an answer is half Python: four threads answer hardly more
than one. A process beside this one takes every other question, with an index and models of its
own, and is started when a question first finds this one busy.
"""

import logging
import multiprocessing
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from queue import PriorityQueue
from typing import Any

from index.embedding import BUNDLED
from index.manifest import FAISS, read_manifest
from index.query import Query
from index.worker_processes import begin_worker
from qa.choosing import EXTRACTIVE
from qa.loading import load_pipeline
from qa.pipeline import Event, Pipeline

_ATTEMPTS = 3
"""So often are processes started that end before they can answer."""
_LOGGER = logging.getLogger(__name__)
_HERE, _BESIDE = 0, 1
"""Where a question is answered; the lower is taken first."""


class ParallelPipeline(Pipeline):
    """A pipeline that answers as many questions at once as it has processes; others wait.

    For readers that choose sentences: an answer is worked out before its first event is given.
    """

    def __init__(self, *parts: Any, folder: Path, processes: int, **others: Any) -> None:  # noqa: ANN401
        """``parts`` and ``others`` are `Pipeline`'s.

        ``folder`` is the index; ``processes`` counts this one.
        """
        super().__init__(*parts, **others)
        self._places: PriorityQueue[int] = PriorityQueue()
        self._places.put(_HERE)
        self._beside = processes - 1
        self._folder = folder
        self._starting = threading.Lock()
        self._executor: ProcessPoolExecutor | None = None
        self._attempts_left = _ATTEMPTS

    def stream(self, query: Query, **options: Any) -> Iterator[Event]:  # noqa: ANN401
        """Yield the events of `Pipeline.stream`, whose ``options`` it takes."""
        self._retriever.refresh()  # what another process has found is opened from this one
        if self._places.empty():
            self._start()
        place = self._places.get()
        try:
            answered = self._answered_beside if place == _BESIDE else self._answered_here
            events = answered(query, options)
        finally:
            self._places.put(place)
        yield from events

    def close(self) -> None:
        """End the other processes; none is started any more."""
        with self._starting:
            self._attempts_left = 0
            if self._executor:
                self._executor.shutdown(cancel_futures=True)

    def _start(self) -> None:
        """Start the other processes, if they are not; each counts from when it is ready."""
        with self._starting:
            if self._executor or not self._attempts_left:
                return
            self._attempts_left -= 1
            self._executor = self._make_executor()
            for _ in range(self._beside):
                self._executor.submit(_ready).add_done_callback(self._is_ready)

    def _is_ready(self, started: "Future[None]") -> None:
        if started.cancelled():
            return
        if error := started.exception():
            _LOGGER.warning("no process answers beside this one: %s", error)
            self._executor = None
        else:
            self._places.put(_BESIDE)

    def _make_executor(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._beside,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_load,
            initargs=(self._folder,),
        )

    def _answered_beside(self, query: Query, options: Mapping[str, Any]) -> list[Event]:
        """Return the events of an answer; where the other process fails, they are made here."""
        executor = self._executor
        try:
            if executor:
                return executor.submit(_answer, query, options).result()
        except BrokenProcessPool as error:
            _LOGGER.warning("a process that answers has ended, another is started: %s", error)
            with self._starting:
                if self._executor is executor:
                    self._executor = self._make_executor()
        except Exception:  # noqa: BLE001, S110 - what is wrong with the index is told from here
            pass
        return self._answered_here(query, options)

    def _answered_here(self, query: Query, options: Mapping[str, Any]) -> list[Event]:
        return list(super().stream(query, **options))


def load_parallel_pipeline(
    folder: Path, *, embedder: str | None = None, reader: str = EXTRACTIVE, processes: int
) -> Pipeline:
    """Return a pipeline over the index of a folder, in so many processes where that helps.

    Other models than the bundled ones are large and work without Python: one process holds them.

    Raises
    ------
    DanChungError
        As `qa.loading.load_pipeline`.
    """
    manifest = read_manifest(folder)
    is_bundled = (embedder or manifest.embedder) == BUNDLED and reader == EXTRACTIVE
    if processes < 2 or not is_bundled or manifest.engine != FAISS:  # noqa: PLR2004
        return load_pipeline(folder, embedder=embedder, reader=reader)
    make = partial(ParallelPipeline, folder=folder, processes=processes)
    return load_pipeline(folder, embedder=embedder, make=make)


class _Own:
    """What a process beside keeps from one question to the next."""

    pipeline: Pipeline


def _load(folder: Path) -> None:
    begin_worker()
    _Own.pipeline = load_pipeline(folder)


def _ready() -> None:
    """Return when the process can answer."""


def _answer(query: Query, options: Mapping[str, Any]) -> list[Event]:
    return list(_Own.pipeline.stream(query, **options))
