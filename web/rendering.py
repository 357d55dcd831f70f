"""From values to HTML: the only place of the page that makes it. Everything shown is escaped."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from documents.document import Document
from documents.orders import find_orders
from index.explaining import Why
from index.hit import Hit
from qa.answer import DISAGREEMENT, Answer, Citation, head
from web import texts
from web.conversation import Turn, Turns
from web.plain_text import plain_answer
from web.span import Span, locate

LONG_DOCUMENT = 200_000
"""Code points above which only a window around the quote is shown first."""
WINDOW = 20_000
"""Code points shown on each side of the quote of a long document."""

_MARKER = re.compile(r"\[(\d{1,4})\]")
_LEADS_SHOWN = 3
_EXCERPT = 260


def masthead(documents: int) -> str:
    """Return the page's header."""
    return (
        '<div class="masthead"><span class="glyph" aria-hidden="true">[1]</span>'
        f'<div class="masthead-text"><h1>{escape(texts.NAME)}</h1><p>{escape(texts.TAGLINE)}</p>'
        f'</div><p class="count">{escape(texts.document_count(documents))}</p></div>'
    )


def start_screen(examples: Iterable[str]) -> str:
    """Return what is shown before the first question."""
    buttons = "".join(
        f'<li><button type="button" class="example" data-question="{escape(question)}">'
        f"{escape(question)}</button></li>"
        for question in examples
    )
    suggestions = f"<h3>{escape(texts.EXAMPLES)}</h3><ul>{buttons}</ul>" if buttons else ""
    return (
        f'<div class="start"><h2>{escape(texts.START_HEADING)}</h2>'
        f"<p>{escape(texts.START_TEXT)}</p>{suggestions}</div>"
    )


def empty_library() -> str:
    """Return what is shown when the index holds no document: the command that mends it."""
    return (
        f'<div class="start empty"><h2>{escape(texts.EMPTY_HEADING)}</h2>'
        f"<p>{escape(texts.EMPTY_TEXT)}</p><p><code>{escape(texts.EMPTY_COMMAND)}</code></p>"
        f"<p>{escape(texts.EMPTY_AFTER)}</p></div>"
    )


def conversation(turns: Turns, *, start: str) -> str:
    """Return the whole conversation; `start` is the HTML shown while there are no turns."""
    if not turns:
        return start
    busy = "true" if turns[-1].state == "busy" else "false"
    return (
        f'<div role="log" aria-label="{escape(texts.CONVERSATION)}" aria-busy="{busy}">'
        + "".join(turn_article(turn) for turn in turns)
        + "</div>"
    )


def turn_article(turn: Turn) -> str:
    """Return one question with its reply."""
    return (
        f'<article class="turn" data-state="{turn.state}" data-asked="{escape(turn.asked)}">'
        f'<h2 class="question">{escape(turn.question)}</h2>'
        f'<div class="reply">{_reply(turn)}</div></article>'
    )


def answer_text(answer: Answer) -> str:
    """Return the answer's text with a button for each marker that has a citation.

    A bracketed number inside a quote is the document's own and stays text, as does a marker
    without a citation.
    """
    citations = {citation.marker: citation for citation in answer.citations}
    quoted = _quoted_spans(answer)
    pieces, position = [], 0
    for match in _MARKER.finditer(answer.text):
        citation = citations.get(int(match[1]))
        if citation is None or any(a <= match.start() < b for a, b in quoted):
            continue
        pieces += [escape(answer.text[position : match.start()]), _marker(citation)]
        position = match.end()
    return "".join(pieces) + escape(answer.text[position:])


def source_placeholder() -> str:
    """Return the empty source panel."""
    return (
        f'<aside class="panel" aria-label="{escape(texts.PANEL)}" '
        f'data-failure="{escape(texts.PANEL_FAILED)}"><div class="panel-body">'
        '<div class="placeholder"><span class="glyph" aria-hidden="true">[1]</span>'
        f"<h2>{escape(texts.PANEL_HEADING)}</h2><p>{escape(texts.PANEL_TEXT)}</p></div>"
        "</div></aside>"
    )


def source_panel(document: Document, span: Span, *, whole: bool) -> str:
    """Return a document with the span's quote highlighted.

    Of a document over `LONG_DOCUMENT` code points only the surroundings of the quote are shown,
    unless the `whole` is asked for. When the quote is no longer at its place it is looked for in
    the document; when it is nowhere, nothing is highlighted and a notice says so.
    """
    start = locate(document.text, span)
    notice = "" if start is not None else _notice(texts.QUOTE_MOVED) + _as_cited(span.quote)
    start, end = (0, 0) if start is None else (start, start + len(span.quote))
    first, last = 0, len(document.text)
    if last > LONG_DOCUMENT and not whole:
        first, last = max(0, start - WINDOW), min(last, end + WINDOW)
        notice += _excerpt_notice(len(document.text))
    return (
        _panel_header(texts.citation_label(span.marker), document)
        + _orders_notice(document)
        + notice
        + f'<div class="document">{_highlighted(document.text, (first, start, end, last))}</div>'
    )


def why_found(why: Why | None) -> str:
    """Return the content of the panel's "why", or what is said when nobody knows any more."""
    if why is None:
        return f"<p>{escape(texts.WHY_GONE)}</p>"
    words = (
        (texts.WHY_EXACT, why.text.exact),
        (texts.WHY_UNACCENTED, why.text.unaccented),
        (texts.WHY_TITLE, (*why.title.exact, *why.title.unaccented)),
        (texts.WHY_REQUIRED, why.required),
    )
    found = "".join(_entry(label, _words(matched)) for label, matched in words if matched)
    reranked = why.reranked
    reasons = [reason.text for reason in reranked.reasons] if reranked else []
    place = texts.place_found(why.fused_rank, reranked.rank_after if reranked else None)
    return (
        ("" if found else f"<p>{escape(texts.WHY_NO_WORD)}</p>")
        + f"<dl>{found}"
        + (_entry(texts.WHY_TIME, escape(texts.WHY_OF_TIME)) if why.of_time else "")
        + (_entry(texts.WHY_REASONS, escape("; ".join(reasons))) if reasons else "")
        + _entry(texts.WHY_PLACE, escape(place))
        + _entry(texts.WHY_SCORES, escape(texts.scores(why.lexical, why.dense)))
        + "</dl>"
    )


def source_missing(span: Span) -> str:
    """Return the panel for a document that the index no longer holds."""
    return (
        _panel_top(texts.citation_label(span.marker), texts.NOT_IN_LIBRARY)
        + f'<p class="byline">{escape(span.document)}</p></header>'
        + _as_cited(span.quote)
    )


def source_refused() -> str:
    """Return the panel for a request that is not one of ours."""
    return _panel_top(texts.PANEL, texts.BAD_REQUEST) + "</header>"


def notice_line(message: str) -> str:
    """Return the line below the question box."""
    return f'<p role="status" class="notice-line">{escape(message)}</p>'


def _reply(turn: Turn) -> str:
    return _understood(turn.understood) + _said(turn)


def _understood(text: str) -> str:
    return f'<p class="understood">{escape(texts.looking_for(text))}</p>' if text else ""


def _said(turn: Turn) -> str:
    if turn.answer is not None:
        made = _made(turn.answer)
        return _refusal(turn.answer, made) if turn.answer.refused else _answer(turn.answer, made)
    written = f'<p class="answer">{_growing_text(turn.text)}</p>' if turn.text else ""
    if turn.is_draft and written:
        label = texts.UNCHECKED if turn.notice else texts.DRAFT
        written = f'<p class="draft">{escape(label)}</p>{written}'
    if turn.notice:
        return written + _notice(turn.notice)
    return written or f'<p class="status">{escape(turn.status)}</p>'


def _answer(answer: Answer, made: str) -> str:
    differing = _notice(DISAGREEMENT) if answer.disagreement else ""
    return (
        f'{differing}{_short(answer)}<p class="answer">{answer_text(answer)}</p>{made}'
        f'<ol class="sources" aria-label="{escape(texts.SOURCES)}">'
        + "".join(_source_line(citation) for citation in answer.citations)
        + f"</ol>{_copy_button(answer)}"
    )


def _short(answer: Answer) -> str:
    """Return the head of an answer: its few words, unless they are the whole sentence."""
    return (
        f'<p class="short"><strong>{escape(short)}</strong></p>' if (short := head(answer)) else ""
    )


def _refusal(answer: Answer, made: str) -> str:
    message = f'<p class="answer refusal">{escape(answer.text)}</p>{made}'
    if not answer.hits:
        return message
    return (
        f'{message}<section class="leads"><h3>{escape(texts.LEADS)}</h3>'
        f"<p>{escape(texts.LEADS_NOTE)}</p><ul>"
        + (_nearest(answer.nearest) if answer.nearest else "")
        + "".join(_lead(hit) for hit in answer.hits[:_LEADS_SHOWN])
        + "</ul></section>"
    )


def _made(answer: Answer) -> str:
    """Return how the answer was made: its note, and what of a model's text was struck out."""
    note = f'<p class="note">{escape(answer.note)}</p>' if answer.note else ""
    if not answer.struck:
        return note
    struck = "".join(f"<li><del>{escape(sentence)}</del></li>" for sentence in answer.struck)
    heading = escape(texts.struck(len(answer.struck)))
    return f'{note}<div class="struck"><p>{heading}</p><ul>{struck}</ul></div>'


def _growing_text(text: str) -> str:
    """Return unfinished text; its markers have no source to open yet."""
    return _MARKER.sub(r'<span class="marker">\1</span>', escape(text))


def _quoted_spans(answer: Answer) -> list[tuple[int, int]]:
    """Return where the quotes stand in the answer's text, each once, in the order of markers."""
    spans, position = [], 0
    for citation in answer.citations:
        start = answer.text.find(citation.quote, position)
        if start >= 0:
            position = start + len(citation.quote)
            spans.append((start, position))
    return spans


def _marker(citation: Citation) -> str:
    label = texts.open_source(citation.marker, citation.title)
    return (
        f'<button type="button" class="marker" {_place(_span(citation))} '
        f'aria-label="{escape(label)}">{citation.marker}</button>'
    )


def _source_line(citation: Citation) -> str:
    return (
        f'<li><button type="button" class="source-line" {_place(_span(citation))}>'
        f'<span class="number">{citation.marker}</span> '
        f'<span class="title">{escape(citation.title)}</span> '
        f'<span class="byline">{_byline(citation.source, citation.published)}</span></button></li>'
    )


def _nearest(sentence: Citation) -> str:
    """Return the sentence nearest to an answer as the first lead."""
    span = Span(sentence.document, sentence.start, sentence.end, sentence.quote)
    return _lead_item(sentence, span, f"“{' '.join(sentence.quote.split())}”", "nearest")


def _lead(hit: Hit) -> str:
    passage = hit.passage
    span = Span(passage.document, passage.start, passage.end, passage.text)
    return _lead_item(hit, span, _shortened(" ".join(passage.text.split())), "passage")


def _lead_item(hit: Hit | Citation, span: Span, excerpt: str, name: str) -> str:
    return (
        f'<li class="{name}"><p class="title">{escape(hit.title)}</p>'
        f'<p class="byline">{_byline(hit.source, hit.published)}</p>'
        f'<p class="excerpt">{escape(excerpt)}</p>'
        f'<button type="button" class="lead" {_place(span)} '
        f'aria-label="{escape(texts.open_lead(hit.title))}">{escape(texts.OPEN_LEAD)}</button></li>'
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + "…"


def _copy_button(answer: Answer) -> str:
    return (
        f'<p class="actions"><button type="button" class="copy" title="{escape(texts.COPY_HINT)}" '
        f'data-copy="{escape(plain_answer(answer))}" data-copied="{escape(texts.COPIED)}" '
        f'data-failed="{escape(texts.COPY_FAILED)}" aria-live="polite">{escape(texts.COPY)}'
        "</button></p>"
    )


def _span(citation: Citation) -> Span:
    return Span(citation.document, citation.start, citation.end, citation.quote, citation.marker)


def _place(span: Span) -> str:
    """Return the attributes from which the page's script asks for the source."""
    return (
        f'data-citation="{span.marker}" data-document="{escape(span.document)}" '
        f'data-start="{span.start}" data-end="{span.end}" data-quote="{escape(span.quote)}"'
    )


def _byline(source: str, published: date | None) -> str:
    return escape(
        " · ".join(filter(None, [source, texts.vietnamese_date(published) or texts.UNDATED]))
    )


def _panel_top(label: str, title: str) -> str:
    """Return the opening of the panel's header; the caller closes it."""
    return (
        f'<header class="panel-header"><p class="eyebrow">{escape(label)}</p>'
        f'<button type="button" class="close" aria-label="{escape(texts.CLOSE)}">✕</button>'
        f'<h2 tabindex="-1">{escape(title)}</h2>'
    )


def _panel_header(label: str, document: Document) -> str:
    return (
        _panel_top(label, document.title)
        + f'<p class="byline">{_byline(document.source, document.published)}</p>'
        + f'<p class="path">{escape(document.path)}</p>'
        + f'<details class="why" data-failure="{escape(texts.WHY_FAILED)}">'
        + f"<summary>{escape(texts.WHY)}</summary>"
        + '<div class="why-body" aria-live="polite"></div></details></header>'
    )


def _highlighted(text: str, cuts: Sequence[int]) -> str:
    """Return ``text[first:last]`` with ``text[start:end]`` marked, each piece escaped by itself."""
    first, start, end, last = cuts
    mark = f'<mark id="quote">{escape(text[start:end])}</mark>' if start < end else ""
    return escape(text[first:start]) + mark + escape(text[end:last])


def _entry(label: str, html: str) -> str:
    return f"<div><dt>{escape(label)}</dt><dd>{html}</dd></div>"


def _words(words: Iterable[str]) -> str:
    return " ".join(f'<span class="word">{escape(word)}</span>' for word in words)


def _notice(message: str) -> str:
    return f'<p class="notice">{escape(message)}</p>'


def _orders_notice(document: Document) -> str:
    """Return the warning of a document that gives orders to machines, with the first of them."""
    orders = find_orders(document.text)
    if not orders:
        return ""
    first = " ".join(document.text[orders[0].start : orders[0].end].split())
    return _notice(texts.gives_orders(len(orders), _shortened(first)))


def _as_cited(quote: str) -> str:
    return (
        f'<div class="as-cited"><p>{escape(texts.QUOTE_AS_CITED)}</p>'
        f"<blockquote>{escape(quote)}</blockquote></div>"
    )


def _excerpt_notice(length: int) -> str:
    return (
        f'<p class="notice">{escape(texts.excerpt_note(length))} '
        f'<button type="button" class="whole">{escape(texts.SHOW_WHOLE)}</button></p>'
    )
