"""Whether the page may be opened at an address, asked before anything heavy is loaded."""

import ipaddress
import socket

from documents.errors import DanChungError


def check_address(host: str, port: int) -> None:
    """Raise unless a page can be served there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or "tên máy không hợp lệ"
            raise DanChungError(
                f"Không mở được {host} cổng {port} ({reason}); hãy kiểm tra --host, hoặc chọn cổng"
                f" khác, ví dụ --port {port - 1 or 7860}."
            ) from error


def is_loopback(host: str) -> bool:
    """Return whether only this machine itself reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
