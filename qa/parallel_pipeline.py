"""Answer several questions at once in several processes of this machine.

Python runs one thread at a time, and an answer is half Python: four threads answer hardly more
than one. A process beside this one takes every other question, with an index and models of its
own, and is started when a question first finds this one busy.
"""

import logging
import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import PriorityQueue

from index.embedding import BUNDLED
from index.manifest import FAISS, read_manifest
from index.query import Query
from index.reranking import Reranker
from index.retriever import Retriever
from index.worker_processes import begin_worker
from qa.choosing import EXTRACTIVE
from qa.history import Turn
from qa.loading import load_pipeline
from qa.pipeline import SHOWN_HITS, Event, Pipeline
from qa.reader import Reader
from qa.writer import Writer

_ATTEMPTS = 3
"""So often are processes started that end before they can answer."""
_LOGGER = logging.getLogger(__name__)
_HERE, _BESIDE = 0, 1
"""Where a question is answered; the lower is taken first."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The arguments of `Pipeline.stream`."""

    query: Query
    k: int
    history: Sequence[Turn]
    least_confidence: float


class ParallelPipeline(Pipeline):
    """A pipeline that answers as many questions at once as it has processes; others wait.

    For readers that choose sentences: an answer is worked out before its first event is given.
    """

    def __init__(
        self,
        retriever: Retriever,
        reader: Reader,
        *,
        reranker: Reranker | None = None,
        writer: Writer | None = None,
        folder: Path,
        processes: int,
    ) -> None:
        """``folder`` is the index; ``processes`` counts this one."""
        super().__init__(retriever, reader, reranker=reranker, writer=writer)
        self._places: PriorityQueue[int] = PriorityQueue()
        self._places.put(_HERE)
        self._beside = processes - 1
        self._folder = folder
        self._starting = threading.Lock()
        self._executor: ProcessPoolExecutor | None = None
        self._attempts_left = _ATTEMPTS

    def stream(
        self,
        query: Query,
        *,
        k: int = SHOWN_HITS,
        history: Sequence[Turn] = (),
        least_confidence: float = 0.0,
    ) -> Iterator[Event]:
        """Yield the events of `Pipeline.stream`."""
        asked = _Asked(query, k, history, least_confidence)
        self._retriever.refresh()  # what another process has found is opened from this one
        if self._places.empty():
            self._start()
        place = self._places.get()
        try:
            events = (
                self._answered_beside(asked) if place == _BESIDE else self._answered_here(asked)
            )
        finally:
            self._places.put(place)
        yield from events

    def close(self) -> None:
        """End the other processes."""
        with self._starting:
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

    def _answered_beside(self, asked: _Asked) -> list[Event]:
        """Return the events of an answer; where the other process fails, they are made here."""
        executor = self._executor
        try:
            if executor:
                return executor.submit(_answer, asked).result()
        except BrokenProcessPool as error:
            _LOGGER.warning("a process that answers has ended, another is started: %s", error)
            with self._starting:
                if self._executor is executor:
                    self._executor = self._make_executor()
        except Exception:  # noqa: BLE001, S110 - what is wrong with the index is told from here
            pass
        return self._answered_here(asked)

    def _answered_here(self, asked: _Asked) -> list[Event]:
        return _answered(super().stream, asked)


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


def _answer(asked: _Asked) -> list[Event]:
    return _answered(_Own.pipeline.stream, asked)


def _answered(stream: Callable[..., Iterator[Event]], asked: _Asked) -> list[Event]:
    return list(
        stream(
            asked.query,
            k=asked.k,
            history=asked.history,
            least_confidence=asked.least_confidence,
        )
    )
