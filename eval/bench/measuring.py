"""What one process of a benchmark does: one system indexes and answers, and is watched."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from eval.bench.corpus import Corpus
from eval.bench.systems import Models, PassageSystem, System, label_of, make_system
from eval.retrieval_measures import CUTOFF
from eval.running import DEPTH, WARM_UP, document_ranking

_PROCESS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Job:
    """What one system is to do.

    Attributes
    ----------
    asked
        For each typing style, every question as it is typed; the first style is timed.
    progress
        Draw a bar on stderr, if that is a terminal.
    read
        How many of the first passages of each question, in the first style, to bring home.
    """

    system: str
    corpus: Corpus
    asked: Mapping[str, tuple[str, ...]]
    models: Models
    progress: bool = False
    read: int = 0


@dataclass(frozen=True, slots=True)
class Measurement:
    """What came of a job.

    Attributes
    ----------
    rankings
        For each typing style, in the order of its questions, the documents found, best first.
    milliseconds
        Of each question in the first style.
    index_seconds
        From documents or passages in memory to the first question; models are loaded before.
    peak_mebibytes
        The most memory the process held, with the texts; None where the system does not tell.
    passages
        The texts of the first passages of each question, where they were wanted.
    """

    rankings: Mapping[str, tuple[tuple[str, ...], ...]]
    milliseconds: tuple[float, ...]
    index_seconds: float
    peak_mebibytes: float | None
    passages: tuple[tuple[str, ...], ...] = ()


def measure(job: Job) -> Measurement:
    """Carry out a job in this process."""
    from tqdm import tqdm

    system = make_system(job.system, job.models)
    total = sum(map(len, job.asked.values()))
    with (
        TemporaryDirectory(prefix="danchung-bench-") as folder,
        tqdm(
            total=total,
            desc=label_of(job.system),
            unit=" câu",
            disable=None if job.progress else True,
        ) as bar,
    ):
        started = time.perf_counter()
        system.index(job.corpus, Path(folder))
        index_seconds = time.perf_counter() - started
        asking = _Asking(system, job.corpus, bar.update)
        answers = {style: asking.ask(questions) for style, questions in job.asked.items()}
        peak = peak_mebibytes()
        passages = _passages(system, job) if job.read else ()
    timed = next(iter(answers.values()))
    return Measurement(
        {style: answer.rankings for style, answer in answers.items()},
        timed.milliseconds,
        index_seconds,
        peak,
        passages,
    )


def _passages(system: System, job: Job) -> tuple[tuple[str, ...], ...]:
    reader = cast("PassageSystem", system)
    asked = next(iter(job.asked.values()))
    return tuple(tuple(reader.read(question, job.read)) for question in asked)


@dataclass(frozen=True, slots=True)
class _Answers:
    rankings: tuple[tuple[str, ...], ...]
    milliseconds: tuple[float, ...]


class _Asking:
    """Asks a system many questions, and looks deeper where the first passages crowd."""

    def __init__(self, system: System, corpus: Corpus, done: Callable[[], object]) -> None:
        self._system = system
        self._enough = min(CUTOFF, len(corpus.documents))
        self._done = done

    def ask(self, questions: Sequence[str]) -> _Answers:
        """Return the rankings and times; the first questions are asked once more, untimed."""
        for question in questions[:WARM_UP]:
            self._system.search(question, DEPTH)
        rankings, milliseconds = [], []
        for question in questions:
            started = time.perf_counter()
            found = self._system.search(question, DEPTH)
            milliseconds.append(1000 * (time.perf_counter() - started))
            rankings.append(self._ranking(question, found))
            self._done()
        return _Answers(tuple(rankings), tuple(milliseconds))

    def _ranking(self, question: str, found: Sequence[str]) -> tuple[str, ...]:
        return document_ranking(
            found, lambda k: self._system.search(question, k), enough=self._enough
        )


def peak_mebibytes() -> float | None:
    """Return the most memory this process has held, in MiB; None where it cannot be read.

    Linux's VmHWM and not getrusage's ru_maxrss: that one counts what the parent held before the
    process became its own.
    """
    try:
        status = _PROCESS.read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    peak = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(peak[1]) / 1024 if peak else None
