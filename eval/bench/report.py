"""The report of a benchmark: as JSON and as Vietnamese tables. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from eval.bench.figures import RESAMPLES, SEED, TYPING_MEASURE, Estimate, Figures
from eval.bench.systems import Models, label_of
from eval.markdown import aligned
from eval.running import DEPTH, WARM_UP

_DIGITS = 6
_MEASURES = {
    "recall@1": "recall@1",
    "recall@5": "recall@5",
    "recall@10": "recall@10",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
}
_SPAN = "đáp án trong các đoạn đầu"
STYLES = {
    "accented": "đủ dấu",
    "unaccented": "không dấu",
    "half": "nửa dấu",
    "telex": "Telex",
    "vni": "VNI",
    "teencode": "teencode",
    "nfd": "NFD",
}
"""Typing styles by name, with what they are called in tables."""
_EXPLANATION = (
    "Khoảng tin cậy 95 % theo bootstrap trên các câu hỏi. Mỗi hệ thống chạy trong một tiến trình"
    " riêng, trên cùng các đoạn và câu hỏi; hạng tính theo tài liệu. Thời gian lập chỉ mục của các"
    " hệ thống khác tính từ đoạn đã tách, trong bộ nhớ; của Dẫn Chứng gồm cả tách đoạn, nhúng và"
    " ghi đĩa, chung cho mọi dòng. Bộ nhớ là mức cao nhất của tiến trình, gồm cả các văn bản."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one system on one collection: figures, or the problem there was.

    Attributes
    ----------
    version
        Of a peer's package, None when not installed; of ours None.
    problem
        One Vietnamese line, empty when there are figures.
    """

    system: str
    version: str | None = None
    figures: Figures | None = None
    problem: str = ""

    def told(self) -> str:
        """Return one line for the progress of a run."""
        label = label_of(self.system)
        if self.figures is None:
            return f"{label}: {self.problem}"
        ndcg = self.figures.quality["ndcg@10"].value
        return f"{label}: xong, nDCG@10 {ndcg:.3f}"

    def as_json(self) -> dict[str, object]:
        """Return the outcome for ``retrieval.json``."""
        base: dict[str, object] = {
            "system": self.system,
            "label": label_of(self.system),
            "version": self.version,
            "problem": self.problem or None,
        }
        figures = self.figures
        if figures is None:
            return base
        return base | {
            "retrieval": {name: _as_json(figure) for name, figure in figures.quality.items()},
            "typing": {
                style: {TYPING_MEASURE: _as_json(typed.recall), "loss": _as_json(typed.loss)}
                for style, typed in figures.typing.items()
            },
            "index_seconds": round(figures.index_seconds, _DIGITS),
            "passages_per_second": _rounded(figures.passages_per_second, 1),
            "latency_ms": {name: round(ms, 3) for name, ms in figures.milliseconds.items()},
            "peak_mebibytes": _rounded(figures.peak_mebibytes, 1),
            **({"span": _as_json(figures.span)} if figures.span else {}),
        }


@dataclass(frozen=True, slots=True)
class CollectionReport:
    """One collection and what came of each system, in the order of the tables."""

    name: str
    questions: int
    documents: int
    passages: int
    outcomes: tuple[Outcome, ...]

    def measured(self) -> Iterator[tuple[str, Figures]]:
        """Yield the label and figures of each system that has some."""
        for outcome in self.outcomes:
            if outcome.figures is not None:
                yield label_of(outcome.system), outcome.figures

    def as_json(self) -> dict[str, object]:
        """Return the collection for ``retrieval.json``."""
        return {
            "collection": self.name,
            "questions": self.questions,
            "documents": self.documents,
            "passages": self.passages,
            "systems": [outcome.as_json() for outcome in self.outcomes],
        }

    def as_markdown(self) -> str:
        """Return the collection's tables."""
        heading = (
            f"## {self.name}\n\n{self.questions} câu hỏi, {self.documents} tài liệu,"
            f" {self.passages} đoạn.\n"
        )
        tables = [aligned(self._quality_rows()), aligned(self._cost_rows())]
        styles = self._styles()
        if styles:
            tables.append(aligned(self._typing_rows(styles)))
        return "\n".join([heading, *("\n".join(table) + "\n" for table in tables)])

    def _quality_rows(self) -> Sequence[Sequence[str]]:
        spans = any(figures.span for _, figures in self.measured())
        head = ("Hệ thống", *_MEASURES.values(), *([_SPAN] if spans else []))
        return [
            head,
            *((label_of(o.system), *_quality_cells(o, spans=spans)) for o in self.outcomes),
        ]

    def _cost_rows(self) -> Sequence[Sequence[str]]:
        head = ("Hệ thống", "lập chỉ mục (s)", "đoạn/giây", "p50 (ms)", "p95 (ms)", "bộ nhớ (MiB)")
        return [head, *((label, *_cost_cells(figures)) for label, figures in self.measured())]

    def _typing_rows(self, styles: Sequence[str]) -> Sequence[Sequence[str]]:
        head = (f"{TYPING_MEASURE} (hơn kém đủ dấu, điểm)", *(STYLES[style] for style in styles))
        rows = [
            (label, *(_typing_cell(figures, style) for style in styles))
            for label, figures in self.measured()
            if figures.typing
        ]
        return [head, *rows]

    def _styles(self) -> Sequence[str]:
        """Return the styles that any system was asked in, in their order."""
        asked = dict.fromkeys(s for _, figures in self.measured() for s in figures.typing)
        return [style for style in STYLES if style in asked]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a benchmark was made with."""

    models: Models
    limit: int | None
    versions: Mapping[str, str]

    def as_json(self) -> dict[str, object]:
        """Return the settings for ``retrieval.json``."""
        return {
            **asdict(self.models),
            "limit": self.limit,
            "depth": DEPTH,
            "warm_up": WARM_UP,
            "resamples": RESAMPLES,
            "seed": SEED,
            "versions": dict(self.versions),
        }


@dataclass(frozen=True, slots=True)
class BenchReport:
    """All collections, in the order asked for."""

    collections: tuple[CollectionReport, ...]
    settings: Settings

    def as_json(self) -> dict[str, object]:
        """Return the report in the form of the commands' JSON."""
        return {
            "collections": [collection.as_json() for collection in self.collections],
            "settings": self.settings.as_json(),
        }

    def as_markdown(self) -> str:
        """Return the report as aligned Markdown, in Vietnamese."""
        models = self.settings.models
        limit = f", nhiều nhất {self.settings.limit} câu mỗi bộ" if self.settings.limit else ""
        heading = (
            f"# So sánh tìm kiếm\n\nMô hình nhúng {models.embedder or 'bundled'}, bộ xếp hạng"
            f" {models.reranker}{limit}. {_EXPLANATION}\n"
        )
        return "\n".join([heading, *(c.as_markdown() for c in self.collections)])


def _quality_cells(outcome: Outcome, *, spans: bool) -> Sequence[str]:
    if outcome.figures is None:
        return (outcome.problem, *("–" for _ in range(len(_MEASURES) - 1 + spans)))
    cells = [_spelled(outcome.figures.quality[name]) for name in _MEASURES]
    span = outcome.figures.span
    return [*cells, _spelled(span) if span else "–"] if spans else cells


def _cost_cells(figures: Figures) -> Sequence[str]:
    speed, memory = figures.passages_per_second, figures.peak_mebibytes
    return (
        f"{figures.index_seconds:.2f}",
        "–" if speed is None else f"{speed:.0f}",
        f"{figures.milliseconds['p50']:.1f}",
        f"{figures.milliseconds['p95']:.1f}",
        "–" if memory is None else f"{memory:.0f}",
    )


def _typing_cell(figures: Figures, style: str) -> str:
    """Return ``0.931 (−1.2)``: the recall, and how many points it is off that of full accents."""
    typed = figures.typing.get(style)
    if typed is None:
        return "–"
    loss = "" if style == "accented" else f" ({_points(-typed.loss.value)})"
    return f"{typed.recall.value:.3f}{loss}"


def _points(change: float) -> str:
    """Return a change in points with its sign: ``−1.2``, ``+0.3``, ``0.0``."""
    points = round(100 * change, 1) + 0.0
    return f"{points:+.1f}".replace("-", "−") if points else "0.0"


def _spelled(figure: Estimate) -> str:
    return f"{figure.value:.3f} [{figure.low:.3f}–{figure.high:.3f}]"


def _as_json(figure: Estimate) -> dict[str, float]:
    return {name: round(value, _DIGITS) for name, value in asdict(figure).items()}


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
