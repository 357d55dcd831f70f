"""The report by size: JSON with every figure, a table with a column for each size, a drawing."""

from dataclasses import replace

from eval.bench.scale.measuring import Built, Latency, Served
from eval.bench.scale.memory import Resident
from eval.bench.scale.plot import growth
from eval.bench.scale.report import FIGURES, ScaleReport, Settings, Size, SyncSeconds

IDLE = Latency({"p50": 10.0, "p95": 20.0}, {"p50": 30.0, "p95": 40.0}, 300)
DURING = Latency({"p50": 11.0, "p95": 22.0}, {"p50": 33.0, "p95": 50.0}, 900)
SMALL = Size(
    asked=1_000,
    built=Built(250, 1_004, 2.0, 0.25, 3.5, 300.0, 12.5),
    recall=0.99,
    served=Served(0.5, Resident(200.0, 80.0), IDLE, DURING, 1.5),
    syncs=SyncSeconds(0.3, 0.1),
)
LARGE = replace(
    SMALL,
    asked=10_000,
    built=Built(2_500, 10_020, 20.0, 2.5, 35.0, None, 125.0),
    served=replace(SMALL.served, memory=None),
)
REPORT = ScaleReport((SMALL, LARGE), Settings(real=False, seed=0, versions={"faiss-cpu": "1"}))


def test_json_has_every_figure() -> None:
    report = REPORT.as_json()
    assert report["settings"] == {"texts": "made up", "seed": 0, "versions": {"faiss-cpu": "1"}}
    sizes = report["sizes"]
    assert isinstance(sizes, list)
    assert sizes[0] == {
        "asked": 1_000,
        "documents": 250,
        "passages": 1_004,
        "build": {
            "seconds": 2.0,
            "processor_seconds": 3.5,
            "publishing_seconds": 0.25,
            "passages_per_second": 502.0,
            "peak_mebibytes": 300.0,
            "disk_mebibytes": 12.5,
        },
        "dense_recall@10": 0.99,
        "serving": {
            "opened_seconds": 0.5,
            "resident_mebibytes": 200.0,
            "of_files_mebibytes": 80.0,
        },
        "idle": {
            "questions": 300,
            "retrieve_ms": {"p50": 10.0, "p95": 20.0},
            "answer_ms": {"p50": 30.0, "p95": 40.0},
        },
        "during_sync": {
            "questions": 900,
            "retrieve_ms": {"p50": 11.0, "p95": 22.0},
            "answer_ms": {"p50": 33.0, "p95": 50.0},
            "sync_seconds": 1.5,
            "p95_ratio": 1.25,
        },
        "sync": {"one_changed_seconds": 0.3, "nothing_changed_seconds": 0.1},
    }
    assert sizes[1]["build"]["peak_mebibytes"] is None
    assert sizes[1]["serving"]["resident_mebibytes"] is None


def test_the_table_has_a_column_for_each_size() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in REPORT.as_markdown().splitlines()
        if line.startswith("|")
    ]
    cells = {row[0]: row[1:] for row in rows}
    assert rows[0] == ["", "1004 đoạn", "10020 đoạn"]
    assert cells["đoạn/giây"] == ["502", "501"]
    assert cells["bộ nhớ lập chỉ mục (MiB)"] == ["300.00", "–"]
    assert cells["bộ nhớ phục vụ (MiB)"] == ["200.00", "–"]
    assert cells["recall@10 theo nghĩa"] == ["0.990", "0.990"]
    assert cells["p95 khi đang đồng bộ, so với lúc rảnh"] == ["1.25 lần", "1.25 lần"]
    assert set(FIGURES) < set(cells)


def test_the_drawing_is_the_same_each_time_and_does_without_what_is_unknown() -> None:
    drawn = growth(REPORT)
    assert drawn.lstrip().startswith("<?xml")
    assert drawn == growth(REPORT)
    assert drawn != growth(replace(REPORT, sizes=(SMALL,)))
