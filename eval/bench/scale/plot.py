"""One drawing of a measurement by size as SVG, where matplotlib is installed."""

from collections.abc import Sequence
from io import StringIO

from eval.bench.scale.report import FIGURES, ScaleReport

_COLUMNS, _WIDTH, _HEIGHT = 4, 2.9, 2.4  # inches
_COLOUR = "#1a5fb4"


def growth(report: ScaleReport) -> str:
    """Return a panel for each of `FIGURES` over the number of passages, both logarithmic.

    A thin line shows what growing in proportion to the passages would be.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    lines = -(-len(FIGURES) // _COLUMNS)
    figure = Figure(figsize=(_WIDTH * _COLUMNS, _HEIGHT * lines), layout="constrained")
    FigureCanvasSVG(figure)
    panels = figure.subplots(lines, _COLUMNS, squeeze=False).flatten().tolist()
    for panel, (name, of) in zip(panels, FIGURES.items(), strict=False):
        points = [(size.built.passages, of(size)) for size in report.sizes]
        known = sorted((passages, value) for passages, value in points if value)
        panel.set_title(name, fontsize=9)
        panel.set_xscale("log")
        panel.set_yscale("log")
        panel.tick_params(labelsize=7)
        panel.spines[["top", "right"]].set_visible(False)
        if known:
            places, values = zip(*known, strict=True)
            panel.plot(places, _in_proportion(places, values[0]), color="#c8c8c8", linewidth=0.8)
            panel.plot(places, values, "o-", color=_COLOUR, markersize=4)
    for unused in panels[len(FIGURES) :]:
        unused.set_visible(False)
    figure.supxlabel("số đoạn; đường mảnh: tăng tỷ lệ thuận với số đoạn", fontsize=8)
    text = StringIO()
    with rc_context({"svg.hashsalt": "danchung"}):  # without it equal drawings differ in their ids
        figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()


def _in_proportion(places: Sequence[int], first: float) -> list[float]:
    return [first * place / places[0] for place in places]
