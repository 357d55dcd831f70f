"""python -m eval compare, score, history, changed: their arguments and output."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from documents.command_line import folder_name, print_json, run_command
from eval.arguments import add_gate
from eval.feedback_cli import DEFAULT_DATA

if TYPE_CHECKING:
    from eval.runs.changed import PastAnswer
    from qa.pipeline import Pipeline


def add_compare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command ``compare``."""
    command = commands.add_parser(
        "compare",
        help="so hai lần chạy: chênh lệch, khoảng tin cậy, từng phần, từng câu",
        description="So hai lần chạy đã ghi bằng --output, trên cùng một bộ câu hỏi.",
    )
    command.add_argument("first", type=folder_name, metavar="A", help="thư mục của lần trước")
    command.add_argument("second", type=folder_name, metavar="B", help="thư mục của lần sau")
    add_gate(command)
    _add_json(command)
    command.set_defaults(start=lambda options: run_command(lambda: _compare(options)))


def add_score(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command ``score``."""
    command = commands.add_parser(
        "score",
        help="chấm một tệp kết quả TREC theo một tệp đánh giá TREC",
        description="Chấm một tệp kết quả dạng TREC (run) theo tệp đánh giá dạng TREC (qrels).",
    )
    command.add_argument("qrels", type=Path, metavar="QRELS", help="câu 0 tài-liệu điểm")
    command.add_argument("run", type=Path, metavar="RUN", help="câu Q0 tài-liệu hạng điểm tên")
    _add_json(command)
    command.set_defaults(start=lambda options: run_command(lambda: _score(options)))


def add_history(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command ``history``."""
    command = commands.add_parser(
        "history",
        help="các lần chạy đã ghi, theo thời gian",
        description="Liệt kê các lần chạy đã ghi bằng --output trong một thư mục.",
    )
    command.add_argument(
        "folder",
        type=folder_name,
        nargs="?",
        default=Path("var/runs"),
        metavar="FOLDER",
        help="nơi chứa các lần chạy (mặc định %(default)s)",
    )
    command.add_argument(
        "--index", type=folder_name, metavar="DIR", help="chỉ các lần chạy trên chỉ mục này"
    )
    command.add_argument("--svg", type=Path, metavar="FILE", help="vẽ các số đo theo thời gian")
    _add_json(command)
    command.set_defaults(start=lambda options: run_command(lambda: _history(options)))


def add_changed(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command ``changed``."""
    command = commands.add_parser(
        "changed",
        help="hỏi lại các câu cũ: câu nào nay trả lời khác, do tài liệu nào",
        description="Hỏi lại các câu của một lần chạy, hoặc các câu có góp ý, trên chỉ mục hiện"
        " nay; nêu câu trả lời đã khác và tài liệu gây ra.",
    )
    command.add_argument(
        "--index", type=folder_name, default=Path("var/index"), metavar="DIR",
        help="chỉ mục cần hỏi (mặc định %(default)s)",
    )  # fmt: skip
    source = command.add_mutually_exclusive_group()
    source.add_argument(
        "--run", type=folder_name, metavar="DIR", help="lần chạy đã ghi bằng --output"
    )
    source.add_argument(
        "--data",
        type=folder_name,
        default=DEFAULT_DATA,
        metavar="DIR",
        help="nơi trang lưu góp ý, khi không có --run (mặc định %(default)s)",
    )
    _add_json(command)
    command.set_defaults(start=lambda options: run_command(lambda: _changed(options)))


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="in một đối tượng JSON")


def _compare(options: argparse.Namespace) -> int:
    from eval.gate import load_gate
    from eval.runs.comparing import compare_runs
    from eval.runs.comparison_report import as_json, as_table
    from eval.runs.stored import read_run

    gate = load_gate(options.gate) if options.gate else None
    comparison = compare_runs(read_run(options.first), read_run(options.second))
    for warning in comparison.warnings:
        print(f"Lưu ý: {warning}", file=sys.stderr)
    if options.json:
        print_json(as_json(comparison))
    else:
        print(as_table(comparison), end="")
    return gate.tell(comparison.second.report, comparison.changes()) if gate else 0


def _score(options: argparse.Namespace) -> int:
    from eval.runs.scoring import score
    from eval.trec import read_qrels, read_run

    scored = score(read_qrels(options.qrels), read_run(options.run), name=options.run.name)
    for note in scored.notes:
        print(f"Lưu ý: {note}", file=sys.stderr)
    if options.json:
        print_json(scored.as_json())
    else:
        print(scored.as_table(), end="")
    return 0


def _history(options: argparse.Namespace) -> int:
    from eval.runs.history import as_json, as_svg, as_table, read_history
    from eval.writing import write_texts

    history = read_history(options.folder, index=options.index)
    for problem in history.unreadable:
        print(f"Lưu ý: {problem}", file=sys.stderr)
    if options.svg:
        write_texts(options.svg.parent, {options.svg.name: as_svg(history)})
    if options.json:
        print_json(as_json(history))
    else:
        print(as_table(history), end="")
    return 0


def _changed(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from eval.runs.changed import changed_answers
    from index.query import Query

    past = _past_answers(options)
    pipeline = _pipeline(options)
    asking = changed_answers(past, lambda question: pipeline.ask(Query(question)))
    shown = tqdm(asking, "Hỏi lại", len(past), unit=" câu", disable=True if options.json else None)
    found = [change for change in shown if change]
    if options.json:
        print_json({"questions": len(past), "changed": [change.as_json() for change in found]})
        return 0
    print(f"{len(past)} câu được hỏi lại, {len(found)} câu trả lời khác đi.")
    for change in found:
        print("\n".join(change.as_lines()))
    return 0


def _past_answers(options: argparse.Namespace) -> "list[PastAnswer]":
    from documents.errors import DanChungError
    from eval.feedback import FEEDBACK_NAME, FeedbackStore
    from eval.runs.past_answers import of_opinions, of_run
    from eval.runs.stored import read_run

    if options.run:
        return of_run(read_run(options.run), options.index)
    path = options.data / FEEDBACK_NAME
    if not path.exists():
        raise DanChungError(
            f"{path}: chưa có góp ý nào; hãy chỉ ra một lần chạy bằng --run DIR, hoặc nơi trang lưu"
            " góp ý bằng --data DIR."
        )
    store = FeedbackStore(path)
    opinions = store.opinions()
    store.close()
    return of_opinions(opinions, options.index)


def _pipeline(options: argparse.Namespace) -> "Pipeline":
    """Return a pipeline with the reranker and reader of the run, or the bundled ones."""
    from eval.runs.stored import read_run
    from qa.loading import load_pipeline

    if not options.run:
        return load_pipeline(options.index)
    settings = read_run(options.run).settings
    return load_pipeline(options.index, reranker=settings["reranker"], reader=settings["reader"])
