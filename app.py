"""The web chat: ``python app.py``."""

import argparse
import ipaddress
import socket
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from documents.command_line import folder_name, run_command
from documents.errors import DanChungError
from eval.feedback_cli import DEFAULT_DATA
from index.cli import DEFAULT_INDEX
from index.sync_cli import embedder_of

DEFAULT_DOCUMENTS = Path("documents/articles")
LAST_PORT = 65_535


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chat until Ctrl-C and return the exit status."""
    options = _parser().parse_args(arguments)
    return run_command(lambda: _run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python app.py", description="Hỏi đáp trên tài liệu tiếng Việt, có trích dẫn."
    )
    parser.add_argument(
        "--documents",
        type=folder_name,
        metavar="FOLDER",
        help=f"nạp thư mục này trước khi mở trang (mặc định {DEFAULT_DOCUMENTS}, chỉ nạp khi "
        "chưa có chỉ mục)",
    )
    parser.add_argument(
        "--index",
        type=folder_name,
        default=DEFAULT_INDEX,
        metavar="DIR",
        help="thư mục chỉ mục (mặc định %(default)s)",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="địa chỉ của chính máy này (mặc định %(default)s)"
    )
    parser.add_argument("--port", type=_port, default=7860, help="cổng (mặc định %(default)s)")
    parser.add_argument(
        "--data",
        type=folder_name,
        default=DEFAULT_DATA,
        metavar="DIR",
        help="nơi lưu các cuộc trò chuyện và góp ý (mặc định %(default)s)",
    )
    parser.add_argument(
        "--embedder",
        metavar="NAME",
        help="mô hình nhúng khi nạp tài liệu (mặc định: mô hình kèm sẵn)",
    )
    parser.add_argument(
        "--reader",
        default="extractive",
        metavar="NAME|URL#MODEL",
        help="trình đọc: extractive, mô hình trên hub hoặc thư mục, hoặc mô hình của máy chủ",
    )
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r}: cổng phải là số từ 1 đến {LAST_PORT}")
    return int(text)


def _check_address(host: str, port: int) -> None:
    """Raise unless the page can be served there, before anything heavy is loaded."""
    if not _is_loopback(host):
        raise DanChungError(
            f"--host {host}: trang chưa có tài khoản nên chỉ mở trên chính máy này; "
            "hãy dùng 127.0.0.1."
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise DanChungError(
                f"Không mở được cổng {port} ({error.strerror}); "
                f"hãy chọn cổng khác, ví dụ --port {port + 1 if port < LAST_PORT else port - 1}."
            ) from error


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _run(options: argparse.Namespace) -> int:
    """Bring the index up to date, open the page and wait."""
    _check_address(options.host, options.port)
    made_with = embedder_of(options.index)
    if options.documents is not None or made_with is None:
        folder = options.documents or DEFAULT_DOCUMENTS
        embedder = made_with if options.embedder is None else options.embedder
        _sync(folder, options.index, embedder=embedder)
    _tell("Đang mở trang…")
    from qa.loading import load_pipeline
    from web.library import Library
    from web.page import build_page, launch_page
    from web.visits import open_kept

    pipeline = load_pipeline(options.index, embedder=options.embedder, reader=options.reader)
    page = build_page(
        pipeline,
        open_kept(options.data),
        Library(options.index, options.data / "removed"),
    )
    try:
        address = launch_page(page, host=options.host, port=options.port)
        _tell(f"Dẫn Chứng đã sẵn sàng tại {address} (Ctrl-C để dừng)")
        threading.Event().wait()
    except KeyboardInterrupt:
        _tell("Đã đóng trang.")
    except OSError as error:
        raise DanChungError(
            f"Không mở được trang ({error}); hãy thử cổng khác bằng --port"
        ) from error
    finally:
        page.close(verbose=False)
    return 0


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
