"""python -m index add: fetch pages of the web into the folder, then sync it."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from documents.command_line import folder_name, print_json
from documents.errors import DanChungError

if TYPE_CHECKING:
    from documents.fetching import Fetched
    from index.report import SyncReport

_SECONDS_BETWEEN = 1.0
"""Between two pages of one host."""


@dataclass(frozen=True, slots=True)
class Added:
    """An address and the document that it became."""

    url: str
    document: str


@dataclass(frozen=True, slots=True)
class NotAdded:
    """An address that became no document, and why."""

    url: str
    reason: str


def add_adding(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    common: argparse.ArgumentParser,
) -> None:
    """Add the command ``add``."""
    command = commands.add_parser(
        "add", parents=[common], help="tải trang web vào thư mục tài liệu rồi đồng bộ"
    )
    command.add_argument("urls", nargs="*", metavar="URL", help="địa chỉ http:// hoặc https://")
    command.add_argument(
        "--list", type=Path, metavar="FILE", help="tệp có mỗi dòng một địa chỉ; # là ghi chú"
    )
    command.add_argument(
        "--feed", action="append", default=[], metavar="URL", help="nguồn tin RSS hoặc Atom"
    )
    command.add_argument(
        "--documents",
        type=folder_name,
        metavar="FOLDER",
        help="thư mục tài liệu (mặc định: thư mục đồng bộ lần trước)",
    )
    command.set_defaults(command=_add, refuse=command.error)


def _add(options: argparse.Namespace) -> int:
    from documents.fetching import fetch

    if not (options.urls or options.list or options.feed):
        options.refuse("cần ít nhất một URL, --list hoặc --feed")
    return add_pages(options, fetch)


def add_pages(options: argparse.Namespace, fetch: "Callable[[str], Fetched]") -> int:
    """Fetch what the options name, save it, sync the folder, report; return the exit code."""
    from documents.folder import FolderSource
    from index.embedding import load_embedder
    from index.planning import check_not_emptied
    from index.sync_cli import describe, embedder_of, tell_left_out
    from index.syncing import sync

    folder = options.documents or last_synced(options.index)
    source = FolderSource(folder)
    check_not_emptied(source, options.index)  # what is added would hide that all else is gone
    results = list(_fetched(_asked(options, fetch), folder, fetch))
    added = [one for one in results if isinstance(one, Added)]
    failed = [one for one in results if isinstance(one, NotAdded)]
    report = None
    if added:
        report = sync(source, options.index, embedder=load_embedder(embedder_of(options.index)))
        added, unread = _read(added, report)
        failed += unread
        tell_left_out(report)
    for one in failed:
        print(f"Không thêm được {one.url}: {one.reason}", file=sys.stderr)
    if options.json:
        print_json(
            {
                "added": list(map(asdict, added)),
                "failed": list(map(asdict, failed)),
                "sync": report.as_json() if report is not None else None,
            }
        )
    else:
        for page in added:
            print(f"Đã thêm {page.document}")
        if report is not None:
            print(describe(report))
    return 0 if added or not failed else 1


def last_synced(index: Path) -> Path:
    """Return the folder that an index was last synced with.

    Raises
    ------
    DanChungError
        There is no index, or it does not know.
    """
    from index.manifest import read_manifest
    from index.store import Store

    read_manifest(index)
    store = Store(index)
    root = store.identity().root
    store.close()
    if not root:
        raise DanChungError(f"{index}: chưa biết thư mục tài liệu; hãy thêm --documents THƯ_MỤC")
    return Path(root)


def _asked(
    options: argparse.Namespace, fetch: "Callable[[str], Fetched]"
) -> "Iterator[str | NotAdded]":
    """Yield each address once: those named, those of the list, those of the feeds."""
    seen: set[str] = set()
    for url in (*options.urls, *_listed(options.list), *_of_feeds(options.feed, fetch)):
        if isinstance(url, NotAdded):
            yield url
        elif url not in seen:
            seen.add(url)
            yield url


def _listed(file: Path | None) -> list[str]:
    if file is None:
        return []
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        raise DanChungError(f"không đọc được danh sách {file}: hãy kiểm tra tệp UTF-8") from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _of_feeds(
    feeds: Sequence[str], fetch: "Callable[[str], Fetched]"
) -> "Iterator[str | NotAdded]":
    from documents.feeds import article_urls

    for feed in feeds:
        try:
            yield from article_urls(fetch(feed))
        except DanChungError as error:
            yield NotAdded(feed, str(error))


def _fetched(
    asked: "Iterator[str | NotAdded]", folder: Path, fetch: "Callable[[str], Fetched]"
) -> Iterator[Added | NotAdded]:
    """Fetch and save one page after the other; wait between two of one host."""
    from documents.web_pages import save_page

    ready: dict[str, float] = {}
    for url in asked:
        if isinstance(url, NotAdded):
            yield url
            continue
        try:
            host = urlsplit(url).netloc
            time.sleep(max(0.0, ready.get(host, 0.0) - time.monotonic()))
            page = fetch(url)
            ready[host] = time.monotonic() + _SECONDS_BETWEEN
            yield Added(url, save_page(page, url, folder))
        except ValueError:
            yield NotAdded(url, "địa chỉ sai dạng: hãy kiểm tra lại")
        except DanChungError as error:
            yield NotAdded(url, str(error))


def _read(added: Sequence[Added], report: "SyncReport") -> tuple[list[Added], list[NotAdded]]:
    """Return the pages that became documents, and those that the sync could not read."""
    reasons = {failure.path: failure.reason for failure in report.failed}
    unread = [NotAdded(one.url, reasons[one.document]) for one in added if one.document in reasons]
    return [one for one in added if one.document not in reasons], unread
