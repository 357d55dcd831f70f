"""The stored runs of a folder over time: a table, and small lines drawn as SVG."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from documents.errors import DanChungError
from eval.markdown import aligned
from eval.runs.stored import REPORT, StoredRun, read_run

DEFAULT_FOLDER = Path("var/runs")
MAIN_MEASURES = {
    "retrieval.recall@10": "recall@10",
    "retrieval.ndcg@10": "nDCG@10",
    "answers.f1": "F1",
    "answers.best_sentence_accuracy": "câu gần nhất đúng",
    "abstention.wrong_when_answered": "trả lời mà sai",
    "latency_ms.p50": "p50 (ms)",
}
_WIDTH, _HEIGHT, _LEFT = 320, 48, 300


@dataclass(frozen=True, slots=True)
class History:
    """Runs, the oldest first, and what of the folder could not be read."""

    runs: tuple[StoredRun, ...]
    unreadable: tuple[str, ...]


def read_history(folder: Path, *, index: Path | None = None) -> History:
    """Return the runs in a folder and the folders below it.

    Parameters
    ----------
    index
        Keep only runs that asked this index.

    Raises
    ------
    DanChungError
        There is no such folder.
    """
    if not folder.is_dir():
        raise DanChungError(
            f"{folder}: không có thư mục này; hãy chạy python -m eval run … --output {folder}/TÊN."
        )
    runs, unreadable = [], []
    for report in sorted(folder.rglob(REPORT)):
        try:
            runs.append(read_run(report.parent))
        except DanChungError as error:
            unreadable.append(str(error))
    kept = [run for run in runs if index is None or _asks(run, index)]
    return History(
        tuple(sorted(kept, key=lambda run: (run.started, str(run.folder)))), tuple(unreadable)
    )


def as_json(history: History) -> dict[str, object]:
    """Return the runs in the form of the commands' JSON."""
    return {
        "runs": [
            {
                "folder": str(run.folder),
                "started": run.started,
                "collection": run.report["collection"],
                "questions": len(run.questions),
                "documents": run.report["documents"],
                "measures": {name: run.value(name) for name in MAIN_MEASURES},
                "settings": dict(run.settings),
            }
            for run in history.runs
        ],
        "unreadable": list(history.unreadable),
    }


def as_table(history: History) -> str:
    """Return the runs as aligned Markdown, the oldest first."""
    head = ("Lần chạy", "lúc (UTC)", "bộ câu hỏi", "số câu", *MAIN_MEASURES.values())
    rows: list[Sequence[str]] = [head]
    for run in history.runs:
        values = [_spelled(name, run.value(name)) for name in MAIN_MEASURES]
        when = run.started[:16].replace("T", " ")
        collection = str(run.report["collection"])
        rows.append((str(run.folder), when, collection, str(len(run.questions)), *values))
    return "\n".join(aligned(rows)) + "\n"


def as_svg(history: History) -> str:
    """Return one small line for each main measure and collection, runs from left to right.

    Each line has its own scale, from its least to its greatest value; these are written beside it.
    """
    lines = list(_lines(history.runs))
    height = _HEIGHT * len(lines) + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDTH + 130}" height="{height}"'
        ' font-family="sans-serif" font-size="12">'
    ]
    for place, (label, values) in enumerate(lines):
        parts += _line(label, values, top=_HEIGHT * place + 4)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _lines(runs: Sequence[StoredRun]) -> Iterator[tuple[str, list[float]]]:
    groups: dict[str, list[StoredRun]] = {}
    for run in runs:
        groups.setdefault(run.report["collection"], []).append(run)
    for collection, some in groups.items():
        for name, label in MAIN_MEASURES.items():
            values = [value for run in some if (value := run.value(name)) is not None]
            if values:
                yield f"{collection}: {label}", values


def _line(label: str, values: Sequence[float], *, top: int) -> list[str]:
    low, high = min(values), max(values)
    step = _WIDTH / max(1, len(values) - 1)
    spread = high - low or 1.0
    points = [
        (_LEFT + step * place, top + _HEIGHT - 12 - (value - low) / spread * (_HEIGHT - 20))
        for place, value in enumerate(values)
    ]
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    told = f"{values[-1]:.3g} ({low:.3g}–{high:.3g})"
    middle = top + _HEIGHT // 2
    return [
        f'<text x="4" y="{middle}">{escape(label)}</text>',
        f'<polyline points="{drawn}" fill="none" stroke="#2a6f97" stroke-width="1.5"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#2a6f97"/>',
        f'<text x="{_LEFT + _WIDTH + 8}" y="{middle}">{told}</text>',
    ]


def _asks(run: StoredRun, index: Path) -> bool:
    named: Mapping[str, object] = run.settings
    return bool(named["index"]) and Path(str(named["index"])).resolve() == index.resolve()


def _spelled(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if name.startswith("latency") else f"{value:.3f}"
