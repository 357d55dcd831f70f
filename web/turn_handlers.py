"""What the events of a single turn do: ask it again, edit it, say what one thinks of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import gradio as gr

from eval.feedback import Opinion
from web.chat_handlers import ChatHandlers, same, sent
from web.conversation import Turns
from web.filters import Filters
from web.visits import NOBODY, user_of

Update = Any


class TurnHandlers:
    """What happens on each event; returns what `web.chat_handlers.ChatHandlers` does."""

    def __init__(self, chat: ChatHandlers) -> None:
        self._chat = chat

    def ask_again(
        self,
        turns: Turns,
        conversation_id: str,
        filters: Filters,
        private: bool,  # noqa: FBT001
        request: gr.Request,
        event: gr.EventData,
    ) -> Iterator[tuple[Update, ...]]:
        """Yield what is shown while a turn is asked again; the turns after it go."""
        place = _place(event, turns)
        if place is None:
            yield same(7)
            return
        question, before = turns[place].question, turns[:place]
        yield from self._chat.ask(question, before, conversation_id, filters, private, request)

    def edit(
        self,
        turns: Turns,
        conversation_id: str,
        _filters: Filters,
        private: bool,  # noqa: FBT001
        request: gr.Request,
        event: gr.EventData,
    ) -> tuple[Update, ...]:
        """Put the question of a turn back into the box; it and the turns after it go."""
        place = _place(event, turns)
        if place is None:
            return same(7)
        user, question, before = user_of(request), turns[place].question, turns[:place]
        conversation_id = self._chat.save(user, conversation_id, before, private=private)
        return self._chat.shown(
            before, conversation_id, user, box=question, notice=self._chat.texts.EDITING
        )

    def opinion(
        self,
        turns: Turns,
        _conversation_id: str,
        _filters: Filters,
        private: bool,  # noqa: FBT001
        request: gr.Request,
        event: gr.EventData,
    ) -> tuple[Update, ...]:
        """Keep what the visitor thinks of an answer; also of one in a conversation not kept."""
        place = _place(event, turns)
        answer = turns[place].answer if place is not None else None
        kept = self._chat.kept
        if place is None or answer is None or kept is None:
            return same(2)
        is_good = sent(event, "good") is True
        comment = sent(event, "comment")
        kept.feedback.add(
            Opinion(
                NOBODY if private else user_of(request),
                is_good,
                comment if isinstance(comment, str) else "",
                answer.as_json(self._chat.pipeline.explain(answer)),
                self._chat.pipeline.version(),
            )
        )
        said = replace(turns[place], opinion="good" if is_good else "bad")
        turns = (*turns[:place], said, *turns[place + 1 :])
        return turns, self._chat.conversation(turns)


def _place(event: gr.EventData, turns: Turns) -> int | None:
    """Return the turn that an event of the browser's names, or None when there is none."""
    place = sent(event, "turn")
    if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < len(turns):
        return None
    return place
