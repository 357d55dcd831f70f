"""python -m eval run: arguments, exit codes, what is printed where, and the files written."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval import evaluating
from eval.cli import main
from eval.collection import Question
from eval.evaluating import Evaluation
from eval.grading import Result
from eval.plan import Plan
from eval.progress import Show
from eval.report import Report, Settings
from eval.summary import summarise
from eval.typing_styles import TypingStyle
from qa.answer import REFUSAL, Answer

RESULT = Result(
    Question("1", "Giá vàng?", refuse=True),
    "Gia vang?",
    Answer("Gia vang?", REFUSAL, refused=True, confidence=0.1),
    (),
    (),
    12.0,
)


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[Plan]:
    """Let the command write down its plan instead of carrying it out."""
    seen = []

    def evaluate(plan: Plan, *, show: Show, output: Path | None) -> Evaluation:
        assert isinstance(show, Show)
        seen.append(plan)
        settings = Settings(
            "bundled", "abc", "bundled", "extractive", plan.typing.value, plan.limit, (), 50, 3, {}
        )
        report = Report(plan.collection.name, 1, 2, 3, summarise([RESULT]), settings)
        return Evaluation(report, (RESULT,), ("Một điều cần biết.",))

    monkeypatch.setattr(evaluating, "evaluate", evaluate)
    return seen


def test_arguments_become_a_plan(plans: list[Plan]) -> None:
    assert main(["run", "a.json", "--without-gold"]) == 0
    arguments = "run a.jsonl --documents d --distractors x y --distractors z --typing telex"
    more = "--limit 7 --embedder m --reranker none --near-misses"
    assert main([*arguments.split(), *more.split()]) == 0
    assert plans == [
        Plan(Path("a.json"), without_gold=True),
        Plan(
            Path("a.jsonl"),
            distractors=(Path("x"), Path("y"), Path("z")),
            typing=TypingStyle.TELEX,
            limit=7,
            documents=Path("d"),
            embedder="m",
            reranker="none",
            near_misses=True,
        ),
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "LỆNH"),
        ("run", "COLLECTION"),
        ("run a.json --typing qwerty", "qwerty"),
        ("run a.json --limit 0", "cần một số nguyên từ 1"),
        ("run a.json --limit x", "cần một số nguyên từ 1"),
        ("run a.jsonl", "cần --index DIR hoặc --documents FOLDER"),
        ("run a.jsonl.xz", "cần --index DIR hoặc --documents FOLDER"),
        ("run a.jsonl --index i --documents d", "not allowed with"),
        ("run a.json --index i", "chỉ dùng với bộ câu hỏi JSON Lines"),
        ("run a.jsonl --documents d --without-gold", "mang theo tài liệu"),
        ("run a.jsonl --index i --distractors x", "không thêm được vào chỉ mục có sẵn"),
    ],
)
def test_bad_arguments_exit_with_2(
    arguments: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_info:
        main(arguments.split())
    assert exit_info.value.code == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.out == ""


@pytest.mark.usefixtures("plans")
def test_json_is_one_object_on_stdout_and_notes_go_to_stderr(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["run", "a.json", "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["retrieval"]["recall@1"] is None
    assert printed.out.count("\n") == 1
    assert printed.err == "Lưu ý: Một điều cần biết.\n"


@pytest.mark.usefixtures("plans")
def test_without_json_a_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "a.json", "--typing", "vni"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# a.json\n\n1 câu hỏi, 2 tài liệu, 3 đoạn; gõ vni;")
    assert "| câu có đáp án được trả lời " in printed


@pytest.mark.usefixtures("plans")
def test_output_holds_the_report_twice_and_a_line_per_question(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "run"
    assert main(["run", "a.json", "--output", str(folder)]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "documents.tsv",
        "qrels.trec",
        "questions.jsonl",
        "report.json",
        "report.md",
        "run.trec",
        "times.json",
    ]
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["questions"] == 1
    assert (folder / "report.md").read_text(encoding="utf-8").startswith("# a.json")
    line = json.loads((folder / "questions.jsonl").read_text(encoding="utf-8"))
    assert (line["id"], line["asked"], line["correct"]) == ("1", "Gia vang?", True)


def test_output_that_cannot_be_written_is_one_line_before_the_run(
    plans: list[Plan], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["run", "a.json", "--output", str(tmp_path / "file")]) == 1
    printed = capsys.readouterr()
    assert "Không ghi được kết quả" in printed.err
    assert printed.out == ""
    assert plans == []


def test_a_users_error_is_one_line_and_exit_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "nowhere.json", "--json"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "Không có tệp nowhere.json.\n"


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from eval.cli import main\n"
        "try: main(['run', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'faiss', 'tantivy', 'torch', 'tqdm'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run(  # noqa: S603 (our own interpreter, our own words)
        [sys.executable, "-c", script], capture_output=True, check=False, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "COLLECTION" in done.stdout
