"""python -m eval feedback: opinions of users as a collection."""

import argparse
import os
from pathlib import Path

from documents.command_line import folder_name, print_json, run_command
from documents.errors import DanChungError

DEFAULT_DATA = Path("var/data")


def add_feedback(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command ``feedback``."""
    command = commands.add_parser(
        "feedback",
        help="góp ý của người dùng thành bộ câu hỏi",
        description="Ghi góp ý của người dùng thành bộ câu hỏi JSON Lines cho python -m eval run.",
    )
    command.add_argument("--to", type=Path, metavar="FILE", help="tệp .jsonl để ghi")
    command.add_argument(
        "--data",
        type=folder_name,
        default=DEFAULT_DATA,
        metavar="DIR",
        help="nơi trang lưu góp ý (mặc định %(default)s)",
    )
    command.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    command.set_defaults(start=lambda options: run_command(lambda: _feedback(options)))


def _feedback(options: argparse.Namespace) -> int:
    from eval.feedback import FEEDBACK_NAME, FeedbackStore, as_collection

    path = options.data / FEEDBACK_NAME
    if not path.exists():
        raise DanChungError(
            f"{path}: chưa có góp ý nào; bấm 👍 hoặc 👎 dưới một câu trả lời của trang"
        )
    store = FeedbackStore(path)
    opinions = store.opinions()
    store.close()
    lines = as_collection(opinions)
    if options.to:
        _write(options.to, lines)
    counts = {
        "good": sum(opinion.is_good for opinion in opinions),
        "bad": sum(not opinion.is_good for opinion in opinions),
        "corrected": sum(opinion.corrected is not None for opinion in opinions),
        "questions": len(lines),
    }
    if options.json:
        print_json({**counts, "file": str(options.to) if options.to else None})
        return 0
    print(
        f"{counts['good']} 👍, {counts['bad']} 👎 ({counts['corrected']} đã đánh dấu đoạn đúng);"
        f" {counts['questions']} câu hỏi."
    )
    if options.to:
        print(f"Chấm lại: python -m eval run {options.to} --index DIR")
    return 0


def _write(file: Path, lines: list[dict[str, object]]) -> None:
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    from eval.feedback import as_text

    try:
        temporary.write_text(as_text(lines), encoding="utf-8")
        temporary.replace(file)
    except OSError as error:
        raise DanChungError(f"{file}: không ghi được ({error.strerror})") from error
