"""Bars that measures must reach, from a TOML file.

::

    [measures]                                   # of the run; of the second run, when comparing
    "retrieval.recall@10" = { least = 0.90 }
    "abstention.wrong_when_answered" = { most = 0.10 }
    "latency_ms.p95" = { most = 500 }

    [changes]                                    # second run − first, of `compare` only
    "answers.f1" = { least = -0.01 }

A measure is named as in ``report.json``: its group, a full stop, its name.
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.errors import DanChungError

_TABLES = {"measures": "", "changes": "thay đổi của "}


@dataclass(frozen=True, slots=True)
class Bar:
    """The least and the most a value may be; None where it does not matter."""

    name: str
    least: float | None
    most: float | None

    def problem(self, value: float | None, *, of: str = "") -> str:
        """Return what is wrong with a value, in Vietnamese; empty when it passes."""
        if value is None:
            return f"{of}{self.name} không đo được"
        if self.least is not None and value < self.least:
            return f"{of}{self.name} = {value:.4g}, cần ít nhất {self.least:g}"
        if self.most is not None and value > self.most:
            return f"{of}{self.name} = {value:.4g}, cần nhiều nhất {self.most:g}"
        return ""


@dataclass(frozen=True, slots=True)
class Gate:
    """Bars for the values of a run, and for the differences of two."""

    measures: tuple[Bar, ...]
    changes: tuple[Bar, ...] = ()

    def problems(
        self, report: Mapping[str, Any], changes: Mapping[str, float | None] | None = None
    ) -> list[str]:
        """Return what does not pass, in the order of the file.

        Parameters
        ----------
        report
            As in ``report.json``.
        changes
            Second run − first by name of the measure; without them bars for changes are an error.

        Raises
        ------
        DanChungError
            A bar names a measure that there is none of.
        """
        found = [bar.problem(_value(report, bar.name)) for bar in self.measures]
        for bar in self.changes:
            if changes is None:
                raise DanChungError("[changes] của --gate chỉ dùng với python -m eval compare.")
            if bar.name not in changes:
                raise _unknown(bar.name, sorted(changes))
            found.append(bar.problem(changes[bar.name], of=_TABLES["changes"]))
        return [problem for problem in found if problem]

    def tell(
        self, report: Mapping[str, Any], changes: Mapping[str, float | None] | None = None
    ) -> int:
        """Say on stderr what does not pass; return the exit code."""
        problems = self.problems(report, changes)
        for problem in problems:
            print(f"Chưa đạt: {problem}.", file=sys.stderr)  # noqa: T201 - a command's output
        return 1 if problems else 0


def load_gate(path: Path) -> Gate:
    """Return the bars of a TOML file.

    Raises
    ------
    DanChungError
        There is no such file, or it has not the form it should have.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DanChungError(f"Không đọc được {path}: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DanChungError(f"{path}: không phải TOML hợp lệ ({error}).") from error
    foreign = sorted(set(content) - set(_TABLES))
    if foreign or not content:
        named = f", không phải [{foreign[0]}]" if foreign else ""
        raise DanChungError(f"{path}: cần bảng [measures] hoặc [changes]{named}.")
    tables = {name: tuple(_bars(path, name, content.get(name, {}))) for name in _TABLES}
    return Gate(**tables)


def _bars(path: Path, table: str, values: object) -> Iterator[Bar]:
    if not isinstance(values, dict):
        raise DanChungError(f"{path}: “{table}” phải là một bảng [{table}].")
    for name, bounds in values.items():
        known = isinstance(bounds, dict) and bounds and set(bounds) <= {"least", "most"}
        if not known or not all(map(_is_number, bounds.values())):
            raise DanChungError(
                f"{path}: [{table}] “{name}”: cần {{ least = số }}, {{ most = số }} hoặc cả hai."
            )
        yield Bar(name, bounds.get("least"), bounds.get("most"))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _value(report: Mapping[str, Any], name: str) -> float | None:
    group, _, measure = name.partition(".")
    figures = report.get(group)
    known = _names(report)
    if name not in known or not isinstance(figures, Mapping):
        raise _unknown(name, known)
    value: float | None = figures[measure]
    return value


def _names(report: Mapping[str, Any]) -> list[str]:
    groups = ("retrieval", "answers", "citations", "abstention", "latency_ms")
    return [f"{group}.{name}" for group in groups for name in report.get(group, {})]


def _unknown(name: str, known: Sequence[str]) -> DanChungError:
    return DanChungError(f"--gate: không có số đo “{name}”; có {', '.join(known)}.")
