"""python -m eval bench retrieval: arguments, exit codes, what is printed where, files written."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from documents.errors import DanChungError
from eval.bench import comparing, plots
from eval.bench.comparing import Plan
from eval.bench.report import BenchReport, CollectionReport, Outcome, Settings
from eval.bench.systems import Models
from eval.cli import main
from eval.typing_styles import TypingStyle

REPORT = BenchReport(
    (CollectionReport("bộ-một", 4, 3, 3, (Outcome("bm25s", problem="không cài"),)),),
    Settings(Models(), None, {}),
)


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[Plan]:
    """Let the command write down its plan instead of carrying it out."""
    seen = []

    def compare(plan: Plan, *, show_progress: bool, tell: Callable[[str], None]) -> BenchReport:
        assert isinstance(show_progress, bool)
        seen.append(plan)
        tell("bộ-một: bm25s: không cài")
        return REPORT

    monkeypatch.setattr(comparing, "compare", compare)
    return seen


def test_arguments_become_a_plan(plans: list[Plan]) -> None:
    assert main(["bench", "retrieval", "a.json"]) == 0
    arguments = "a.json+b.json c --distractors x y --typing telex accented --limit 7 --peers txtai"
    assert main(["bench", "retrieval", *arguments.split(), "--embedder", "m"]) == 0
    assert plans == [
        Plan(("a.json",)),
        Plan(
            ("a.json+b.json", "c"),
            distractors=(Path("x"), Path("y")),
            styles=(TypingStyle.ACCENTED, TypingStyle.TELEX),
            limit=7,
            peers=("txtai",),
            models=Models("m"),
        ),
    ]


def test_peers_get_the_same_model_and_only_full_accents(plans: list[Plan]) -> None:
    arguments = "a.json+b.json --limit 7 --peers langchain-faiss txtai-hybrid --embedder m"
    assert main(["bench", "peers", *arguments.split()]) == 0
    assert plans == [
        Plan(
            ("a.json+b.json",),
            styles=(TypingStyle.ACCENTED,),
            limit=7,
            own=("reranked",),
            peers=("txtai-hybrid", "langchain-faiss"),
            read=5,
            models=Models("m"),
        )
    ]


def test_no_peers_may_be_wanted(plans: list[Plan]) -> None:
    assert main(["bench", "retrieval", "a.json", "--peers"]) == 0
    assert plans[0].peers == ()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("bench", "LOẠI"),
        ("bench retrieval", "COLLECTION"),
        ("bench retrieval a.json --typing qwerty", "qwerty"),
        ("bench retrieval a.json --limit 0", "cần một số nguyên từ 1"),
        ("bench retrieval a.json --peers nobody", "nobody"),
    ],
)
def test_bad_arguments_exit_with_2(
    arguments: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_info:
        main(arguments.split())
    assert exit_info.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.usefixtures("plans")
def test_json_is_one_object_on_stdout_and_progress_goes_to_stderr(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["bench", "retrieval", "a.json", "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["collections"][0]["collection"] == "bộ-một"
    assert printed.out.count("\n") == 1
    assert printed.err == "bộ-một: bm25s: không cài\n"


@pytest.mark.usefixtures("plans")
def test_without_json_tables_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "retrieval", "a.json"]) == 0
    assert capsys.readouterr().out == REPORT.as_markdown()


@pytest.mark.usefixtures("plans")
def test_output_holds_the_tables_the_figures_and_the_drawings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots, "can_plot", lambda: True)
    monkeypatch.setattr(plots, "plots", lambda report: {"ndcg.svg": f"<svg>{report is REPORT}"})
    assert main(["bench", "retrieval", "a.json", "--output", str(tmp_path / "new")]) == 0
    texts = {path.name: path.read_text("utf-8") for path in (tmp_path / "new").iterdir()}
    assert sorted(texts) == ["ndcg.svg", "report.md", "retrieval.json"]
    assert texts["ndcg.svg"] == "<svg>True"
    assert texts["report.md"].endswith("![ndcg.svg](ndcg.svg)\n")
    assert json.loads(texts["retrieval.json"]) == REPORT.as_json()


@pytest.mark.usefixtures("plans")
def test_without_matplotlib_there_are_no_drawings_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(plots, "can_plot", lambda: False)
    assert main(["bench", "retrieval", "a.json", "--output", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.md", "retrieval.json"]
    assert "Chưa cài matplotlib" in capsys.readouterr().err


def test_output_that_cannot_be_written_is_one_line_before_the_run(
    plans: list[Plan], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["bench", "retrieval", "a.json", "--output", str(tmp_path / "file")]) == 1
    assert "Không ghi được kết quả" in capsys.readouterr().err
    assert plans == []


def test_a_users_error_is_one_line_and_exit_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def compare(*_: object, **__: object) -> BenchReport:
        raise DanChungError("Không có tệp nào.")

    monkeypatch.setattr(comparing, "compare", compare)
    assert main(["bench", "retrieval", "nowhere.json", "--json"]) == 1
    assert capsys.readouterr() == ("", "Không có tệp nào.\n")


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from eval.cli import main\n"
        "try: main(['bench', 'retrieval', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'scipy', 'tantivy', 'torch', 'matplotlib'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run(  # noqa: S603 (our own interpreter, our own words)
        [sys.executable, "-c", script], capture_output=True, check=False, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "COLLECTION" in done.stdout
