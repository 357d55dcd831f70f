"""The named endpoints of Gradio's HTTP interface: ask, search, documents, document.

Called with `gradio_client`, or with two plain requests:
``POST /gradio_api/call/ask {"data": ["câu hỏi"]}``, then ``GET /gradio_api/call/ask/EVENT_ID``.
"""

from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.events import api

from documents.errors import DanChungError
from web.interfaces import Interfaces
from web.visits import user_of

Reply = dict[str, Any]


def add_endpoints(interfaces: Interfaces, **answers: Any) -> None:  # noqa: ANN401 - Gradio's
    """Add the endpoints to the page being built; ``answers`` are settings of asking."""

    def ask(question: str, request: gr.Request) -> dict[str, Any]:
        """Answer one question over the documents.

        The reply has the form of ``python -m qa --json``: the answer with its markers, whether it
        is a refusal, and the citations with their exact places.
        """
        return _told(request, lambda: interfaces.ask(question, user=user_of(request)))

    def search(query: str, request: gr.Request, k: int = 10) -> dict[str, Any]:
        """Find the k passages nearest to a query, in the form of ``python -m index search``."""
        return _told(request, lambda: interfaces.search(query, k, user=user_of(request)))

    def documents(request: gr.Request) -> dict[str, Any]:
        """List the documents: path, title, source, date, number of passages."""
        return _told(request, interfaces.documents)

    def document(path: str, request: gr.Request) -> dict[str, Any]:
        """Read one document by its path: title, source, date and the stored text."""
        return _told(request, lambda: interfaces.document(path))

    api(ask, api_name="ask", **answers)
    api(search, api_name="search", **answers)
    api(documents, api_name="documents")
    api(document, api_name="document")


def _told(request: gr.Request, call: Callable[[], Reply]) -> Reply:
    """Return a reply; what the caller did wrong becomes an error that Gradio shows."""
    try:
        return call()
    except DanChungError as error:
        raise gr.Error(str(error), print_exception=False) from None
    finally:
        _forget(request)


def _forget(request: gr.Request) -> None:
    """Drop what Gradio remembers of the session: a copy of the page, and most ask only once."""
    if request.request is None:
        return
    holder = request.request.app.state_holder
    holder.session_data.pop(request.session_hash, None)
    holder.time_last_used.pop(request.session_hash, None)
