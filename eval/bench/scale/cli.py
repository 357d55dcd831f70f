"""python -m eval bench scale: its arguments and its output."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from documents.command_line import print_json, run_command

if TYPE_CHECKING:
    from eval.bench.scale.report import ScaleReport

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
    from eval.bench.scale.running import Plan, measure
    from eval.writing import make_folder

    if options.output is not None:
        make_folder(options.output)
    data = options.data or (DATA if DATA.is_dir() else None)
    plan = Plan(options.passages, data, options.output, keep=options.keep)
    report = measure(plan, tell=_tell)
    if options.output is not None:
        _write(options.output, report)
    if options.json:
        print_json(report.as_json())
    else:
        print(report.as_markdown(), end="")
    return 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _write(folder: Path, report: "ScaleReport") -> None:
    """Write the report; the JSON comes last, so that where it is the rest is too."""
    from eval.bench.plots import can_plot
    from eval.bench.scale.plot import growth
    from eval.writing import as_json_text, write_texts

    drawn = {"scale.svg": growth(report)} if can_plot() else {}
    if not can_plot():
        _tell("Chưa cài matplotlib nên không vẽ hình; hãy chạy: pip install matplotlib")
    shown = "".join(f"\n![{name}]({name})\n" for name in drawn)
    write_texts(
        folder,
        {
            **drawn,
            "report.md": report.as_markdown() + shown,
            "scale.json": as_json_text(report.as_json()),
        },
    )
