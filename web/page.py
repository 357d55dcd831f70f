"""The page: what it is made of, and how it is served on this machine itself."""

import os
from dataclasses import dataclass

import gradio as gr

from qa.pipeline import Pipeline
from web import chat, evaluation_page, library_page
from web.chat_handlers import ChatHandlers
from web.desk import Desk
from web.evaluations import Evaluations
from web.examples import ExampleQuestions
from web.fair_queue import make_fair
from web.http_interface import add_endpoints
from web.interfaces import Interfaces
from web.languages import LANGUAGES
from web.library import Library
from web.server import Beside, Place, open_page
from web.syncing_now import SyncRunner, sync_command
from web.texts import VIETNAMESE, Texts
from web.visits import Kept

_ALONE = Beside()
_SESSIONS = 1000
"""Open pages that are remembered, the latest: each is about 0.4 MB."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many questions are answered at once, and how many may wait."""

    at_once: int = chat.ANSWERS_AT_ONCE
    waiting: int = 100


def build_page(
    pipeline: Pipeline,
    kept: Kept | None = None,
    library: Library | None = None,
    desk: Desk | None = None,
    room: Room = Room(),
    evaluations: Evaluations | None = None,
) -> gr.Blocks:
    """Return the page over one pipeline, not yet served, with each view in every language.

    Without ``kept`` nothing is remembered, without ``library`` and ``evaluations`` there is
    no view of them.
    """
    # Gradio would summarise its statistics with pandas after every event, for a page we close.
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", str(10**9))
    desk = desk or Desk()
    page = gr.Blocks(title=VIETNAMESE.NAME, analytics_enabled=False, fill_width=True)
    with page:
        gr.Navbar(visible=False)  # type: ignore[attr-defined]  # ours is in the header
        # First: Gradio numbers the names that come again, and some events are named alike.
        add_endpoints(Interfaces(pipeline, desk), **chat.answers(room.at_once))
    examples = ExampleQuestions(pipeline.without_writer())
    for texts in LANGUAGES.values():
        handlers = ChatHandlers(texts, pipeline, examples, kept, desk)
        with _view(page, texts, texts.CHAT):
            parts = chat.lay_out(handlers)
            chat.connect(page, parts, handlers, at_once=room.at_once)
    if library:
        runner = SyncRunner(lambda: sync_command(library.root(VIETNAMESE.library), library.index))
        for texts in LANGUAGES.values():
            with _view(page, texts, texts.LIBRARY):
                library_page.lay_out(texts, page, pipeline, library, runner)
    if evaluations:
        for texts in LANGUAGES.values():
            with _view(page, texts, texts.EVALUATION):
                evaluation_page.lay_out(texts, page, pipeline, evaluations)
    page.state_session_capacity = _SESSIONS
    page.queue(api_open=False, max_size=room.waiting, default_concurrency_limit=room.at_once)
    make_fair(page)
    return page


def _view(page: gr.Blocks, texts: Texts, address: str) -> gr.Blocks:
    """Return what the parts of a view are to be placed in."""
    name = texts.VIEWS[address]
    return page if address == "./" else page.route(name, address, show_in_navbar=False)


def launch_page(
    page: gr.Blocks,
    *,
    host: str,
    port: int,
    most_upload_bytes: int = 0,
    kept: Kept | None = None,
    beside: Beside = _ALONE,
) -> str:
    """Serve the page on this machine itself and return its address; `page.close` ends it.

    Raises
    ------
    DanChungError
        When the port is taken.
    """
    place = Place(host, port, most_upload_bytes=most_upload_bytes, kept=kept)
    return open_page(page, place, beside)
