"""The chat: its parts, and what happens between them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from web import rendering, source_rendering
from web.chat_handlers import ChatHandlers
from web.filters import Filters
from web.history_handlers import HistoryHandlers
from web.preferences import DEFAULTS
from web.settings_rendering import settings_dialog
from web.texts import Texts
from web.turn_handlers import TurnHandlers

ANSWERS_AT_ONCE = 4
_HERE = Path(__file__).parent
_PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
_QUIET: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    # The script holds Enter back while an answer grows. Gradio's own guard ("once") would
    # still hold it when the page shows the end and the server is not yet done.
    "trigger_mode": "multiple",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the chat, and the values that it keeps between events."""

    turns: gr.State
    filters: gr.State
    private: gr.State
    conversation_id: gr.BrowserState
    masthead: gr.HTML
    history: gr.HTML
    conversation: gr.HTML
    filter_bar: gr.HTML
    question: gr.Textbox
    send: gr.Button
    stop: gr.Button
    notice: gr.HTML
    tools: gr.HTML
    download: gr.HTML
    settings: gr.HTML
    clear: gr.Button


def lay_out(handlers: ChatHandlers) -> Parts:
    """Place the components; `page.css` arranges them by their ids."""
    first, texts = handlers.first_screen(), handlers.texts
    masthead = _scripted(first.masthead, "masthead", [])
    with gr.Row(elem_id="workspace"):
        history = _scripted(first.history, "history", [])
        with gr.Column(elem_id="chat"):
            conversation = _scripted(
                first.conversation, "page", [_open_panel(handlers), _explain_source(handlers)]
            )
            filter_bar = _scripted(first.filters, "filters", [_find_documents(handlers)])
            with gr.Row(elem_id="composer"):
                question = _question_box(texts)
                send = gr.Button(texts.SEND, variant="primary", elem_id="send", min_width=0)
                stop = gr.Button(texts.STOP, elem_id="stop", min_width=0)
            with gr.Row(elem_id="below"):
                notice = gr.HTML(rendering.notice_line(""), elem_id="notice", **_PLAIN)
                tools = _scripted(rendering.tools(texts, private=False), "tools", [])
                clear = gr.Button(texts.NEW_CONVERSATION, elem_id="clear", min_width=0)
        gr.HTML(source_rendering.source_placeholder(texts), elem_id="source", **_PLAIN)
        download = _scripted("", "download", [])
        settings = _scripted(settings_dialog(texts, DEFAULTS), "settings", [])
    return Parts(
        gr.State(()),
        gr.State(Filters()),
        gr.State(value=False),
        gr.BrowserState("", storage_key="dan-chung-conversation", secret="dan-chung"),  # noqa: S106
        masthead,
        history,
        conversation,
        filter_bar,
        question,
        send,
        stop,
        notice,
        tools,
        download,
        settings,
        clear,
    )


def answers(at_once: int) -> dict[str, Any]:
    """Return the settings of every event that answers: so many run at once, in one queue."""
    return {"concurrency_id": "ask", "concurrency_limit": at_once}


def connect(
    page: gr.Blocks, parts: Parts, handlers: ChatHandlers, *, at_once: int = ANSWERS_AT_ONCE
) -> None:
    """Say what happens on each event."""
    queued = answers(at_once)
    asked = [parts.turns, parts.conversation_id, parts.filters, parts.private]
    shown = [
        parts.turns,
        parts.conversation_id,
        parts.conversation,
        parts.question,
        parts.notice,
        parts.masthead,
        parts.history,
    ]
    conversation, of_turns = parts.conversation, TurnHandlers(handlers)
    asking = gr.on(
        [parts.question.submit, parts.send.click],
        handlers.ask,
        [parts.question, *asked],
        shown,
        api_name="ask_in_page",
        **_QUIET,
        **queued,
    )
    trying = conversation.example(handlers.ask_example, asked, shown, **_QUIET, **queued)
    again = conversation.again(of_turns.ask_again, asked, shown, **_QUIET, **queued)
    ends: dict[str, Any] = {"cancels": [asking, trying, again], "queue": False, **_QUIET}
    parts.stop.click(handlers.stop, asked, shown, **ends)
    parts.clear.click(handlers.clear, asked, shown, **ends)
    conversation.edit(of_turns.edit, asked, shown, **ends)
    conversation.opinion(
        of_turns.opinion, asked, [parts.turns, conversation], queue=False, **_QUIET
    )
    _connect_history(parts, handlers, asked, shown)
    parts.filter_bar.filter(
        handlers.filter, None, [parts.filters, parts.filter_bar], queue=False, **_QUIET
    )
    arrived = [*shown, parts.filter_bar, parts.settings]
    page.load(handlers.arrive, asked, arrived, queue=False, **_QUIET)
    parts.settings.save(handlers.save_settings, None, parts.settings, queue=False, **_QUIET)


def _connect_history(
    parts: Parts, handlers: ChatHandlers, asked: list[Any], shown: list[Any]
) -> None:
    history, now = parts.history, {"queue": False, **_QUIET}
    listing = HistoryHandlers(handlers)
    history.open(listing.open_conversation, asked, shown, **now)
    history.rename(listing.rename, asked, history, **now)
    history.remove(listing.remove, asked, shown, **now)
    history.undo(listing.undo, asked, history, **now)
    history.search(listing.search, asked, history, **now)
    parts.tools.private(
        listing.toggle_private, parts.private, [parts.private, parts.tools, *shown], **now
    )
    for kind in ("markdown", "docx"):
        getattr(parts.tools, kind)(
            getattr(handlers, f"export_{kind}"), parts.turns, parts.download, **now
        )


def _scripted(value: str, name: str, functions: list[Any]) -> gr.HTML:
    """Return the component of HTML whose script is ``name.js``; the conversation's is page.js."""
    return gr.HTML(
        value,
        elem_id="conversation" if name == "page" else name,
        apply_default_css=False,
        js_on_load=(_HERE / f"{name}.js").read_text(encoding="utf-8"),
        server_functions=functions,
    )


def _question_box(texts: Texts) -> gr.Textbox:
    return gr.Textbox(
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


# Gradio calls a server function by its name, and takes no method for one.
def _open_panel(handlers: ChatHandlers) -> Any:  # noqa: ANN401
    def open_panel(request: object) -> str:
        return handlers.open_panel(request)

    return open_panel


def _explain_source(handlers: ChatHandlers) -> Any:  # noqa: ANN401
    def explain_source(request: object) -> str:
        return handlers.explain_source(request)

    return explain_source


def _find_documents(handlers: ChatHandlers) -> Any:  # noqa: ANN401
    def find_documents(typed: object) -> str:
        return handlers.find_documents(typed)

    return find_documents
