"""The TOML of a gate: what is read, and what is refused."""

from pathlib import Path

import pytest

from documents.errors import DanChungError
from eval.gate import Bar, Gate, load_gate

ROOT = Path(__file__).parents[2]


def _gate(folder: Path, text: str) -> Path:
    path = folder / "gate.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_bars_of_measures_and_changes(tmp_path: Path) -> None:
    path = _gate(
        tmp_path,
        '[measures]\n"a.b" = { least = 0.5, most = 1 }\n[changes]\n"a.b" = { most = 0.1 }\n',
    )
    assert load_gate(path) == Gate((Bar("a.b", 0.5, 1),), (Bar("a.b", None, 0.1),))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"cần bảng \[measures\] hoặc \[changes\]\."),
        ("[measure]\n", r"không phải \[measure\]"),
        ("measures = 1\n", "phải là một bảng"),
        ('[measures]\n"a.b" = 1\n', "“a.b”: cần { least = số }"),
        ('[measures]\n"a.b" = {}\n', "“a.b”: cần"),
        ('[measures]\n"a.b" = { least = "x" }\n', "“a.b”: cần"),
        ('[measures]\n"a.b" = { least = true }\n', "“a.b”: cần"),
        ('[measures]\n"a.b" = { min = 1 }\n', "“a.b”: cần"),
        ("[measures\n", "không phải TOML hợp lệ"),
    ],
)
def test_other_toml_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DanChungError, match=message):
        load_gate(_gate(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DanChungError, match="nowhere"):
        load_gate(tmp_path / "nowhere.toml")


def test_changes_need_two_runs_and_known_names() -> None:
    gate = Gate((), (Bar("a.b", -0.01, None),))
    with pytest.raises(DanChungError, match="chỉ dùng với python -m eval compare"):
        gate.problems({})
    with pytest.raises(DanChungError, match=r"không có số đo “a\.b”; có a\.c"):
        gate.problems({}, {"a.c": 0.1})
    assert gate.problems({}, {"a.b": 0.0}) == []
    assert gate.problems({}, {"a.b": -0.5}) == ["thay đổi của a.b = -0.5, cần ít nhất -0.01"]
    assert gate.problems({}, {"a.b": None}) == ["thay đổi của a.b không đo được"]


@pytest.mark.parametrize(
    ("bar", "expected"),
    [
        (Bar("latency_ms.p50", None, 500), []),
        (Bar("latency_ms.p50", None, 0), ["latency_ms.p50 = 12, cần nhiều nhất 0"]),
        (Bar("abstention.auroc", 0, None), ["abstention.auroc không đo được"]),
    ],
)
def test_a_bar_of_a_report(bar: Bar, expected: list[str]) -> None:
    report = {"latency_ms": {"p50": 12.0}, "abstention": {"auroc": None}}
    assert Gate((bar,)).problems(report) == expected
    with pytest.raises(
        DanChungError, match=r"không có số đo “answers\.f2”; có abstention\.auroc, latency_ms\.p50"
    ):
        Gate((Bar("answers.f2", 0, None),)).problems({"answers": {}, **report})


def test_the_gate_of_the_sample_questions_is_one() -> None:
    assert len(load_gate(ROOT / "eval" / "sample_gate.toml").measures) > 5
