"""The web chat: ``python app.py``."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from documents.command_line import run_command
from documents.errors import DanChungError
from index.sync_cli import embedder_of
from web.addresses import check_address, is_loopback
from web.options import DEFAULT_DOCUMENTS, parser

if TYPE_CHECKING:
    from types import FrameType

    from web.accounts import Accounts


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chat until Ctrl-C, or ``users …``, and return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["users"]:
        from web.accounts_cli import users_main

        return users_main(given[1:])
    options = parser().parse_args(given)
    return run_command(lambda: _run(options))


def _accounts(options: argparse.Namespace) -> "Accounts | None":
    """Return the accounts that guard the page; None where only this machine reaches it.

    Raises
    ------
    DanChungError
        Others could reach the page and there is no account.
    """
    from web.accounts import FILE_NAME, Accounts

    reachable = not is_loopback(options.host) or options.trusted_proxy
    if (options.data / FILE_NAME).exists():
        accounts = Accounts(options.data)
        if accounts.users():
            return accounts
    if reachable:
        why = "--trusted-proxy" if is_loopback(options.host) else f"--host {options.host}"
        raise DanChungError(
            f"{why}: người khác vào được trang nên cần tài khoản; hãy thêm bằng"
            f" `python app.py users add NAME --data {options.data}`, hoặc dùng 127.0.0.1."
        )
    return None


def _run(options: argparse.Namespace) -> int:
    """Bring the index up to date, open the page and wait."""
    accounts = _accounts(options)
    check_address(options.host, options.port)
    made_with = embedder_of(options.index)
    if options.documents is not None or made_with is None:
        folder = options.documents or DEFAULT_DOCUMENTS
        embedder = made_with if options.embedder is None else options.embedder
        _sync(folder, options.index, embedder=embedder)
    _tell("Đang mở trang…")
    signal.signal(signal.SIGTERM, _interrupt)
    os.environ.setdefault("GRADIO_TEMP_DIR", str((options.data / "files").absolute()))
    from web.serving import open_chat

    try:
        with open_chat(options, accounts) as address:
            _tell(f"Dẫn Chứng đã sẵn sàng tại {address} (Ctrl-C để dừng)")
            threading.Event().wait()
    except KeyboardInterrupt:
        _tell("Đã đóng trang.")
    return 0


def _interrupt(_number: int, _frame: "FrameType | None") -> None:
    raise KeyboardInterrupt


def _sync(folder: Path, index: Path, *, embedder: str | None) -> None:
    _tell(f"Đang nạp tài liệu từ {folder}…")
    from documents.folder import FolderSource
    from index.embedding import load_embedder
    from index.sync_cli import describe
    from index.syncing import sync

    report = sync(
        FolderSource(folder),
        index,
        embedder=load_embedder(embedder),
        progress=lambda seen: _tell(f"Đã nạp {seen.documents}/{seen.of} tài liệu"),
    )
    for failure in report.failed:
        _tell(f"Không đọc được {failure.path}: {failure.reason}")
    _tell(describe(report))


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
