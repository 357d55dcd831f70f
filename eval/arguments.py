"""Arguments that several commands of the evaluation share."""

import argparse
from pathlib import Path


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


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: cần một số nguyên từ 1")
    return int(text)
