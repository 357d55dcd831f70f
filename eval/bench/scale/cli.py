"""python -m eval bench scale: its arguments and its output."""

import argparse
from pathlib import Path

from documents.command_line import run_command
from eval.bench.output_cli import deliver, tell

DATA = Path("../shared/data/text")
_SIZES = (10_000, 100_000, 1_000_000)
_MOST = 100_000_000


def add_scale(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``scale`` to the kinds of ``python -m eval bench``."""
    scale = kinds.add_parser(
        "scale",
        help="đo chỉ mục khi lớn lên: thời gian, bộ nhớ, đĩa, recall",
        description="Lập chỉ mục nhiều cỡ từ cùng một nguồn văn bản rồi đo: lập chỉ mục, đồng bộ"
        " lại, hỏi lúc rảnh và trong khi đồng bộ, bộ nhớ, đĩa, recall của tìm theo nghĩa.",
    )
    scale.add_argument(
        "--passages",
        type=_sizes,
        default=_SIZES,
        metavar="N,N",
        help=f"các cỡ, tính bằng đoạn (mặc định {','.join(map(str, _SIZES))})",
    )
    scale.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help=f"thư mục tệp *.jsonl.xz có title, text (mặc định {DATA} nếu có, nếu không thì văn"
        " bản bịa)",
    )
    scale.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        help="ghi report.md, scale.json và hình scale.svg; tài liệu và chỉ mục tạm cũng ở đó",
    )
    scale.add_argument("--keep", action="store_true", help="giữ lại tài liệu và chỉ mục đã tạo")
    scale.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    scale.set_defaults(start=lambda options: run_command(lambda: _run(options)))


def _sizes(text: str) -> tuple[int, ...]:
    sizes = text.split(",")
    if not all(one.isdecimal() and 1 <= int(one) <= _MOST for one in sizes):
        raise argparse.ArgumentTypeError(
            f"{text!r}: cần các số nguyên từ 1 đến {_MOST}, cách nhau bằng dấu phẩy"
        )
    return tuple(map(int, sizes))


def _run(options: argparse.Namespace) -> int:
    from eval.bench.scale.plot import growth
    from eval.bench.scale.running import Plan, measure
    from eval.writing import make_folder

    if options.output is not None:
        make_folder(options.output)
    data = options.data or (DATA if DATA.is_dir() else None)
    plan = Plan(options.passages, data, options.output, keep=options.keep)
    report = measure(plan, tell=tell)
    deliver(report, options, json_name="scale.json", draw=lambda: {"scale.svg": growth(report)})
    return 0
