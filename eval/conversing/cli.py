"""python -m eval dialogues: its arguments and its output."""

import argparse
import sys
from pathlib import Path

from documents.command_line import folder_name, print_json, run_command


def add_dialogues(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``dialogues`` to the commands of ``python -m eval``."""
    command = commands.add_parser(
        "dialogues",
        help="hỏi các hội thoại, xem câu hỏi nối tiếp có được hiểu đúng không",
        description="Hỏi từng câu của các hội thoại, có và không có các câu trước đó, rồi chấm.",
    )
    command.add_argument(
        "file", type=Path, metavar="FILE", help="tệp JSON Lines, mỗi dòng một hội thoại"
    )
    command.add_argument(
        "--index",
        type=folder_name,
        action="append",
        required=True,
        metavar="DIR",
        help="chỉ mục có sẵn; nêu nhiều lần thì mỗi hội thoại được hỏi ở chỉ mục đầu tiên có đủ"
        " tài liệu của nó",
    )
    command.add_argument(
        "--reranker",
        default="bundled",
        metavar="NAME",
        help="bộ xếp hạng: bundled, none, tên trên hub hoặc thư mục",
    )
    command.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    command.set_defaults(start=lambda options: run_command(lambda: _run(options)))


def _run(options: argparse.Namespace) -> int:
    from eval.conversing.dialogues import load_dialogues
    from eval.conversing.holding import Held, as_json, as_table, hold_all
    from qa.loading import load_pipeline

    left = load_dialogues(options.file)
    held: list[Held] = []
    for folder in options.index:
        pipeline = load_pipeline(folder, reranker=options.reranker)
        paths = {info.path for info in pipeline.documents()}
        held += hold_all(pipeline, [one for one in left if one.documents <= paths])
        left = tuple(one for one in left if not one.documents <= paths)
    if left:
        print(f"Lưu ý: {len(left)} hội thoại thiếu tài liệu, không hỏi.", file=sys.stderr)
    if options.json:
        print_json({**as_json(held), "left_out": [one.id for one in left]})
    else:
        print(as_table(held), end="")
    return 0
