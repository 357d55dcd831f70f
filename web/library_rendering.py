"""The library, as HTML. Everything shown is escaped."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from documents.document import Document
from index.records import DocumentInfo
from web import library_texts as own
from web import texts
from web.filters import kind_of
from web.library import Listing, Overview, Wanted
from web.rendering import byline, notice
from web.syncing_now import SyncState

_MOST_FAILURES = 50


def overview(library: Overview) -> str:
    """Return where the library is, how large, and how its last sync went."""
    last = library.last
    facts = [
        (own.FOLDER, library.root or "—"),
        (own.DOCUMENTS, texts.grouped(library.documents)),
        (own.PASSAGES, texts.grouped(library.passages)),
        (own.DISK, own.megabytes(library.bytes)),
        (own.LAST_SYNC, own.moment(last.finished) if last else "—"),
    ]
    listed = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts
    )
    left_out = last.report.get("documents", {}) if last else {}
    return (
        f'<dl class="facts">{listed}</dl>'
        + _left_out(own.FAILED_DOCUMENTS, left_out.get("failed", ()))
        + _left_out(own.SKIPPED_DOCUMENTS, left_out.get("skipped", ()))
    )


def sync_status(state: SyncState) -> str:
    """Return how a sync stands: its bar, what it did, or why it failed."""
    if state.error:
        return f'<div class="sync" role="status">{notice(own.sync_failed(state.error))}</div>'
    if state.report:
        said = escape(own.sync_done(state.report))
        return f'<div class="sync" role="status"><p>{said}</p></div>'
    if not state.is_running:
        return '<div class="sync" role="status"></div>'
    done, of = (int(state.progress.get(name) or 0) for name in ("documents", "of"))
    value = f' value="{done}" max="{of}"' if of else ""
    return (
        f'<div class="sync" role="status"><progress aria-label="{escape(own.SYNCING)}"{value}>'
        f"</progress><p>{escape(own.sync_progress(state.progress))}</p></div>"
    )


def documents_table(page: Listing, *, may_change: bool, removed: str = "") -> str:
    """Return the documents of a page; ``removed`` is the name by which the last can be put back."""
    wanted = page.wanted
    heads = "".join(_head(name, label, wanted) for name, label in own.COLUMNS.items())
    rows = "".join(_row(one, may_change=may_change) for one in page.documents)
    undo = (
        f'<p class="undo" role="status">{escape(own.DOCUMENT_REMOVED)} <button type="button" '
        f'data-undo="{escape(removed)}">{escape(texts.UNDO)}</button></p>'
        if removed
        else ""
    )
    table = (
        f'<table><caption class="sr">{escape(own.DOCUMENTS)}</caption><thead><tr>{heads}'
        f'<th scope="col"><span class="sr">{escape(own.ACTIONS)}</span></th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
        if rows
        else f'<p class="nothing">{escape(texts.NO_SUCH_DOCUMENT)}</p>'
    )
    return (
        f'<div class="listing" data-sort="{wanted.sort}" data-page="{wanted.page}" '
        f'data-falling="{str(wanted.falling).lower()}">'
        f'<input type="search" class="library-search" value="{escape(wanted.search)}" '
        f'placeholder="{escape(own.LIBRARY_SEARCH)}" aria-label="{escape(own.LIBRARY_SEARCH)}">'
        f"{undo}{table}{_pages(page)}</div>"
    )


def _head(name: str, label: str, wanted: Wanted) -> str:
    order = ("descending" if wanted.falling else "ascending") if wanted.sort == name else "none"
    sign = {"ascending": " ▲", "descending": " ▼", "none": ""}[order]
    return (
        f'<th scope="col" aria-sort="{order}"><button type="button" data-sort="{name}">'
        f"{escape(label)}{sign}</button></th>"
    )


def _row(one: DocumentInfo, *, may_change: bool) -> str:
    path, title = escape(one.path), escape(one.title)
    question = escape(own.remove_question(one.path))
    remove = (
        f'<button type="button" data-remove="{path}" data-question="{question}" '
        f'aria-label="{escape(texts.remove(one.title))}">{escape(texts.REMOVE)}</button>'
        if may_change
        else ""
    )
    return (
        f'<tr><td><button type="button" class="read" data-read="{path}">{title}</button>'
        f'<span class="path">{path}</span></td><td>{escape(one.source) or "—"}</td>'
        f"<td>{escape(texts.vietnamese_date(one.published)) or '—'}</td>"
        f'<td class="number">{texts.grouped(one.passages)}</td><td>{escape(kind_of(one.path))}</td>'
        f'<td class="row-actions"><a href="./?document={escape(own.quoted(one.path))}">'
        f"{escape(own.ASK_ABOUT)}</a>{remove}</td></tr>"
    )


def _pages(page: Listing) -> str:
    if page.pages < 2:  # noqa: PLR2004
        return ""
    here = page.wanted.page
    buttons = "".join(
        f'<button type="button" data-page="{there}"{_disabled(there, page)}>'
        f"{escape(label)}</button>"
        for label, there in (
            (own.PREVIOUS_PAGE, here - 1),
            (own.NEXT_PAGE, here + 1),
        )
    )
    return f'<p class="pages">{escape(own.page_of(here + 1, page.pages))} {buttons}</p>'


def _disabled(there: int, page: Listing) -> str:
    return "" if 0 <= there < page.pages else " disabled"


def _left_out(label: str, failures: Iterable[Mapping[str, Any]]) -> str:
    listed = list(failures)
    if not listed:
        return ""
    items = "".join(
        f'<li><span class="path">{escape(str(one.get("path", "")))}</span>'
        f"{escape(str(one.get('reason', '')))}</li>"
        for one in listed[:_MOST_FAILURES]
    )
    return (
        f'<details class="left-out"><summary>{escape(label)} ({texts.grouped(len(listed))})'
        f"</summary><ul>{items}</ul></details>"
    )


def read_panel(document: Document) -> str:
    """Return a whole document to be read."""
    return (
        f'<header class="panel-header"><h2 tabindex="-1">{escape(document.title)}</h2>'
        f'<button type="button" class="close" aria-label="{escape(texts.CLOSE)}">✕</button>'
        f'<p class="byline">{byline(document.source, document.published)}</p>'
        f'<p class="path">{escape(document.path)}</p></header>'
        f'<div class="document">{escape(document.text)}</div>'
    )
