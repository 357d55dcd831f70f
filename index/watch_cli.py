"""python -m index sync --watch: what it tells."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from documents.command_line import print_json
from documents.folder import FolderSource
from index.report import Failure, SyncReport
from index.watching import Event, Failed, Follower, Synced, Waiting


def follow(
    folder: Path,
    index: Path,
    *,
    sync: Callable[[FolderSource], SyncReport],
    follow_links: bool,
    may_be_empty: bool,
    as_json: bool,
) -> NoReturn:
    """Follow a folder until Ctrl-C, telling of each sync with changes on a line."""
    tell = _tell_json if as_json else _Teller(folder).tell
    Follower(
        folder,
        index,
        sync=sync,
        tell=tell,
        follow_links=follow_links,
        may_be_empty=may_be_empty,
    ).run()


def _tell_json(event: Event) -> None:
    match event:
        case Synced(report):
            print_json({"event": "synced", **report.as_json()})
        case Waiting(reason):
            print_json({"event": "waiting", "reason": reason})
        case Failed(reason, seconds):
            print_json({"event": "failed", "reason": reason, "retry_seconds": seconds})


class _Teller:
    """Prints what is new, and that trouble is over; not each time that a file cannot be read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._left_out: tuple[tuple[Failure, ...], tuple[Failure, ...]] | None = None
        self._is_in_trouble = False

    def tell(self, event: Event) -> None:
        """Print one event: syncs on stdout, trouble on stderr."""
        from index.sync_cli import describe, tell_left_out

        clock = f"{datetime.now().astimezone():%H:%M:%S}"
        match event:
            case Synced(report):
                is_first = self._left_out is None
                left_out = report.failed, report.skipped
                if left_out != self._left_out:
                    tell_left_out(report)
                is_news = is_first or report.has_changes or left_out != self._left_out
                if is_news or self._is_in_trouble:
                    print(f"{clock} {describe(report)}", flush=True)
                if is_first:
                    print(f"Đang theo dõi {self._folder}; Ctrl-C để dừng.", file=sys.stderr)
                self._left_out = left_out
                self._is_in_trouble = False
                return
            case Waiting(reason):
                print(f"{clock} {reason}", file=sys.stderr)
            case Failed(reason, seconds):
                print(f"{clock} {reason}; thử lại sau {seconds:.0f} giây", file=sys.stderr)
        self._is_in_trouble = True
