"""The list of kept conversations, as HTML. Everything shown is escaped."""

from collections.abc import Sequence
from html import escape

from web.history import Listed
from web.texts import Texts


def history_panel(
    texts: Texts, conversations: Sequence[Listed], *, current: str, search: str, removed: bool
) -> str:
    """Return the list with its search box; ``removed`` offers to undo the last removal."""
    items = "".join(
        _item(texts, one, is_current=one.conversation_id == current) for one in conversations
    )
    nothing = texts.HISTORY_NOT_FOUND if search else texts.HISTORY_EMPTY
    undo = (
        f'<p class="undo">{escape(texts.HISTORY_REMOVED)} '
        f'<button type="button" data-history="undo">{escape(texts.UNDO)}</button></p>'
        if removed
        else ""
    )
    return (
        f'<nav class="history" aria-label="{escape(texts.HISTORY)}">'
        f'<div class="history-head"><h2>{escape(texts.HISTORY)}</h2>'
        f'<button type="button" class="close-history" aria-label="{escape(texts.CLOSE)}">✕</button>'
        f'</div><input type="search" class="history-search" value="{escape(search)}" '
        f'placeholder="{escape(texts.HISTORY_SEARCH)}" aria-label="{escape(texts.HISTORY_SEARCH)}">'
        + undo
        + (f"<ul>{items}</ul>" if items else f'<p class="nothing">{escape(nothing)}</p>')
        + "</nav>"
    )


def _item(texts: Texts, one: Listed, *, is_current: bool) -> str:
    key = f'data-id="{escape(one.conversation_id)}"'
    title = escape(one.title or texts.UNTITLED)
    current = ' aria-current="true"' if is_current else ""
    return (
        f'<li{current}><button type="button" class="open" data-history="open" {key}>'
        f'<span class="title" lang="vi">{title}</span>'
        f'<span class="byline">{escape(texts.moment(one.updated))}</span></button>'
        f'<button type="button" class="small" data-history="rename" {key} '
        f'data-prompt="{escape(texts.RENAME_PROMPT)}" data-title="{title}" '
        f'aria-label="{escape(texts.rename(one.title))}" title="{escape(texts.RENAME)}">✎</button>'
        f'<button type="button" class="small" data-history="remove" {key} '
        f'aria-label="{escape(texts.remove(one.title))}" title="{escape(texts.REMOVE)}">×</button>'
        "</li>"
    )
