"""Arguments that several commands of the evaluation share."""

import argparse
import sys
from pathlib import Path

from eval.progress import Show


def add_limit(parser: argparse.ArgumentParser) -> None:
    """Add ``--limit N``."""
    parser.add_argument(
        "--limit", type=_positive, metavar="N", help="chỉ hỏi nhiều nhất N câu mỗi bộ, rải đều"
    )


def add_gate(parser: argparse.ArgumentParser) -> None:
    """Add ``--gate FILE.toml``."""
    parser.add_argument(
        "--gate",
        type=Path,
        metavar="FILE.toml",
        help="mức mà số đo phải đạt; không đạt thì nêu tên và kết thúc với mã 1",
    )


def add_progress(parser: argparse.ArgumentParser) -> None:
    """Add ``--progress``."""
    parser.add_argument(
        "--progress",
        choices=["auto", *(show.value for show in Show)],
        default="auto",
        help="tiến độ trên stderr: thanh, mỗi dòng một JSON, hoặc không"
        " (mặc định: thanh khi là cửa sổ dòng lệnh)",
    )


def progress_of(options: argparse.Namespace) -> Show:
    """Return how progress is to be shown; with ``--json`` only where that is asked for."""
    if options.progress != "auto":
        return Show(options.progress)
    return Show.BAR if sys.stderr.isatty() and not options.json else Show.NONE


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: cần một số nguyên từ 1")
    return int(text)
