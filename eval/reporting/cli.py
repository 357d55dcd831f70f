"""python -m eval report: a stored run as one HTML file."""

import argparse
from pathlib import Path

from documents.command_line import folder_name, print_json, run_command
from eval.reporting.words import Language


def add_report(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command ``report``."""
    command = commands.add_parser(
        "report",
        help="một lần chạy thành một tệp HTML",
        description="Viết báo cáo HTML của một lần chạy đã ghi bằng python -m eval run --output.",
    )
    command.add_argument("run", type=folder_name, metavar="RUN", help="thư mục của lần chạy")
    command.add_argument(
        "--output", type=Path, metavar="FILE", help="tệp để ghi (mặc định RUN/report.html)"
    )
    command.add_argument(
        "--language",
        choices=[language.value for language in Language],
        default=Language.VI.value,
        help="ngôn ngữ (mặc định %(default)s)",
    )
    command.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    command.set_defaults(start=lambda options: run_command(lambda: _report(options)))


def _report(options: argparse.Namespace) -> int:
    from eval.reporting.html_page import html_report
    from eval.reporting.words import WORDS
    from eval.runs.stored import read_run
    from eval.writing import write_texts

    run = read_run(options.run)
    file = options.output or options.run / "report.html"
    html = html_report(run, WORDS[Language(options.language)])
    write_texts(file.parent, {file.name: html})
    if options.json:
        print_json({"file": str(file), "bytes": len(html.encode())})
    else:
        print(f"Đã ghi {file} ({len(html.encode()) / 1e6:.1f} MB); mở bằng trình duyệt.")
    return 0
