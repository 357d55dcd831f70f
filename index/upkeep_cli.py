"""python -m index log, verify, backup, restore."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from documents.command_line import positive, print_json

if TYPE_CHECKING:
    from index.records import PastSync


def add_upkeep(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    common: argparse.ArgumentParser,
) -> None:
    """Add the commands that look after an index."""
    command = commands.add_parser("log", parents=[common], help="các lần đồng bộ trước đây")
    command.add_argument(
        "-n", type=positive, default=20, metavar="N", help="số lần gần nhất (mặc định 20)"
    )
    command.set_defaults(command=_log)

    command = commands.add_parser("verify", parents=[common], help="kiểm tra chỉ mục")
    command.add_argument(
        "--repair", action="store_true", help="làm lại những gì kiểm tra thấy hỏng"
    )
    command.set_defaults(command=_verify)

    command = commands.add_parser("backup", parents=[common], help="sao lưu chỉ mục vào một tệp")
    command.add_argument("file", type=Path, metavar="FILE")
    command.set_defaults(command=_backup)

    command = commands.add_parser("restore", parents=[common], help="khôi phục từ tệp sao lưu")
    command.add_argument("file", type=Path, metavar="FILE")
    command.set_defaults(command=_restore)


def _log(options: argparse.Namespace) -> int:
    from index.manifest import read_manifest
    from index.store import Store

    read_manifest(options.index)
    store = Store(options.index)
    syncs = store.past_syncs(options.n)
    store.close()
    if options.json:
        print_json({"syncs": [asdict(past) for past in syncs]})
        return 0
    for past in syncs:
        print(_line(past))
    if not syncs:
        print("Chưa có lần đồng bộ nào được ghi lại.")
    return 0


def _line(past: "PastSync") -> str:
    documents, passages = past.report["documents"], past.report["passages"]
    return (
        f"{past.finished}  {documents['added']} mới, {documents['changed']} đổi,"
        f" {documents['moved']} chuyển chỗ, {documents['removed']} bỏ,"
        f" {documents['unchanged']} giữ nguyên, {len(documents['failed'])} không đọc được;"
        f" {passages['embedded']} đoạn nhúng mới, {passages['total']} tất cả;"
        f" {past.report['seconds']:.1f} giây  {past.root}"
    )


def _verify(options: argparse.Namespace) -> int:
    from index.backing_up import repair
    from index.verifying import find_problems

    problems = find_problems(options.index)
    found = problems
    if problems and options.repair:
        print("\n".join(problems), file=sys.stderr)
        repair(options.index)
        problems = find_problems(options.index)
    if options.json:
        repaired = {"repaired": found} if options.repair else {}
        print_json({"ok": not problems, "problems": problems, **repaired})
    elif not problems:
        print("Đã sửa xong, chỉ mục nguyên vẹn." if found else "Chỉ mục nguyên vẹn.")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _backup(options: argparse.Namespace) -> int:
    from index.backing_up import back_up

    size = back_up(options.index, options.file)
    if options.json:
        print_json({"file": str(options.file), "bytes": size})
    else:
        print(f"Đã sao lưu {options.index} vào {options.file} ({size / 1e6:.1f} MB).")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from index.backing_up import restore

    passages = restore(options.file, options.index)
    if options.json:
        print_json({"index": str(options.index), "passages": {"total": passages}})
    else:
        print(f"Đã khôi phục {options.index} từ {options.file} ({passages} đoạn).")
    return 0
