"""What the events of the list of conversations and of the chat's tools do."""

from typing import Any

import gradio as gr

from web import rendering
from web.chat_handlers import ChatHandlers, sent
from web.conversation import Turns
from web.filters import Filters
from web.visits import user_of

Update = Any


class HistoryHandlers:
    """What happens on each event; returns what `web.chat_handlers.ChatHandlers` does."""

    def __init__(self, chat: ChatHandlers) -> None:
        self._chat = chat

    def open_conversation(
        self,
        turns: Turns,
        conversation_id: str,
        _filters: Filters,
        _private: bool,  # noqa: FBT001
        request: gr.Request,
        event: gr.EventData,
    ) -> tuple[Update, ...]:
        """Return a conversation of the list."""
        user, wanted = user_of(request), str(sent(event, "id"))
        found = self._chat.kept.history.load(user, wanted) if self._chat.kept else ()
        return self._chat.shown(found or turns, wanted if found else conversation_id, user)

    def rename(
        self,
        _turns: Turns,
        conversation_id: str,
        _filters: Filters,
        _private: bool,  # noqa: FBT001
        request: gr.Request,
        event: gr.EventData,
    ) -> str:
        """Return the list with a conversation under another name."""
        user = user_of(request)
        if self._chat.kept:
            self._chat.kept.history.rename(user, str(sent(event, "id")), str(sent(event, "title")))
        return self._chat.history(user, conversation_id)

    def remove(
        self,
        turns: Turns,
        conversation_id: str,
        _filters: Filters,
        _private: bool,  # noqa: FBT001
        request: gr.Request,
        event: gr.EventData,
    ) -> tuple[Update, ...]:
        """Take a conversation off the list; when it is the one shown, begin a new one."""
        user, gone = user_of(request), str(sent(event, "id"))
        if self._chat.kept:
            self._chat.kept.history.remove(user, gone)
        if gone == conversation_id:
            turns, conversation_id = (), ""
        shown = self._chat.shown(turns, conversation_id, user, box=gr.skip())
        return (*shown[:-1], self._chat.history(user, conversation_id, removed=True))

    def undo(
        self,
        _turns: Turns,
        conversation_id: str,
        _filters: Filters,
        _private: bool,  # noqa: FBT001
        request: gr.Request,
    ) -> str:
        """Return the list with what was removed last."""
        user = user_of(request)
        if self._chat.kept:
            self._chat.kept.history.put_back(user)
        return self._chat.history(user, conversation_id)

    def search(
        self,
        _turns: Turns,
        conversation_id: str,
        _filters: Filters,
        _private: bool,  # noqa: FBT001
        request: gr.Request,
        event: gr.EventData,
    ) -> str:
        """Return the conversations that hold all words of a search."""
        return self._chat.history(
            user_of(request), conversation_id, search=str(sent(event, "text"))[:200]
        )

    def toggle_private(
        self,
        private: bool,  # noqa: FBT001
        request: gr.Request,
    ) -> tuple[Update, ...]:
        """Begin a conversation that is not kept, or end that; what was shown before goes."""
        private = not private
        texts = self._chat.texts
        notice = texts.PRIVATE_ON if private else ""
        shown = self._chat.shown((), "", user_of(request), notice=notice)
        return (private, rendering.tools(texts, private=private), *shown)
