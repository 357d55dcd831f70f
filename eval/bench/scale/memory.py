"""How much memory processes hold, as Linux tells."""

import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

_EVERY = 0.25  # seconds


@dataclass(frozen=True, slots=True)
class Resident:
    """MiB that a process holds, and how many of them are pages of files, which can be dropped."""

    total: float
    of_files: float


def resident(pid: int | None = None) -> Resident | None:
    """Return what a process holds now, this one by default; None where it cannot be read."""
    try:
        status = Path(f"/proc/{pid or os.getpid()}/status").read_text(errors="replace")
    except OSError:
        return None
    total, files = (re.search(rf"^{name}:\s+(\d+) kB", status, re.M) for name in _FIELDS)
    return Resident(int(total[1]) / 1024, int(files[1]) / 1024) if total and files else None


class PeakMemory:
    """The most that this process and those it started have held together while it was watched.

    Looked at four times a second; pages that several share are counted for each.
    """

    def __init__(self) -> None:
        self.mebibytes: float | None = None
        self._done = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._watcher.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._watcher.join()

    def _watch(self) -> None:
        while True:
            held = [one.total for pid in _family(os.getpid()) if (one := resident(pid))]
            if held:
                self.mebibytes = max(self.mebibytes or 0, sum(held))
            if self._done.wait(_EVERY):
                return


_FIELDS = ("VmRSS", "RssFile")


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    yield pid
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = file.read_text().split()
        except OSError:  # gone meanwhile
            continue
        for child in children:
            yield from _family(int(child))
