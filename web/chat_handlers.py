"""What the events of the chat do; one instance serves every visitor."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import gradio as gr

from documents.normalising import fold, search_key
from qa.pipeline import Pipeline
from web import filter_rendering, history_rendering, rendering
from web.answering import answering, objection
from web.conversation import Turns, settle
from web.desk import Desk
from web.examples import ExampleQuestions
from web.exporting import as_docx, as_markdown
from web.filters import Filters, filters_of
from web.next_questions import next_questions
from web.preferences import DEFAULTS, Preferences, preferences_of
from web.settings_rendering import settings_dialog
from web.sources import explain_source, open_source
from web.texts import Texts
from web.visits import Kept, user_of

Update = Any
"""A new value of a Gradio component, or its "leave as it is"."""

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Screen:
    """The chat as it is on arrival."""

    masthead: str
    history: str
    conversation: str
    filters: str


class ChatHandlers:
    """What happens on each event, in one language.

    Most return the values of `web.chat.Parts` called ``shown``: turns, id, conversation, question
    box, notice, header, list of conversations.
    """

    def __init__(
        self,
        texts: Texts,
        pipeline: Pipeline,
        examples: ExampleQuestions,
        kept: Kept | None,
        desk: Desk | None = None,
    ) -> None:
        self.texts = texts
        self.pipeline = pipeline
        self._examples = examples
        self.kept = kept
        self._desk = desk or Desk()
        self._first = self._make_first_screen()

    def first_screen(self) -> Screen:
        """Return what is shown before the visitor is known."""
        return self._first

    def _make_first_screen(self) -> Screen:
        return Screen(
            self._masthead(),
            history_rendering.history_panel(self.texts, [], current="", search="", removed=False),
            self.conversation(()),
            filter_rendering.filter_bar(
                self.texts, Filters(), self.pipeline.documents(), arrived=False
            ),
        )

    def arrive(
        self,
        turns: Turns,
        conversation_id: str,
        filters: Filters,
        private: bool,  # noqa: FBT001 - Gradio calls by position
        request: gr.Request,
    ) -> tuple[Update, ...]:
        """Return the page as it was left: the conversation that this browser had open."""
        user = user_of(request)
        left = turns
        if not turns and not private and self.kept:
            left = self.kept.history.load(user, conversation_id)
        bar = filter_rendering.filter_bar(self.texts, filters, self.pipeline.documents())
        shown = self.shown(left, conversation_id if left else "", user, box=gr.skip())
        # What was typed, asked or said before the page had arrived must not be taken back: an
        # answer that has begun shows itself, and goes on while this is on its way.
        if left == turns:
            is_there = turns or shown[2] == self._first.conversation
            shown = (*same(2), gr.skip() if is_there else shown[2], *same(2), *shown[5:])
        return (*shown, bar, settings_dialog(self.texts, self.preferences(user)))

    def ask(
        self,
        question: str,
        turns: Turns,
        conversation_id: str,
        filters: Filters,
        private: bool,  # noqa: FBT001
        request: gr.Request,
    ) -> Iterator[tuple[Update, ...]]:
        """Yield what is shown while a question is answered; keep the conversation at the end."""
        user = user_of(request)
        complaint = objection(self.texts, question) or self._desk.objection(self.texts, user)
        if complaint:
            yield (*same(4), rendering.notice_line(complaint), *same(2))
            return
        box: Update = ""
        now = turns
        watch = partial(self._desk.watch, user=user, question=question)
        chosen = self.preferences(user)
        for now in answering(self.pipeline, question, turns, filters, chosen, watch=watch):
            if now[-1].state == "busy":
                notice = rendering.notice_line("")
                yield (now, gr.skip(), self.conversation(now), box, notice, *same(2))
            box = gr.skip()  # what is typed meanwhile is the next question
        # Before the turn is done: whatever came after it would undo a question asked meanwhile.
        now = self._with_next_questions(now)
        conversation_id = self.save(user, conversation_id, now, private=private)
        yield self.shown(now, conversation_id, user, box=gr.skip())

    def ask_example(
        self,
        turns: Turns,
        conversation_id: str,
        filters: Filters,
        private: bool,  # noqa: FBT001
        request: gr.Request,
        event: gr.EventData,
    ) -> Iterator[tuple[Update, ...]]:
        """Yield what is shown while an example question is answered."""
        question = str(sent(event, "question"))
        yield from self.ask(question, turns, conversation_id, filters, private, request)

    def stop(
        self,
        turns: Turns,
        conversation_id: str,
        _filters: Filters,
        private: bool,  # noqa: FBT001
        request: gr.Request,
    ) -> tuple[Update, ...]:
        """Return the conversation with its running turn ended."""
        turns, user = settle(turns, "stopped"), user_of(request)
        conversation_id = self.save(user, conversation_id, turns, private=private)
        return self.shown(turns, conversation_id, user, box=gr.skip())

    def clear(
        self,
        _turns: Turns,
        _conversation_id: str,
        _filters: Filters,
        _private: bool,  # noqa: FBT001
        request: gr.Request,
    ) -> tuple[Update, ...]:
        """Return an empty conversation; the one that was shown stays in the list.

        Who is quick has begun to type already: the question box stays as it is.
        """
        return self.shown((), "", user_of(request), box=gr.skip())

    def filter(self, event: gr.EventData) -> tuple[Filters, str]:
        """Return the filters that the browser sends, and how they are shown."""
        filters = filters_of(sent(event, "filters"))
        return filters, filter_rendering.filter_bar(self.texts, filters, self.pipeline.documents())

    def export_markdown(self, turns: Turns) -> str:
        """Return the conversation as a Markdown file to be saved."""
        return _download("text/markdown", "md", as_markdown(self.texts, turns).encode())

    def export_docx(self, turns: Turns) -> str:
        """Return the conversation as a Word file to be saved."""
        return _download(_DOCX, "docx", as_docx(self.texts, turns))

    def open_panel(self, request: object) -> str:
        """Return the source panel for a request of the page's script."""
        return open_source(self.texts, self.pipeline, request)

    def explain_source(self, request: object) -> str:
        """Return why a passage was found, for a request of the page's script."""
        return explain_source(self.texts, self.pipeline, request)

    def find_documents(self, typed: object) -> str:
        """Return the documents whose title or path holds all words typed, as HTML."""
        words = fold(search_key(str(typed)[:200])).split()
        found = (
            info
            for info in self.pipeline.documents()
            if all(word in fold(search_key(f"{info.title} {info.path}")) for word in words)
        )
        chosen = [info for info, _ in zip(found, range(filter_rendering.MOST_FOUND), strict=False)]
        return filter_rendering.documents_found(self.texts, chosen)

    def _with_next_questions(self, turns: Turns) -> Turns:
        """Return a conversation whose last answer tells what to ask next."""
        answer = turns[-1].answer if turns else None
        if answer is None:
            return turns
        questions = next_questions(self.pipeline.without_writer(), answer)
        return (*turns[:-1], replace(turns[-1], next_questions=questions))

    def preferences(self, user: str) -> Preferences:
        """Return what a user has chosen."""
        return self.kept.preferences.of(user) if self.kept else DEFAULTS

    def save_settings(self, request: gr.Request, event: gr.EventData) -> str:
        """Keep what a user has chosen; return the dialog that shows it."""
        chosen = preferences_of(sent(event, "settings"))
        if self.kept:
            self.kept.preferences.keep(user_of(request), chosen)
        return settings_dialog(self.texts, chosen)

    def save(self, user: str, conversation_id: str, turns: Turns, *, private: bool) -> str:
        """Keep a conversation unless it is private; return its id."""
        if private or not self.kept or not (turns or conversation_id):
            return conversation_id
        return self.kept.history.save(user, conversation_id, turns)

    def shown(
        self,
        turns: Turns,
        conversation_id: str,
        user: str,
        *,
        box: Update = "",
        notice: str = "",
    ) -> tuple[Update, ...]:
        """Return the values called ``shown``; ``box`` goes into the question box."""
        return (
            turns,
            conversation_id,
            self.conversation(turns),
            box,
            rendering.notice_line(notice),
            self._masthead(),
            self.history(user, conversation_id),
        )

    def history(self, user: str, current: str, *, search: str = "", removed: bool = False) -> str:
        """Return the list of conversations; ``removed`` offers to undo the last removal."""
        listed = self.kept.history.listed(user, search) if self.kept else ()
        return history_rendering.history_panel(
            self.texts, listed, current=current, search=search, removed=removed
        )

    def _masthead(self) -> str:
        return rendering.masthead(self.texts, len(self.pipeline.documents()), here=self.texts.CHAT)

    def conversation(self, turns: Turns) -> str:
        """Return a conversation as it is shown."""
        return rendering.conversation(self.texts, turns, start="" if turns else self._start())

    def _start(self) -> str:
        documents = self.pipeline.documents()
        if not documents:
            return rendering.empty_library(self.texts)
        return rendering.start_screen(self.texts, self._examples.current(documents))


def same(count: int) -> tuple[Update, ...]:
    """Return so many values that leave things as they are."""
    return (gr.skip(),) * count


def sent(event: gr.EventData, name: str) -> object:
    """Return what the browser sent under a name, or None."""
    return getattr(event, name, None)


def _download(mime: str, ending: str, content: bytes) -> str:
    return rendering.download(mime, ending, base64.b64encode(content).decode())
