"""How a benchmark's command tells its progress and hands over its report."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from documents.command_line import print_json


class Report(Protocol):
    """What a benchmark found."""

    def as_json(self) -> dict[str, object]:
        """Return all figures."""
        ...

    def as_markdown(self) -> str:
        """Return the tables."""
        ...


def tell(line: str) -> None:
    """Print one line of progress to standard error, at once."""
    print(line, file=sys.stderr, flush=True)


def deliver(
    report: Report,
    options: argparse.Namespace,
    *,
    json_name: str,
    draw: Callable[[], Mapping[str, str]],
) -> None:
    """Write a report to the folder ``--output``, if there is one, and print it.

    Parameters
    ----------
    draw
        Returns the drawings as SVG by file name; only called where matplotlib is installed.
    """
    if options.output is not None:
        _write(options.output, report, json_name, draw)
    if options.json:
        print_json(report.as_json())
    else:
        print(report.as_markdown(), end="")


def _write(
    folder: Path, report: Report, json_name: str, draw: Callable[[], Mapping[str, str]]
) -> None:
    """Write the files; the JSON comes last, so that where it is the rest is too."""
    from eval.bench.plots import can_plot
    from eval.writing import as_json_text, write_texts

    drawn = draw() if can_plot() else {}
    if not can_plot():
        tell("Chưa cài matplotlib nên không vẽ hình; hãy chạy: pip install matplotlib")
    shown = "".join(f"\n![{name}]({name})\n" for name in drawn)
    write_texts(
        folder,
        {
            **drawn,
            "report.md": report.as_markdown() + shown,
            json_name: as_json_text(report.as_json()),
        },
    )
