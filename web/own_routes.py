"""Routes beside the page: login, logout, health."""

from collections.abc import Callable
from http import HTTPStatus
from math import ceil
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from web import languages, plain_pages
from web.accounts import ABSOLUTE_SECONDS
from web.headers import plain_policy
from web.identity import COOKIE, SECURE_COOKIE, Identities, current_user, session_secret
from web.origins import Came
from web.texts import Texts

if TYPE_CHECKING:
    from web.evaluations import Evaluations
    from web.metrics import Metrics

_TEXT = "text/plain; version=0.0.4; charset=utf-8"
Health = Callable[[], dict[str, Any]]
_HEADERS = {"content-security-policy": plain_policy(plain_pages.STYLE)}


def own_routes(
    identities: Identities | None,
    health: Health,
    metrics: "Metrics | None" = None,
    evaluations: "Evaluations | None" = None,
) -> list[BaseRoute]:
    """Return the routes; those of accounts only where there are accounts."""

    def tell_health(_: Request) -> Response:
        state = health()
        return JSONResponse(
            state,
            HTTPStatus.OK if state["ok"] else HTTPStatus.SERVICE_UNAVAILABLE,
        )

    routes: list[BaseRoute] = [Route("/healthz", tell_health)]
    if metrics is not None:
        routes.append(Route("/metrics", lambda _: Response(metrics.text(), media_type=_TEXT)))
    if evaluations is not None:
        from web.evaluation_routes import evaluation_routes

        routes += evaluation_routes(evaluations)
    if identities is None:
        return routes

    async def log_in(request: Request) -> Response:
        return await _log_in(request, identities)

    async def log_out(request: Request) -> Response:
        return _log_out(request, identities)

    return [
        *routes,
        Route("/login", log_in, methods=["GET", "POST"]),
        Route("/logout", log_out, methods=["GET", "POST"]),
    ]


async def _log_in(request: Request, identities: Identities) -> Response:
    """Show the form, or begin a session."""
    texts = _texts(request)
    if request.method != "POST":
        return HTMLResponse(plain_pages.login_page(texts), headers=_HEADERS)
    form = await request.form(max_files=0, max_fields=8)
    name, password = str(form.get("username", "")).strip().lower(), str(form.get("password", ""))
    seen: Came = request.state.came
    user, wait = await identities.prove(name, password, seen.address)
    if user is None:
        status = HTTPStatus.TOO_MANY_REQUESTS if wait else HTTPStatus.UNAUTHORIZED
        problem = texts.wait_to_log_in(ceil(wait)) if wait else texts.WRONG_LOGIN
        return _refused(texts, problem, name, status, seen)
    reply: Response = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    if not _is_browser(seen):  # gradio_client takes the cookie from a plain answer
        reply = JSONResponse({"success": True})
    reply.set_cookie(
        SECURE_COOKIE if seen.secure else COOKIE,
        identities.accounts.log_in(user),
        max_age=ABSOLUTE_SECONDS,
        httponly=True,
        secure=seen.secure,
        samesite="lax",
    )
    return reply


def _refused(texts: Texts, problem: str, name: str, status: int, seen: Came) -> Response:
    if _is_browser(seen):
        form = plain_pages.login_page(texts, problem=problem, name=name)
        return HTMLResponse(form, status, headers=_HEADERS)
    return JSONResponse({"detail": problem}, status)


def _log_out(request: Request, identities: Identities) -> Response:
    """Show the form, or end the session."""
    if request.method != "POST":
        name = current_user(request).name
        return HTMLResponse(plain_pages.logout_page(_texts(request), name), headers=_HEADERS)
    seen: Came = request.state.came
    identities.accounts.log_out(session_secret(seen))
    reply = RedirectResponse("/login", HTTPStatus.SEE_OTHER)
    reply.delete_cookie(SECURE_COOKIE if seen.secure else COOKIE, secure=seen.secure)
    return reply


def _texts(request: Request) -> Texts:
    """Return the texts of the language that the address names, else that this browser saw last."""
    seen: Came = request.state.came
    named = request.query_params.get("language")
    return languages.texts_of(named or seen.cookie(languages.COOKIE))


def _is_browser(seen: Came) -> bool:
    return "text/html" in seen.header("accept")
