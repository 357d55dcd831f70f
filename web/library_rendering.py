"""The library, as HTML. Everything shown is escaped."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from documents.document import Document
from index.records import DocumentInfo
from web.filters import kind_of
from web.html_parts import byline, in_vietnamese, notice, page_turner
from web.library import Listing, Overview, Wanted
from web.syncing_now import SyncState
from web.texts import Texts

_MOST_FAILURES = 50


def overview(texts: Texts, library: Overview) -> str:
    """Return where the library is, how large, and how its last sync went."""
    own = texts.library
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
        + _left_out(texts, own.FAILED_DOCUMENTS, left_out.get("failed", ()))
        + _left_out(texts, own.SKIPPED_DOCUMENTS, left_out.get("skipped", ()))
    )


def sync_status(texts: Texts, state: SyncState) -> str:
    """Return how a sync stands: its bar, what it did, or why it failed."""
    own = texts.library
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


def documents_table(texts: Texts, page: Listing, *, may_change: bool, removed: str = "") -> str:
    """Return the documents of a page; ``removed`` is the name by which the last can be put back."""
    own = texts.library
    wanted = page.wanted
    heads = "".join(_head(name, label, wanted) for name, label in own.COLUMNS.items())
    rows = "".join(_row(texts, one, may_change=may_change) for one in page.documents)
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
        f"{undo}{table}{page_turner(texts, page.wanted.page, page.pages)}</div>"
    )


def _head(name: str, label: str, wanted: Wanted) -> str:
    order = ("descending" if wanted.falling else "ascending") if wanted.sort == name else "none"
    sign = {"ascending": " ▲", "descending": " ▼", "none": ""}[order]
    return (
        f'<th scope="col" aria-sort="{order}"><button type="button" data-sort="{name}">'
        f"{escape(label)}{sign}</button></th>"
    )


def _row(texts: Texts, one: DocumentInfo, *, may_change: bool) -> str:
    own = texts.library
    path, title = escape(one.path), escape(one.title)
    question = escape(own.remove_question(one.path))
    remove = (
        f'<button type="button" data-remove="{path}" data-question="{question}" '
        f'aria-label="{escape(texts.remove(one.title))}">{escape(texts.REMOVE)}</button>'
        if may_change
        else ""
    )
    return (
        f'<tr><td><button type="button" class="read" lang="vi" data-read="{path}">{title}</button>'
        f'<span class="path" lang="vi">{path}</span></td>'
        f'<td lang="vi">{escape(one.source) or "—"}</td>'
        f'<td class="day">{escape(texts.day(one.published)) or "—"}</td>'
        f'<td class="number">{texts.grouped(one.passages)}</td><td>{escape(kind_of(one.path))}</td>'
        f'<td class="row-actions"><a href="{texts.CHAT}?document={quote(one.path, safe="")}">'
        f"{escape(own.ASK_ABOUT)}</a>{remove}</td></tr>"
    )


def _left_out(texts: Texts, label: str, failures: Iterable[Mapping[str, Any]]) -> str:
    listed = list(failures)
    if not listed:
        return ""
    items = "".join(
        f'<li><span class="path" lang="vi">{escape(str(one.get("path", "")))}</span>'
        f"{in_vietnamese(str(one.get('reason', '')))}</li>"
        for one in listed[:_MOST_FAILURES]
    )
    return (
        f'<details class="left-out"><summary>{escape(label)} ({texts.grouped(len(listed))})'
        f"</summary><ul>{items}</ul></details>"
    )


def read_panel(texts: Texts, document: Document) -> str:
    """Return a whole document to be read."""
    return (
        f'<header class="panel-header"><h2 tabindex="-1" lang="vi">{escape(document.title)}</h2>'
        f'<button type="button" class="close" aria-label="{escape(texts.CLOSE)}">✕</button>'
        f'<p class="byline">{byline(texts, document.source, document.published)}</p>'
        f'<p class="path" lang="vi">{escape(document.path)}</p></header>'
        f'<div class="document" lang="vi">{escape(document.text)}</div>'
    )
