"""Two drawings of a benchmark as SVG, where matplotlib is installed; nothing else needs it."""

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from io import StringIO
from typing import TYPE_CHECKING

from eval.bench.figures import TYPING_MEASURE
from eval.bench.report import STYLES, BenchReport, CollectionReport

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NDCG = "ndcg@10"
_OWN_COLOUR, _PEER_COLOUR = "#1a5fb4", "#8a8a8a"
_OWN_NAME = "Dẫn Chứng"
_PANEL_WIDTH, _ROW_HEIGHT = 5.2, 0.32  # inches
_DOT_GAP = 0.14


def can_plot() -> bool:
    """Return whether matplotlib is installed."""
    return find_spec("matplotlib") is not None


def plots(report: BenchReport) -> Mapping[str, str]:
    """Return the drawings by file name; one that would show nothing is left out.

    ``ndcg.svg`` has nDCG@10 with its intervals by system, ``typing.svg`` recall@10 by typing style
    and system; each with a panel per collection.
    """
    drawn = {}
    quality = [c for c in report.collections if any(c.measured())]
    if quality:
        drawn["ndcg.svg"] = _panels(quality, _draw_ndcg, rows=_most_systems(quality))
    typing = [c for c in quality if any(figures.typing for _, figures in c.measured())]
    if typing:
        drawn["typing.svg"] = _panels(typing, _draw_typing, rows=_most_systems(typing))
    return drawn


def _panels(
    collections: Sequence[CollectionReport],
    draw: Callable[["Axes", CollectionReport], None],
    *,
    rows: int,
) -> str:
    """Return an SVG with a panel per collection, two in a row."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    columns = min(2, len(collections))
    lines = -(-len(collections) // columns)
    size = (_PANEL_WIDTH * columns, (_ROW_HEIGHT * rows + 1.2) * lines)
    figure = Figure(figsize=size, layout="constrained")
    FigureCanvasSVG(figure)
    panels = figure.subplots(lines, columns, squeeze=False).flatten().tolist()
    for panel, collection in zip(panels, collections, strict=False):
        draw(panel, collection)
        panel.set_title(f"{collection.name} ({collection.questions} câu)", fontsize=10)
        panel.spines[["top", "right"]].set_visible(False)
    for unused in panels[len(collections) :]:
        unused.set_visible(False)
    text = StringIO()
    with rc_context({"svg.hashsalt": "danchung"}):  # without it equal drawings differ in their ids
        figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()


def _draw_ndcg(panel: "Axes", collection: CollectionReport) -> None:
    """Draw a dot and its interval per system, ours on top."""
    labels = []
    for row, (label, figures) in enumerate(collection.measured()):
        labels.append(label)
        estimate = figures.quality[NDCG]
        colour = _colour(label)
        panel.plot([estimate.low, estimate.high], [row, row], color=colour, linewidth=2)
        panel.plot(estimate.value, row, "o", color=colour, markersize=6)
        panel.annotate(
            f"{estimate.value:.3f}",
            (estimate.value, row),
            xytext=(0, 5),
            textcoords="offset points",
            ha="center",
            fontsize=7,
            color=colour,
        )
    panel.set_yticks(range(len(labels)), labels, fontsize=8)
    panel.set_ylim(len(labels) - 0.5, -0.8)
    panel.set_xlabel("nDCG@10, khoảng tin cậy 95 %", fontsize=8)
    panel.tick_params(axis="x", labelsize=8)
    panel.grid(axis="x", color="#e5e5e5", linewidth=0.6)
    panel.set_axisbelow(True)


def _draw_typing(panel: "Axes", collection: CollectionReport) -> None:
    """Draw each system's dots and intervals beside one another over every typing style."""
    asked = [(label, figures.typing) for label, figures in collection.measured() if figures.typing]
    styles = [style for style in STYLES if any(style in typing for _, typing in asked)]
    for number, (label, typing) in enumerate(asked):
        aside = _DOT_GAP * (number - (len(asked) - 1) / 2)
        colour = _OWN_COLOUR if _colour(label) == _OWN_COLOUR else f"C{number}"
        places = [place + aside for place, style in enumerate(styles) if style in typing]
        recalls = [typing[style].recall for style in styles if style in typing]
        panel.vlines(places, [r.low for r in recalls], [r.high for r in recalls], color=colour)
        marker = "osD^v"[number % 5]
        panel.plot(places, [r.value for r in recalls], marker, color=colour, ms=5, label=label)
    panel.set_xticks(range(len(styles)), [STYLES[style] for style in styles])
    panel.set_ylim(0, 1.02)
    panel.set_ylabel(f"{TYPING_MEASURE}, khoảng tin cậy 95 %", fontsize=8)
    panel.tick_params(labelsize=8)
    panel.grid(axis="y", color="#e5e5e5", linewidth=0.6)
    panel.legend(
        fontsize=7, loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=3, frameon=False
    )


def _colour(label: str) -> str:
    return _OWN_COLOUR if label.startswith(_OWN_NAME) else _PEER_COLOUR


def _most_systems(collections: Sequence[CollectionReport]) -> int:
    return max(len(collection.outcomes) for collection in collections)
