"""python -m eval run: its arguments and its output."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from documents.command_line import folder_name, print_json, run_command
from eval.arguments import add_gate, add_limit, add_progress, progress_of
from eval.plan import WORDS
from eval.typing_styles import TypingStyle

if TYPE_CHECKING:
    from eval.plan import Plan

_INTERRUPTED = 130


def add_run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command ``run``."""
    command = commands.add_parser(
        "run",
        help="hỏi mọi câu của một bộ câu hỏi rồi chấm",
        description="Hỏi mọi câu của một bộ câu hỏi rồi chấm; cùng bộ thì cùng điểm.",
    )
    command.add_argument(
        "collection",
        type=Path,
        metavar="COLLECTION",
        help="tệp SQuAD (.json, .json.xz), JSON Lines, ALQAC hoặc hỏi đáp (.jsonl, .jsonl.xz),"
        " hoặc thư mục BEIR",
    )
    command.add_argument(
        "--distractors",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help="tệp SQuAD hoặc hỏi đáp mà các đoạn văn được thêm vào làm tài liệu gây nhiễu",
    )
    command.add_argument(
        "--typing",
        type=str,
        choices=[style.value for style in TypingStyle],
        default=TypingStyle.ACCENTED.value,
        help="cách gõ câu hỏi (mặc định accented: đủ dấu)",
    )
    add_limit(command)
    command.add_argument(
        "--near-misses",
        action="store_true",
        help="hỏi thêm các câu bị đổi năm, số, nơi chốn hoặc tên người: trả lời là sai",
    )
    command.add_argument(
        "--without-gold",
        action="store_true",
        help="hỏi lại mọi câu khi không còn tài liệu chứa câu trả lời: phải từ chối",
    )
    command.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        help="ghi báo cáo, từng câu, run.trec và qrels.trec; lần chạy bị dừng được làm tiếp",
    )
    command.add_argument(
        "--nli",
        default=WORDS,
        metavar="NAME",
        help="mô hình suy luận chấm câu trích: words (theo từ, mặc định), tên trên hub, thư mục",
    )
    add_gate(command)
    place = command.add_mutually_exclusive_group()
    place.add_argument(
        "--index",
        type=folder_name,
        metavar="DIR",
        help="chỉ mục có sẵn, cho bộ câu hỏi JSON Lines",
    )
    place.add_argument(
        "--documents",
        type=folder_name,
        metavar="FOLDER",
        help="thư mục tài liệu, cho JSON Lines; tệp luật, cho ALQAC",
    )
    command.add_argument(
        "--embedder", metavar="NAME", help="mô hình nhúng: bundled, tên trên hub hoặc thư mục"
    )
    command.add_argument(
        "--reranker",
        default="bundled",
        metavar="NAME",
        help="bộ xếp hạng: bundled, none, tên trên hub hoặc thư mục",
    )
    command.add_argument(
        "--reader",
        default="extractive",
        metavar="NAME|URL#MODEL",
        help="trình đọc: extractive, mô hình trên hub hoặc thư mục, hoặc mô hình của máy chủ",
    )
    add_progress(command)
    command.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    command.set_defaults(start=lambda options: _start(command, options))


def _start(command: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    """Refuse arguments that do not go together, else run."""
    problem = _conflict(options)
    if problem:
        command.error(problem)
    return run_command(lambda: _run(options))


def _conflict(options: argparse.Namespace) -> str | None:
    """Return what is wrong with the arguments taken together, or None."""
    from eval.loading import Form, form_of

    form = form_of(options.collection)
    placed = options.index is not None or options.documents is not None
    if form is Form.JSON_LINES and not placed:
        return "bộ câu hỏi JSON Lines cần --index DIR hoặc --documents FOLDER"
    if form is Form.ALQAC and options.index is not None:
        return "bộ ALQAC mang theo các điều luật, không dùng --index"
    if placed and form not in {Form.JSON_LINES, Form.ALQAC}:
        return "--index và --documents chỉ dùng với bộ câu hỏi JSON Lines không kèm tài liệu"
    if options.without_gold and form is Form.JSON_LINES:
        return "--without-gold chỉ dùng với bộ câu hỏi mang theo tài liệu, như tệp SQuAD"
    if options.index is not None and options.distractors:
        return "--distractors không thêm được vào chỉ mục có sẵn; hãy dùng --documents"
    return None


def _run(options: argparse.Namespace) -> int:
    from eval.evaluating import evaluate
    from eval.gate import load_gate
    from eval.writing import make_folder, write_run

    gate = load_gate(options.gate) if options.gate else None
    if options.output is not None:
        make_folder(options.output)
    started = datetime.now(UTC)
    show = progress_of(options)
    try:
        evaluation = evaluate(_plan(options), show=show, output=options.output)
    except KeyboardInterrupt:
        print(_how_to_go_on(options.output), file=sys.stderr)
        return _INTERRUPTED
    for note in evaluation.notes:
        print(f"Lưu ý: {note}", file=sys.stderr)
    if options.output is not None:
        write_run(options.output, evaluation, started=started, finished=datetime.now(UTC))
    if options.json:
        print_json(evaluation.report.as_json())
    else:
        print(evaluation.report.as_table(), end="")
    return gate.tell(evaluation.report.as_json()) if gate else 0


def _plan(options: argparse.Namespace) -> "Plan":
    from eval.plan import Plan

    return Plan(
        collection=options.collection,
        distractors=tuple(options.distractors),
        typing=TypingStyle(options.typing),
        limit=options.limit,
        index=options.index,
        documents=options.documents,
        embedder=options.embedder,
        reranker=options.reranker,
        reader=options.reader,
        near_misses=options.near_misses,
        without_gold=options.without_gold,
        judge=options.nli,
    )


def _how_to_go_on(output: Path | None) -> str:
    if output is None:
        return "Đã dừng; lần sau hãy thêm --output DIR để làm tiếp được từ chỗ dừng."
    from eval.unfinished import kept_results

    return (
        f"Đã dừng; {kept_results(output)} câu đã hỏi nằm trong {output}. Hãy chạy lại đúng lệnh"
        " này để hỏi tiếp các câu còn lại."
    )
