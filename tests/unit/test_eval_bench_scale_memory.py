"""The memory of processes: of one now, of a family at its peak."""

import subprocess
import sys

from eval.bench.scale.memory import PeakMemory, resident


def test_a_process_holds_some_memory_and_one_that_is_gone_none() -> None:
    held = resident()
    assert held is not None
    assert 1 < held.of_files < held.total
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert resident(ended.pid) is None


def test_what_a_child_holds_counts_to_the_peak() -> None:
    code = "import sys; held = b'x' * 300_000_000; print(len(held), flush=True); input()"
    with subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        with PeakMemory() as peak:  # looks once at least
            alone = resident()
        child.communicate(b"\n")
    assert alone is not None
    assert peak.mebibytes is not None
    assert peak.mebibytes > alone.total + 250
