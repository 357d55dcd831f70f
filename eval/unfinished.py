"""Results kept as they come, so that a run that was stopped goes on where it was.

One file of JSON lines in the run's folder, named after the hash of all settings: a run with other
settings never takes up another's results.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from eval.collection import Question
from eval.grading import Result
from eval.result_json import result_as_json, result_from_json

_NAME = "unfinished-{}.jsonl"


class Unfinished:
    """The results of one run so far.

    Parameters
    ----------
    folder
        Of the run; it exists.
    key
        The hash of all settings.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self._path = folder / _NAME.format(key)
        self._mend()

    def results(self, part: str, questions: Sequence[Question]) -> dict[str, Result]:
        """Return by question id the results that one part of the run has."""
        known = {question.id: question for question in questions}
        found = {}
        for value in _values(self._path):
            question = known.get(value["id"])
            if value["part"] == part and question:
                found[question.id] = result_from_json(value["result"], question)
        return found

    def keep(self, part: str, result: Result) -> None:
        """Add a result; it survives the end of the process."""
        value = {"part": part, "id": result.question.id, "result": result_as_json(result)}
        with self._path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(value, ensure_ascii=False) + "\n")

    def remove(self) -> None:
        """Forget the results: the run is finished and written."""
        self._path.unlink(missing_ok=True)

    def _mend(self) -> None:
        """Cut off a last line that was not written to its end."""
        with suppress(FileNotFoundError):
            content = self._path.read_bytes()
            whole = content[: content.rfind(b"\n") + 1]
            if whole != content:
                self._path.write_bytes(whole)


def kept_results(folder: Path) -> int:
    """Return how many results the unfinished runs of a folder have."""
    return sum(1 for path in folder.glob(_NAME.format("*")) for _ in _values(path))


def _values(path: Path) -> Iterator[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        with suppress(json.JSONDecodeError):
            yield json.loads(line)
