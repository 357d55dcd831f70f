"""The report of a stored run as one HTML file: nothing in it is fetched from anywhere. Pure.

What documents and models say is hostile: every text is escaped, and a content security policy
lets only the file's own script run.
"""

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from eval.reporting import figures
from eval.reporting.charts import Axes, Bar, bar_chart, line_chart
from eval.reporting.figures import Part
from eval.reporting.outcome import Outcome
from eval.reporting.words import Words
from eval.runs.stored import StoredQuestion, StoredRun

MOST_QUESTIONS = 2_000
_HERE = Path(__file__).parent
_TIME_BARS = 8
_MOST_QUOTE = 600


def html_report(run: StoredRun, words: Words) -> str:
    """Return the report as a whole HTML page."""
    script, style = _text("report.js"), _text("report.css")
    name = escape(str(run.report["collection"]))
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{report_policy()}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(words.title)}: {name}</title><style>{style}</style></head><body><main>"
        f"<h1>{escape(words.title)}: {name}</h1>{_about(run, words)}{_tiles(run, words)}"
        f"<h2>{escape(words.figures)}</h2>{_figures(run, words)}"
        f"<h2>{escape(words.curves)}</h2>{_curves(run, words)}{_slices(run, words)}"
        f"{_questions(run, words)}</main><script>{script}</script></body></html>\n"
    )


def report_policy() -> str:
    """Return the content security policy of every report: its own style and script, no more."""
    script, style = _text("report.js"), _text("report.css")
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)};"
        " base-uri 'none'; form-action 'none'"
    )


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def _about(run: StoredRun, words: Words) -> str:
    report = run.report
    settings = ", ".join(
        f"{name} {value}"
        for name, value in run.settings.items()
        if isinstance(value, (str, int)) and value not in ("", None)
    )
    return (
        f'<p class="soft">{report["questions"]} {escape(words.questions)}, {report["passages"]} '
        f"{escape(words.documents)}; {escape(words.started)} {escape(run.started)}</p>"
        f'<p class="soft">{escape(words.settings)}: {escape(settings)}</p>'
    )


def _tiles(run: StoredRun, words: Words) -> str:
    counts = Counter(map(figures.outcome_of, run.questions))
    total = max(1, len(run.questions))
    tiles = "".join(
        f'<div class="tile {outcome.value}"><b>{counts[outcome]}</b>'
        f"{escape(words.outcomes[outcome])}"
        f' <span class="soft">{100 * counts[outcome] / total:.0f} %</span></div>'
        for outcome in reversed(Outcome)
        if counts[outcome]
    )
    return f'<div class="tiles">{tiles}</div>'


def _figures(run: StoredRun, words: Words) -> str:
    intervals = run.report.get("intervals", {})
    cards = []
    for group, name in words.groups.items():
        measures = run.report.get(group) or {}
        rows = "".join(
            f"<tr><td>{escape(measure)}</td>"
            f'<td class="number">{_number(value, group)}</td>'
            f'<td class="number">{_interval(intervals.get(group, {}).get(measure))}</td></tr>'
            for measure, value in measures.items()
        )
        if rows:
            cards.append(
                f'<div class="card"><h3>{escape(name)}</h3><table><thead><tr>'
                f'<th>{escape(words.measure)}</th><th class="number">{escape(words.value)}</th>'
                f'<th class="number">{escape(words.interval)}</th></tr></thead>'
                f"<tbody>{rows}</tbody></table></div>"
            )
    return f'<div class="grid2">{"".join(cards)}</div>'


def _curves(run: StoredRun, words: Words) -> str:
    questions = run.questions
    charts: dict[str, str] = {}
    risk = _thinned(figures.risk_by_coverage(questions))
    if risk:
        axes = Axes(words.coverage, words.risk)
        charts["risk"] = line_chart(words.charts["risk"], axes, risk)
    bins = figures.calibration(questions)
    if bins:
        axes = Axes(words.confidence, words.correct)
        points = [(one.confidence, one.correct) for one in bins]
        charts["calibration"] = line_chart(words.charts["calibration"], axes, points, diagonal=True)
    ranks = figures.recall_by_rank(questions)
    if ranks:
        bars = [Bar(str(rank), share) for rank, share in enumerate(ranks, start=1)]
        charts["recall"] = bar_chart(words.charts["recall"], Axes(words.rank, words.recall), bars)
    times = figures.latencies(run)
    if times:
        charts["latency"] = _latency(times, words)
    cards = "".join(
        f'<div class="card"><h3>{escape(words.charts[name])}</h3>{chart}</div>'
        for name, chart in charts.items()
    )
    return f'<div class="grid2">{cards}</div>'


def _latency(times: Sequence[float], words: Words) -> str:
    most = times[round(0.99 * (len(times) - 1))] or 1.0
    width = most / _TIME_BARS
    counts = Counter(min(int(time / width), _TIME_BARS - 1) for time in times)
    bars = [
        Bar(f"{width * (place + 1):.0f}", counts[place] / len(times)) for place in range(_TIME_BARS)
    ]
    top = max(bar.value for bar in bars)
    axes = Axes(words.milliseconds, words.share, most_y=top)
    return bar_chart(words.charts["latency"], axes, bars)


def _slices(run: StoredRun, words: Words) -> str:
    parts = figures.parts_of(run.questions)
    if not parts:
        return ""
    cards = "".join(
        f'<div class="card"><h3>{escape(words.dimensions[dimension])}</h3>'
        f"{_part_chart(words, words.dimensions[dimension], held)}{_part_table(words, held)}</div>"
        for dimension, held in parts.items()
    )
    return f'<h2>{escape(words.slices)}</h2><div class="grid2">{cards}</div>'


def _part_chart(words: Words, title: str, parts: Sequence[Part]) -> str:
    bars = [Bar(part.name, part.correct) for part in parts if part.correct is not None]
    return bar_chart(title, Axes("", words.correct), bars)


def _part_table(words: Words, parts: Sequence[Part]) -> str:
    rows = "".join(
        f'<tr><td>{escape(part.name)}</td><td class="number">{part.count}</td>'
        f'<td class="number">{_share(part.correct)}</td>'
        f'<td class="number">{_share(part.found)}</td></tr>'
        for part in parts
    )
    heads = "".join(
        f'<th class="number">{escape(name)}</th>'
        for name in (words.count, words.correct, words.first)
    )
    return (
        f"<table><thead><tr><th>{escape(words.part)}</th>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _questions(run: StoredRun, words: Words) -> str:
    shown = figures.worst_first(run.questions)[:MOST_QUESTIONS]
    items = "".join(_question(one, words) for one in shown)
    return (
        f'<h2>{escape(words.each)}</h2><p><label for="search">{escape(words.search)}</label><br>'
        f'<input id="search" type="search" placeholder="{escape(words.search_hint)}"></p>'
        f'<p class="soft"><span id="shown">{len(shown)}</span>/{len(run.questions)} '
        f"{escape(words.shown)}</p>{items}"
    )


def _question(question: StoredQuestion, words: Words) -> str:
    line, outcome = question.line, figures.outcome_of(question)
    asked = f" ({line['asked']})" if line["asked"] != line["question"] else ""
    rank = line["rank"]
    place = f"{words.found_at} {rank}" if rank else words.not_found
    entries = [
        (words.gold, escape("; ".join(line["gold_answers"]) or "–")),
        (words.said, escape(str(line["answer"]) or "–")),
        (words.confidence, f"{line['confidence']:.2f}"),
        (words.evidence, _evidence(line["citations"])),
    ]
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in entries)
    gold = (
        escape(f"{'; '.join(line['gold_documents'])} · {place}") if line["gold_documents"] else ""
    )
    return (
        f'<details class="question card"><summary><span class="mark {outcome.value}">'
        f"{escape(words.outcomes[outcome])}</span>{escape(line['question'])}"
        f'<span class="soft">{escape(asked)}</span></summary><dl>{listed}</dl>'
        f'<p class="soft">{gold}</p></details>'
    )


def _evidence(citations: Sequence[Mapping[str, Any]]) -> str:
    return (
        "".join(
            f"<blockquote>{escape(one['quote'][:_MOST_QUOTE])}</blockquote>"
            f'<span class="soft">{escape(one["document"])}:{one["start"]}-{one["end"]}</span>'
            for one in citations
        )
        or "–"
    )


def _thinned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return at most about a hundred of the points, the last one too."""
    step = max(1, len(points) // 100)
    return [*points[:-1:step], *points[-1:]]


def _number(value: float | None, group: str) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if group == "latency_ms" else f"{value:.3f}"


def _interval(value: Sequence[float] | None) -> str:
    return f"{value[0]:.3f}–{value[1]:.3f}" if value else ""


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"
