"""Stored runs, written down by hand: compared, held to a gate, listed over time."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.cli import main

Line = dict[str, Any]


def _line(name: str, *, right: bool, **more: object) -> Line:
    line: Line = {
        "id": name,
        "question": "Kinh đô ở đâu?",
        "asked": "Kinh đô ở đâu?",
        "gold_answers": ["Huế"],
        "gold_documents": ["hue.txt"],
        "refuse": False,
        "typing": "",
        "document_length": 100,
        "rank": 1,
        "answer": "Huế" if right else "Hà Nội",
        "refused": False,
        "confidence": 0.9 if right else 0.4,
        "citations": [],
        "correct": right,
        "best_correct": right,
        "ranking": ["hue.txt"],
        "measures": {"answers.f1": float(right), "citations.validity": [2.0 * right, 2]},
    }
    return line | more


def _run(
    folder: Path, lines: Sequence[Line], *, started: str = "2026-01-01T00:00:00+00:00",
    documents: Mapping[str, str] | None = None, **settings: str,
) -> str:  # fmt: skip
    folder.mkdir(parents=True)
    documents = documents or {"hue.txt": "1"}
    f1 = sum(line["measures"]["answers.f1"] for line in lines) / len(lines)
    report = {
        "collection": "a.jsonl",
        "questions": len(lines),
        "documents": len(documents),
        "retrieval": {"recall@10": 1.0},
        "answers": {"f1": f1},
        "citations": {},
        "abstention": {},
        "latency_ms": {"p50": 10.0},
        "settings": {"questions": "q", "corpus": "c", "judge": "words", "index": ""} | settings,
    }
    texts = {
        "report.json": json.dumps(report),
        "questions.jsonl": "".join(json.dumps(line) + "\n" for line in lines),
        "documents.tsv": "".join(f"{value}\t{path}\n" for path, value in documents.items()),
        "times.json": json.dumps({"started": started}),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


@pytest.fixture
def pair(tmp_path: Path) -> list[str]:
    """Write two runs over 12 questions: the second gets six more right, and one wrong."""
    kinds = ["where", "when"] * 6
    first = [_line(str(n), right=n == 0, kind=kind) for n, kind in enumerate(kinds)]
    second = [_line(str(n), right=1 <= n <= 6, kind=kind) for n, kind in enumerate(kinds)]
    return [_run(tmp_path / "one", first), _run(tmp_path / "two", second)]


def _compared(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:  # noqa: ANN401
    assert main(["compare", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_each_measure_has_its_difference_interval_and_p(
    pair: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = _compared(capsys, *pair)
    f1 = found["measures"]["answers.f1"]
    assert (f1["first"], f1["second"]) == (0.083333, 0.5)
    assert f1["difference"] == 0.416667
    assert 0 < f1["low"] < 5 / 12 < f1["high"] < 1
    # Of 7 signs at most one is against or at most one for: 2 · (1 + 7) / 2⁷.
    assert f1["p"] == pytest.approx(16 / 128, abs=0.015)
    validity = found["measures"]["citations.validity"]
    assert (validity["second"], validity["count"]) == (0.5, 24)
    assert found["measures"]["abstention.aurc"]["difference"] < 0
    assert found["latency_ms"]["p50"] == {"first": 10.0, "second": 10.0}


def test_slices_and_changed_questions_with_both_answers(
    pair: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = _compared(capsys, *pair)
    assert list(found["slices"]) == ["kind"]  # nothing else parts these questions
    when = found["slices"]["kind"]["when"]
    assert when["questions"] == 6
    assert when["measures"]["answers.f1"]["second"] == 0.5
    changed = [(one["id"], one["verdict"]) for one in found["changed"]]
    assert changed == [("0", "worse"), *((str(n), "better") for n in range(1, 7))]
    assert found["changed"][0]["first"]["answer"] == "Huế"
    assert found["changed"][0]["second"]["answer"] == "Hà Nội"
    assert main(["compare", *pair]) == 0
    printed = capsys.readouterr().out
    assert "7 câu được trả lời khác đi: 1 xấu đi, 6 tốt lên, 0 khác." in printed
    assert "| khi nào " in printed


def test_the_same_comparison_twice_is_the_same(
    pair: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert _compared(capsys, *pair) == _compared(capsys, *pair)


def test_two_refusals_in_other_words_are_no_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = [
        _run(tmp_path / name, [_line("0", right=False, refused=True, answer=f"Không thấy {name}")])
        for name in ("a", "b")
    ]
    assert _compared(capsys, *runs)["changed"] == []


@pytest.mark.parametrize("other", ["ids", "gold"])
def test_runs_of_other_questions_are_refused(
    pair: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], other: str
) -> None:
    lines = [_line(str(n), right=True) for n in range(12 if other == "gold" else 3)]
    asked = "r" if other == "gold" else "q"
    third = _run(tmp_path / "three", lines, questions=asked)
    assert main(["compare", pair[0], third]) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith("Không so được hai lần chạy hỏi hai bộ câu khác nhau (")
    assert printed.out == ""


def test_other_documents_and_judges_are_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [_line("0", right=True)]
    first = _run(tmp_path / "a", lines, documents={"x": "1", "y": "1", "z": "1"})
    documents = {"x": "1", "y": "2", "new": "1"}
    second = _run(tmp_path / "b", lines, documents=documents, corpus="d", judge="nli")
    assert main(["compare", first, second, "--json"]) == 0
    printed = capsys.readouterr()
    assert "1 tài liệu thêm, 1 đổi, 1 bỏ" in printed.err
    assert "hai bộ chấm khác nhau" in printed.err
    assert len(json.loads(printed.out)["warnings"]) == 2


def test_a_gate_holds_the_second_run_and_the_change(
    pair: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gate = tmp_path / "gate.toml"
    gate.write_text(
        '[measures]\n"answers.f1" = { least = 0.4 }\n[changes]\n"answers.f1" = { least = 0 }\n',
        encoding="utf-8",
    )
    assert main(["compare", *pair, "--gate", str(gate)]) == 0
    assert main(["compare", *reversed(pair), "--gate", str(gate)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Chưa đạt: answers.f1 = 0.08333, cần ít nhất 0.4.",
        "Chưa đạt: thay đổi của answers.f1 = -0.4167, cần ít nhất 0.",
    ]


@pytest.mark.parametrize("name", ["nowhere", "empty", "broken"])
def test_a_folder_that_holds_no_run_is_one_line(
    pair: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    if name != "nowhere":
        (tmp_path / name).mkdir()
    if name == "broken":
        (tmp_path / name / "report.json").write_text('{"questions": 1}', encoding="utf-8")
        (tmp_path / name / "questions.jsonl").write_text("{}\n", encoding="utf-8")
    assert main(["compare", pair[0], str(tmp_path / name)]) == 1
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert name in printed.err


def test_history_lists_runs_by_date_and_draws_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for day, right in ((3, True), (1, False), (2, True)):
        _run(
            tmp_path / "runs" / f"r{9 - day}",
            [_line("0", right=right)],
            started=f"2026-01-0{day}T10:00:00+00:00",
            index="var/<i>" if day == 3 else "",
        )
    (tmp_path / "runs" / "broken").mkdir()
    (tmp_path / "runs" / "broken" / "report.json").write_text("[]", encoding="utf-8")
    svg = tmp_path / "history.svg"
    folder = str(tmp_path / "runs")
    assert main(["history", folder, "--json", "--svg", str(svg)]) == 0
    printed = capsys.readouterr()
    runs = json.loads(printed.out)["runs"]
    assert [Path(run["folder"]).name for run in runs] == ["r8", "r7", "r6"]
    assert [run["measures"]["answers.f1"] for run in runs] == [0, 1, 1]
    assert "broken" in printed.err
    drawn = svg.read_text(encoding="utf-8")
    assert drawn.count("<polyline") == 3  # recall, F1 and time: the others were not measured
    assert "a.jsonl: F1" in drawn
    assert main(["history", folder, "--index", "var/<i>", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["runs"]) == 1
    assert main(["history", folder]) == 0
    assert "2026-01-01 10:00" in capsys.readouterr().out


def test_a_history_of_nothing_says_how_to_begin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", str(tmp_path / "none")]) == 1
    assert "--output" in capsys.readouterr().err
