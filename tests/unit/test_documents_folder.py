"""The documents of a folder."""

import errno
import os
import time
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from unittest import mock

import pytest

from documents.errors import DanChungError, UnreadableDocumentError
from documents.folder import FolderSource
from documents.loading import MOST_BYTES

TEXT = "Chim về tổ lúc chiều muộn.\n"
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def _write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(TEXT, encoding="utf-8")


def _paths(root: Path) -> list[str]:
    return [entry.path for entry in FolderSource(root).entries()]


def test_lists_documents_ordered_by_path(tmp_path: Path) -> None:
    _write(tmp_path, "b.txt", "a/z.md", "a.html", "ă/é.TXT", "a/b/c.htm")
    assert _paths(tmp_path) == ["a.html", "a/b/c.htm", "a/z.md", "b.txt", "ă/é.TXT"]


def test_leaves_out_what_is_no_document(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", ".b.txt", ".git/c.txt", "~$d.docx", "e.png", "f", "txt")
    (tmp_path / "g.txt").mkdir()
    os.mkfifo(tmp_path / "h.txt")
    assert _paths(tmp_path) == ["a.txt"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    _write(tmp_path, "trong/a.txt", "ngoài/b.txt")
    root = tmp_path / "trong"
    (root / "ra.txt").symlink_to(tmp_path / "ngoài" / "b.txt")
    (root / "thư mục").symlink_to(tmp_path / "ngoài")
    (root / "vòng.txt").symlink_to(root / "vòng.txt")
    (root / "vào.txt").symlink_to(root / "a.txt")
    entries = list(FolderSource(root).entries())
    assert [entry.path for entry in entries if not entry.skipped] == ["a.txt", "vào.txt"]
    skipped = {entry.path: entry.skipped for entry in entries if entry.skipped}
    assert sorted(skipped) == ["ra.txt", "thư mục"]
    assert all("--follow-links" in reason for reason in skipped.values())
    for path in ["ra.txt", "thư mục/b.txt", "../ngoài/b.txt", str(tmp_path / "ngoài" / "b.txt")]:
        with pytest.raises(UnreadableDocumentError, match="ra ngoài thư mục"):
            FolderSource(root).load(path)


def test_a_fingerprint_follows_the_bytes(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", "b.txt")
    source = FolderSource(tmp_path)
    expected = sha256(TEXT.encode()).hexdigest()
    assert [source.fingerprint(name) for name in ("a.txt", "b.txt")] == [expected] * 2
    assert source.read("a.txt").fingerprint == expected
    (tmp_path / "b.txt").write_text("khác", encoding="utf-8")
    assert source.fingerprint("b.txt") != expected
    assert source.fingerprint("c.txt") == ""


def test_marks_follow_size_and_time_of_a_settled_file(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt")
    source = FolderSource(tmp_path)
    assert [entry.marks for entry in source.entries()] == [""]
    later = time.time_ns() + 10**10
    with mock.patch("documents.folder.time.time_ns", return_value=later):
        [before] = source.entries()
        [again] = source.entries()
        os.utime(tmp_path / "a.txt", ns=(0, 0))
        [touched] = source.entries()
    assert before.marks
    assert (before, touched.path) == (again, "a.txt")
    assert touched.marks not in ("", before.marks)


def test_links_are_followed_when_asked_and_a_loop_ends(tmp_path: Path) -> None:
    _write(tmp_path, "trong/a.txt", "ngoài/b.txt")
    root = tmp_path / "trong"
    (root / "ra.txt").symlink_to(tmp_path / "ngoài" / "b.txt")
    (root / "thư mục").symlink_to(tmp_path / "ngoài")
    (root / "lên").symlink_to(tmp_path)
    (tmp_path / "ngoài" / "vòng").symlink_to(tmp_path / "ngoài")
    source = FolderSource(root, follow_links=True)
    assert [entry.path for entry in source.entries()] == ["a.txt", "ra.txt", "thư mục/b.txt"]
    assert source.load("thư mục/b.txt").text == TEXT


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt")
    read = Path.read_bytes

    def grow(file: Path) -> bytes:
        content = read(file)
        file.write_bytes(content * 2)
        return content

    with (
        mock.patch.object(Path, "read_bytes", grow),
        pytest.raises(UnreadableDocumentError, match="đang được ghi"),
    ):
        FolderSource(tmp_path).load("a.txt")


def test_a_huge_file_is_listed_and_refused(tmp_path: Path) -> None:
    _write(tmp_path, "b.txt")
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    source = FolderSource(tmp_path)
    huge, small = source.entries()
    assert (huge.path, small.path) == ("a.txt", "b.txt")
    assert source.fingerprint("a.txt") != sha256(bytes(MOST_BYTES + 1)).hexdigest()
    with pytest.raises(UnreadableDocumentError, match="tối đa 50 MB"):
        source.load("a.txt")


@pytest.mark.skipif(IS_ROOT, reason="root may read everything")
def test_a_file_and_a_folder_without_permission_are_listed_and_refused(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", "b/c.txt", "d.txt")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "b").chmod(0)
    try:
        source = FolderSource(tmp_path)
        assert [entry.path for entry in source.entries()] == ["a.txt", "b", "d.txt"]
        for path in ["a.txt", "b"]:
            with pytest.raises(UnreadableDocumentError, match="quyền đọc"):
                source.load(path)
    finally:
        (tmp_path / "b").chmod(0o700)


def test_a_folder_that_does_not_open_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, "a.txt", "b/c.txt")
    scandir = os.scandir

    def refuse(path: str) -> "os._ScandirIterator[str]":
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    source = FolderSource(tmp_path)
    assert [(entry.path, entry.is_closed) for entry in source.entries()] == [
        ("a.txt", False),
        ("b", True),
    ]
    with pytest.raises(UnreadableDocumentError, match="không mở được thư mục"):
        source.load("b")


def test_a_folder_that_goes_away_while_it_is_listed_is_not_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, "a.txt")

    def lost(path: str) -> "os._ScandirIterator[str]":
        raise OSError(errno.EIO, "Input/output error", path)

    source = FolderSource(tmp_path)
    monkeypatch.setattr(os, "scandir", lost)
    with pytest.raises(DanChungError, match="không đọc được thư mục"):
        list(source.entries())


@pytest.mark.parametrize(("error", "listed"), [(errno.EIO, ["a.txt"]), (errno.ENOENT, [])])
def test_a_file_whose_marks_cannot_be_read_is_still_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, listed: list[str]
) -> None:
    class Broken:
        name, path = "a.txt", str(tmp_path / "a.txt")

        def is_dir(self, *, follow_symlinks: bool = True) -> bool:
            return False

        def is_symlink(self) -> bool:
            return False

        def is_file(self) -> bool:
            return True

        def stat(self) -> None:
            raise OSError(error, "said by the test")

    monkeypatch.setattr(os, "scandir", lambda _: nullcontext([Broken()]))
    assert _paths(tmp_path) == listed


def test_a_name_that_is_not_utf8_is_listed_and_refused(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/qu\xe9.txt")).write_text(TEXT, encoding="utf-8")
    source = FolderSource(tmp_path)
    (entry,) = source.entries()
    assert entry.path == "qu\ufffd.txt"
    with pytest.raises(UnreadableDocumentError, match="hãy đổi tên tệp"):
        source.load(entry.path)


def test_a_missing_folder_and_a_file_in_its_place(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt")
    with pytest.raises(DanChungError, match=r"không có thư mục .*: hãy kiểm tra đường dẫn"):
        FolderSource(tmp_path / "không có")
    with pytest.raises(DanChungError, match="là tệp, không phải thư mục"):
        FolderSource(tmp_path / "a.txt")


def test_a_folder_that_went_away_is_not_empty(tmp_path: Path) -> None:
    _write(tmp_path, "xã/a.txt")
    source = FolderSource(tmp_path / "xã")
    (tmp_path / "xã").rename(tmp_path / "phường")
    with pytest.raises(DanChungError, match="không có thư mục"):
        list(source.entries())
