"""Pages of the web as files of a folder."""

import os
import re
from hashlib import sha256
from html import escape
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from documents.errors import DanChungError
from documents.fetching import Fetched, FetchError
from documents.loading import SUFFIXES
from documents.normalising import fold

FOLDER = "trang-web"
_LONGEST_SLUG = 60
_OFFICE = "application/vnd.openxmlformats-officedocument"
_SUFFIXES = MappingProxyType(
    {
        "text/html": ".html",
        "application/xhtml+xml": ".html",
        "text/plain": ".txt",
        "text/markdown": ".md",
        "text/csv": ".csv",
        "application/pdf": ".pdf",
        "application/rtf": ".rtf",
        "text/rtf": ".rtf",
        "application/epub+zip": ".epub",
        "application/vnd.oasis.opendocument.text": ".odt",
        f"{_OFFICE}.wordprocessingml.document": ".docx",
        f"{_OFFICE}.presentationml.presentation": ".pptx",
        f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
        "message/rfc822": ".eml",
    }
)
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream")
"""What servers say that do not know: then the ending of the address tells."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_HEAD_BYTES = 4096
_ADDRESS = re.compile(
    r"<link[^>]{0,500}rel\s*=\s*[\"']?canonical|<meta[^>]{0,500}[\"']?og:url", re.IGNORECASE
)
_INSIDE_HEAD = re.compile(r"<head(?:\s[^>]{0,500})?>", re.IGNORECASE)
_DOCTYPE = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!doctype[^>]{0,500}>)?", re.IGNORECASE)


def save_page(page: Fetched, asked: str, folder: Path) -> str:
    """Write a page into a folder; return its path below it.

    It is ``trang-web/<host>/<slug>-<hash of the address>.<ending>``: asking for the same address
    again replaces it. A web page is written in UTF-8 and, where it does not name its own address,
    with a ``<link rel="canonical">`` that does.

    Raises
    ------
    FetchError
        It is no document.
    DanChungError
        It cannot be written.
    """
    suffix = _suffix(page)
    content = _html(page).encode() if suffix == ".html" else page.content
    path = (
        f"{FOLDER}/{_host(asked)}/{_slug(asked)}-{sha256(asked.encode()).hexdigest()[:8]}{suffix}"
    )
    file = folder / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.parent.resolve().is_relative_to(folder.resolve()):
            raise DanChungError(f"{file.parent} là liên kết ra ngoài thư mục: hãy bỏ liên kết")
        temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(file)
    except OSError as error:
        raise DanChungError(
            f"không ghi được {file} ({error.strerror}): hãy kiểm tra quyền và dung lượng đĩa"
        ) from error
    return path


def _suffix(page: Fetched) -> str:
    if page.media_type in _SUFFIXES:
        return _SUFFIXES[page.media_type]
    ending = PurePosixPath(unquote(urlsplit(page.url).path)).suffix.lower()
    if page.media_type in _UNTOLD and ending in SUFFIXES:
        return ending
    raise FetchError(
        f"loại {page.media_type or '(không rõ)'!r} không phải tài liệu:"
        " hãy dùng trang HTML, PDF, Word …"
    )


def _html(page: Fetched) -> str:
    text = _decoded(page)
    if _ADDRESS.search(text):
        return text
    link = f'<link rel="canonical" href="{escape(page.url, quote=True)}">'
    place = _INSIDE_HEAD.search(text) or _DOCTYPE.match(text)
    end = place.end() if place is not None else 0
    return text[:end] + link + text[end:]


def _decoded(page: Fetched) -> str:
    """Return a page's text: as the server says, as the page says, or as its bytes are."""
    from documents.errors import UnreadableDocumentError
    from documents.text_file import decode

    named = _CHARSET.search(page.content[:_HEAD_BYTES])
    for charset in (page.charset, named[1].decode("ascii", "replace") if named else ""):
        try:
            if charset:
                return page.content.decode(charset).removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            continue
    try:
        return decode(page.content)
    except UnreadableDocumentError as error:
        raise FetchError(f"trang không đọc được: {error}") from error


def _host(url: str) -> str:
    host = (urlsplit(url).hostname or "").encode("idna").decode()
    return re.sub(r"[^a-z0-9.-]+", "-", host.lower()).strip(".-") or "trang"


def _slug(url: str) -> str:
    """Return the last part of an address that says something, without accents."""
    parts = urlsplit(url)
    names = [unquote(part) for part in parts.path.split("/") if part]
    name = PurePosixPath(names[-1]).stem if names else ""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(f"{name} {unquote(parts.query)}").lower()).strip("-")
    return slug[:_LONGEST_SLUG].rstrip("-") or "trang-chu"
