"""Which web addresses may be fetched: public ones, whatever way they are spelled."""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from documents.errors import DanChungError

Networks = Sequence[IPv4Network | IPv6Network]

_SCHEMES = ("http", "https")
_LONGEST = 2000
# Forms of IPv6 that carry an IPv4 address to a gateway, which may be inside.
_GATEWAYS = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


class RefusedAddressError(DanChungError):
    """An address that is not fetched, and why."""


def check_url(url: str) -> None:
    """Raise `RefusedAddressError` unless a URL is http(s) to a host, without a password in it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedAddressError(f"địa chỉ {url[:80]!r} sai dạng: hãy kiểm tra lại") from error
    if parts.scheme not in _SCHEMES:
        raise RefusedAddressError(
            f"địa chỉ kiểu {parts.scheme or '(không có)'!r} không được nhận: hãy dùng http://"
            " hoặc https://"
        )
    if not parts.hostname or port == 0 or len(url) > _LONGEST or not url.isprintable():
        raise RefusedAddressError(f"địa chỉ {url[:80]!r} sai dạng: hãy kiểm tra lại")
    if parts.username is not None or parts.password is not None:
        raise RefusedAddressError("địa chỉ có tên đăng nhập hoặc mật khẩu: hãy bỏ phần trước dấu @")


def resolve(host: str, port: int, *, allowed: Networks = ()) -> str:
    """Return the numeric address to connect to for a host; the name is looked up once.

    Spellings such as ``2130706433`` or ``0177.1`` are looked up like names, so what is checked is
    what would be connected to.

    Parameters
    ----------
    allowed
        Networks that may be connected to although they are not public.

    Raises
    ------
    RefusedAddressError
        The name is unknown, or one of its addresses is private, local, reserved or multicast.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedAddressError(
            f"không tìm thấy máy chủ {host}: hãy kiểm tra địa chỉ và mạng"
        ) from error
    addresses = [str(one[4][0]) for one in found]
    for address in addresses:
        if not _may_connect(address, allowed):
            raise RefusedAddressError(
                f"máy chủ {host} ở địa chỉ nội bộ {address}: chỉ tải trang công khai"
            )
    return addresses[0]


def _may_connect(address: str, allowed: Networks) -> bool:
    try:
        number = ip_address(address)
    except ValueError:  # "fe80::1%eth0"
        return False
    if any(number in network for network in allowed if network.version == number.version):
        return True
    if any(number in network for network in _GATEWAYS if network.version == number.version):
        return False
    return number.is_global and not number.is_multicast and not number.is_reserved
