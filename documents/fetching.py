"""Fetch one page of the web, safely: public addresses alone, within bounds of size and time."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from documents.errors import DanChungError
from documents.web_addresses import Networks, check_url, resolve

if TYPE_CHECKING:
    import httpx

USER_AGENT = "DanChung/1.0 (+python -m index add; fetches single pages at a person's request)"
MOST_BYTES = 20_000_000
MOST_SECONDS = 60.0
"""For all of it: names, redirects and the body."""
_SECONDS_OF_SILENCE = 20.0
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_OK = 200


class FetchError(DanChungError):
    """A page that could not be fetched, and why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave.

    Attributes
    ----------
    url
        Where it was found in the end, after redirects.
    media_type, charset
        As the server says; in lower case, empty when it does not.
    content
        Its bytes, decompressed.
    """

    url: str
    media_type: str
    charset: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may take, and which networks it may reach although they are not public."""

    most_bytes: int = MOST_BYTES
    seconds: float = MOST_SECONDS
    allowed: Networks = ()


def fetch(url: str, limits: Limits = Limits()) -> Fetched:
    """Return what is at an address.

    Every host is looked up once and connected to at the address that was checked, so that a name
    which changes its mind in between changes nothing; redirects are checked like the first
    address. Proxies, cookies and passwords of this machine are not used.

    Raises
    ------
    RefusedAddressError
        The address, or one that it leads to, is not public or not http(s).
    FetchError
        The server fails, redirects too often, sends too much or is too slow.
    """
    import httpx

    try:
        return asyncio.run(_within(url, limits))
    except TimeoutError:
        raise FetchError(
            f"máy chủ quá chậm, sau {limits.seconds:g} giây vẫn chưa xong: hãy thử lại sau"
        ) from None
    except httpx.TimeoutException:
        raise FetchError("máy chủ không trả lời: hãy thử lại sau") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        message = " ".join(str(error).split())[:120] or type(error).__name__
        raise FetchError(f"không tải được ({message}): hãy kiểm tra địa chỉ") from error


async def _within(url: str, limits: Limits) -> Fetched:
    async with asyncio.timeout(limits.seconds):
        return await _fetch(url, limits)


async def _fetch(url: str, limits: Limits) -> Fetched:
    import httpx

    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"}
    timeout = httpx.Timeout(_SECONDS_OF_SILENCE)
    async with httpx.AsyncClient(
        transport=_transport(limits.allowed), headers=headers, timeout=timeout, trust_env=False
    ) as client:
        for _ in range(_MOST_REDIRECTS + 1):
            check_url(url)
            client.cookies.clear()
            async with client.stream("GET", url) as response:
                if response.status_code not in _REDIRECTS or "location" not in response.headers:
                    return await _received(response, limits.most_bytes)
                url = urljoin(url, response.headers["location"])
    raise FetchError(f"chuyển hướng quá {_MOST_REDIRECTS} lần: hãy dùng địa chỉ cuối cùng")


async def _received(response: "httpx.Response", most_bytes: int) -> Fetched:
    if response.status_code != _OK:
        raise FetchError(f"máy chủ trả lời mã {response.status_code}: hãy kiểm tra địa chỉ")
    declared = response.headers.get("content-length", "")
    too_large = FetchError(f"trang nặng hơn {most_bytes / 1e6:g} MB: hãy tải về rồi chia nhỏ")
    if declared.isdecimal() and int(declared) > most_bytes:
        raise too_large
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > most_bytes:
            raise too_large
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Fetched(str(response.url), media_type, response.charset_encoding or "", bytes(content))


def _transport(allowed: Networks) -> "httpx.AsyncBaseTransport":
    """Return a transport that connects to the address that was checked, under the host's name."""
    import httpx

    class Pinned(httpx.AsyncHTTPTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            host = request.url.host
            port = request.url.port or (443 if request.url.scheme == "https" else 80)
            address = await asyncio.to_thread(resolve, host, port, allowed=allowed)
            asked = request.url
            # The Host header is set already, and the certificate is checked against the name.
            request.extensions = {**request.extensions, "sni_hostname": host}
            request.url = asked.copy_with(host=address)
            try:
                return await super().handle_async_request(request)
            finally:
                request.url = asked

    # No connection is used twice: two names may share an address.
    return Pinned(limits=httpx.Limits(max_keepalive_connections=0))
