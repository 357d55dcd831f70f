"""Scanned pages to text, by OCRmyPDF where it is installed."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from documents.errors import UnreadableDocumentError

_PROGRAM = "ocrmypdf"
_SECONDS_PER_PAGE = 30
_MOST_SECONDS = 3600
_LONGEST_MESSAGE = 120
_MISSING = (
    "tệp PDF là ảnh quét, {pages} trang nhưng không có chữ: hãy cài ocrmypdf và tesseract-ocr-vie"
    " rồi đồng bộ lại"
)
_SLOW = "tệp PDF là ảnh quét, ocrmypdf chạy quá {seconds} giây: hãy chia nhỏ tệp"
_FAILED = (
    "tệp PDF là ảnh quét, ocrmypdf không nhận dạng được ({message}): hãy kiểm tra đã cài"
    " tesseract-ocr-vie"
)


def recognise(data: bytes, *, pages: int) -> bytes:
    """Return a scanned PDF with its text recognised, as ``ocrmypdf`` on PATH writes it.

    It works in a folder of its own and is ended after 30 seconds a page, an hour at most.

    Raises
    ------
    UnreadableDocumentError
        There is no ``ocrmypdf``, it fails (no Vietnamese data, damage) or takes too long.
    """
    program = shutil.which(_PROGRAM)
    if program is None:
        raise UnreadableDocumentError(_MISSING.format(pages=pages))
    with TemporaryDirectory(prefix="danchung-ocr-") as folder:
        source, result = Path(folder, "scan.pdf"), Path(folder, "text.pdf")
        source.write_bytes(data)
        command = [program, "--language", "vie", "--skip-text", "--output-type", "pdf"]
        command += ["--optimize", "0", "--jobs", "1", "--quiet", str(source), str(result)]
        _run(command, folder, seconds=min(_SECONDS_PER_PAGE * pages, _MOST_SECONDS))
        if not result.is_file():
            raise UnreadableDocumentError(_FAILED.format(message="không có kết quả"))
        return result.read_bytes()


def _run(command: list[str], folder: str, *, seconds: int) -> None:
    """Run a command to its end; past its time, end it and all that it started."""
    with subprocess.Popen(  # noqa: S603 - a program on PATH, given file names of ours alone
        command,
        cwd=folder,
        env={**os.environ, "TMPDIR": folder, "OMP_THREAD_LIMIT": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            _, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise UnreadableDocumentError(_SLOW.format(seconds=seconds)) from None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode != 0:
        lines = errors.decode("utf-8", "replace").strip().splitlines()
        message = lines[-1][:_LONGEST_MESSAGE] if lines else f"mã {process.returncode}"
        raise UnreadableDocumentError(_FAILED.format(message=message))
