"""Names of uploads, whatever is sent."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.errors import DanChungError
from documents.loading import MOST_BYTES, SUFFIXES
from web.texts import VIETNAMESE
from web.uploads import MOST_FILES, check_batch, free_name, safe_name, validate


@given(st.text(st.characters(codec="utf-8")))
def test_a_stored_name_is_a_plain_name_of_one_file(name: str) -> None:
    safe = safe_name(name)
    assert safe == Path(safe).name
    assert not safe.startswith(".")
    assert 0 < len(safe.encode()) <= 200
    assert safe.isprintable()
    assert not set(safe) & set('/\\:*?"<>|\0')
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Thư mục\\Nghị quyết số 1.DOCX", "Nghị quyết số 1.docx"),
        (".htaccess.txt", "htaccess.txt"),
        ("<img src=x onerror=alert(1)>.txt", "_img src_x onerror_alert(1)_.txt"),
        ("a\0b\n.txt", "a_b_.txt"),
        (".txt", "tai-lieu.txt"),
        ("Công báo.ZIP", "Công báo.zip"),
    ],
)
def test_odd_names_become_plain_ones(sent: str, stored: str) -> None:
    content = b"PK\x03\x04" if stored.endswith(("docx", "zip")) else b"x"
    assert validate(VIETNAMESE.library, sent, len(content), content) == stored


@pytest.mark.parametrize(
    ("name", "size", "content", "said"),
    [
        ("a.exe", 1, b"x", "không được nhận"),
        ("a", 1, b"x", "không được nhận"),
        ("a.txt.svg", 1, b"x", "không được nhận"),
        ("a.txt", 0, b"", "rỗng"),
        ("a.txt", MOST_BYTES + 1, b"x", "tối đa"),
        ("a.pdf", 4, b"MZ\x90\x00", "không phải tệp .pdf"),
        ("a.docx", 4, b"%PDF", "không phải tệp .docx"),
        ("a.zip", 4, b"Rar!", "không phải tệp .zip"),
    ],
)
def test_what_may_not_come_in_is_told_in_one_line(
    name: str, size: int, content: bytes, said: str
) -> None:
    with pytest.raises(DanChungError, match=said) as raised:
        validate(VIETNAMESE.library, name, size, content)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "suffix", sorted(SUFFIXES - {".pdf", ".docx", ".epub", ".odt", ".pptx", ".xlsx"})
)
def test_every_kind_of_text_is_taken(suffix: str) -> None:
    assert validate(VIETNAMESE.library, f"a{suffix.upper()}", 1, b"x") == f"a{suffix}"


def test_too_many_or_too_much_at_once_is_refused() -> None:
    check_batch(VIETNAMESE.library, [1] * MOST_FILES)
    with pytest.raises(DanChungError, match="tối đa"):
        check_batch(VIETNAMESE.library, [1] * (MOST_FILES + 1))
    with pytest.raises(DanChungError, match="tối đa"):
        check_batch(VIETNAMESE.library, [MOST_BYTES] * 5)


def test_a_name_that_is_taken_is_counted_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "a (2).txt").touch()
    assert free_name(tmp_path, "a.txt") == "a (3).txt"
    assert free_name(tmp_path, "b.txt") == "b.txt"
