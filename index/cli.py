"""python -m index: its commands; sync is in `index.sync_cli`, upkeep in `index.upkeep_cli`."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from documents.command_line import folder_name, print_json, run_command
from index.adding_cli import add_adding
from index.sync_cli import add_sync
from index.upkeep_cli import add_upkeep

DEFAULT_INDEX = Path("var/index")
MOST_HITS = 1000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    return run_command(lambda: options.command(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="Chỉ mục tài liệu.")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--index",
        type=folder_name,
        default=DEFAULT_INDEX,
        metavar="DIR",
        help="thư mục chỉ mục",
    )
    common.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    add_sync(commands, common)
    add_adding(commands, common)
    command = commands.add_parser("search", parents=[common], help="tìm các đoạn gần nhất")
    command.add_argument("query", type=_question, metavar="QUERY")
    command.add_argument("-k", type=_positive, default=10, help="số đoạn (mặc định 10)")
    command.set_defaults(command=_search)

    command = commands.add_parser("stats", parents=[common], help="chỉ mục chứa những gì")
    command.set_defaults(command=_stats)

    command = commands.add_parser("remove", parents=[common], help="bỏ một tài liệu khỏi chỉ mục")
    command.add_argument("path", metavar="PATH", help="đường dẫn tính từ thư mục đã đồng bộ")
    command.set_defaults(command=_remove)
    add_upkeep(commands, common)
    return parser


def _question(text: str) -> str:
    from index.query import MOST_CHARACTERS

    if len(text) > MOST_CHARACTERS:
        raise argparse.ArgumentTypeError(
            f"câu hỏi dài {len(text)} ký tự, nhiều nhất là {MOST_CHARACTERS}; hãy hỏi ngắn hơn"
        )
    return text


def _positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_HITS:
        raise argparse.ArgumentTypeError(f"{text!r}: cần một số từ 1 đến {MOST_HITS}")
    return int(text)


def _search(options: argparse.Namespace) -> int:
    from index.explaining import explain, summary
    from index.query import Query
    from index.retriever import open_retriever
    from index.search_report import search_report

    retriever = open_retriever(options.index)
    query = retriever.understand(Query(options.query))
    hits = retriever.search(query, options.k)
    if query.understood():
        print(f"Đang tìm: {query.understood()}", file=sys.stderr)
    if options.json:
        print_json(search_report(options.query, query, hits))
        return 0
    for hit in hits:
        why = explain(query.text, hit, required=query.required)
        shown = " ".join(hit.passage.text.split())
        print(f"{hit.rank}. [{hit.score:+.2f}] {hit.title} ({hit.passage.document})\n   {shown}")
        print(f"   Vì sao: {summary(why)}\n")
    if not hits:
        print("Không tìm thấy đoạn nào.")
    return 0


def _stats(options: argparse.Namespace) -> int:
    from index.manifest import read_manifest
    from index.store import Store

    manifest = read_manifest(options.index)
    store = Store(options.index)
    documents = store.documents(generation=manifest.generation)
    stats = {
        "documents": len(documents),
        "passages": sum(document.passages for document in documents),
        "bytes": sum(path.stat().st_size for path in options.index.rglob("*") if path.is_file()),
        **asdict(manifest),
    }
    if options.json:
        print_json(stats)
    else:
        for name, value in stats.items():
            print(f"{name}: {value}")
    return 0


def _remove(options: argparse.Namespace) -> int:
    from index.syncing import remove

    removed = remove(options.path, options.index)
    if options.json:
        print_json({"document": options.path, "passages": {"removed": removed}})
    else:
        print(f"Đã bỏ {options.path} ({removed} đoạn).")
    return 0
