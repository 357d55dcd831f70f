"""Prepare documents in several processes of this machine."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TYPE_CHECKING

from documents.errors import DanChungError
from documents.source import DocumentSource
from index.embedding import Embedder, load_embedder

if TYPE_CHECKING:
    from index.preparing import Change, Prepared, Preparing

_AHEAD = 3
"""Batches under way for each process: so many wait when the store is the slower."""
_WORTH_STARTING = 10
"""Batches below which starting processes takes longer than the work."""


def in_processes(count: int) -> "Preparing":
    """Return what prepares batches in so many processes; few batches are prepared in this one."""

    def prepare_in_processes(
        source: DocumentSource, embedder: Embedder, batches: Iterable[Sequence["Change"]]
    ) -> Iterator[Sequence["Prepared"]]:
        from index.preparing import prepare_here

        remaining = iter(batches)
        first = list(islice(remaining, _WORTH_STARTING))
        if count < 2 or len(first) < _WORTH_STARTING:  # noqa: PLR2004
            yield from prepare_here(source, embedder, first)
            yield from prepare_here(source, embedder, remaining)
            return
        executor = ProcessPoolExecutor(
            count,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start,
            initargs=(source, embedder.name),
        )
        try:
            yield from _in_order(executor, first, remaining, count * _AHEAD)
        except BrokenProcessPool as error:
            raise DanChungError(
                "một tiến trình phụ đã dừng giữa chừng (có thể thiếu bộ nhớ);"
                " hãy chạy lại với --workers 1"
            ) from error
        finally:
            executor.shutdown(cancel_futures=True)

    return prepare_in_processes


def _in_order(
    executor: ProcessPoolExecutor,
    first: Iterable[Sequence["Change"]],
    remaining: Iterator[Sequence["Change"]],
    most: int,
) -> Iterator[Sequence["Prepared"]]:
    """Yield the results in order, with at most so many batches under way."""
    under_way: deque[Future[Sequence[Prepared]]] = deque()
    for batches in (first, remaining):
        for batch in batches:
            under_way.append(executor.submit(_prepare, batch))
            if len(under_way) >= most:
                yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


class _Work:
    """What a worker process keeps from one batch to the next."""

    source: DocumentSource
    embedder: Embedder


def begin_worker() -> None:
    """End this process when the one that started it is gone, however it went, not by Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for the process that started this one
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _start(source: DocumentSource, embedder: str) -> None:
    begin_worker()
    _Work.source = source
    _Work.embedder = load_embedder(embedder)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _prepare(batch: Sequence["Change"]) -> Sequence["Prepared"]:
    from index.preparing import prepare

    return prepare(_Work.source, _Work.embedder, batch)
