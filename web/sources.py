"""Opening a source: what the browser asks for is looked up in the index and nowhere else."""

from typing import TypeGuard

from qa.pipeline import Pipeline
from web import source_rendering
from web.span import Span
from web.texts import Texts

MOST_OTHERS = 20


def open_source(texts: Texts, pipeline: Pipeline, request: object) -> str:
    """Return the HTML of the panel for a request of the page's script.

    The request comes from the browser and may be anything; a path that is not in the index, a
    span outside the text or a malformed request gives a panel that says so.
    """
    span = span_of(request)
    if span is None:
        return source_rendering.source_refused(texts)
    document = pipeline.document(span.document)
    if document is None:
        return source_rendering.source_missing(texts, span)
    whole = isinstance(request, dict) and request.get("whole") is True
    return source_rendering.source_panel(
        texts, document, span, whole=whole, others=_others(request)
    )


def explain_source(texts: Texts, pipeline: Pipeline, request: object) -> str:
    """Return the HTML that says why the passage of a request was found for its question.

    As `open_source`, for whatever the browser sends.
    """
    span = span_of(request)
    question = request.get("question") if isinstance(request, dict) else None
    if span is None or not _is_text(question):
        return source_rendering.why_found(texts, None)
    return source_rendering.why_found(texts, pipeline.why(question, span.document, span.start))


def _others(request: object) -> list[Span]:
    """Return the other citations of the same document that a request names."""
    others = request.get("others") if isinstance(request, dict) else None
    spans = [span_of(other) for other in others[:MOST_OTHERS]] if isinstance(others, list) else []
    return [span for span in spans if span]


def span_of(request: object) -> Span | None:
    """Return the span a request names, or None when it is malformed."""
    if not isinstance(request, dict):
        return None
    path, quote = request.get("document"), request.get("quote")
    start, end, marker = (request.get(name) for name in ("start", "end", "citation"))
    if not (_is_text(path) and _is_text(quote)):
        return None
    if not (_is_place(start) and _is_place(end) and _is_place(marker)):
        return None
    return Span(path, start, end, quote, marker) if end - start == len(quote) else None


def _is_text(value: object) -> TypeGuard[str]:
    """Return whether a value is text that UTF-8 can write; JSON may bring lone surrogates."""
    return isinstance(value, str) and value.encode("utf-8", "replace").decode() == value


def _is_place(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
