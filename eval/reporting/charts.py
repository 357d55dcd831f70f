"""Small charts as inline SVG: lines and bars on a unit square. Pure.

Colours come from the page's CSS (classes); every chart has a title for screen readers, and its
values are in a table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 420, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 12, 40
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Axes:
    """The names of the axes and the largest value of each; both begin at 0."""

    x: str
    y: str
    most_x: float = 1.0
    most_y: float = 1.0
    percent_x: bool = True
    percent_y: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar and how far its value may be off, where that is known."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None


def line_chart(
    title: str, axes: Axes, points: Sequence[tuple[float, float]], *, diagonal: bool = False
) -> str:
    """Return a line through some points, given by rising x; ``diagonal`` draws y = x to compare."""
    places = [_place(axes, x, y) for x, y in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3"><title>'
        f"{_value(a, percent=axes.percent_x)}; {_value(b, percent=axes.percent_y)}</title></circle>"
        for (x, y), (a, b) in zip(places, points, strict=True)
    )
    ideal = ""
    if diagonal:
        (x0, y0), (x1, y1) = _place(axes, 0, 0), _place(axes, axes.most_x, axes.most_y)
        ideal = f'<line class="ideal" x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}"/>'
    return _chart(title, axes, f'{ideal}<polyline class="line" points="{path}"/>{dots}')


def bar_chart(title: str, axes: Axes, bars: Sequence[Bar]) -> str:
    """Return upright bars side by side, each with its label below."""
    if not bars:
        return ""
    step = (_WIDTH - _LEFT - _RIGHT) / len(bars)
    drawn = []
    for number, bar in enumerate(bars):
        x = _LEFT + step * number
        _, y = _place(axes, 0, bar.value)
        height = _HEIGHT - _BOTTOM - y
        drawn.append(
            f'<rect class="bar" x="{x + step * 0.15:.1f}" y="{y:.1f}" width="{step * 0.7:.1f}" '
            f'height="{height:.1f}"><title>{escape(bar.label)}: '
            f"{_value(bar.value, percent=axes.percent_y)}</title></rect>"
            f"{_whisker(axes, bar, x + step / 2)}"
            f'<text class="tick" x="{x + step / 2:.1f}" y="{_HEIGHT - _BOTTOM + 16}" '
            f'text-anchor="middle">{escape(_shortened(bar.label, len(bars)))}</text>'
        )
    return _chart(title, axes, "".join(drawn), ticks_x=False)


def _whisker(axes: Axes, bar: Bar, x: float) -> str:
    if bar.low is None or bar.high is None:
        return ""
    (_, low), (_, high) = _place(axes, 0, bar.low), _place(axes, 0, bar.high)
    return f'<line class="whisker" x1="{x:.1f}" y1="{low:.1f}" x2="{x:.1f}" y2="{high:.1f}"/>'


def _chart(title: str, axes: Axes, drawn: str, *, ticks_x: bool = True) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"{_grid(axes, ticks_x=ticks_x)}{drawn}"
        f'<text class="axis" x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 6}" '
        f'text-anchor="middle">{escape(axes.x)}</text>'
        f'<text class="axis" text-anchor="middle" '
        f'transform="translate(12 {(_TOP + _HEIGHT - _BOTTOM) / 2}) rotate(-90)">'
        f"{escape(axes.y)}</text></svg>"
    )


def _grid(axes: Axes, *, ticks_x: bool) -> str:
    pieces = []
    for tick in range(_TICKS + 1):
        share = tick / _TICKS
        x, y = _place(axes, share * axes.most_x, share * axes.most_y)
        shown = _value(share * axes.most_y, percent=axes.percent_y)
        pieces.append(
            f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}"/>'
            f'<text class="tick" x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{shown}</text>'
        )
        if ticks_x:
            shown = _value(share * axes.most_x, percent=axes.percent_x)
            pieces.append(
                f'<text class="tick" x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 16}" '
                f'text-anchor="middle">{shown}</text>'
            )
    return "".join(pieces)


def _place(axes: Axes, x: float, y: float) -> tuple[float, float]:
    width, height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    return (
        _LEFT + width * min(x / axes.most_x, 1.0),
        _HEIGHT - _BOTTOM - height * min(y / axes.most_y, 1.0),
    )


def _value(value: float, *, percent: bool) -> str:
    return f"{100 * value:.0f} %" if percent else f"{value:.0f}"


def _shortened(label: str, bars: int) -> str:
    room = max(3, 56 // bars)
    return label if len(label) <= room else label[: room - 1] + "…"
