"""Folders and disks as they should not be, through the real command: a line that helps, no loss."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from fakes import HashEmbedder
from killable_sync import Driver, Order

from documents.folder import FolderSource
from index.cli import main
from index.manifest import read_manifest
from index.store import Store
from index.syncing import sync
from index.verifying import find_problems

TEXT = "Cầu Bến Lội dài 312 mét."
_OVERRIDES_RIGHTS, _READS_ALL = 1, 2
_DROP_FROM_BOUNDING_SET = 24


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "bài"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def texts(index: Path) -> dict[str, str]:
    """Return path → text of what is published."""
    generation = read_manifest(index).generation
    store = Store(index)
    found = {}
    for info in store.documents(generation=generation):
        document = store.document(info.path, generation=generation)
        assert document
        found[info.path] = document.text
    store.close()
    return found


def synced(library: Path, index: Path) -> int:
    return main(["sync", str(library), "--index", str(index)])


def test_a_file_that_changes_while_it_is_read_is_told_and_its_last_version_stays(
    library: Path, index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert synced(library, index) == 0
    file = library / "a.txt"
    file.write_text("Cầu Bến Lội dài 450 mét.", encoding="utf-8")
    read = Path.read_bytes

    def grow(path: Path) -> bytes:
        content = read(path)
        if path == file:
            path.write_bytes(content * 2)
        return content

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", grow)
        assert synced(library, index) == 0
    told = capsys.readouterr()
    assert "Không đọc được a.txt: tệp đang được ghi: hãy đợi" in told.err
    assert "bản đã lập chỉ mục trước đó vẫn được giữ" in told.err
    assert texts(index) == {"a.txt": TEXT}
    assert synced(library, index) == 0
    assert texts(index) == {"a.txt": "Cầu Bến Lội dài 450 mét." * 2}


def test_a_file_that_becomes_a_folder_and_a_file_again(library: Path, index: Path) -> None:
    assert synced(library, index) == 0
    file = library / "a.txt"
    file.unlink()
    file.mkdir()
    (file / "b.txt").write_text(TEXT, encoding="utf-8")
    assert synced(library, index) == 0
    assert texts(index) == {"a.txt/b.txt": TEXT}
    (file / "b.txt").unlink()
    file.rmdir()
    file.write_text(f"{TEXT} Lại là tệp.", encoding="utf-8")
    assert synced(library, index) == 0
    assert texts(index) == {"a.txt": f"{TEXT} Lại là tệp."}
    assert find_problems(index) == []


LONGEST = "ă" * 125 + "b.txt"
NAMES = {
    "NFD": unicodedata.normalize("NFD", "tường trình.txt"),
    "emoji": "cầu 🌉🇻🇳.txt",
    "255 bytes": LONGEST,
    "line ends": "dòng\nmột\r\nhai\t.txt",
    "blanks": "  trước sau .txt",
    "quotes": "'\"`$(x);*?.txt",
    "markup": "<b>&amp;.txt",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_file_of_any_name_is_found_told_and_removed(
    library: Path, index: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(LONGEST.encode()) == 255
    (library / name).write_text("Đò Bến Lội chạy hai chuyến.", encoding="utf-8")
    assert synced(library, index) == 0
    capsys.readouterr()
    search = ["search", "đò chạy hai chuyến", "--index", str(index), "-k", "1"]
    assert main([*search, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hits"][0]["document"] == name
    assert main(search) == 0
    assert main(["remove", name, "--index", str(index)]) == 0
    assert list(texts(index)) == ["a.txt"]


def test_a_name_that_is_not_utf8_is_told_on_one_line_and_the_rest_is_indexed(
    library: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = os.fsdecode(os.fsencode(library) + b"/qu\xe9\n.txt")
    Path(odd).write_text(TEXT, encoding="utf-8")
    assert synced(library, index) == 0
    [line] = capsys.readouterr().err.splitlines()
    assert line == "Không đọc được qu\ufffd\ufffd.txt: tên tệp không phải UTF-8: hãy đổi tên tệp"
    assert list(texts(index)) == ["a.txt"]


def test_two_syncs_at_once_come_one_after_the_other(library: Path, index: Path) -> None:
    order = Order(str(library), str(index))
    with Driver() as first, Driver() as second:
        sync(FolderSource(library), index, embedder=HashEmbedder())
        (library / "b.txt").write_text("Đò Bến Lội chạy hai chuyến.", encoding="utf-8")
        process = first.start(order)
        first.hear("publishing")
        os.kill(process, signal.SIGSTOP)
        second.start(order)
        os.kill(process, signal.SIGCONT)
        first.hear("exit 0")
        second.hear("exit 0")
    assert sorted(texts(index)) == ["a.txt", "b.txt"]
    assert read_manifest(index).generation == 2
    assert find_problems(index) == []


@pytest.mark.model
@pytest.mark.parametrize("is_left_by_a_kill", [False, True])
def test_an_index_that_may_not_be_written_answers_and_a_sync_says_what_to_do(
    library: Path, index: Path, *, is_left_by_a_kill: bool
) -> None:
    assert synced(library, index) == 0
    (library / "b.txt").write_text("Đò Bến Lội chạy hai chuyến.", encoding="utf-8")
    if is_left_by_a_kill:
        with Driver() as driver:
            process = driver.start(Order(str(library), str(index), bundled=True))
            driver.hear("publishing")
            os.kill(process, signal.SIGKILL)
            driver.hear("exit")
        assert (index / "store.sqlite3-wal").exists()
    places = [index, *index.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    try:
        answered = as_user("qa", "Cầu Bến Lội dài bao nhiêu mét?", "--index", str(index))
        assert answered.returncode == 0, answered.stderr
        assert "312 mét" in answered.stdout
        refused = as_user("index", "sync", str(library), "--index", str(index))
        assert refused.returncode == 1
        [line] = refused.stderr.splitlines()
        assert line.startswith(str(index))
        assert "quyền" in line
    finally:
        for place in places:
            place.chmod(0o755)
    assert synced(library, index) == 0
    assert sorted(texts(index)) == ["a.txt", "b.txt"]


def as_user(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as one whom rights bind: root gives up what overrides them."""
    libc = ctypes.CDLL(None)

    def give_up() -> None:
        for right in (_OVERRIDES_RIGHTS, _READS_ALL):
            libc.prctl(_DROP_FROM_BOUNDING_SET, right, 0, 0, 0)

    return subprocess.run(  # noqa: S603 - our own command, before any thread
        [sys.executable, "-m", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=give_up,
    )


class _Opened:
    """Counts the files opened below a folder; a hook of the interpreter cannot be taken out."""

    def __init__(self, folder: Path) -> None:
        self.count = 0
        self.is_on = False
        self._below = f"{folder}{os.sep}"
        sys.addaudithook(self._see)

    def _see(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.is_on and event == "open" and str(arguments[0]).startswith(self._below):
            self.count += 1


@pytest.mark.model
def test_of_twenty_thousand_unchanged_files_none_is_opened(
    tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "bài"
    library.mkdir()
    for number in range(20_000):
        (library / f"{number}.txt").write_text(f"Số nhà {number}.", encoding="utf-8")
    monkeypatch.setattr("documents.folder._SETTLED_NANOSECONDS", -(10**12))
    opened = _Opened(library)

    def again() -> int:
        opened.count = 0
        opened.is_on = True
        unchanged = sync(FolderSource(library), index, embedder=HashEmbedder()).unchanged
        opened.is_on = False
        return unchanged

    assert again() == 0
    assert opened.count >= 20_000
    assert again() == 20_000
    assert opened.count == 0
