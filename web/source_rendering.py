"""The panel beside the chat, as HTML: a document with its quote, and why it was found.

Everything shown is escaped.
"""

import json
from collections.abc import Iterable, Sequence
from html import escape

from documents.document import Document
from documents.orders import find_orders
from index.explaining import Why
from qa.quote_card import QuoteCard, text_hash
from web.html_parts import byline, in_vietnamese, notice, shortened
from web.span import Span, locate
from web.texts import Texts

LONG_DOCUMENT = 200_000
"""Code points above which only a window around the quote is shown first."""
WINDOW = 20_000
"""Code points shown on each side of the quote of a long document."""


def source_placeholder(texts: Texts) -> str:
    """Return the empty source panel."""
    return (
        f'<div class="panel" role="complementary" aria-label="{escape(texts.PANEL)}" '
        f'data-failure="{escape(texts.PANEL_FAILED)}"><div class="panel-body">'
        '<div class="placeholder"><span class="glyph" aria-hidden="true">[1]</span>'
        f"<h2>{escape(texts.PANEL_HEADING)}</h2><p>{escape(texts.PANEL_TEXT)}</p></div>"
        "</div></div>"
    )


def source_panel(
    texts: Texts, document: Document, span: Span, *, whole: bool, others: Sequence[Span] = ()
) -> str:
    """Return a document with the span's quote highlighted, and faintly those of ``others``.

    Of a document over `LONG_DOCUMENT` code points only the surroundings of the quote are shown,
    unless the `whole` is asked for. When the quote is no longer at its place it is looked for in
    the document; when it is nowhere, nothing is highlighted and a notice says so.
    """
    start = locate(document.text, span)
    notices = "" if start is not None else notice(texts.QUOTE_MOVED) + _as_cited(texts, span.quote)
    place = start
    start, end = (0, 0) if start is None else (start, start + len(span.quote))
    first, last = 0, len(document.text)
    if last > LONG_DOCUMENT and not whole:
        first, last = max(0, start - WINDOW), min(last, end + WINDOW)
        notices += _excerpt_notice(texts, len(document.text))
    faint = [place for place in (_place(document.text, other) for other in others) if place]
    shown = _highlighted(document.text, (first, last), (start, end), faint)
    return (
        _panel_header(
            texts, texts.citation_label(span.marker), document, _card(texts, document, span, place)
        )
        + _orders_notice(texts, document)
        + notices
        + f'<div class="document" lang="vi">{shown}</div>'
    )


def why_found(texts: Texts, why: Why | None) -> str:
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
    reasons = [texts.reason(reason.text) for reason in reranked.reasons] if reranked else []
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


def source_missing(texts: Texts, span: Span) -> str:
    """Return the panel for a document that the index no longer holds."""
    return (
        _panel_top(texts, texts.citation_label(span.marker), escape(texts.NOT_IN_LIBRARY))
        + f'<p class="byline" lang="vi">{escape(span.document)}</p></header>'
        + _as_cited(texts, span.quote)
    )


def source_refused(texts: Texts) -> str:
    """Return the panel for a request that is not one of ours."""
    return _panel_top(texts, texts.PANEL, escape(texts.BAD_REQUEST)) + "</header>"


def _panel_header(texts: Texts, label: str, document: Document, card: str) -> str:
    return (
        _panel_top(texts, label, in_vietnamese(document.title))
        + f'<p class="byline">{byline(texts, document.source, document.published)}</p>'
        + f'<p class="path" lang="vi">{escape(document.path)}</p>'
        + f'<p class="panel-actions">{_walking(texts)}{card}</p>'
        + f'<details class="why" data-failure="{escape(texts.WHY_FAILED)}">'
        + f"<summary>{escape(texts.WHY)}</summary>"
        + f'<div class="why-body" tabindex="0" role="region" aria-label="{escape(texts.WHY)}" '
        + 'aria-live="polite"></div></details></header>'
    )


def _panel_top(texts: Texts, label: str, heading: str) -> str:
    """Return the opening of the panel's header, which the caller closes; the heading is HTML."""
    return (
        f'<header class="panel-header"><p class="eyebrow">{escape(label)}</p>'
        f'<button type="button" class="close" aria-label="{escape(texts.CLOSE)}">✕</button>'
        f'<h2 tabindex="-1">{heading}</h2>'
    )


def _walking(texts: Texts) -> str:
    """Return the buttons to the other citations of the answer; the script hides them without."""
    return "".join(
        f'<button type="button" class="{name}" aria-label="{escape(label)}" '
        f'title="{escape(label)}" hidden>{sign}</button>'
        for name, label, sign in (
            ("previous", texts.PREVIOUS_CITATION, "‹"),
            ("next", texts.NEXT_CITATION, "›"),
        )
    )


def _card(texts: Texts, document: Document, span: Span, start: int | None) -> str:
    """Return the button that copies the quote's card; none for a quote that is not there."""
    if start is None:
        return ""
    card = QuoteCard(
        span.quote,
        document.path,
        document.title,
        start,
        start + len(span.quote),
        text_hash(document),
    )
    content = json.dumps(card.as_json(), ensure_ascii=False, indent=2)
    return (
        f'<button type="button" class="copy" title="{escape(texts.CARD_HINT)}" '
        f'data-copy="{escape(content)}" data-copied="{escape(texts.COPIED)}" '
        f'data-failed="{escape(texts.COPY_FAILED)}" aria-live="polite">{escape(texts.CARD)}'
        "</button>"
    )


def _place(text: str, span: Span) -> tuple[int, int] | None:
    start = locate(text, span)
    return None if start is None else (start, start + len(span.quote))


def _highlighted(
    text: str,
    shown: tuple[int, int],
    quote: tuple[int, int],
    faint: Iterable[tuple[int, int]],
) -> str:
    """Return the shown part of a text with its marks, each piece escaped by itself.

    Faint marks that overlap the quote or an earlier one are left out.
    """
    marks = [(*quote, ' id="quote"')] if quote[0] < quote[1] else []
    for start, end in sorted(faint):
        if all(end <= a or b <= start for a, b, _ in marks):
            marks.append((start, end, ' class="faint"'))
    position, last = shown
    pieces = []
    for start, end, attribute in sorted(marks):
        if position <= start and end <= last:
            pieces += [
                escape(text[position:start]),
                f"<mark{attribute}>{escape(text[start:end])}</mark>",
            ]
            position = end
    return "".join(pieces) + escape(text[position:last])


def _orders_notice(texts: Texts, document: Document) -> str:
    """Return the warning of a document that gives orders to machines, with the first of them."""
    orders = find_orders(document.text)
    if not orders:
        return ""
    first = " ".join(document.text[orders[0].start : orders[0].end].split())
    return notice(texts.gives_orders(len(orders), shortened(first)))


def _as_cited(texts: Texts, quote: str) -> str:
    return (
        f'<div class="as-cited"><p>{escape(texts.QUOTE_AS_CITED)}</p>'
        f'<blockquote lang="vi">{escape(quote)}</blockquote></div>'
    )


def _excerpt_notice(texts: Texts, length: int) -> str:
    return (
        f'<p class="notice">{escape(texts.excerpt_note(length))} '
        f'<button type="button" class="whole">{escape(texts.SHOW_WHOLE)}</button></p>'
    )


def _entry(label: str, html: str) -> str:
    return f"<div><dt>{escape(label)}</dt><dd>{html}</dd></div>"


def _words(words: Iterable[str]) -> str:
    return " ".join(f'<span class="word" lang="vi">{escape(word)}</span>' for word in words)
