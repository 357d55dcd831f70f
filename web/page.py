"""The page: what it is made of, and how it is served."""

import os
from pathlib import Path

import gradio as gr

from documents.loading import MOST_BYTES
from qa.pipeline import Pipeline
from web import chat, library_page, texts
from web.chat_handlers import ChatHandlers
from web.library import Library
from web.syncing_now import SyncRunner, sync_command
from web.theme import page_theme
from web.visits import Kept

_WAITING = 100
_HERE = Path(__file__).parent


def build_page(
    pipeline: Pipeline, kept: Kept | None = None, library: Library | None = None
) -> gr.Blocks:
    """Return the page over one pipeline, not yet served.

    Without ``kept`` nothing is remembered, without ``library`` there is no view of it.
    """
    # Gradio would summarise its statistics with pandas after every event, for a page we close.
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", str(10**9))
    handlers = ChatHandlers(pipeline, kept)
    page = gr.Blocks(title=texts.NAME, analytics_enabled=False, fill_width=True)
    with page:
        gr.Navbar(visible=False)  # type: ignore[attr-defined]  # ours is in the header
        parts = chat.lay_out(handlers)
        chat.connect(page, parts, handlers)
    if library:
        runner = SyncRunner(lambda: sync_command(library.root(), library.index))
        name, address = texts.VIEWS[library_page.ADDRESS], library_page.ADDRESS
        with page.route(name, address, show_in_navbar=False):
            library_page.lay_out(page, pipeline, library, runner)
    page.queue(max_size=_WAITING, default_concurrency_limit=chat.ANSWERS_AT_ONCE)
    return page


def launch_page(page: gr.Blocks, *, host: str, port: int) -> str:
    """Serve the page from a thread of its own and return its address; `page.close` ends it.

    Nothing is shared, fetched or reported: no tunnel, no network fonts, no telemetry.

    Raises
    ------
    OSError
        When the port is taken.
    """
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        run_history=False,
        footer_links=[],
        max_file_size=MOST_BYTES,
        app_kwargs={"middleware": [_own_names(host)]},
        theme=page_theme(),
        css=(_HERE / "page.css").read_text(encoding="utf-8"),
        favicon_path=_HERE / "icon.svg",
    )
    return str(address)


def _own_names(host: str) -> object:
    """Return the check that a request names this machine, against DNS rebinding."""
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    names = [host, "localhost", "127.0.0.1", "[::1]"]
    return Middleware(TrustedHostMiddleware, allowed_hosts=names)
