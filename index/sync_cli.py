"""python -m index sync: its options, its progress and its report."""

import argparse
import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from documents.command_line import folder_name, positive, print_json
from documents.loading import SUFFIXES

if TYPE_CHECKING:
    from index.embedding import Embedder
    from index.manifest import Place
    from index.preparing import Preparing
    from index.report import Progress, ProgressListener, SyncReport

_SHOWN_SKIPPED = 20
_WATCHING_WAIT_SECONDS = 5.0
"""For another writer; then it is told, and tried again."""


def add_sync(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    common: argparse.ArgumentParser,
) -> None:
    """Add the command ``sync``."""
    command = commands.add_parser(
        "sync", parents=[common], help="làm cho chỉ mục khớp với một thư mục tài liệu"
    )
    command.add_argument(
        "folder",
        type=folder_name,
        metavar="FOLDER",
        help=f"thư mục có các tệp {' '.join(sorted(SUFFIXES))}, hoặc .zip chứa chúng",
    )
    command.add_argument(
        "--embedder", metavar="NAME", help="mô hình nhúng: bundled, tên trên hub hoặc thư mục"
    )
    command.add_argument(
        "--engine", choices=["faiss", "milvus"], help="nơi tìm kiếm: trong thư mục chỉ mục, Milvus"
    )
    command.add_argument(
        "--uri", metavar="URI", help="máy chủ Milvus (http://MÁY:19530), hoặc một tệp .db"
    )
    command.add_argument("--rebuild", action="store_true", help="dựng lại chỉ mục từ đầu")
    command.add_argument(
        "--dry-run", action="store_true", help="chỉ cho biết sẽ làm gì, không ghi gì"
    )
    command.add_argument(
        "--watch", action="store_true", help="rồi theo dõi thư mục và đồng bộ mỗi khi nó đổi"
    )
    command.add_argument(
        "--follow-links", action="store_true", help="đi theo cả liên kết trỏ ra ngoài thư mục"
    )
    command.add_argument(
        "--allow-empty",
        action="store_true",
        help="thư mục không còn tài liệu nào thì bỏ hết khỏi chỉ mục (mặc định: báo lỗi, vì có lẽ"
        " ổ đĩa chưa được gắn)",
    )
    command.add_argument(
        "--workers",
        type=_workers,
        metavar="N",
        help="số tiến trình chuẩn bị tài liệu (mặc định: số lõi của máy), hoặc cụm máy Ray:"
        " ray://HOST:PORT; ray là một cụm tạm trên máy này",
    )
    command.add_argument(
        "--progress",
        choices=["auto", "bar", "json", "none"],
        default="auto",
        help="tiến độ trên stderr: thanh, mỗi dòng một JSON, hoặc không"
        " (mặc định: thanh khi là cửa sổ dòng lệnh)",
    )
    command.set_defaults(command=lambda options: _sync(command, options))


def _sync(command: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    from documents.folder import FolderSource
    from index.embedding import load_embedder
    from index.previewing import preview
    from index.rebuilding import rebuild
    from index.syncing import move, sync

    if options.watch and (options.dry_run or options.rebuild):
        command.error("--watch không đi cùng --dry-run hay --rebuild")
    place = _place(command, options)
    source = FolderSource(
        options.folder, follow_links=options.follow_links, may_be_empty=options.allow_empty
    )
    made_with = None if options.rebuild else embedder_of(options.index)
    embedder = load_embedder(made_with if options.embedder is None else options.embedder)
    listener = _listener(options.progress)
    if place and not (options.dry_run or options.rebuild):
        move(options.index, place, embedder=embedder)
    if options.watch:
        _follow(options, embedder)
    if options.dry_run:
        report = preview(source, None if options.rebuild else options.index, embedder=embedder)
    else:
        make = partial(rebuild, place=place) if options.rebuild else sync
        report = make(
            source,
            options.index,
            embedder=embedder,
            progress=listener,
            preparing=_preparing(options.workers, embedder),
        )
    tell_left_out(report)
    if options.json:
        print_json({**report.as_json(), **({"dry_run": True} if options.dry_run else {})})
    else:
        print(("Nếu đồng bộ: " if options.dry_run else "") + describe(report))
    return 0


def _follow(options: argparse.Namespace, embedder: "Embedder") -> NoReturn:
    from index.syncing import sync
    from index.watch_cli import follow

    follow(
        options.folder,
        options.index,
        sync=partial(
            sync,
            folder=options.index,
            embedder=embedder,
            preparing=_preparing(options.workers, embedder),
            wait_seconds=_WATCHING_WAIT_SECONDS,
        ),
        follow_links=options.follow_links,
        may_be_empty=options.allow_empty,
        as_json=options.json,
    )


def _place(command: argparse.ArgumentParser, options: argparse.Namespace) -> "Place | None":
    """Return where the searchers are asked to be, or None to leave them where they are."""
    from index.manifest import IN_FOLDER, MILVUS, Place

    if (options.engine == MILVUS) != bool(options.uri):
        command.error("--engine milvus và --uri URI phải đi cùng nhau")
    if options.engine is None:
        return None
    if options.engine != MILVUS:
        return IN_FOLDER
    from index.milvus_collection import place_of

    return Place(MILVUS, place_of(options.uri))


def embedder_of(folder: Path) -> str | None:
    """Return the model an index was made with, or None when there is no index.

    So that later syncs need not name it again.
    """
    from index.errors import IndexMissingError
    from index.manifest import read_manifest

    try:
        return read_manifest(folder).embedder
    except IndexMissingError:
        return None


def describe(report: "SyncReport") -> str:
    """Return a sync's report as one line for people."""
    moved = f" {report.moved} chuyển chỗ," if report.moved else ""
    skipped = f" {len(report.skipped)} bỏ qua," if report.skipped else ""
    return (
        f"Tài liệu: {report.added} mới, {report.changed} đổi,{moved} {report.removed} bỏ,"
        f" {report.unchanged} giữ nguyên,{skipped} {len(report.failed)} không đọc được."
        f" Đoạn: {report.embedded} nhúng mới, {report.total} tất cả."
        f" Thời gian: {report.seconds:.1f} giây."
    )


def _workers(text: str) -> int | str:
    from index.ray_workers import is_address

    if is_address(text):
        return text
    try:
        return positive(text)
    except argparse.ArgumentTypeError as error:
        raise argparse.ArgumentTypeError(f"{error}, hoặc ray, hoặc ray://HOST:PORT") from None


def _preparing(workers: int | str | None, embedder: "Embedder") -> "Preparing":
    """Return what prepares documents: in as many processes as cores for a model of one thread."""
    from index.embedding import StaticEmbedder
    from index.ray_workers import on_ray
    from index.worker_processes import in_processes

    if isinstance(workers, str):
        return on_ray(workers)
    is_light = isinstance(embedder, StaticEmbedder)
    return in_processes(workers or (os.cpu_count() or 1 if is_light else 1))


def tell_left_out(report: "SyncReport") -> None:
    """Tell what could not be read and what was skipped, on stderr."""
    for failure in report.failed:
        print(f"Không đọc được {_shown(failure.path)}: {failure.reason}", file=sys.stderr)
    for skipped in report.skipped[:_SHOWN_SKIPPED]:
        print(f"Bỏ qua {_shown(skipped.path)}: {skipped.reason}", file=sys.stderr)
    if len(report.skipped) > _SHOWN_SKIPPED:
        rest = len(report.skipped) - _SHOWN_SKIPPED
        print(f"Bỏ qua {rest} mục nữa; xem hết bằng --json", file=sys.stderr)


def _shown(path: str) -> str:
    """Return a path on one line: a name may hold line ends and control characters."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in path)


def _listener(kind: str) -> "ProgressListener":
    if kind == "json":
        return lambda progress: print(json.dumps(progress.as_json()), file=sys.stderr, flush=True)
    if kind == "bar" or (kind == "auto" and sys.stderr.isatty()):
        return _Bar().show
    return lambda _: None


class _Bar:
    """A line on the terminal: documents, time left, passages and their rate."""

    def __init__(self) -> None:
        from tqdm import tqdm

        self._bar = tqdm(desc="Đồng bộ", unit=" tài liệu", file=sys.stderr, dynamic_ncols=True)

    def show(self, progress: "Progress") -> None:
        self._bar.total = progress.of
        self._bar.initial = progress.unchanged
        self._bar.set_postfix_str(
            f"{progress.passages} đoạn, {progress.passages_per_second:.0f} đoạn/giây",
            refresh=False,
        )
        self._bar.update(progress.documents - self._bar.n)
        if progress.documents >= progress.of:
            self._bar.close()
