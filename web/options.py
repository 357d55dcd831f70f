"""The settings of ``python app.py``: each flag has a variable ``DANCHUNG_…``; the flag wins."""

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from documents.command_line import folder_name, positive
from eval.feedback_cli import DEFAULT_DATA
from index.cli import DEFAULT_INDEX

DEFAULT_DOCUMENTS = Path("documents/articles")
LAST_PORT = 65_535
PREFIX = "DANCHUNG_"
_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


def parser(environment: Mapping[str, str] = os.environ) -> argparse.ArgumentParser:
    """Return the parser of ``python app.py``, with the defaults of an environment."""
    made = _Parser(
        prog="python app.py",
        description="Hỏi đáp trên tài liệu tiếng Việt, có trích dẫn.",
        epilog="python app.py users --help: tài khoản của người dùng. Mỗi cờ có một biến môi"
        " trường ghi trong ngoặc; cờ thắng biến. Cờ bật/tắt nhận biến bằng 1 hoặc 0.",
    )
    made.environment = environment
    _add_library(made)
    _add_place(made)
    _add_limits(made)
    return made


def variable(flag: str) -> str:
    """Return the variable of a flag: ``--log-file`` → ``DANCHUNG_LOG_FILE``."""
    return PREFIX + flag.removeprefix("--").replace("-", "_").upper()


class _Parser(argparse.ArgumentParser):
    environment: Mapping[str, str] = os.environ

    def value(
        self,
        flag: str,
        metavar: str,
        text: str,
        *,
        default: object = None,
        kind: Callable[[str], object] = str,
    ) -> None:
        """Add a flag with a value. argparse reads a default given as text with ``kind``."""
        name = variable(flag)
        given = self.environment.get(name, "").strip()
        self.add_argument(
            flag,
            type=kind,
            default=given or default,
            metavar=metavar,
            help=f"{text} [{name}]",
        )

    def switch(self, flag: str, text: str) -> None:
        """Add a flag that is on or off; ``--no-…`` turns a variable off."""
        name = variable(flag)
        given = self.environment.get(name, "").strip().lower()
        if given not in _YES | _NO:
            self.error(f"{name}={given}: cần 1 hoặc 0")
        self.add_argument(
            flag,
            action=argparse.BooleanOptionalAction,
            default=given in _YES,
            help=f"{text} [{name}]",
        )


def _add_library(made: _Parser) -> None:
    made.value(
        "--documents",
        "FOLDER",
        f"nạp thư mục này trước khi mở trang (mặc định {DEFAULT_DOCUMENTS}, chỉ nạp khi chưa có"
        " chỉ mục)",
        kind=folder_name,
    )
    made.value(
        "--index",
        "DIR",
        f"thư mục chỉ mục (mặc định {DEFAULT_INDEX})",
        default=DEFAULT_INDEX,
        kind=folder_name,
    )
    made.value(
        "--data",
        "DIR",
        "nơi lưu tài khoản, các cuộc trò chuyện, góp ý và các lần đánh giá"
        f" (mặc định {DEFAULT_DATA})",
        default=DEFAULT_DATA,
        kind=folder_name,
    )
    made.value("--embedder", "NAME", "mô hình nhúng khi nạp tài liệu (mặc định: mô hình kèm sẵn)")
    made.value(
        "--reader",
        "NAME|URL#MODEL",
        "trình đọc: extractive (mặc định), mô hình trên hub hoặc thư mục, hoặc mô hình của máy chủ",
        default="extractive",
    )


def _add_place(made: _Parser) -> None:
    made.value(
        "--host",
        "H",
        "địa chỉ lắng nghe (mặc định 127.0.0.1: chính máy này); địa chỉ khác cần có tài khoản",
        default="127.0.0.1",
    )
    made.value("--port", "P", "cổng (mặc định 7860)", default=7860, kind=_port)
    made.switch(
        "--trusted-proxy",
        "tin X-Forwarded-For, -Proto, -Host của proxy đứng trước; chỉ bật khi mọi yêu cầu đều qua"
        " proxy đó",
    )


def _add_limits(made: _Parser) -> None:
    made.value(
        "--questions-per-minute",
        "N",
        "số câu hỏi mỗi phút của một người có tài khoản (mặc định 30)",
        default=30,
        kind=positive,
    )
    made.value(
        "--at-once", "N", "số câu được trả lời cùng lúc (mặc định 4)", default=4, kind=positive
    )
    made.value("--waiting", "N", "số câu được xếp hàng (mặc định 100)", default=100, kind=positive)
    made.value(
        "--log-file",
        "FILE",
        "ghi nhật ký JSON vào tệp này (không ghi tệp: ra stderr khi có tài khoản)",
        kind=Path,
    )
    made.switch("--log-questions", "ghi cả lời câu hỏi vào nhật ký")
    made.switch("--mcp", "mở máy chủ MCP ở /mcp")


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r}: cổng phải là số từ 1 đến {LAST_PORT}")
    return int(text)
