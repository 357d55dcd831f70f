"""``sync --watch`` as a process, on real files."""

import json
import os
import queue
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from zip_files import write_zip

from index.locking import writing
from index.manifest import read_manifest
from index.store import Store
from index.verifying import find_problems

DEADLINE = 120.0
Said = dict[str, Any]

pytestmark = pytest.mark.model


class Watcher:
    """A watching process and what it says."""

    def __init__(self, library: Path, index: Path) -> None:
        self.index = index
        arguments = ["sync", str(library), "--index", str(index), "--watch", "--json"]
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "index", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)

    def hear(self, event: str, **counts: int) -> Said:
        """Return the next event of a kind with these counts of documents."""
        until = time.monotonic() + DEADLINE
        heard = []
        while time.monotonic() < until:
            try:
                said: Said = json.loads(self._lines.get(timeout=1))
            except queue.Empty:
                assert self.process.poll() is None, self.process.stderr
                continue
            heard.append(said)
            documents = said.get("documents", {})
            if said["event"] == event and all(documents[key] == n for key, n in counts.items()):
                return said
        pytest.fail(f"no {event} {counts}; heard {heard}")

    def texts(self) -> dict[str, str]:
        """Return path → text of what is published."""
        generation = read_manifest(self.index).generation
        store = Store(self.index)
        found = {}
        for info in store.documents(generation=generation):
            document = store.document(info.path, generation=generation)
            assert document
            found[info.path] = document.text
        store.close()
        return found

    def stop(self) -> tuple[int, str]:
        """Interrupt it; return its exit code and its errors."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.stdout
        assert self.process.stderr
        with self.process.stdout, self.process.stderr:
            errors = self.process.stderr.read()
            code = self.process.wait(DEADLINE)
            self._reader.join(DEADLINE)
        return code, errors


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "bài"
    folder.mkdir()
    (folder / "a.txt").write_text("Cầu Bến Lội dài 312 mét.", encoding="utf-8")
    return folder


@pytest.fixture
def watcher(library: Path, tmp_path: Path) -> Iterator[Watcher]:
    watcher = Watcher(library, tmp_path / "index")
    watcher.hear("synced", added=1)
    yield watcher
    if watcher.process.poll() is None:
        watcher.stop()


def test_files_made_edited_moved_and_deleted_are_followed_until_ctrl_c(
    watcher: Watcher, library: Path, tmp_path: Path
) -> None:
    (library / "b.txt").write_text("Đò Bến Lội chạy hai chuyến.", encoding="utf-8")
    watcher.hear("synced", added=1, unchanged=1)
    (library / "b.txt").write_text("Đò Bến Lội chạy ba chuyến một ngày.", encoding="utf-8")
    watcher.hear("synced", changed=1)
    (library / "a.txt").rename(library / "cầu.txt")
    watcher.hear("synced", moved=1)
    (tmp_path / "xã").mkdir()
    (tmp_path / "xã" / "c.md").write_text("# Chợ\n\nChợ họp ngày rằm.", encoding="utf-8")
    (tmp_path / "xã").rename(library / "xã")
    watcher.hear("synced", added=1)
    (library / "b.txt").unlink()
    watcher.hear("synced", removed=1)
    assert sorted(watcher.texts()) == ["cầu.txt", "xã/c.md"]
    code, errors = watcher.stop()
    assert (code, errors.splitlines()[-1]) == (130, "Đã dừng.")
    assert "Traceback" not in errors
    assert find_problems(watcher.index) == []


def test_archives_are_followed_too(watcher: Watcher, library: Path) -> None:
    write_zip(library / "chợ.zip", {"xã/c.md": "# Chợ\n\nChợ họp ngày rằm."})
    watcher.hear("synced", added=1, unchanged=1)
    write_zip(library / "chợ.zip", {"xã/c.md": "# Chợ\n\nChợ họp mồng một và ngày rằm."})
    watcher.hear("synced", changed=1)
    (library / "chợ.zip").unlink()
    watcher.hear("synced", removed=1)


def test_what_editors_and_downloads_leave_beside_documents_is_survived(
    watcher: Watcher, library: Path
) -> None:
    for name in (".a.txt.swp", "4913", "a.txt~", "a.txt.tmp", ".goutputstream-AB12", "b.pdf.part"):
        (library / name).write_text("dở dang", encoding="utf-8")
    (library / "4913").unlink()
    (library / ".goutputstream-AB12").unlink()
    (library / "a.txt.new").write_text("Cầu Bến Lội dài 450 mét.", encoding="utf-8")
    (library / "a.txt.new").replace(library / "a.txt")
    said = watcher.hear("synced", changed=1)
    assert said["documents"]["added"] == 0
    assert said["documents"]["failed"] == []
    (library / "b.pdf.part").rename(library / "b.txt")
    watcher.hear("synced", added=1)
    assert watcher.texts() == {"a.txt": "Cầu Bến Lội dài 450 mét.", "b.txt": "dở dang"}


def test_a_file_that_grows_is_in_the_end_held_whole(watcher: Watcher, library: Path) -> None:
    tick = threading.Event()
    with (library / "b.txt").open("w", encoding="utf-8") as file:
        for number in range(20):
            file.write(f"Dòng thứ {number} của bài dài.\n")
            file.flush()
            tick.wait(0.1)  # it grows over a few seconds
    whole = (library / "b.txt").read_text(encoding="utf-8")
    wait_until(lambda: watcher.texts().get("b.txt") == whole)


def test_a_folder_that_vanishes_is_not_taken_for_empty(
    watcher: Watcher, library: Path, tmp_path: Path
) -> None:
    held = watcher.texts()
    library.rename(tmp_path / "đi")
    assert "không thấy thư mục" in watcher.hear("waiting")["reason"]
    library.mkdir()
    assert "trống" in watcher.hear("waiting")["reason"]
    assert watcher.texts() == held
    library.rmdir()
    (tmp_path / "đi" / "b.txt").write_text("Đò chạy hai chuyến.", encoding="utf-8")
    (tmp_path / "đi").rename(library)
    watcher.hear("synced", added=1, removed=0, unchanged=1)
    (library / "a.txt").unlink()
    (library / "b.txt").unlink()
    watcher.hear("synced", removed=2)


def test_a_watch_that_begins_before_the_drive_is_mounted_empties_nothing(
    watcher: Watcher, library: Path, tmp_path: Path
) -> None:
    held = watcher.texts()
    watcher.stop()
    library.rename(tmp_path / "đi")
    library.mkdir()
    again = Watcher(library, watcher.index)
    assert "trống" in again.hear("waiting")["reason"]
    assert again.texts() == held
    again.stop()


def test_a_busy_index_is_told_and_tried_again(watcher: Watcher, library: Path) -> None:
    with writing(watcher.index, wait_seconds=DEADLINE):
        (library / "b.txt").write_text("Đò chạy hai chuyến.", encoding="utf-8")
        assert f"tiến trình {os.getpid()} đang ghi" in watcher.hear("failed")["reason"]
    watcher.hear("synced", added=1)


def test_a_full_disk_is_told_and_tried_again_after_growing_pauses(
    watcher: Watcher, library: Path
) -> None:
    _, most = resource.prlimit(watcher.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(watcher.process.pid, resource.RLIMIT_FSIZE, (0, most))
    (library / "b.txt").write_text("Đò chạy hai chuyến.", encoding="utf-8")
    pauses = [watcher.hear("failed")["retry_seconds"] for _ in range(3)]
    assert pauses == [1, 2, 4]
    assert list(watcher.texts()) == ["a.txt"]
    resource.prlimit(watcher.process.pid, resource.RLIMIT_FSIZE, (most, most))
    watcher.hear("synced", added=1)
    assert find_problems(watcher.index) == []


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + DEADLINE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)
