"""Many people ask the web chat at once: errors, waiting times and memory.

The page is started as a process of its own, as a user starts it, and asked over its HTTP
interface. Each person asks, waits for the whole answer and asks the next question, so that there
are always as many questions on their way as there are people.
"""

import asyncio
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents.errors import DanChungError
from eval.metrics import percentile

if TYPE_CHECKING:
    import httpx

QUESTIONS = Path("eval/dialogues.jsonl")
_ROOT = Path(__file__).parents[2]
_READY = "sẵn sàng"
_WARM_QUESTIONS = 20
_TIMEOUT_SECONDS = 120
_SAMPLES = 10
_STOP_SECONDS = 30
_MOST_ERRORS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What to try.

    Attributes
    ----------
    users
        People who ask at the same time.
    seconds, questions
        It ends when so much time has passed, or so many questions have been asked; None is no end.
    index
        The index asked; None makes one of the sample articles.
    """

    users: int
    seconds: float | None
    questions: int | None
    index: Path | None = None


@dataclass(slots=True)
class _Tally:
    """What the people have seen so far."""

    asked: int = 0
    milliseconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What came of it.

    Attributes
    ----------
    milliseconds
        From sending a question to the end of its answer, the queue included: p50, p95, max.
    processor_milliseconds
        Processor time of the page's processes for each question: unlike the waiting, not
        lengthened by what else the machine does.
    memory
        MiB that the page's processes hold: after the first questions, then in equal steps to the
        end; empty where the system does not tell.
    """

    users: int
    questions: int
    errors: int
    seconds: float
    milliseconds: dict[str, float]
    processor_milliseconds: float
    memory: tuple[float, ...]
    said: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the report as ``--json`` prints it."""
        return asdict(self)

    def as_text(self) -> str:
        """Return the report for a terminal."""
        rate = self.questions / self.seconds
        lines = [
            f"{self.users} người, {self.questions} câu trong {self.seconds:.0f} giây"
            f" ({rate:.1f} câu/giây), {self.errors} lỗi",
            "chờ: "
            + ", ".join(f"{name} {value:.0f} ms" for name, value in self.milliseconds.items()),
        ]
        lines.append(f"bộ xử lý: {self.processor_milliseconds:.0f} ms mỗi câu")
        if self.memory:
            lines.append("bộ nhớ (MiB): " + " ".join(f"{value:.0f}" for value in self.memory))
        return "\n".join([*lines, *self.said]) + "\n"


def load(plan: Plan) -> LoadReport:
    """Start the page, have it asked, stop it.

    Raises
    ------
    DanChungError
        The page could not be started.
    """
    with tempfile.TemporaryDirectory() as folder, _page(plan.index, Path(folder)) as page:
        address, process = page
        return asyncio.run(_ask_all(plan, address, process))


def questions_of(file: Path) -> list[str]:
    """Return the first questions of the dialogues of a file: those that stand alone."""
    dialogues = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]
    return [dialogue["turns"][0]["question"] for dialogue in dialogues]


@contextmanager
def _page(index: Path | None, folder: Path) -> Iterator[tuple[str, int]]:
    """Run ``python app.py``; the value is its address and process number."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    chosen = [
        "--index",
        str((index or folder / "index").absolute()),
        "--data",
        str(folder / "data"),
    ]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DANCHUNG_")}
    command = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "app.py", "--port", str(port), *chosen],
        cwd=_ROOT,
        env={**kept, "DANCHUNG_LOG_FILE": str(folder / "log.jsonl")},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        if command.stderr is None or not any(_READY in line for line in command.stderr):
            raise DanChungError("Không mở được trang; hãy chạy thử `python app.py` để xem lý do")
        yield f"http://127.0.0.1:{port}", command.pid
    finally:
        command.send_signal(signal.SIGINT)
        try:
            command.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            command.kill()
            command.wait()
        if command.stderr is not None:
            command.stderr.close()


async def _ask_all(plan: Plan, address: str, process: int) -> LoadReport:
    import httpx

    questions = questions_of(_ROOT / QUESTIONS)
    limits = httpx.Limits(max_connections=plan.users, max_keepalive_connections=plan.users)
    async with httpx.AsyncClient(
        base_url=address, limits=limits, timeout=_TIMEOUT_SECONDS, trust_env=False
    ) as client:
        warm = _Tally()
        await _person(client, questions, warm, Plan(1, None, _WARM_QUESTIONS), time.perf_counter())
        used = _processor_seconds(process)
        tally, memory, started = _Tally(), [_resident(process)], time.perf_counter()
        watching = asyncio.create_task(_watch(plan, tally, memory, process, started))
        await asyncio.gather(
            *(
                _person(client, [*questions[n:], *questions[:n]], tally, plan, started)
                for n in range(plan.users)
            )
        )
        seconds = time.perf_counter() - started
        watching.cancel()
    used = _processor_seconds(process) - used
    memory.append(_resident(process))
    return LoadReport(
        plan.users,
        tally.asked,
        len(tally.errors),
        seconds,
        {
            "p50": percentile(tally.milliseconds, 0.5) or 0.0,
            "p95": percentile(tally.milliseconds, 0.95) or 0.0,
            "max": max(tally.milliseconds, default=0.0),
        },
        used * 1000 / max(1, tally.asked),
        tuple(value for value in memory if value),
        tuple(dict.fromkeys(tally.errors))[:_MOST_ERRORS_SHOWN],
    )


async def _person(
    client: "httpx.AsyncClient", questions: Sequence[str], tally: _Tally, plan: Plan, started: float
) -> None:
    """Ask one question after the other until the plan is done."""
    for question in itertools.cycle(questions):
        if plan.questions is not None and tally.asked >= plan.questions:
            return
        if plan.seconds is not None and time.perf_counter() - started >= plan.seconds:
            return
        tally.asked += 1
        sent = time.perf_counter()
        error = await _ask(client, question)
        tally.milliseconds.append((time.perf_counter() - sent) * 1000)
        if error:
            tally.errors.append(error)


async def _ask(client: "httpx.AsyncClient", question: str) -> str:
    """Ask one question; return what went wrong, or an empty string."""
    import httpx

    try:
        joined = await client.post("/gradio_api/call/ask", json={"data": [question]})
        if joined.status_code != httpx.codes.OK:
            return f"{joined.status_code} {joined.text[:200]}"
        reply = await client.get(f"/gradio_api/call/ask/{joined.json()['event_id']}")
        event, _, data = reply.text.strip().rpartition("event: ")[2].partition("\ndata: ")
        if event != "complete" or "citations" not in json.loads(data)[0]:
            return f"{event}: {data[:200]}"
    except (httpx.HTTPError, ValueError, LookupError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


async def _watch(
    plan: Plan, tally: _Tally, memory: list[float], process: int, started: float
) -> None:
    """Note the memory at equal steps on the way to the end."""
    for step in range(1, _SAMPLES):
        part = step / _SAMPLES
        while not (
            (plan.questions is not None and tally.asked >= plan.questions * part)
            or (plan.seconds is not None and time.perf_counter() - started >= plan.seconds * part)
        ):
            await asyncio.sleep(0.05)
        memory.append(_resident(process))


def _family(process: int) -> list[int]:
    """Return a process and those that it has started, and they, and so on."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    started = [int(one) for children in lists for one in _told(children).split()]
    return [process, *(one for child in started for one in _family(child))]


def _resident(process: int) -> float:
    """Return the MiB that a page's processes hold now; 0 where the system does not tell."""
    told = [_told(Path(f"/proc/{one}/status")) for one in _family(process)]
    lines = [line for status in told for line in status.splitlines() if line.startswith("VmRSS:")]
    return sum(int(line.split()[1]) for line in lines) / 1024


def _processor_seconds(process: int) -> float:
    """Return the processor time that a page's processes have used; 0 where nothing tells."""
    told = [_told(Path(f"/proc/{one}/stat")) for one in _family(process)]
    fields = [status.rpartition(")")[2].split() for status in told if status]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


def _told(file: Path) -> str:
    """Return what the system tells in a file; nothing of a process that has just ended."""
    try:
        return file.read_text("utf-8")
    except OSError:
        return ""
