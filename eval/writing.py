"""Write a run to a folder: each file whole or not at all, the report last."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from documents.errors import DanChungError
from eval.question_lines import question_line
from eval.trec import qrels_lines, run_lines

if TYPE_CHECKING:
    from eval.evaluating import Evaluation


def make_folder(folder: Path) -> None:
    """Make the folder of a run; called before the run, which may take long.

    Raises
    ------
    DanChungError
        It cannot be made.
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)


def write_run(
    folder: Path, evaluation: "Evaluation", *, started: datetime, finished: datetime
) -> None:
    """Write all files of a run into a folder.

    ``questions.jsonl``, ``run.trec``, ``qrels.trec``, ``documents.tsv`` (hash and path of each
    document asked), ``times.json`` (with the report's ``latency_ms`` all that is timed),
    ``report.md`` and ``report.json``. The report comes last: where it is, the others belong to the
    same run. Results kept meanwhile are removed.

    Raises
    ------
    DanChungError
        The folder cannot be written to.
    """
    asked = (*evaluation.results, *evaluation.near_misses)
    lines = [json.dumps(question_line(result), ensure_ascii=False) for result in asked]
    times = {
        "started": started.isoformat(timespec="seconds"),
        "seconds": round((finished - started).total_seconds(), 3),
        "milliseconds": {result.question.id: round(result.milliseconds, 3) for result in asked},
    }
    texts = {
        "questions.jsonl": "".join(f"{line}\n" for line in lines),
        "run.trec": run_lines(evaluation.results),
        "qrels.trec": qrels_lines(evaluation.results),
        "documents.tsv": "".join(f"{h}\t{p}\n" for p, h in evaluation.fingerprints.items()),
        "times.json": as_json_text(times),
        "report.md": evaluation.report.as_table(),
        "report.json": as_json_text(evaluation.report.as_json()),
    }
    write_texts(folder, texts)
    if evaluation.unfinished:
        evaluation.unfinished.remove()


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
