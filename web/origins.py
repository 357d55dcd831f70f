"""Where a request comes from, and whether a browser was tricked into sending it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_FORWARDED = (b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host")

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Came:
    """How a request came.

    Attributes
    ----------
    address
        The visitor's, as far as it can be believed.
    secure
        Whether the visitor speaks https, with us or with the proxy before us.
    host
        The name the visitor knows us by, in lower case, with its port.
    headers
        The request's, without what a proxy would say where none is trusted.
    """

    address: str
    secure: bool
    host: str
    headers: Headers

    def header(self, name: str) -> str:
        """Return the last value of a header, or an empty string."""
        values = [value for key, value in self.headers if key == name.encode()]
        return values[-1].decode("latin-1") if values else ""

    def cookie(self, name: str) -> str:
        """Return the value of a cookie, or an empty string."""
        for pair in self.header("cookie").split(";"):
            key, _, value = pair.strip().partition("=")
            if key == name:
                return value
        return ""


def came(scope: Mapping[str, object], *, trusted_proxy: bool) -> Came:
    """Return how a request came, from its ASGI scope.

    A trusted proxy is believed the last address of X-Forwarded-For, the one it saw itself:
    those before it were sent by the visitor.
    """
    client, headers = scope.get("client"), scope["headers"]
    address = str(client[0]) if isinstance(client, list | tuple) else ""
    if not isinstance(headers, list | tuple):
        raise TypeError("an ASGI scope carries its headers as pairs")
    if not trusted_proxy:
        headers = [(key, value) for key, value in headers if key not in _FORWARDED]
    plain = Came(address, scope.get("scheme") == "https", "", headers)
    forwarded = plain.header("x-forwarded-for").rpartition(",")[2].strip()
    proto = plain.header("x-forwarded-proto").rpartition(",")[2].strip()
    host = plain.header("x-forwarded-host").rpartition(",")[2].strip() or plain.header("host")
    return Came(
        forwarded or address,
        proto == "https" or (not proto and plain.secure),
        host.lower(),
        headers,
    )


def names_this_machine(came: Came, host: str) -> bool:
    """Return whether a request to a loopback page names it, against DNS rebinding."""
    name = urlsplit(f"//{came.host}").hostname if _is_clean(came.host) else None
    if name is None:
        return False
    return name in {"localhost", "127.0.0.1", "::1", host.strip("[]").lower()}


def is_foreign(came: Came, method: str) -> bool:
    """Return whether a page of another site made the browser send this.

    Browsers send Origin with all that changes something, and Sec-Fetch-Site with everything;
    other programs send neither. Another site may link to the page, nothing else.
    """
    site = came.header("sec-fetch-site")
    if site in {"cross-site", "same-site"}:
        visiting = came.header("sec-fetch-mode") == "navigate" and method == "GET"
        return not visiting
    origin = came.header("origin")
    if not origin or (method in _READING and site == "same-origin"):
        return False
    return not _is_clean(origin) or urlsplit(origin).netloc.lower() != came.host


def _is_clean(text: str) -> bool:
    """Return whether `urlsplit` will read a text: it raises for odd brackets and the like."""
    try:
        return bool(urlsplit(text if "//" in text else f"//{text}").hostname)
    except ValueError:
        return False
