"""The benchmark's report: its tables, its JSON and its drawings."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from eval.bench.figures import Estimate, Figures, TypingFigures
from eval.bench.plots import can_plot, plots
from eval.bench.report import BenchReport, CollectionReport, Outcome, Settings
from eval.bench.systems import Models

FULL = Estimate(0.8, 0.75, 0.85)
FIGURES = Figures(
    quality=dict.fromkeys(("recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10"), FULL),
    typing={
        "accented": TypingFigures(FULL, Estimate(0, 0, 0)),
        "telex": TypingFigures(Estimate(0.788, 0.7, 0.8), Estimate(0.012, 0, 0.03)),
        "nfd": TypingFigures(Estimate(0.803, 0.7, 0.9), Estimate(-0.003, -0.01, 0)),
    },
    milliseconds={"p50": 1.25, "p95": 10.0},
    index_seconds=2.0,
    passages_per_second=1500.4,
    peak_mebibytes=None,
)
REPORT = BenchReport(
    (
        CollectionReport(
            "bộ-một",
            questions=40,
            documents=20,
            passages=3001,
            outcomes=(
                Outcome("fused", figures=replace(FIGURES, typing={})),
                Outcome("reranked", figures=FIGURES),
                Outcome("bm25s", problem="không cài"),
                Outcome("txtai", "9.0", problem="hỏng: ValueError: lạ"),
            ),
        ),
    ),
    Settings(Models(), 40, {"python": "3.11"}),
)


def test_tables_hold_every_system_and_its_figures() -> None:
    text = REPORT.as_markdown()
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row] for row in rows]
    assert "40 câu hỏi, 20 tài liệu, 3001 đoạn." in text
    assert "nhiều nhất 40 câu mỗi bộ" in text
    assert ["Dẫn Chứng: xếp hạng lại", *["0.800 [0.750–0.850]"] * 5] in cells
    assert ["bm25s", "không cài", "–", "–", "–", "–"] in cells
    assert ["txtai", "hỏng: ValueError: lạ", "–", "–", "–", "–"] in cells
    assert ["Dẫn Chứng: từ và nghĩa", "2.00", "1500", "1.2", "10.0", "–"] in cells


def test_typing_table_has_the_styles_asked_and_the_change_in_points() -> None:
    lines = REPORT.as_markdown().splitlines()
    start = next(number for number, line in enumerate(lines) if "hơn kém" in line)
    head, _, *rows = [[c.strip() for c in line.split("|")[1:-1]] for line in lines[start:] if line]
    assert head[1:] == ["đủ dấu", "Telex", "NFD"]
    assert rows == [["Dẫn Chứng: xếp hạng lại", "0.800", "0.788 (−1.2)", "0.803 (+0.3)"]]


def test_lines_of_a_table_are_equally_long() -> None:
    tables = REPORT.as_markdown().split("\n\n")
    for table in tables:
        if table.startswith("|"):
            assert len({len(line) for line in table.strip().splitlines()}) == 1


def test_json_holds_all_figures_and_says_what_is_missing() -> None:
    report = json.loads(json.dumps(REPORT.as_json()))
    assert report["settings"]["limit"] == 40
    assert report["settings"]["reranker"] == "bundled"
    (collection,) = report["collections"]
    assert (collection["collection"], collection["passages"]) == ("bộ-một", 3001)
    fused, reranked, missing, broken = collection["systems"]
    assert fused["typing"] == {}
    assert reranked["retrieval"]["ndcg@10"] == {"value": 0.8, "low": 0.75, "high": 0.85}
    assert reranked["typing"]["telex"]["loss"]["value"] == 0.012
    assert reranked["latency_ms"] == {"p50": 1.25, "p95": 10.0}
    assert (reranked["index_seconds"], reranked["peak_mebibytes"]) == (2.0, None)
    assert (missing["problem"], missing["version"]) == ("không cài", None)
    assert "retrieval" not in missing
    assert (broken["problem"], broken["version"]) == ("hỏng: ValueError: lạ", "9.0")


def test_progress_tells_the_main_figure_or_the_problem() -> None:
    told = [outcome.told() for outcome in REPORT.collections[0].outcomes]
    assert told[0] == "Dẫn Chứng: từ và nghĩa: xong, nDCG@10 0.800"
    assert told[2] == "bm25s: không cài"


def _without_typing(report: BenchReport) -> BenchReport:
    (collection,) = report.collections
    return replace(report, collections=(replace(collection, outcomes=collection.outcomes[:1]),))


def _without_figures(report: BenchReport) -> BenchReport:
    (collection,) = report.collections
    return replace(report, collections=(replace(collection, outcomes=collection.outcomes[2:]),))


needs_matplotlib = pytest.mark.skipif(not can_plot(), reason="matplotlib is not installed")


@needs_matplotlib
@pytest.mark.parametrize("count", [1, 3])
def test_drawings_are_svg_and_the_same_for_the_same_report(count: int) -> None:
    report = replace(REPORT, collections=REPORT.collections * count)
    drawn = plots(report)
    assert list(drawn) == ["ndcg.svg", "typing.svg"]
    assert plots(report) == drawn
    for text in drawn.values():
        root = ET.fromstring(text)  # noqa: S314 (our own drawing)
        groups = [group.get("id", "") for group in root.iter("{http://www.w3.org/2000/svg}g")]
        assert sum(group.startswith("axes_") for group in groups) == count


@needs_matplotlib
def test_drawings_that_would_show_nothing_are_left_out() -> None:
    assert list(plots(_without_typing(REPORT))) == ["ndcg.svg"]
    assert plots(_without_figures(REPORT)) == {}
