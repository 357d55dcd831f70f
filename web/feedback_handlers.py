"""What happens on each event of going through what users said."""

from dataclasses import replace

import gradio as gr

from documents.errors import DanChungError
from eval.feedback import FeedbackStore, Opinion
from index.query import Query
from qa.pipeline import Pipeline
from web import feedback_rendering
from web.evaluation_handlers import require_editor
from web.marking import Shown, marked_passage, opinion_page
from web.sent import sent
from web.texts import Texts
from web.visits import may_edit

_PASSAGES = 8
_MOST_SEARCH = 300
Reply = tuple[Shown, str]


class FeedbackHandlers:
    """What happens on each event; all return what is shown now, and it as HTML."""

    def __init__(self, texts: Texts, pipeline: Pipeline, store: FeedbackStore) -> None:
        self._texts = texts
        self._own = texts.evaluation
        self._pipeline = pipeline
        self._store = store

    def arrive(self, request: gr.Request) -> Reply:
        """Return the latest opinions; to who may not see them, nothing."""
        shown = Shown()
        return (shown, self._page(shown)) if may_edit(request) else (shown, "")

    def show(self, shown: Shown, request: gr.Request, event: gr.EventData) -> Reply:
        """Show another part of the opinions."""
        require_editor(self._own, request)
        wanted = sent(event).text("value")
        return self._reply(Shown(wanted if wanted in self._own.SHOWN else shown.part))

    def turn(self, shown: Shown, request: gr.Request, event: gr.EventData) -> Reply:
        """Turn to another page."""
        require_editor(self._own, request)
        return self._reply(Shown(shown.part, sent(event).whole("page")))

    def mark(self, shown: Shown, request: gr.Request, event: gr.EventData) -> Reply:
        """Begin to look for the right passage of an opinion, by its question."""
        require_editor(self._own, request)
        opinion = self._opinion(sent(event).whole("opinion"))
        words = opinion.question[:_MOST_SEARCH]
        return self._reply(replace(shown, marking=opinion.opinion_id, words=words))

    def close(self, shown: Shown, request: gr.Request) -> Reply:
        """Look for no passage any more."""
        require_editor(self._own, request)
        return self._reply(Shown(shown.part, shown.page))

    def search(self, shown: Shown, request: gr.Request, event: gr.EventData) -> Reply:
        """Look for passages by other words."""
        require_editor(self._own, request)
        words = sent(event).field("words").strip()[:_MOST_SEARCH]
        return self._reply(replace(shown, words=words))

    def choose(self, shown: Shown, request: gr.Request, event: gr.EventData) -> Reply:
        """Keep a passage, or words in it, as the right one."""
        require_editor(self._own, request)
        asked = sent(event)
        opinion = self._opinion(asked.whole("opinion"))
        try:
            passage = marked_passage(
                self._own,
                self._pipeline.document(asked.text("document")),
                asked.whole("start"),
                asked.whole("end"),
                asked.field("words"),
            )
        except DanChungError as error:
            return shown, self._page(shown, problem=str(error))
        self._store.correct(opinion.opinion_id, passage)
        gr.Info(self._own.SAVED)
        return self._reply(Shown(shown.part, shown.page))

    def unmark(self, shown: Shown, request: gr.Request, event: gr.EventData) -> Reply:
        """Take the mark of an opinion away."""
        require_editor(self._own, request)
        self._store.correct(self._opinion(sent(event).whole("opinion")).opinion_id, None)
        return self._reply(Shown(shown.part, shown.page))

    def _reply(self, shown: Shown) -> Reply:
        return shown, self._page(shown)

    def _page(self, shown: Shown, *, problem: str = "") -> str:
        opinions = self._store.opinions()
        bad = [one for one in opinions if not one.is_good]
        marked = sum(one.corrected is not None for one in bad)
        counts = self._own.opinions(len(opinions) - len(bad), len(bad), marked) if opinions else ""
        seeks = shown.marking and shown.words
        hits = self._pipeline.search(Query(shown.words), k=_PASSAGES)[1] if seeks else []
        page = opinion_page(opinions, shown)
        return feedback_rendering.feedback(self._texts, page, counts, hits=hits, problem=problem)

    def _opinion(self, opinion_id: int) -> Opinion:
        for opinion in self._store.opinions():
            if opinion.opinion_id == opinion_id:
                return opinion
        raise gr.Error(self._own.NO_OPINION, print_exception=False)
