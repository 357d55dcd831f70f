"""The page: what it is made of, and how it is served on this machine itself."""

import os

import gradio as gr

from qa.pipeline import Pipeline
from web import chat, texts
from web.chat_handlers import ChatHandlers
from web.server import Place, open_page
from web.visits import Kept

_WAITING = 100


def build_page(pipeline: Pipeline, kept: Kept | None = None) -> gr.Blocks:
    """Return the page over one pipeline, not yet served; without ``kept`` nothing is remembered."""
    # Gradio would summarise its statistics with pandas after every event, for a page we close.
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", str(10**9))
    handlers = ChatHandlers(pipeline, kept)
    page = gr.Blocks(title=texts.NAME, analytics_enabled=False, fill_width=True)
    with page:
        parts = chat.lay_out(handlers)
        chat.connect(page, parts, handlers)
    page.queue(api_open=False, max_size=_WAITING, default_concurrency_limit=chat.ANSWERS_AT_ONCE)
    return page


def launch_page(page: gr.Blocks, *, host: str, port: int) -> str:
    """Serve the page on this machine itself and return its address; `page.close` ends it.

    Raises
    ------
    DanChungError
        When the port is taken.
    """
    return open_page(page, Place(host, port))
