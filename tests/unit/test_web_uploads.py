"""What visitors may put into the library."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.errors import DanChungError
from web import uploads
from web.uploads import MOST_NAME_BYTES, Upload, checked_uploads, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("bài.txt", "bài.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\bài\\tin.docx", "tin.docx"),
        ("..\\..\\.bashrc.txt", "bashrc.txt"),
        ("a\u202etxt.exe.txt", "atxt.exe.txt"),
        ("a\n\0b.txt", "ab.txt"),
        (".txt", ""),
        ("txt", ""),
        ("~$mở.docx", "mở.docx"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
    ],
)
def test_a_name_leads_nowhere(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_any_name_becomes_one_part_of_a_path(name: str) -> None:
    safe = safe_name(name)
    assert "/" not in safe
    assert "\\" not in safe
    assert not safe.startswith(".")
    assert len(safe.encode("utf-8", "surrogatepass")) <= MOST_NAME_BYTES
    assert safe == safe_name(safe)


def test_one_bad_file_keeps_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = tmp_path / "a.txt", tmp_path / "b.exe"
    good.write_text("a")
    bad.write_text("b")
    assert [one.name for one in checked_uploads([Upload(good)])] == ["a.txt"]
    with pytest.raises(DanChungError, match=r"b\.exe: không nhận loại tệp này"):
        checked_uploads([Upload(good), Upload(bad)])
    monkeypatch.setattr(uploads, "MOST_FILES", 1)
    with pytest.raises(DanChungError, match="2 tệp một lần"):
        checked_uploads([Upload(good), Upload(good)])
    monkeypatch.setattr(uploads, "MOST_BYTES", 0)
    with pytest.raises(DanChungError, match="chia nhỏ"):
        checked_uploads([Upload(good)])
    monkeypatch.setattr(uploads, "MOST_BYTES_AT_ONCE", 0)
    with pytest.raises(DanChungError, match="chia ra"):
        checked_uploads([Upload(good)])
