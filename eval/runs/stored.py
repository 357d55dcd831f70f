"""A run as `eval.writing` stored it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.errors import DanChungError
from eval.question_measures import Share

REPORT = "report.json"
GROUPS = ("retrieval", "answers", "citations", "abstention")
"""The groups of a report that are no times."""


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """What happened to one question.

    Attributes
    ----------
    line
        All that ``questions.jsonl`` says (`eval.question_lines.question_line`).
    shares
        What it adds to each measure that is about it, by ``group.name``.
    """

    id: str
    line: Mapping[str, Any]
    shares: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A finished run.

    Attributes
    ----------
    report
        As in ``report.json``.
    questions
        Those of the collection, in its order, without near misses.
    fingerprints
        By path the hash of each document that was asked.
    started
        UTC, ISO 8601; empty when not told.
    """

    folder: Path
    report: Mapping[str, Any]
    questions: tuple[StoredQuestion, ...]
    fingerprints: Mapping[str, str]
    started: str

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the run was made with."""
        settings: Mapping[str, Any] = self.report["settings"]
        return settings

    def value(self, name: str) -> float | None:
        """Return a measure of the report by ``group.name``; None when there is none."""
        group, _, measure = name.partition(".")
        value: float | None = self.report.get(group, {}).get(measure)
        return value


def read_run(folder: Path) -> StoredRun:
    """Return the run of a folder.

    Raises
    ------
    DanChungError
        It holds no finished run, or one that this version did not write.
    """
    try:
        report = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        questions = tuple(map(_question, lines[: report["questions"]]))
        return StoredRun(folder, report, questions, _fingerprints(folder), _started(folder))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise DanChungError(
            f"{folder}: không có lần chạy nào đã xong; cần thư mục mà python -m eval run --output"
            " đã ghi."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DanChungError(
            f"{folder}: kết quả hỏng hoặc của phiên bản khác ({error}); hãy chạy lại python -m eval"
            " run --output."
        ) from error


def _question(text: str) -> StoredQuestion:
    line = json.loads(text)
    return StoredQuestion(line["id"], line, {k: _share(v) for k, v in line["measures"].items()})


def _share(value: float | list[float]) -> Share:
    return Share(value[0], int(value[1])) if isinstance(value, list) else Share(value, 1)


def _fingerprints(folder: Path) -> dict[str, str]:
    lines = (folder / "documents.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t", 1) for line in lines)
    return {path: fingerprint for fingerprint, path in pairs}


def _started(folder: Path) -> str:
    return str(json.loads((folder / "times.json").read_text(encoding="utf-8"))["started"])
