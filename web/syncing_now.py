"""Bring the library up to date from the page: a sync in a process of its own, one at a time.

Questions are answered meanwhile, and whoever looks sees how far it is; it goes on when they leave.
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

_LOOK_EVERY = 0.3
"""Seconds between two looks at a sync that runs."""
_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class SyncState:
    """How the last sync stands.

    Attributes
    ----------
    progress
        The last event of ``python -m index sync --progress json``; empty before the first.
    report
        What it ended with; empty while it runs and when it failed.
    error
        Why it failed, in the user's language.
    """

    is_running: bool = False
    progress: Mapping[str, Any] = field(default_factory=dict)
    report: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


class SyncRunner:
    """Starts syncs of one folder into one index, and tells how they stand."""

    def __init__(self, command: Callable[[], Sequence[str]]) -> None:
        """Take the function that gives the command to run (`sync_command`)."""
        self._command = command
        self._lock = threading.Lock()
        self._state = SyncState()

    @property
    def state(self) -> SyncState:
        """How the last sync stands now."""
        return self._state

    def start(self, *options: str) -> None:
        """Start a sync, with further options of the command, unless one runs."""
        with self._lock:
            if self._state.is_running:
                return
            self._state = SyncState(is_running=True)
        threading.Thread(target=self._run, args=options, daemon=True).start()

    def follow(self) -> Iterator[SyncState]:
        """Yield how the sync stands, again and again until it has ended."""
        while True:
            state = self._state
            yield state
            if not state.is_running:
                return
            time.sleep(_LOOK_EVERY)

    def _run(self, *options: str) -> None:
        try:
            with subprocess.Popen(  # noqa: S603 - our own program
                [*self._command(), *options],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            ) as process:
                self._state = self._listen(process)
        except (OSError, ValueError) as error:
            self._state = SyncState(error=str(error))

    def _listen(self, process: "subprocess.Popen[str]") -> SyncState:
        said: list[str] = []
        for line in process.stderr or ():
            progress = _json(line)
            if progress:
                self._state = replace(self._state, progress=progress)
            else:
                said = [*said, line.strip()][-_MOST_LINES:]
        report = _json(process.stdout.read() if process.stdout else "")
        if process.wait() == 0 and report:
            return SyncState(progress=self._state.progress, report=report)
        return SyncState(error=said[-1] if said else f"mã kết thúc {process.returncode}")


def sync_command(folder: Path, index: Path) -> list[str]:
    """Return the command that syncs a folder into an index and tells its progress."""
    command = [sys.executable, "-m", "index", "sync", str(folder), "--index", str(index)]
    return [*command, "--json", "--progress", "json"]


def _json(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
