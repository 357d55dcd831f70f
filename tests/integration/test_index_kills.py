"""A sync killed anywhere: nothing lost, nothing twice, and the snapshot before answers all along.

Run with ``-s`` to see where the kills landed.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fakes import HashEmbedder
from killable_sync import Driver, Order
from trial import Trial, check, trial_of

from index.embedding import load_embedder
from index.errors import IndexMissingError
from index.retriever import Retriever

KILLS, KILLS_WITH_PROCESSES, FULL_DISKS = 200, 6, 100
STEPS = (
    "index.syncing.StoreWriter",
    "index.lexical_writing.PassageWriter",
    "index.lexical_writing.PassageWriter.commit",
    "index.syncing.publish",
    "index.dense.save_searcher",
    "index.publishing.write_manifest",
    "index.lexical_writing.drop_passages",
)
"""From one of these on the disk is full."""
DEADLINE = 30.0


class Killer:
    """Has syncs run in processes of their own and kills them at a random moment of their work."""

    def __init__(
        self, driver: Driver, trial: Trial, chance: random.Random, *, processes: int = 1
    ) -> None:
        self._driver = driver
        self._trial = trial
        self._chance = chance
        self._order = Order(
            str(trial.library.folder),
            str(trial.index),
            bundled=processes > 1,
            processes=processes,
        )
        self._whole, self._publishing = 0.0, 0.0
        self.landed: Counter[str] = Counter()

    def measure(self) -> None:
        """Let a sync end, to know how long one takes."""
        self._driver.start(self._order)
        began = time.perf_counter()
        self._driver.hear("publishing")
        publishing = time.perf_counter()
        self._driver.hear("done")
        ended = time.perf_counter()
        self._driver.hear("exit 0")
        self._whole, self._publishing = ended - began, ended - publishing

    def kill(self, *, late: bool) -> bool:
        """Start a sync and kill it; return whether it was killed before it ended by itself."""
        before = self._trial.generation()
        process = self._driver.start(self._order)
        if late:
            self._driver.hear("publishing")
        time.sleep(self._chance.uniform(0, self._publishing if late else self._whole))
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        heard = self._driver.hear("exit")
        _wait_until_gone(process)
        killed = heard[-1] == f"exit {-signal.SIGKILL}"
        if killed:
            published = self._trial.generation() > before
            place = "after it published" if published else "while publishing"
            self.landed[place if late or "publishing" in heard else "before publishing"] += 1
        return killed

    def starve(self) -> tuple[int, str]:
        """Run a sync where from a step on no file grows beyond a size; return its code and word."""
        most_bytes = int(2 ** self._chance.uniform(0, 20))
        step = self._chance.choice(STEPS)
        self._driver.start(replace(self._order, most_bytes=most_bytes, limited_from=step))
        code = int(self._driver.hear("exit")[-1].split()[1])
        return code, self._driver.error() if code else ""


def _wait_until_gone(group: int) -> None:
    """Wait until no process of a group is left; fail when one stays."""
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    pytest.fail(f"processes of {group} are still there")


@pytest.fixture
def ram(tmp_path: Path) -> Iterator[Path]:
    """Return a folder in memory where there is one: a killed process loses no more there."""
    memory = Path("/dev/shm")  # noqa: S108
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as folder:
        yield Path(folder)


def kill_many(trial: Trial, killer: Killer, chance: random.Random, *, kills: int) -> int:
    """Kill so many syncs, checking after each; return how many."""
    done = 0
    while done < kills:
        if done % 20 == 0:
            trial.library.change()
            trial.expect()
            killer.measure()
        if chance.random() < 0.1:
            trial.forget()
        before = trial.generation()
        trial.library.change()
        trial.expect()
        with reading(trial, before) as held:
            done += killer.kill(late=chance.random() < 0.5)
            check(held, trial.states[before])
            with reading(trial, trial.generation()) as opened:
                check(opened, trial.states[trial.generation()])
            if chance.random() < 0.5:
                trial.library.change()
            trial.sync()
            trial.check_clean()
            if trial.generation() <= before + 1:
                check(held, trial.states[before])
    return done


@contextmanager
def reading(trial: Trial, generation: int) -> Iterator[Retriever | None]:
    """Open a reader; none where nothing was published yet."""
    if not generation:
        with pytest.raises(IndexMissingError):
            trial.open()
        yield None
        return
    reader = trial.open()
    yield reader
    reader.close()


@pytest.mark.model
@pytest.mark.parametrize(("processes", "kills"), [(1, KILLS), (2, KILLS_WITH_PROCESSES)])
def test_a_killed_sync_loses_nothing_and_doubles_nothing(
    ram: Path, processes: int, kills: int
) -> None:
    chance = random.Random(2)  # noqa: S311 - the same kills every time
    trial = trial_of(ram, HashEmbedder() if processes == 1 else load_embedder(), seed=1)
    with Driver() as driver:
        killer = Killer(driver, trial, chance, processes=processes)
        done = kill_many(trial, killer, chance, kills=kills)
        trial.check_as_fresh(ram / "fresh")
        report(f"{done} of {done} clean, {processes} processes; killed: {dict(killer.landed)}")


@pytest.mark.model
def test_a_full_disk_is_one_clear_line_and_loses_nothing(ram: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - the same sizes every time
    trial = trial_of(ram, HashEmbedder(), seed=4)
    told: Counter[str] = Counter()
    with Driver() as driver:
        killer = Killer(driver, trial, chance)
        while told.total() < FULL_DISKS:
            before = trial.generation()
            held = trial.open()
            trial.library.change()
            trial.expect()
            code, line = killer.starve()
            check(held, trial.states[before])
            check(trial.open(), trial.states[trial.generation()])
            if code:
                assert line.startswith(str(trial.index)), line
                assert "hãy" in line
                told["store" if "store.sqlite3" in line else "searchers"] += 1
            trial.sync()
            trial.check_clean()
            held.close()
    report(f"{told.total()} of {told.total()} clean; full: {dict(told)}")


def report(line: str) -> None:
    print(f"\n{line}")  # noqa: T201 - seen with -s
