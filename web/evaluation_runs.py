"""The evaluations that the page keeps: a folder each below the data folder.

A run's folder holds what was wanted (``order.json``), the questions (``collection/``) and what
`eval.writing` and `eval.unfinished` write. It appears whole: what is missing afterwards is results.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

from documents.errors import DanChungError
from eval.runs.stored import REPORT
from eval.typing_styles import TypingStyle
from eval.unfinished import kept_results
from web.evaluation_texts import EvaluationTexts

MEASURES = (
    "retrieval.recall@1",
    "answers.best_sentence_accuracy",
    "abstention.answered",
    "abstention.wrong_when_answered",
    "citations.validity",
)
"""The figures of the list of runs."""
RERANKERS = ("bundled", "none")
_ORDER, _COLLECTION, _KEPT = "order.json", "collection", "kept"
_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}")


class RunRefusedError(DanChungError):
    """Why nothing can be done with a run.

    Attributes
    ----------
    name
        Of the text that says so (`web.evaluation_texts`); as a message it is Vietnamese.
    """

    def __init__(self, name: str) -> None:
        super().__init__(getattr(EvaluationTexts, name))
        self.name = name


class Source(StrEnum):
    """Where the questions of a run come from."""

    EXAM = "exam"
    FILE = "file"
    SAMPLE = "sample"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be asked, and how.

    Attributes
    ----------
    file
        The name of the collection's file.
    questions, seed
        Of an exam.
    """

    source: Source
    file: str
    questions: int = 0
    seed: int = 0
    typing: TypingStyle = TypingStyle.ACCENTED
    reranker: str = "bundled"


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run as it is listed.

    Attributes
    ----------
    started
        UTC, ISO 8601.
    questions
        How many were asked so far.
    values
        The figures of `MEASURES`; None of a run that is not finished.
    is_kept
        Whether it is not to be removed.
    """

    id: str
    order: Order
    started: str
    questions: int
    values: Mapping[str, float | None] | None
    is_kept: bool


class RunShelf:
    """All runs in a folder, and those that were removed and can be put back."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self._folder = folder
        self._bin = bin_folder

    def new(self, order: Order, fill: Callable[[Path], object], *, now: datetime) -> str:
        """Make the folder of a run; return its id.

        Parameters
        ----------
        fill
            Writes the collection's file into the folder it is given; an exam is written later.
        """
        name = f"{now:%Y%m%d-%H%M%S}-{uuid4().hex[:6]}"
        making = self._folder / f".{name}.tmp"
        try:
            (making / _COLLECTION).mkdir(parents=True)
            fill(making / _COLLECTION)
            value = {**asdict(order), "started": now.isoformat(timespec="seconds")}
            (making / _ORDER).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
            making.rename(self._folder / name)
        except OSError as error:
            raise DanChungError(f"{self._folder}: không ghi được ({error.strerror})") from error
        finally:
            shutil.rmtree(making, ignore_errors=True)
        return name

    def folder(self, run: str) -> Path:
        """Return the folder of a run.

        Raises
        ------
        DanChungError
            There is none.
        """
        folder = self._folder / run
        if not _ID.fullmatch(run) or not (folder / _ORDER).is_file():
            raise RunRefusedError("NO_SUCH_RUN")
        return folder

    def order(self, run: str) -> Order:
        """Return what is asked in a run; raise `DanChungError` where there is no such run."""
        value = _read(self.folder(run) / _ORDER)
        return Order(
            Source(value["source"]),
            str(value["file"]),
            int(value["questions"]),
            int(value["seed"]),
            TypingStyle(value["typing"]),
            str(value["reranker"]),
        )

    def collection(self, run: str) -> Path:
        """Return the file of a run's questions; an exam's is there once it is made."""
        return self.folder(run) / _COLLECTION / self.order(run).file

    def runs(self) -> list[KeptRun]:
        """Return all runs, the newest first."""
        if not self._folder.is_dir():
            return []
        names = sorted((path.name for path in self._folder.iterdir()), reverse=True)
        return [
            self._listed(name)
            for name in names
            if _ID.fullmatch(name) and (self._folder / name / _ORDER).is_file()
        ]

    def keep(self, run: str, *, kept: bool) -> None:
        """Say whether a run is not to be removed."""
        mark = self.folder(run) / _KEPT
        if kept:
            mark.touch()
        else:
            mark.unlink(missing_ok=True)

    def remove(self, run: str) -> None:
        """Move a run into the bin.

        Raises
        ------
        DanChungError
            It is to be kept, or cannot be moved.
        """
        folder = self.folder(run)
        if (folder / _KEPT).exists():
            raise RunRefusedError("IS_KEPT")
        _move(folder, self._bin / run)

    def put_back(self, run: str) -> None:
        """Move a run out of the bin again; raise `DanChungError` where it is not there."""
        if not _ID.fullmatch(run) or not (self._bin / run).is_dir():
            raise RunRefusedError("NOTHING_TO_UNDO")
        _move(self._bin / run, self._folder / run)

    def drop(self, run: str) -> None:
        """Forget a run that came to nothing."""
        shutil.rmtree(self.folder(run), ignore_errors=True)

    def _listed(self, run: str) -> KeptRun:
        folder, started = self._folder / run, str(_read(self._folder / run / _ORDER)["started"])
        report = _read(folder / REPORT) if (folder / REPORT).is_file() else None
        return KeptRun(
            run,
            self.order(run),
            started,
            report["questions"] if report else kept_results(folder),
            {name: _value(report, name) for name in MEASURES} if report else None,
            (folder / _KEPT).exists(),
        )


def copied(file: Path, name: str) -> Callable[[Path], object]:
    """Return what copies a collection's file into a folder, for `RunShelf.new`."""
    return lambda folder: shutil.copyfile(file, folder / name)


def _value(report: Mapping[str, Any], name: str) -> float | None:
    group, _, measure = name.partition(".")
    value: float | None = report.get(group, {}).get(measure)
    return value


def _move(folder: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(folder, target)  # noqa: PTH104 - refuses to take the place of what has content
    except OSError as error:
        raise DanChungError(f"{folder}: không chuyển được ({error.strerror})") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return value if isinstance(value, dict) else {}
    except (OSError, ValueError) as error:
        raise DanChungError(f"{path}: không đọc được; hãy bỏ lần chạy này") from error
