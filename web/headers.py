"""The headers that tell a browser what the page may do.

`script-src` names each inline script of Gradio's page by its hash. It needs 'unsafe-eval':
Gradio makes functions of the script of an HTML component (`page.js`) and of its own event scripts
with `new Function`. `style-src` needs 'unsafe-inline': Gradio sets style attributes and adds style
elements while the page runs. No host but our own is named anywhere.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence

_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_COMMON = (
    "base-uri 'self'; object-src 'none'; frame-src 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)
_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
_YEAR_SECONDS = 31_536_000


def script_hashes(page: bytes) -> list[str]:
    """Return the policy's names of the inline scripts of a page, in order."""
    return [_name(script) for script in _INLINE_SCRIPT.findall(page)]


def page_policy(scripts: Iterable[str] = ()) -> str:
    """Return the content security policy of the Gradio page and all it loads."""
    allowed = " ".join(["'self'", "'unsafe-eval'", *scripts])
    return (
        f"default-src 'self'; script-src {allowed}; script-src-attr 'none'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; {_COMMON}"
    )


def plain_policy(style: str) -> str:
    """Return the policy of a page of our own: no script at all, one style element."""
    return (
        f"default-src 'none'; style-src {_name(style.encode())}; img-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def security_headers(policy: str, *, secure: bool) -> list[tuple[bytes, bytes]]:
    """Return the headers of every answer; ``secure`` is whether the visitor came by https."""
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        # Not no-referrer: with it a form would be sent with "Origin: null" and be refused.
        "referrer-policy": "same-origin",
        "permissions-policy": _PERMISSIONS,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    if secure:
        headers["strict-transport-security"] = f"max-age={_YEAR_SECONDS}"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def without(
    headers: Sequence[tuple[bytes, bytes]], names: Iterable[bytes]
) -> list[tuple[bytes, bytes]]:
    """Return ASGI headers without those of the names, given in lower case."""
    dropped = frozenset(names)
    return [(name, value) for name, value in headers if name.lower() not in dropped]


def _name(text: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'"
