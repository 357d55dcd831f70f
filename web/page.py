"""The page: its parts, and what happens between them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api

from index.query import Query
from qa.pipeline import Pipeline
from web import rendering, source_rendering, texts
from web.answering import answering, objection
from web.conversation import Turns, settle
from web.examples import ExampleQuestions
from web.sources import explain_source, open_source
from web.theme import page_theme

Update = Any
"""A new value of a Gradio component, or its "leave as it is"."""

ANSWERS_AT_ONCE = 4
_WAITING = 100
_HERE = Path(__file__).parent
_PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}


@dataclass(frozen=True, slots=True)
class _Parts:
    turns: gr.State
    masthead: gr.HTML
    conversation: gr.HTML
    question: gr.Textbox
    send: gr.Button
    stop: gr.Button
    notice: gr.HTML
    clear: gr.Button


def build_page(pipeline: Pipeline) -> gr.Blocks:
    """Return the page over one pipeline, not yet served."""
    # Gradio would summarise its statistics with pandas after every event, for a page we close.
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", str(10**9))
    handlers = _Handlers(pipeline)
    page = gr.Blocks(title=texts.NAME, analytics_enabled=False, fill_width=True)
    with page:
        parts = _lay_out(handlers)
        _connect(page, parts, handlers)
    page.queue(max_size=_WAITING, default_concurrency_limit=ANSWERS_AT_ONCE)
    return page


def _lay_out(handlers: "_Handlers") -> _Parts:
    """Place the components; `page.css` arranges them by their ids."""

    def open_panel(request: object) -> str:
        return handlers.open_panel(request)

    def explain_source(request: object) -> str:
        return handlers.explain_source(request)

    first_masthead, first_screen = handlers.arrive(())
    masthead = gr.HTML(first_masthead, elem_id="masthead", **_PLAIN)
    with gr.Row(elem_id="workspace"):
        with gr.Column(elem_id="chat"):
            conversation = gr.HTML(
                first_screen,
                elem_id="conversation",
                apply_default_css=False,
                js_on_load=(_HERE / "page.js").read_text(encoding="utf-8"),
                server_functions=[open_panel, explain_source],
            )
            with gr.Row(elem_id="composer"):
                question = gr.Textbox(
                    label=texts.QUESTION_LABEL,
                    placeholder=texts.QUESTION_PLACEHOLDER,
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                    html_attributes=gr.InputHTMLAttributes(
                        spellcheck=False, autocomplete="off", enterkeyhint="send"
                    ),
                )
                send = gr.Button(texts.SEND, variant="primary", elem_id="send", min_width=0)
                stop = gr.Button(texts.STOP, elem_id="stop", min_width=0)
            with gr.Row(elem_id="below"):
                notice = gr.HTML(rendering.notice_line(""), **_PLAIN)
                clear = gr.Button(texts.NEW_CONVERSATION, elem_id="clear", min_width=0)
        gr.HTML(source_rendering.source_placeholder(), elem_id="source", **_PLAIN)
    return _Parts(gr.State(()), masthead, conversation, question, send, stop, notice, clear)


def _connect(page: gr.Blocks, parts: _Parts, handlers: "_Handlers") -> None:
    """Say what happens on each event."""
    turns, conversation = parts.turns, parts.conversation
    shown = [turns, conversation, parts.question, parts.notice, parts.masthead]
    quiet: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        # The script holds Enter back while an answer grows. Gradio's own guard ("once") would
        # still hold it when the page shows the end and the server is not yet done.
        "trigger_mode": "multiple",
    }
    answers: dict[str, Any] = {"concurrency_id": "ask", "concurrency_limit": ANSWERS_AT_ONCE}
    asking = gr.on(
        [parts.question.submit, parts.send.click],
        handlers.ask,
        [parts.question, turns],
        shown,
        api_name="ask_in_page",
        **quiet,
        **answers,
    )
    trying = conversation.example(handlers.ask_example, turns, shown, **quiet, **answers)
    ends: dict[str, Any] = {"cancels": [asking, trying], "queue": False, **quiet}
    parts.stop.click(handlers.stop, turns, [turns, conversation], **ends)
    parts.clear.click(handlers.clear, None, shown, **ends)
    page.load(handlers.arrive, turns, [parts.masthead, conversation], **quiet)
    api(handlers.ask_once, api_name="ask", **answers)


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
        max_file_size=1,  # bytes: the page takes no files, Gradio's upload route does
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


class _Handlers:
    """What the page's events do; one instance serves every visitor."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._examples = ExampleQuestions(pipeline.without_writer())

    def arrive(self, turns: Turns) -> tuple[str, str]:
        """Return the header and the conversation of a page just opened."""
        return self._masthead(), self._conversation(turns)

    def ask(
        self, question: str, turns: Turns
    ) -> Iterator[tuple[Update, Update, Update, Update, Update]]:
        """Yield what is shown while a question is answered."""
        complaint = objection(question)
        if complaint:
            yield turns, gr.skip(), gr.skip(), rendering.notice_line(complaint), gr.skip()
            return
        box: Update = ""
        for now in answering(self._pipeline, question, turns):
            ended = now[-1].state != "busy"
            masthead = self._masthead() if ended else gr.skip()
            yield now, self._conversation(now), box, rendering.notice_line(""), masthead
            box = gr.skip()  # what is typed meanwhile is the next question

    def ask_example(
        self, turns: Turns, event: gr.EventData
    ) -> Iterator[tuple[Update, Update, Update, Update, Update]]:
        """Yield what is shown while an example question is answered."""
        yield from self.ask(str(event.question), turns)

    def stop(self, turns: Turns) -> tuple[Turns, str]:
        """Return the conversation with its running turn ended."""
        turns = settle(turns, texts.STOPPED)
        return turns, self._conversation(turns)

    def clear(self) -> tuple[Turns, str, str, str, str]:
        """Return the page as it is on arrival."""
        masthead, conversation = self.arrive(())
        return (), conversation, "", rendering.notice_line(""), masthead

    def ask_once(self, question: str) -> dict[str, Any]:
        """Answer one question over the documents.

        The reply has the form of ``python -m qa --json``: the answer with its markers, whether it
        is a refusal, and the citations with their exact places.
        """
        complaint = objection(question) if isinstance(question, str) else texts.ASK_SOMETHING
        if complaint:
            raise gr.Error(complaint, print_exception=False)
        answer = self._pipeline.ask(Query(question.strip()))
        return answer.as_json(self._pipeline.explain(answer))

    def open_panel(self, request: object) -> str:
        """Return the source panel for a request of the page's script."""
        return open_source(self._pipeline, request)

    def explain_source(self, request: object) -> str:
        """Return why a passage was found, for a request of the page's script."""
        return explain_source(self._pipeline, request)

    def _masthead(self) -> str:
        return rendering.masthead(len(self._pipeline.documents()))

    def _conversation(self, turns: Turns) -> str:
        return rendering.conversation(turns, start="" if turns else self._start())

    def _start(self) -> str:
        documents = self._pipeline.documents()
        if not documents:
            return rendering.empty_library()
        return rendering.start_screen(self._examples.current(documents))
