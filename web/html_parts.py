"""Small pieces of HTML that several views are made of. Everything shown is escaped."""

import re
from datetime import date
from html import escape

from web.texts import Texts

_QUOTED = re.compile("“[^”]*”")
_EXCERPT = 260


def in_vietnamese(text: str) -> str:
    """Return words of a document or visitor as such, whatever the page's language."""
    return f'<span lang="vi">{escape(text)}</span>'


def with_quotes(text: str) -> str:
    """Return a text of the page's; what it quotes in “…” is Vietnamese in every language."""
    return _QUOTED.sub(lambda quoted: f'<span lang="vi">{quoted[0]}</span>', escape(text))


def notice(message: str) -> str:
    """Return a message that stands out."""
    return f'<p class="notice">{with_quotes(message)}</p>'


def byline(texts: Texts, source: str, published: date | None) -> str:
    """Return where and when a document was published."""
    day = escape(texts.day(published) or texts.UNDATED)
    return f"{in_vietnamese(source)} · {day}" if source else day


def shortened(text: str) -> str:
    """Return the beginning of a text, cut between words."""
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + "…"


def page_turner(texts: Texts, here: int, pages: int, *, event: str = "") -> str:
    """Return the buttons that turn the pages of a list, and which is shown; empty for one page.

    Pages are counted from 0. A button says its page in ``data-page``, and the ``event`` that the
    view's script is to send in ``data-event``.
    """
    if pages <= 1:
        return ""
    sends = f' data-event="{event}"' if event else ""
    buttons = "".join(
        f'<button type="button"{sends} data-page="{there}"'
        f"{'' if 0 <= there < pages else ' disabled'}>{escape(label)}</button>"
        for label, there in ((texts.PREVIOUS_PAGE, here - 1), (texts.NEXT_PAGE, here + 1))
    )
    return f'<p class="pages">{escape(texts.page_of(here + 1, pages))} {buttons}</p>'
