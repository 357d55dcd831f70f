"""Syncs in processes of their own, to be killed or starved of disk.

Run as a program it has everything loaded and forks a process for each line of JSON on stdin. What
happens is told on stdout, a line each: ``began PID``, ``publishing``, ``done``, ``exit CODE``.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from pkgutil import resolve_name
from unittest import mock

from fakes import HashEmbedder

from documents.command_line import run_command
from documents.document import Document
from documents.folder import FolderSource
from documents.source import MemorySource
from index import publishing, syncing, worker_processes
from index.embedding import load_embedder
from index.preparing import Change, prepare, prepare_here
from index.worker_processes import in_processes


@dataclass(frozen=True)
class Order:
    """What to sync, with which model and in how many processes, and how large files may grow.

    From the step ``limited_from`` on no file grows beyond ``most_bytes``.
    """

    library: str
    index: str
    bundled: bool = False
    processes: int = 1
    most_bytes: int = resource.RLIM_INFINITY
    limited_from: str = "index.syncing.publish"

    def as_line(self) -> str:
        """Return the order as a line of JSON."""
        return json.dumps(asdict(self)) + "\n"


class Driver:
    """The program, running; orders go in and what happens comes out."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this file
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            text=True,
        )

    def __enter__(self) -> "Driver":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=60)

    def start(self, order: Order) -> int:
        """Start a sync; return its process id."""
        assert self._process.stdin
        self._process.stdin.write(order.as_line())
        self._process.stdin.flush()
        return int(self.hear("began")[-1].split()[1])

    def hear(self, until: str) -> list[str]:
        """Return what is told up to a line that begins so."""
        assert self._process.stdout
        heard: list[str] = []
        while not heard or not heard[-1].startswith(until):
            heard.append(self._process.stdout.readline().strip())
            assert heard[-1], f"the driver ended; told {heard}"
        return heard

    def error(self) -> str:
        """Return the next line of the errors."""
        assert self._process.stderr
        return self._process.stderr.readline()


def main() -> None:
    """Carry out orders until there are no more."""
    _load_everything()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os.setsid()  # whoever is left of its group is seen
            _tell(f"began {os.getpid()}")
            code = run_command(lambda: _sync(Order(**json.loads(line))))  # noqa: B023 - run now
            sys.stderr.flush()
            os._exit(code)
        _, status = os.waitpid(child, 0)
        _tell(f"exit {os.waitstatus_to_exitcode(status)}")


def _load_everything() -> None:
    """Split and embed once: what that loads need not be loaded in every process."""
    source = MemorySource([Document("a.txt", "Nước lên. " * 500, "Tin")])
    for embedder in (HashEmbedder(), load_embedder()):
        prepare(source, embedder, [Change("a.txt", "", "a.txt")])


def _sync(order: Order) -> int:
    is_one = order.processes == 1
    with ExitStack() as patches:
        patch = mock.patch.object
        patches.enter_context(patch(syncing, "publish", _telling(publishing.publish)))
        limited = _limiting(resolve_name(order.limited_from), order.most_bytes)
        patches.enter_context(mock.patch(order.limited_from, limited))
        if not is_one:  # a few documents are not worth processes
            patches.enter_context(patch(worker_processes, "_WORTH_STARTING", 1))
            patches.enter_context(patch(syncing, "BATCH_DOCUMENTS", 2))
        syncing.sync(
            FolderSource(Path(order.library)),
            Path(order.index),
            embedder=load_embedder() if order.bundled else HashEmbedder(),
            preparing=prepare_here if is_one else in_processes(order.processes),
        )
    _tell("done")
    return 0


def _telling(publish: Callable[..., object]) -> Callable[..., object]:
    def told(*arguments: object, **named: object) -> object:
        _tell("publishing")
        return publish(*arguments, **named)

    return told


def _limiting(step: Callable[..., object], most_bytes: int) -> Callable[..., object]:
    def limited(*arguments: object, **named: object) -> object:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
        return step(*arguments, **named)

    return limited


def _tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main()
