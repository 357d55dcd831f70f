"""How far a command is: a bar on the terminal, or lines of JSON on stderr for other programs.

``{"step": "ask", "done": 12, "of": 100, "seconds_left": 31.5}``, one line each time more is done;
``of`` and ``seconds_left`` are null while they are not known.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum

Told = Callable[[int, int | None], None]
"""Is told how many are done, and of how many."""


class Show(Enum):
    """How progress is shown."""

    BAR = "bar"
    JSON = "json"
    NONE = "none"


class Step(Enum):
    """What is counted; the value names it in JSON."""

    READ = "read"
    INDEX = "index"
    ASK = "ask"


_BARS = {
    Step.READ: ("Đọc tài liệu", " tài liệu"),
    Step.INDEX: ("Lập chỉ mục", " tài liệu"),
    Step.ASK: ("Hỏi", " câu"),
}


@contextmanager
def counting(show: Show, step: Step, *, done: int = 0, of: int | None = None) -> Iterator[Told]:
    """Show one step for as long as the block lasts; the value is told how far it is.

    Parameters
    ----------
    done
        What an earlier attempt did; it says nothing of the time that is left.
    """
    if show is Show.BAR:
        with _bar(step, done, of) as told:
            yield told
    elif show is Show.JSON:
        told = _lines(step, done)
        told(done, of)
        yield told
    else:
        yield lambda _done, _of: None


def counted(show: Show, step: Step, things: Sequence[str]) -> Iterable[str]:
    """Yield things, showing how many were gone through."""
    with counting(show, step, of=len(things)) as told:
        for done, thing in enumerate(things, start=1):
            yield thing
            told(done, len(things))


@contextmanager
def _bar(step: Step, done: int, of: int | None) -> Iterator[Told]:
    from tqdm import tqdm

    label, unit = _BARS[step]
    # None hides the bar where stderr is not a terminal.
    with tqdm(desc=label, total=of, initial=done, unit=unit, disable=None) as bar:

        def told(done: int, of: int | None) -> None:
            bar.total = of
            bar.update(done - bar.n)

        yield told


def _lines(step: Step, before: int) -> Told:
    started = time.perf_counter()

    def told(done: int, of: int | None) -> None:
        ours, left = done - before, None
        if ours > 0 and of is not None:
            left = round((time.perf_counter() - started) / ours * (of - done), 1)
        line = {"step": step.value, "done": done, "of": of, "seconds_left": left}
        print(json.dumps(line), file=sys.stderr, flush=True)  # noqa: T201 - what was asked for

    return told
