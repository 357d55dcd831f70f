"""python -m eval bench load: its arguments and its output."""

import argparse

from documents.command_line import folder_name, positive, print_json, run_command

_USERS, _SECONDS = 50, 120


def add_load(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``load`` to ``python -m eval bench``."""
    load = kinds.add_parser(
        "load",
        help="nhiều người hỏi trang cùng lúc: lỗi, thời gian chờ, bộ nhớ",
        description="Mở trang trên máy này rồi cho nhiều người hỏi cùng lúc qua giao diện HTTP;"
        " mỗi người hỏi xong câu này là hỏi ngay câu khác.",
    )
    load.add_argument(
        "--users", type=positive, default=_USERS, metavar="N", help="số người (mặc định 50)"
    )
    load.add_argument(
        "--seconds", type=positive, metavar="N", help="hỏi trong bao lâu (mặc định 120)"
    )
    load.add_argument("--questions", type=positive, metavar="N", help="dừng sau bấy nhiêu câu hỏi")
    load.add_argument(
        "--index",
        type=folder_name,
        metavar="DIR",
        help="chỉ mục để hỏi (mặc định: của các bài mẫu)",
    )
    load.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    load.set_defaults(start=lambda options: run_command(lambda: _run(options)))


def _run(options: argparse.Namespace) -> int:
    from eval.bench.load import Plan, load

    seconds = options.seconds
    if seconds is None and options.questions is None:
        seconds = _SECONDS
    report = load(Plan(options.users, seconds, options.questions, options.index))
    if options.json:
        print_json(report.as_json())
    else:
        print(report.as_text(), end="")
    return 1 if report.errors else 0
