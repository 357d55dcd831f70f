"""Scanned PDFs, with a stand-in for ocrmypdf and with the real one."""

import io
import os
import select
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from documents import recognising
from documents.errors import UnreadableDocumentError
from documents.loading import document_of

TEXT_PDF = Path(__file__).parents[2] / "documents" / "articles" / "tuyen-ngon-doc-lap-1945.pdf"
Install = Callable[[str], None]


def _scan() -> bytes:
    """Return a PDF of one page that is a picture of some words."""
    page = Image.new("L", (1240, 400), 255)
    font = ImageFont.load_default(size=60)
    ImageDraw.Draw(page).text((80, 120), "HANOI 1945 TUYEN NGON", font=font, fill=0)
    stream = io.BytesIO()
    page.save(stream, "PDF", resolution=150)
    return stream.getvalue()


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a shell script called ocrmypdf on PATH, before what is needed to run it."""

    def put(script: str) -> None:
        program = tmp_path / "ocrmypdf"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)

    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return put


def test_without_the_program_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableDocumentError) as caught:
        document_of("a.pdf", _scan())
    assert "là ảnh quét, 1 trang" in str(caught.value)
    assert "hãy cài ocrmypdf và tesseract-ocr-vie" in str(caught.value)


def test_the_text_it_gives_is_stored(install: Install) -> None:
    # The last two arguments are the scan and the result; the folder is the program's own.
    install(
        'for last; do scan="$result"; result="$last"; done\n'
        f'test -s "$scan" && test "$TMPDIR" = "$PWD" && cp "{TEXT_PDF}" "$result"'
    )
    document = document_of("a.pdf", _scan())
    assert document.text == document_of("a.pdf", TEXT_PDF.read_bytes()).text


def test_a_pdf_with_text_is_not_recognised(install: Install, tmp_path: Path) -> None:
    install(f"touch {tmp_path}/ran; exit 1")
    document_of("a.pdf", TEXT_PDF.read_bytes())
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo đầu >&2; echo 'no vie data' >&2; exit 3", r"\(no vie data\).*tesseract-ocr-vie"),
        ("exit 7", r"\(mã 7\)"),
        ("exit 0", "không có kết quả"),
        ('for last; do scan="$r"; r="$last"; done; cp "$scan" "$r"', "không ra chữ nào"),
        ('for r; do true; done; echo x > "$r"', "PDF bị hỏng"),
    ],
)
def test_a_failure_says_why(install: Install, script: str, reason: str) -> None:
    install(script)
    with pytest.raises(UnreadableDocumentError, match=reason):
        document_of("a.pdf", _scan())


def test_what_takes_too_long_is_ended_with_its_children(
    install: Install, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(recognising, "_SECONDS_PER_PAGE", 0.2)
    alive = tmp_path / "alive"
    os.mkfifo(alive)
    reading = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    try:
        install(f'exec 3>"{alive}"; echo began >&3; sleep 60 & sleep 60')
        with pytest.raises(UnreadableDocumentError, match="chạy quá"):
            document_of("a.pdf", _scan())
        os.read(reading, 100)
        # The pipe ends when the last process that holds it is gone.
        assert select.select([reading], [], [], 20)[0]
        assert os.read(reading, 100) == b""
    finally:
        os.close(reading)


@pytest.mark.model
def test_the_real_program_reads_a_scan() -> None:
    if shutil.which("ocrmypdf") is None:
        pytest.skip("ocrmypdf is not installed")
    assert "1945" in document_of("a.pdf", _scan()).text
