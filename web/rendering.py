"""The chat as HTML; the panel beside it: `web/source_rendering.py`. Everything shown is escaped."""

import re
from collections.abc import Iterable
from html import escape

from index.hit import Hit
from qa.answer import Answer, Citation, head
from web import turn_actions
from web.conversation import Turn, Turns
from web.html_parts import byline, in_vietnamese, notice, shortened, with_quotes
from web.span import Span
from web.texts import Texts

_MARKER = re.compile(r"\[(\d{1,4})\]")
_LEADS_SHOWN = 3


def masthead(texts: Texts, documents: int, *, here: str) -> str:
    """Return the page's header with the ways to its other views; ``here`` is the one shown."""
    links = "".join(
        f'<a href="{address}"{_current(address, here)}>{escape(name)}</a>'
        for address, name in texts.VIEWS.items()
    )
    settings = (
        f'<button type="button" class="open-settings">{escape(texts.settings.SETTINGS)}</button>'
        if here == texts.CHAT
        else ""
    )
    opener = (
        f'<button type="button" class="open-history">{escape(texts.HISTORY)}</button>'
        if here == texts.CHAT
        else ""
    )
    return (
        f'<div class="masthead" lang="{texts.LANGUAGE}">'
        '<span class="glyph" aria-hidden="true">[1]</span><div class="masthead-text">'
        f'<h1 lang="vi">{escape(texts.NAME)}</h1><p>{escape(texts.TAGLINE)}</p></div>'
        f'<nav class="views" aria-label="{escape(texts.VIEWS_LABEL)}">'
        f"{opener}{links}{settings}</nav>"
        f'<p class="count">{escape(texts.document_count(documents))}</p></div>'
    )


def _current(address: str, here: str) -> str:
    return ' aria-current="page"' if address == here else ""


def start_screen(texts: Texts, examples: Iterable[str]) -> str:
    """Return what is shown before the first question."""
    buttons = "".join(
        f'<li><button type="button" class="example" lang="vi" data-question="{escape(question)}">'
        f"{escape(question)}</button></li>"
        for question in examples
    )
    suggestions = f"<h3>{escape(texts.EXAMPLES)}</h3><ul>{buttons}</ul>" if buttons else ""
    return (
        f'<div class="start"><h2>{escape(texts.START_HEADING)}</h2>'
        f"<p>{escape(texts.START_TEXT)}</p>{suggestions}</div>"
    )


def empty_library(texts: Texts) -> str:
    """Return what is shown when the index holds no document: the command that mends it."""
    return (
        f'<div class="start empty"><h2>{escape(texts.EMPTY_HEADING)}</h2>'
        f"<p>{escape(texts.EMPTY_TEXT)}</p><p><code>{escape(texts.EMPTY_COMMAND)}</code></p>"
        f"<p>{escape(texts.EMPTY_AFTER)}</p></div>"
    )


def conversation(texts: Texts, turns: Turns, *, start: str) -> str:
    """Return the whole conversation; `start` is the HTML shown while there are no turns."""
    if not turns:
        return start
    busy = "true" if turns[-1].state == "busy" else "false"
    return (
        f'<div role="log" aria-label="{escape(texts.CONVERSATION)}" aria-busy="{busy}">'
        + "".join(turn_article(texts, turn, number) for number, turn in enumerate(turns))
        + "</div>"
    )


def turn_article(texts: Texts, turn: Turn, number: int) -> str:
    """Return one question with its reply; ``number`` is its place in the conversation."""
    return (
        f'<article class="turn" data-state="{turn.state}" data-turn="{number}" '
        f'data-asked="{escape(turn.asked)}">'
        f'<h2 class="question" lang="vi">{escape(turn.question)}</h2>'
        f'<div class="reply">{_reply(texts, turn)}</div>'
        f"{turn_actions.actions(texts, turn)}</article>"
    )


def answer_text(texts: Texts, answer: Answer) -> str:
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
        pieces += [escape(answer.text[position : match.start()]), _marker(texts, citation)]
        position = match.end()
    return "".join(pieces) + escape(answer.text[position:])


def notice_line(message: str) -> str:
    """Return the line below the question box."""
    return f'<p role="status" class="notice-line">{escape(message)}</p>'


def tools(texts: Texts, *, private: bool) -> str:
    """Return the buttons for the whole conversation."""
    pressed = "true" if private else "false"
    return (
        f'<div class="tools" role="group" aria-label="{escape(texts.TOOLS)}">'
        f'<button type="button" data-tool="markdown" title="{escape(texts.EXPORT)}">'
        f"{escape(texts.EXPORT_MARKDOWN)}</button>"
        f'<button type="button" data-tool="docx" title="{escape(texts.EXPORT)}">'
        f"{escape(texts.EXPORT_DOCX)}</button>"
        f'<button type="button" data-tool="private" aria-pressed="{pressed}" '
        f'title="{escape(texts.PRIVATE_ON)}">{escape(texts.PRIVATE)}</button></div>'
    )


def download(mime: str, ending: str, content: str) -> str:
    """Return the link by which the script saves a file; ``content`` is Base64."""
    return (
        f'<a href="data:{mime};base64,{content}" download="dan-chung.{ending}" hidden>'
        f"{escape(ending)}</a>"
    )


def _reply(texts: Texts, turn: Turn) -> str:
    return _understood(texts, turn.understood) + _said(texts, turn)


def _understood(texts: Texts, text: str) -> str:
    return (
        f'<p class="understood">{escape(texts.LOOKING_FOR)}: {in_vietnamese(text)}</p>'
        if text
        else ""
    )


def _said(texts: Texts, turn: Turn) -> str:
    if turn.answer is not None:
        made = _made(texts, turn.answer)
        return (
            _refusal(texts, turn.answer, made)
            if turn.answer.refused
            else _answer(texts, turn.answer, made)
        )
    written = f'<p class="answer" lang="vi">{_growing_text(turn.text)}</p>' if turn.text else ""
    if turn.is_draft and written:
        label = texts.UNCHECKED if turn.notice else texts.DRAFT
        written = f'<p class="draft">{escape(label)}</p>{written}'
    if turn.notice:
        return written + notice(texts.ended(turn.notice, turn.detail))
    status = texts.SEARCHING if turn.found is None else texts.found(turn.found)
    return written or f'<p class="status">{escape(status)}</p>'


def _answer(texts: Texts, answer: Answer, made: str) -> str:
    differing = notice(texts.DISAGREEMENT) if answer.disagreement else ""
    return (
        f"{differing}{_short(answer)}"
        f'<p class="answer" lang="vi">{answer_text(texts, answer)}</p>{made}'
        f'<ol class="sources" aria-label="{escape(texts.SOURCES)}">'
        + "".join(_source_line(texts, citation) for citation in answer.citations)
        + "</ol>"
    )


def _short(answer: Answer) -> str:
    """Return the head of an answer: its few words, unless they are the whole sentence."""
    return (
        f'<p class="short" lang="vi"><strong>{escape(short)}</strong></p>'
        if (short := head(answer))
        else ""
    )


def _refusal(texts: Texts, answer: Answer, made: str) -> str:
    said = texts.refusal(answer.text, answer.missing, has_leads=bool(answer.hits))
    message = f'<p class="answer refusal">{with_quotes(said)}</p>{made}'
    if not answer.hits:
        return message
    return (
        f'{message}<section class="leads"><h3>{escape(texts.LEADS)}</h3>'
        f"<p>{escape(texts.LEADS_NOTE)}</p><ul>"
        + (_nearest(texts, answer.nearest) if answer.nearest else "")
        + "".join(_lead(texts, hit) for hit in answer.hits[:_LEADS_SHOWN])
        + "</ul></section>"
    )


def _made(texts: Texts, answer: Answer) -> str:
    """Return how the answer was made: its note, and what of a model's text was struck out."""
    note = f'<p class="note" lang="vi">{escape(answer.note)}</p>' if answer.note else ""
    if not answer.struck:
        return note
    struck = "".join(
        f'<li lang="vi"><del>{escape(sentence)}</del></li>' for sentence in answer.struck
    )
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


def _marker(texts: Texts, citation: Citation) -> str:
    label = texts.open_source(citation.marker, citation.title)
    return (
        f'<button type="button" class="marker" lang="{texts.LANGUAGE}" {_place(_span(citation))} '
        f'aria-label="{escape(label)}">{citation.marker}</button>'
    )


def _source_line(texts: Texts, citation: Citation) -> str:
    return (
        f'<li><button type="button" class="source-line" {_place(_span(citation))}>'
        f'<span class="number">{citation.marker}</span> '
        f'<span class="title" lang="vi">{escape(citation.title)}</span> '
        f'<span class="byline">{byline(texts, citation.source, citation.published)}</span>'
        "</button></li>"
    )


def _nearest(texts: Texts, sentence: Citation) -> str:
    """Return the sentence nearest to an answer as the first lead."""
    span = Span(sentence.document, sentence.start, sentence.end, sentence.quote)
    return _lead_item(texts, sentence, span, f"“{' '.join(sentence.quote.split())}”", "nearest")


def _lead(texts: Texts, hit: Hit) -> str:
    passage = hit.passage
    span = Span(passage.document, passage.start, passage.end, passage.text)
    return _lead_item(texts, hit, span, shortened(" ".join(passage.text.split())), "passage")


def _lead_item(texts: Texts, hit: Hit | Citation, span: Span, excerpt: str, name: str) -> str:
    return (
        f'<li class="{name}"><p class="title" lang="vi">{escape(hit.title)}</p>'
        f'<p class="byline">{byline(texts, hit.source, hit.published)}</p>'
        f'<p class="excerpt" lang="vi">{escape(excerpt)}</p>'
        f'<button type="button" class="lead" {_place(span)} '
        f'aria-label="{escape(texts.open_lead(hit.title))}">{escape(texts.OPEN_LEAD)}</button></li>'
    )


def _span(citation: Citation) -> Span:
    return Span(citation.document, citation.start, citation.end, citation.quote, citation.marker)


def _place(span: Span) -> str:
    """Return the attributes from which the page's script asks for the source."""
    return (
        f'data-citation="{span.marker}" data-document="{escape(span.document)}" '
        f'data-start="{span.start}" data-end="{span.end}" data-quote="{escape(span.quote)}"'
    )
