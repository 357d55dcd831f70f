"""Serving the page: our own application around Gradio's, and the thread it runs in."""

import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents.errors import DanChungError
from web.guard import Guard, Rules
from web.identity import Identities, current_user
from web.own_routes import own_routes
from web.theme import page_theme

if TYPE_CHECKING:
    import gradio as gr
    import uvicorn
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from web.evaluations import Evaluations
    from web.interfaces import Interfaces
    from web.metrics import Metrics
    from web.visits import Kept

_HERE = Path(__file__).parent
_STYLES = ("page.css", "evaluation.css")
_START_SECONDS, _STOP_SECONDS = 20, 5
_NO_UPLOAD_BYTES = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page is served and for whom.

    Attributes
    ----------
    identities
        Who may come in; None without accounts, on this machine itself only.
    trusted_proxy
        Whether a proxy stands before us that says who it speaks for.
    most_upload_bytes
        The largest upload; 0 takes none.
    kept
        Knows which language each has chosen; None lets all see what they call for.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    identities: Identities | None = None
    trusted_proxy: bool = False
    most_upload_bytes: int = 0
    kept: "Kept | None" = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What is served beside the page.

    Attributes
    ----------
    health
        What ``/healthz`` tells everybody; its ``ok`` chooses the status.
    metrics
        What ``/metrics`` tells those who may come in; None has no such route.
    mcp
        What the tools of ``/mcp`` do; None has no such route.
    evaluations
        Whose reports are shown; None has no such routes.
    """

    health: Callable[[], dict[str, Any]] = lambda: {"ok": True}
    metrics: "Metrics | None" = None
    mcp: "Interfaces | None" = None
    evaluations: "Evaluations | None" = None


def make_app(page: "gr.Blocks", place: Place, beside: Beside) -> "ASGIApp":
    """Return the page as an ASGI application, behind its guard.

    Nothing is shared, fetched or reported: no tunnel, no network fonts, no telemetry.
    """
    import gradio as gr
    from fastapi import FastAPI

    from web.page_sessions import copy_sessions

    routes = own_routes(place.identities, beside.health, beside.metrics, beside.evaluations)
    lifespan = None
    if beside.mcp is not None:
        from web.mcp_server import make_mcp_app

        mcp, lifespan = make_mcp_app(beside.mcp)
        routes += mcp.routes
    app = FastAPI(openapi_url=None, routes=routes, lifespan=lifespan)
    with warnings.catch_warnings():
        # Of a page with several views it says that it leaves out what we do not ask for.
        warnings.filterwarnings("ignore", message="SSR mode is not supported")
        gr.mount_gradio_app(
            app,
            page,
            path="/",
            server_name=place.host,
            server_port=place.port,
            auth_dependency=_name_of if place.identities else None,
            footer_links=[],
            run_history=False,
            show_error=False,
            ssr_mode=False,
            enable_monitoring=False,
            pwa=False,
            mcp_server=False,
            max_file_size=place.most_upload_bytes or _NO_UPLOAD_BYTES,
            theme=page_theme(),
            css="".join((_HERE / name).read_text(encoding="utf-8") for name in _STYLES),
            favicon_path=str(_HERE / "icon.svg"),
        )
    copy_sessions(app.routes[-1].app)  # type: ignore[attr-defined]  # what was mounted
    rules = Rules(
        host=place.host,
        files=Path(page.GRADIO_CACHE),
        identities=place.identities,
        trusted_proxy=place.trusted_proxy,
        most_upload_bytes=place.most_upload_bytes,
        preferences=place.kept.preferences if place.kept else None,
    )
    return Guard(app, rules)


def open_page(
    page: "gr.Blocks",
    place: Place,
    beside: Beside = Beside(),
) -> str:
    """Serve the page from a thread of its own and return its address; `page.close` ends it.

    Raises
    ------
    DanChungError
        The page could not be opened there.
    """
    import uvicorn

    server = _Server(
        uvicorn.Config(
            make_app(page, place, beside),
            host=place.host.strip("[]"),
            port=place.port,
            log_level="critical",
            access_log=False,
            proxy_headers=False,  # `web.origins` reads them, and only where a proxy is trusted
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=1,
        )
    )
    server.open()
    page.server = server  # type: ignore[assignment]  # of it only `close` is called
    page.is_running = True
    name = f"[{place.host.strip('[]')}]" if ":" in place.host else place.host
    return f"http://{name}:{place.port}/"


class _Server:
    """A uvicorn server in a thread; has the `close` that `gradio.Blocks.close` calls."""

    def __init__(self, config: "uvicorn.Config") -> None:
        import uvicorn

        self._config = config
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()

    def open(self) -> None:
        """Return when requests are taken."""
        self._thread.start()
        self._ready.wait(_START_SECONDS)
        if not self._server.started:
            self._server.should_exit = True
            raise DanChungError(
                f"Không mở được trang ở {self._config.host}:{self._config.port};"
                " hãy kiểm tra --host, hoặc thử cổng khác bằng --port"
            )

    def close(self) -> None:
        """Stop taking requests, and return when those running have ended or been given up."""
        self._server.should_exit = True
        self._thread.join(_STOP_SECONDS)

    def _run(self) -> None:
        import asyncio

        asyncio.run(self._serve())

    async def _serve(self) -> None:
        import asyncio

        serving = asyncio.create_task(self._server.serve())
        while not (self._server.started or serving.done()):
            await asyncio.sleep(0.001)
        self._ready.set()
        # uvicorn ends the process where it cannot bind.
        await asyncio.gather(serving, return_exceptions=True)


def _name_of(request: "Request") -> str:
    return current_user(request).name
