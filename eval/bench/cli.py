"""python -m eval bench: retrieval and peers with their arguments and output, and scale."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from documents.command_line import run_command
from eval.arguments import add_limit
from eval.bench.load_cli import add_load
from eval.bench.output_cli import deliver, tell
from eval.bench.scale.cli import add_scale
from eval.bench.systems import DEFAULT, MODEL_PEERS, PEERS, Models
from eval.typing_styles import TypingStyle

if TYPE_CHECKING:
    from eval.bench.comparing import Plan

_READ = 5
"""First passages whose texts are searched for the answer: about what a reader is shown."""


def add_bench(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``bench`` to the commands of ``python -m eval``."""
    bench = commands.add_parser("bench", help="so sánh với hệ thống khác, đo khi chỉ mục lớn lên")
    kinds = bench.add_subparsers(required=True, metavar="LOẠI")
    add_scale(kinds)
    add_load(kinds)
    retrieval = kinds.add_parser(
        "retrieval",
        help="so sánh tìm kiếm: chất lượng, thời gian, bộ nhớ, cách gõ",
        description="So sánh tìm kiếm của Dẫn Chứng, từng phần và cả bộ, với các thư viện khác"
        " trên cùng các đoạn và câu hỏi. Thư viện nào không cài thì được ghi là không cài.",
    )
    retrieval.add_argument(
        "collections",
        nargs="+",
        metavar="COLLECTION",
        help="tệp SQuAD, ALQAC, hỏi đáp hoặc thư mục BEIR; viết A+B để thêm đoạn văn của B làm"
        " tài liệu gây nhiễu cho riêng A",
    )
    retrieval.add_argument(
        "--distractors",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help="tệp mà các đoạn văn được thêm vào mọi bộ làm tài liệu gây nhiễu",
    )
    retrieval.add_argument(
        "--typing",
        nargs="+",
        choices=[style.value for style in TypingStyle],
        default=[style.value for style in TypingStyle],
        help="các cách gõ cần so, bên cạnh đủ dấu (mặc định: mọi cách)",
    )
    add_limit(retrieval)
    retrieval.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        help="ghi report.md, retrieval.json và hình ndcg.svg, typing.svg",
    )
    retrieval.add_argument(
        "--peers",
        nargs="*",
        choices=list(PEERS),
        default=list(PEERS),
        help="các hệ thống khác cần so (mặc định: tất cả; để trống: không hệ thống nào)",
    )
    retrieval.add_argument(
        "--embedder", metavar="NAME", help="mô hình nhúng: bundled, tên trên hub hoặc thư mục"
    )
    retrieval.add_argument(
        "--reranker",
        default="bundled",
        metavar="NAME",
        help="bộ xếp hạng: bundled, tên trên hub hoặc thư mục",
    )
    retrieval.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    retrieval.set_defaults(start=lambda options: run_command(lambda: _retrieval(options)))
    _add_peers(kinds)


def _add_peers(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    peers = kinds.add_parser(
        "peers",
        help="so sánh với txtai, haystack, LangChain+FAISS dùng cùng mô hình nhúng",
        description="So sánh Dẫn Chứng như người dùng nhận được với các bộ công cụ hỏi đáp khác,"
        " cài theo tài liệu của chúng, cùng mô hình nhúng, trên cùng các đoạn và câu hỏi."
        " Thư viện nào không cài thì được ghi là không cài.",
    )
    peers.add_argument(
        "collections",
        nargs="+",
        metavar="COLLECTION",
        help="như của bench retrieval; viết A+B để thêm đoạn văn của B làm tài liệu gây nhiễu",
    )
    add_limit(peers)
    peers.add_argument(
        "--peers",
        nargs="*",
        choices=list(MODEL_PEERS),
        default=list(MODEL_PEERS),
        help="các hệ thống khác cần so (mặc định: tất cả)",
    )
    peers.add_argument(
        "--embedder", metavar="NAME", help="mô hình nhúng chung: bundled hoặc thư mục mô hình"
    )
    peers.add_argument("--output", type=Path, metavar="DIR", help="ghi report.md, retrieval.json")
    peers.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    peers.set_defaults(start=lambda options: run_command(lambda: _peers(options)))


def _retrieval(options: argparse.Namespace) -> int:
    from eval.bench.comparing import Plan

    plan = Plan(
        collections=tuple(options.collections),
        distractors=tuple(options.distractors),
        styles=tuple(style for style in TypingStyle if style.value in options.typing),
        limit=options.limit,
        peers=tuple(peer for peer in PEERS if peer in options.peers),
        models=Models(options.embedder, options.reranker),
    )
    return _run(plan, options)


def _peers(options: argparse.Namespace) -> int:
    from eval.bench.comparing import Plan

    plan = Plan(
        collections=tuple(options.collections),
        styles=(TypingStyle.ACCENTED,),
        limit=options.limit,
        own=(DEFAULT,),
        peers=tuple(peer for peer in MODEL_PEERS if peer in options.peers),
        read=_READ,
        models=Models(options.embedder),
    )
    return _run(plan, options)


def _run(plan: "Plan", options: argparse.Namespace) -> int:
    from eval.bench.comparing import compare
    from eval.bench.plots import plots
    from eval.writing import make_folder

    if options.output is not None:
        make_folder(options.output)
    report = compare(plan, show_progress=not options.json, tell=tell)
    deliver(report, options, json_name="retrieval.json", draw=lambda: plots(report))
    return 0
