"""python -m eval bench scale: arguments, exit codes, what is printed where, files written."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from test_eval_bench_scale_report import REPORT

from eval.bench.scale import cli, running
from eval.bench.scale.report import ScaleReport
from eval.bench.scale.running import Plan
from eval.cli import main


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Plan]:
    """Let the command write down its plan instead of carrying it out."""
    seen = []

    def measure(plan: Plan, *, tell: Callable[[str], None]) -> ScaleReport:
        seen.append(plan)
        tell("1000 đoạn: đang hỏi")
        return REPORT

    monkeypatch.setattr(running, "measure", measure)
    monkeypatch.setattr(cli, "DATA", tmp_path / "texts")
    return seen


def test_arguments_become_a_plan(plans: list[Plan], tmp_path: Path) -> None:
    assert main(["bench", "scale"]) == 0
    (tmp_path / "texts").mkdir()
    assert main(["bench", "scale", "--passages", "20,10"]) == 0
    output = tmp_path / "out"
    assert main(["bench", "scale", "--data", "d", "--output", str(output), "--keep"]) == 0
    sizes = (10_000, 100_000, 1_000_000)
    assert plans == [
        Plan(sizes, None),
        Plan((20, 10), tmp_path / "texts"),
        Plan(sizes, Path("d"), output, keep=True),
    ]


@pytest.mark.parametrize("passages", ["", "0", "10,", "-5", "1e3", "10;20", "999999999999"])
def test_sizes_that_are_none_are_refused(
    plans: list[Plan], capsys: pytest.CaptureFixture[str], passages: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["bench", "scale", "--passages", passages])
    assert ended.value.code == 2
    assert "cần các số nguyên" in capsys.readouterr().err
    assert not plans


@pytest.mark.usefixtures("plans")
def test_json_alone_is_on_stdout_and_the_files_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "scale", "--output", str(tmp_path / "out"), "--json"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out) == REPORT.as_json()
    assert shown.err == "1000 đoạn: đang hỏi\n"
    written = {path.name: path.read_text("utf-8") for path in (tmp_path / "out").iterdir()}
    assert set(written) == {"report.md", "scale.json", "scale.svg"}
    assert json.loads(written["scale.json"]) == REPORT.as_json()
    assert "![scale.svg](scale.svg)" in written["report.md"]


def test_a_folder_without_texts_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "scale", "--data", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert f"{tmp_path}: không có tệp *.jsonl.xz" in shown.err
