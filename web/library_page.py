"""The view of the library: its documents, what is added, removed and synced."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from documents.errors import DanChungError
from qa.pipeline import Pipeline
from web import library_rendering, rendering
from web.library import Library, Wanted, listing, wanted_of
from web.syncing_now import SyncRunner
from web.texts import Texts
from web.uploads import checked_uploads
from web.visits import may_edit

_HERE = Path(__file__).parent
_PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

Update = Any


def lay_out(
    texts: Texts, page: gr.Blocks, pipeline: Pipeline, library: Library, runner: SyncRunner
) -> None:
    """Place the components of the view and say what happens on each event."""
    handlers = LibraryHandlers(texts, pipeline, library, runner)

    def read_document(path: object) -> str:
        return handlers.read(path)

    masthead = gr.HTML(
        handlers.masthead(),
        elem_id="masthead",
        apply_default_css=False,
        js_on_load=(_HERE / "masthead.js").read_text(encoding="utf-8"),
    )
    wanted = gr.State(Wanted())
    with gr.Column(elem_id="library"):
        overview = gr.HTML("", elem_id="overview", **_PLAIN)
        with gr.Row(elem_id="library-tools"):
            files = gr.File(
                file_count="multiple",
                label=texts.library.UPLOAD_LABEL,
                elem_id="upload",
                height=120,
            )
            again = gr.Button(texts.library.SYNC, elem_id="sync", variant="primary", min_width=0)
        status = gr.HTML("", elem_id="sync-status", **_PLAIN)
        table = gr.HTML(
            "",
            elem_id="documents",
            apply_default_css=False,
            js_on_load=(_HERE / "library.js").read_text(encoding="utf-8"),
            server_functions=[read_document],
        )
    gr.HTML('<aside class="panel reader" hidden></aside>', elem_id="reader", **_PLAIN)
    shown = [masthead, overview, status, table]
    arriving = page.load(handlers.arrive, wanted, [*shown, files, again], queue=False, **_QUIET)
    arriving.then(handlers.watch, wanted, shown, **_QUIET)
    table.want(handlers.want, None, [wanted, table], queue=False, **_QUIET)
    table.remove(handlers.remove, wanted, shown, **_QUIET)
    table.undo(handlers.undo, wanted, shown, **_QUIET)
    again.click(handlers.sync, wanted, shown, **_QUIET)
    files.upload(handlers.take_in, [files, wanted], [*shown, files], **_QUIET)


class LibraryHandlers:
    """What happens on each event; most return header, overview, status of the sync, table."""

    def __init__(
        self, texts: Texts, pipeline: Pipeline, library: Library, runner: SyncRunner
    ) -> None:
        self._texts = texts
        self._pipeline = pipeline
        self._library = library
        self._runner = runner

    def masthead(self) -> str:
        """Return the page's header."""
        return rendering.masthead(
            self._texts, len(self._pipeline.documents()), here=self._texts.LIBRARY
        )

    def arrive(self, wanted: Wanted, request: gr.Request) -> tuple[Update, ...]:
        """Return the library as it is; who may not change it sees nothing to change it with."""
        can = may_edit(request)
        controls = (gr.update(visible=can), gr.update(visible=can))
        return (*self._shown(wanted, request), *controls)

    def watch(self, wanted: Wanted, request: gr.Request) -> Iterator[tuple[Update, ...]]:
        """Yield how a sync stands that was already running on arrival."""
        if self._runner.state.is_running:
            yield from self._follow(wanted, request)
        else:  # of a generator that yields nothing Gradio would show nothing
            yield (gr.skip(),) * 4

    def want(self, request: gr.Request, event: gr.EventData) -> tuple[Wanted, str]:
        """Return the documents that the browser wants listed."""
        wanted = wanted_of(getattr(event, "wanted", None))
        return wanted, self._table(wanted, request)

    def sync(self, wanted: Wanted, request: gr.Request) -> Iterator[tuple[Update, ...]]:
        """Sync, and yield how it stands until it has ended."""
        self._require_editor(request)
        self._runner.start()
        yield from self._follow(wanted, request)

    def remove(
        self, wanted: Wanted, request: gr.Request, event: gr.EventData
    ) -> Iterator[tuple[Update, ...]]:
        """Move a document into the bin, then sync."""
        self._require_editor(request)
        removed = self._told(self._library.remove, str(getattr(event, "document", "")))
        self._runner.start("--allow-empty")  # it may have been the last
        yield from self._follow(wanted, request, removed=removed)

    def undo(
        self, wanted: Wanted, request: gr.Request, event: gr.EventData
    ) -> Iterator[tuple[Update, ...]]:
        """Put what was removed back, then sync."""
        self._require_editor(request)
        self._told(self._library.put_back, str(getattr(event, "name", "")))
        self._runner.start()
        yield from self._follow(wanted, request)

    def take_in(
        self, files: list[str] | None, wanted: Wanted, request: gr.Request
    ) -> Iterator[tuple[Update, ...]]:
        """Take uploaded files into the library, then sync."""
        self._require_editor(request)
        try:
            paths = [Path(file) for file in files or ()]
            for file, name in checked_uploads(self._texts.library, paths).items():
                self._library.take_in(self._texts.library, file, name)
        except DanChungError as error:
            raise gr.Error(str(error), print_exception=False) from None
        self._runner.start()
        for update in self._follow(wanted, request):
            yield (*update, None)

    def read(self, path: object) -> str:
        """Return a document to be read, as HTML; of one that is not there, nothing."""
        document = self._pipeline.document(path) if isinstance(path, str) else None
        return library_rendering.read_panel(self._texts, document) if document else ""

    def _follow(
        self, wanted: Wanted, request: gr.Request, *, removed: str = ""
    ) -> Iterator[tuple[Update, ...]]:
        for state in self._runner.follow():
            status = library_rendering.sync_status(self._texts, state)
            if state.is_running:
                yield gr.skip(), gr.skip(), status, gr.skip()
            else:
                yield self._shown(wanted, request, removed=removed)

    def _shown(
        self, wanted: Wanted, request: gr.Request, *, removed: str = ""
    ) -> tuple[Update, ...]:
        return (
            self.masthead(),
            library_rendering.overview(self._texts, self._library.overview()),
            library_rendering.sync_status(self._texts, self._runner.state),
            self._table(wanted, request, removed=removed),
        )

    def _told(self, action: Any, argument: str) -> str:  # noqa: ANN401 - a method of Library
        """Do something to the library; what goes wrong is told in the page."""
        try:
            return str(action(self._texts.library, argument))
        except DanChungError as error:
            raise gr.Error(str(error), print_exception=False) from None

    def _require_editor(self, request: gr.Request) -> None:
        if not may_edit(request):
            raise gr.Error(self._texts.library.ONLY_EDITORS, print_exception=False)

    def _table(self, wanted: Wanted, request: gr.Request, *, removed: str = "") -> str:
        page = listing(self._pipeline.documents(), wanted)
        return library_rendering.documents_table(
            self._texts, page, may_change=may_edit(request), removed=removed
        )
