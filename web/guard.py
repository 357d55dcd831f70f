"""What stands before the page: every request passes here first.

In this order: the name we are called by, the site a browser was on, the size of the body, who it
is, and whether there is such a route. What comes back gets its security headers, and what failed
inside becomes one line that tells nothing of the inside.
"""

import logging
import time
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web import headers, permitted, plain_pages
from web.accounts import User
from web.bodies import Body, TooLargeError
from web.identity import LOCAL_EDITOR, Identities, remember_user
from web.json_logs import note
from web.languages import COOKIE, texts_of, way_to
from web.origins import Came, Headers, came, is_foreign, names_this_machine
from web.preferences import PreferenceStore

_log = logging.getLogger(__name__)
OPEN_TO_ALL = frozenset({"/login", "/healthz"})
OWN_PATHS = OPEN_TO_ALL | {"/logout", "/metrics", "/mcp"}
MOST_BODY_BYTES = 1_000_000
_ERROR, _FAILED = HTTPStatus.BAD_REQUEST.value, HTTPStatus.INTERNAL_SERVER_ERROR.value
_QUIET = ("/assets/", "/static/", "/healthz", "/theme.css")
"""Paths that are not noted: many for each visit, and the same for everybody."""
_MALFORMED = (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError)
"""What Gradio raises while it reads a call that names no function or has no such form."""

_READ_BY_GRADIO = tuple(f"/gradio_api/{name}" for name in ("queue/", "call/", "run/", "cancel"))
"""Routes that run nothing of ours: what fails there failed while a call was read."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the guard enforces.

    Attributes
    ----------
    host
        The address listened on.
    identities
        Who may come in; None on this machine itself without accounts: then all is one editor.
    trusted_proxy
        Whether a proxy stands before us that says who it speaks for.
    files
        The folder with the files made for visitors.
    most_upload_bytes
        The largest upload; 0 takes none.
    preferences
        What each has chosen; None lets all see the language they call for.
    """

    host: str
    files: Path
    identities: Identities | None = None
    trusted_proxy: bool = False
    most_upload_bytes: int = 0
    preferences: PreferenceStore | None = None


class Guard:
    """The ASGI application around the page's own."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._note(dict(scope), receive, send)
        else:  # a WebSocket, which nothing here speaks
            await send({"type": "websocket.close", "code": 1008})

    async def _note(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request and note it, without its query, which may hold what was asked."""
        started, status = time.perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._answer(scope, receive, sending)
        finally:
            if not scope["path"].startswith(_QUIET):
                user = scope.get("state", {}).get("user")
                note(
                    "request",
                    method=scope["method"],
                    path=scope["path"],
                    status=status,
                    user=user.name if user else None,
                    address=scope["state"]["came"].address,
                    seconds=round(time.perf_counter() - started, 4),
                )

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        seen = came(scope, trusted_proxy=self._rules.trusted_proxy)
        scope["headers"] = list(seen.headers)
        scope["scheme"] = "https" if seen.secure else "http"
        scope["state"] = {**scope.get("state", {}), "came": seen}
        refusal = await self._refusal(scope, seen)
        if refusal is not None:
            await refusal(scope, receive, _finishing(send, seen))
            return
        outcome = _Outcome(
            send, seen, is_page=scope["path"] in permitted.VIEWS, is_own=scope["path"] in OWN_PATHS
        )
        if outcome.is_page:  # its scripts must be read to be named in the policy
            scope["headers"] = headers.without(scope["headers"], [b"accept-encoding"])
        body = Body(receive, self._limit(scope["path"]))
        try:
            await self._app(scope, body.receive, outcome.send)
        except TooLargeError:
            pass
        except Exception as error:  # noqa: BLE001 - nothing from inside is shown
            outcome.status = _status_of(error, scope["path"])
            malformed = outcome.status == HTTPStatus.BAD_REQUEST
            known = logging.INFO if malformed else logging.ERROR
            place = (scope["method"], scope["path"], type(error).__name__)
            _log.log(known, "%s %s: %s", *place, exc_info=None if malformed else error)
        if body.is_too_large:
            outcome.status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if outcome.status and not outcome.started:
            reply = error_response(int(outcome.status), seen)
            if body.is_too_large:  # or the sender would wait for the rest to be read
                reply.headers["connection"] = "close"
            await reply(scope, receive, _finishing(send, seen))

    async def _refusal(self, scope: Scope, seen: Came) -> Response | None:
        """Return the answer to a request that must not come in, or None."""
        status = self._objection(scope, seen)
        if status is not None:
            return error_response(status, seen)
        identities = self._rules.identities
        user = await identities.user(seen) if identities else LOCAL_EDITOR
        if user is not None:
            remember_user(scope, user)
        if scope["path"] in OPEN_TO_ALL:
            return None
        if user is None:
            return _to_login(scope["method"], seen)
        if not self._exists(scope, user):
            return error_response(HTTPStatus.NOT_FOUND, seen)
        return self._to_chosen_language(scope, user)

    def _to_chosen_language(self, scope: Scope, user: User) -> Response | None:
        """Return the way to the view in the language that a user has chosen, unless it is this."""
        if self._rules.preferences is None or scope["path"] not in permitted.VIEWS:
            return None
        code = self._rules.preferences.of(user.name).language
        address = way_to(code, scope["path"], scope["query_string"])
        return RedirectResponse(address, HTTPStatus.SEE_OTHER) if address else None

    def _objection(self, scope: Scope, seen: Came) -> HTTPStatus | None:
        """Return what is wrong with a request whoever sent it, or None."""
        rules = self._rules
        if rules.identities is None and not names_this_machine(seen, rules.host):
            return HTTPStatus.BAD_REQUEST
        if is_foreign(seen, scope["method"]):
            return HTTPStatus.FORBIDDEN
        length = seen.header("content-length")
        if length and not (length.isdecimal() and int(length) <= self._limit(scope["path"])):
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return None

    def _exists(self, scope: Scope, user: User) -> bool:
        rules = self._rules
        return scope["path"] in OWN_PATHS or permitted.is_permitted(
            scope["method"],
            scope["path"],
            files=rules.files,
            takes_files=rules.most_upload_bytes > 0 and user.is_editor,
        )

    def _limit(self, path: str) -> int:
        return self._rules.most_upload_bytes if permitted.is_upload(path) else MOST_BODY_BYTES


def error_response(status: int, seen: Came) -> Response:
    """Return an error in the form the visitor can read: a page or JSON."""
    texts = texts_of(seen.cookie(COOKIE))
    if "text/html" in seen.header("accept"):
        return HTMLResponse(plain_pages.error_page(texts, status), status)
    return JSONResponse({"detail": plain_pages.error_line(texts, status)}, status)


def _to_login(method: str, seen: Came) -> Response:
    if method == "GET" and "text/html" in seen.header("accept"):
        return RedirectResponse("/login", HTTPStatus.SEE_OTHER)
    reply = error_response(HTTPStatus.UNAUTHORIZED, seen)
    # Not "Basic": a browser would ask for the password in a window of its own.
    reply.headers["www-authenticate"] = "Bearer"
    return reply


def _status_of(error: Exception, path: str) -> HTTPStatus:
    malformed = isinstance(error, _MALFORMED) or type(error).__name__ == "FnIndexInferError"
    if path.startswith(_READ_BY_GRADIO) and malformed:
        return HTTPStatus.BAD_REQUEST
    return HTTPStatus.INTERNAL_SERVER_ERROR


def _finishing(send: Send, seen: Came, policy: str = "") -> Send:
    """Return a `send` that adds the security headers; ``policy`` for other than plain pages."""
    chosen = policy or headers.plain_policy(plain_pages.STYLE)

    async def finishing(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": _finished(message["headers"], chosen, seen)}
        await send(message)

    return finishing


def _finished(given: Headers, policy: str, seen: Came) -> list[tuple[bytes, bytes]]:
    added = headers.security_headers(policy, secure=seen.secure)
    kept = headers.without(given, [b"server", *(name for name, _ in added)])
    if not any(name.lower() == b"cache-control" for name, _ in kept):
        added.append((b"cache-control", b"no-store"))
    return [*kept, *added]


class _Outcome:
    """Passes on what the page answers; holds back errors, and the page itself to read its scripts.

    Attributes
    ----------
    status
        The status of an error that was held back, or None.
    started
        Whether anything has gone out.
    """

    def __init__(self, send: Send, seen: Came, *, is_page: bool, is_own: bool) -> None:
        self._send = send
        self._is_own = is_own
        self._seen = seen
        self.is_page = is_page
        self.status: int | None = None
        self.started = False
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Take one message of the application's."""
        if message["type"] == "http.response.start":
            if message["status"] >= _FAILED or (message["status"] >= _ERROR and not self._is_own):
                self.status = message["status"]
            elif self.is_page:
                self._start = message
            else:
                await self._begin(message, headers.page_policy())
        elif self.status is not None:
            return
        elif self._start is None:
            await self._send(message)
        else:
            await self._page(message)

    async def _page(self, message: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body") or self._start is None:
            return
        await self._begin(self._start, headers.page_policy(headers.script_hashes(self._body)))
        await self._send({"type": "http.response.body", "body": self._body})

    async def _begin(self, message: Message, policy: str) -> None:
        self.started = True
        own = dict(message["headers"]).get(b"content-security-policy", b"").decode()
        await _finishing(self._send, self._seen, own or policy)(message)
