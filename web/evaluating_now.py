"""Run evaluations from the page: in processes of their own, one run at a time.

Questions of the chat are answered meanwhile and go first; a run that is stopped, or whose process
dies, is taken up again where it was (`eval.unfinished`).
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from documents.errors import DanChungError
from eval.loading import Form, form_of
from eval.unfinished import kept_results
from web.evaluation_runs import Order, RunRefusedError, RunShelf, Source

_LOOK_EVERY = 0.3
"""Seconds between two looks at a run."""
_STOP_SECONDS = 5.0
"""So long a process may take to stop; then it is ended: what it asked is kept anyway."""
_NICE = 10
_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Setup:
    """What is evaluated: the index and the models of the page."""

    index: Path
    embedder: str | None = None
    reader: str = "extractive"


@dataclass(frozen=True, slots=True)
class RunState:
    """How the last run stands.

    Attributes
    ----------
    run
        Its id; empty before the first.
    step
        What is counted (`eval.progress.Step`); empty before the first count.
    of, seconds_left
        None while not known.
    is_stopped
        Somebody stopped it before its end.
    error
        Why it failed, in the user's language.
    """

    run: str = ""
    is_running: bool = False
    step: str = ""
    done: int = 0
    of: int | None = None
    seconds_left: float | None = None
    is_stopped: bool = False
    error: str = ""


class EvaluationRunner:
    """Starts runs of a shelf, stops them, and tells how they stand."""

    def __init__(self, shelf: RunShelf, setup: Setup) -> None:
        self._shelf = shelf
        self._setup = setup
        self._lock = threading.Lock()
        self._state = RunState()
        self._process: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> RunState:
        """How the last run stands now."""
        return self._state

    def start(self, run: str) -> None:
        """Start a run of the shelf, or go on with it.

        Raises
        ------
        DanChungError
            There is no such run, or one is going on.
        """
        self._shelf.folder(run)
        with self._lock:
            self.require_idle()
            self._state = RunState(run, is_running=True)
            self._thread = threading.Thread(target=self._run, args=(run,), daemon=True)
        self._thread.start()

    def require_idle(self) -> None:
        """Raise `RunRefusedError` if a run is going on."""
        if self._state.is_running:
            raise RunRefusedError("ALREADY_RUNNING")

    def stop(self) -> None:
        """Ask the run to stop; what it asked so far is kept."""
        with self._lock:
            if not self._state.is_running:
                return
            self._state = replace(self._state, is_stopped=True)
            if self._process:
                _interrupt(self._process)

    def close(self) -> None:
        """Stop the run, and return when its process is gone."""
        self.stop()
        if self._thread:
            self._thread.join(2 * _STOP_SECONDS)

    def follow(self) -> Iterator[RunState]:
        """Yield how the run stands whenever that changes, until it has ended."""
        told: RunState | None = None
        while told is None or told.is_running:
            state = self._state
            if state != told:
                yield state
            else:
                time.sleep(_LOOK_EVERY)
            told = state

    def _run(self, run: str) -> None:
        error = ""
        try:
            for command in commands(self._setup, self._shelf, run):
                error = self._carry_out(command)
                if error or self._state.is_stopped:
                    break
        except (DanChungError, OSError, ValueError) as failure:
            error = str(failure)
        with self._lock:
            stopped = self._state.is_stopped
            if error and not stopped and not kept_results(self._shelf.folder(run)):
                self._shelf.drop(run)
            self._state = replace(
                self._state, is_running=False, error="" if stopped else error, seconds_left=None
            )

    def _carry_out(self, command: Sequence[str]) -> str:
        """Run one command to its end; return why it failed, or nothing."""
        with subprocess.Popen(  # noqa: S603 - our own program
            list(command),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as process:
            with suppress(OSError, AttributeError):  # questions of the chat go first
                os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
            with self._lock:
                self._process = process
                if self._state.is_stopped:
                    _interrupt(process)
            said = self._listen(process)
            code = process.wait()
            with self._lock:
                self._process = None
        return "" if code == 0 else said or f"mã kết thúc {code}"

    def _listen(self, process: "subprocess.Popen[str]") -> str:
        """Follow the progress of a process; return the last line that is none."""
        said: list[str] = []
        for line in process.stderr or ():
            told = _json(line)
            if told:
                with self._lock:
                    self._state = _advanced(self._state, told)
            elif line.strip():
                said = [*said, line.strip()][-_MOST_LINES:]
        return said[-1] if said else ""


def commands(setup: Setup, shelf: RunShelf, run: str) -> list[list[str]]:
    """Return the commands that a run needs: its exam is made once, then it is asked."""
    order, file = shelf.order(run), shelf.collection(run)
    makes = order.source is Source.EXAM and not file.exists()
    made = [_exam(setup, order, file)] if makes else []
    return [*made, _asking(setup, order, file, shelf.folder(run))]


def _exam(setup: Setup, order: Order, file: Path) -> list[str]:
    sizes = ["--questions", str(order.questions), "--seed", str(order.seed)]
    return [*_eval("exam"), "--index", str(setup.index), *sizes, "--output", str(file)]


def _asking(setup: Setup, order: Order, file: Path, folder: Path) -> list[str]:
    brings_documents = order.source is Source.FILE and form_of(file) is not Form.JSON_LINES
    index = [] if brings_documents else ["--index", str(setup.index)]
    embedder = ["--embedder", setup.embedder] if setup.embedder else []
    models = [*embedder, "--reranker", order.reranker, "--reader", setup.reader]
    typing = ["--typing", order.typing.value]
    return [*_eval("run"), str(file), *index, *models, *typing, "--output", str(folder)]


def _eval(command: str) -> list[str]:
    return [sys.executable, "-m", "eval", command, "--json", "--progress", "json"]


def _interrupt(process: "subprocess.Popen[str]") -> None:
    """Press Ctrl-C for a process, and end it if it does not stop by itself."""
    process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
    end = threading.Timer(_STOP_SECONDS, process.kill)
    end.daemon = True
    end.start()


def _advanced(state: RunState, told: dict[str, Any]) -> RunState:
    left = told.get("seconds_left")
    return replace(
        state,
        step=str(told.get("step", "")),
        done=int(told.get("done") or 0),
        of=told.get("of"),
        seconds_left=float(left) if left is not None else None,
    )


def _json(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
