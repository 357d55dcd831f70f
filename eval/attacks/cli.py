"""python -m eval attacks: what the check of citations lets through, by kind of attack."""

import argparse
import sys
from pathlib import Path

from documents.command_line import folder_name, print_json, run_command

SAMPLE_ARTICLES = Path("documents/articles")


def add_attacks(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command ``attacks``."""
    command = commands.add_parser(
        "attacks",
        help="đổi số, tên, phủ định trong câu rồi xem bước kiểm dẫn chứng có nhận không",
        description="Đổi năm, số, đơn vị, tên, phủ định trong câu rồi xem bước kiểm dẫn chứng có"
        " nhận không; câu đúng phải được giữ, câu bị đổi phải bị loại.",
    )
    command.add_argument(
        "--documents",
        type=folder_name,
        default=SAMPLE_ARTICLES,
        metavar="FOLDER",
        help="thư mục tài liệu để lấy câu",
    )
    command.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    command.set_defaults(start=lambda options: run_command(lambda: _run(options)))


def _run(options: argparse.Namespace) -> int:
    from documents.errors import UnreadableDocumentError
    from documents.folder import FolderSource
    from eval.attacks.judging import as_json, as_table, bundled_pairs, judge, pairs_of
    from qa.verification import verify

    source = FolderSource(options.documents)
    documents = []
    for entry in source.entries():
        try:
            documents.append(source.load(entry.path))
        except UnreadableDocumentError as error:
            print(f"Lưu ý: {entry.path}: {error}", file=sys.stderr)
    results = judge([*bundled_pairs(), *pairs_of(documents)], verify)
    if options.json:
        print_json(as_json(results))
        return 0
    print(as_table(results), end="")
    for result in results:
        for trial in result.wrong:
            print(f"\n{trial.kind}, {trial.writing}\n  {trial.sentence}\n  “{trial.quote}”")
    return 0
