"""Write a run to a folder: each file whole or not at all, the report last."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from documents.errors import DanChungError
from eval.grading import Result
from eval.report import Report, question_line


def make_folder(folder: Path) -> None:
    """Make the folder of a run; called before the run, which may take long.

    Raises
    ------
    DanChungError
        It cannot be made.
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)


def write_run(folder: Path, report: Report, results: Sequence[Result]) -> None:
    """Write ``questions.jsonl``, ``report.md`` and ``report.json`` into a folder.

    The report comes last: where it is, the others belong to the same run.

    Raises
    ------
    DanChungError
        The folder cannot be written to.
    """
    lines = [json.dumps(question_line(result), ensure_ascii=False) for result in results]
    texts = {
        "questions.jsonl": "".join(f"{line}\n" for line in lines),
        "report.md": report.as_table(),
        "report.json": as_json_text(report.as_json()),
    }
    write_texts(folder, texts)


def as_json_text(value: object) -> str:
    """Return a value as the JSON text of a file, indented."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    """Write texts by file name into a folder, in their order, each whole or not at all.

    Raises
    ------
    DanChungError
        The folder cannot be written to.
    """
    with _told(folder):
        for name, text in texts.items():
            _replace(folder / name, text)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Tell the user about a fault of the disk."""
    try:
        yield
    except OSError as error:
        raise DanChungError(
            f"Không ghi được kết quả vào {folder} ({error.strerror}); hãy chọn thư mục khác"
            " bằng --output."
        ) from error


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
