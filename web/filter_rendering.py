"""What limits a search, as HTML: chosen limits that can be taken off, and where to choose more.

Everything shown is escaped.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

from index.records import DocumentInfo
from web.filters import Bar, Filters, kinds_of, sources_of, timeline, titles_of
from web.texts import Texts

MOST_FOUND = 8


def filter_bar(
    texts: Texts, filters: Filters, documents: Sequence[DocumentInfo], *, arrived: bool = True
) -> str:
    """Return the chosen limits and the form to choose them in.

    Until the page has ``arrived`` its script keeps in mind what is chosen.
    """
    titles = titles_of(filters.documents, documents)
    return (
        f'<div class="filters" data-chosen="{escape(json.dumps(filters.as_json()))}" '
        f'data-arrived="{"true" if arrived else ""}">'
        f'<div class="chips">{_chips(texts, filters, titles)}</div>'
        f"<details><summary>{escape(texts.FILTER)}</summary>"
        f'<form class="filter-form" aria-label="{escape(texts.FILTER)}">'
        + _select(texts, "source", texts.SOURCE, sources_of(documents), filters.source)
        + _select(texts, "kind", texts.KIND, kinds_of(documents), filters.kind)
        + _day("since", texts.SINCE, filters.since)
        + _day("until", texts.UNTIL, filters.until)
        + _document_search(texts)
        + _timeline(texts, timeline(documents), filters)
        + "</form></details></div>"
    )


def documents_found(texts: Texts, documents: Iterable[DocumentInfo]) -> str:
    """Return the documents to choose from, for what was typed."""
    items = "".join(
        f'<li><button type="button" data-add="{escape(one.path)}">{escape(one.title)} '
        f'<span class="byline">{escape(one.path)}</span></button></li>'
        for one in documents
    )
    return f"<ul>{items}</ul>" if items else f"<p>{escape(texts.NO_SUCH_DOCUMENT)}</p>"


def _chips(texts: Texts, filters: Filters, titles: Mapping[str, str]) -> str:
    chosen = [
        ("since", texts.since(filters.since)) if filters.since else None,
        ("until", texts.until(filters.until)) if filters.until else None,
        ("source", f"{texts.SOURCE}: {filters.source}") if filters.source else None,
        ("kind", f"{texts.KIND}: {filters.kind}") if filters.kind else None,
    ]
    chips = [_chip(texts, f'data-drop="{one[0]}"', one[1]) for one in chosen if one]
    chips += [
        _chip(texts, f'data-drop-document="{escape(path)}"', title)
        for path, title in titles.items()
    ]
    return "".join(chips)


def _chip(texts: Texts, attribute: str, label: str) -> str:
    return (
        f'<button type="button" class="chip" {attribute} '
        f'aria-label="{escape(texts.drop_filter(label))}"><span>{escape(label)}</span> ✕</button>'
    )


def _select(texts: Texts, name: str, label: str, values: Sequence[str], chosen: str) -> str:
    if not values:
        return ""
    options = "".join(
        f'<option value="{escape(value)}"{_selected(value, chosen)}>{escape(value)}</option>'
        for value in values
    )
    return (
        f'<label>{escape(label)}<select name="{name}">'
        f'<option value="">{escape(texts.ALL)}</option>{options}</select></label>'
    )


def _selected(value: str, chosen: str) -> str:
    return " selected" if value == chosen else ""


def _day(name: str, label: str, day: date | None) -> str:
    value = day.isoformat() if day else ""
    return f'<label>{escape(label)}<input type="date" name="{name}" value="{value}"></label>'


def _document_search(texts: Texts) -> str:
    return (
        f'<label class="wide">{escape(texts.ONLY_DOCUMENTS)}'
        f'<input type="search" name="find" autocomplete="off" '
        f'placeholder="{escape(texts.FIND_DOCUMENT)}"></label>'
        '<div class="found" aria-live="polite"></div>'
    )


def _timeline(texts: Texts, bars: Sequence[Bar], filters: Filters) -> str:
    if len(bars) < 2:  # noqa: PLR2004 - one period tells nothing
        return ""
    most = max(bar.count for bar in bars)
    drawn = "".join(_bar(texts, bar, most, filters) for bar in bars)
    ends = f"<span>{bars[0].since:%m/%Y}</span><span>{bars[-1].until:%m/%Y}</span>"
    return (
        f'<div class="timeline wide" role="group" aria-label="{escape(texts.TIMELINE)}">'
        f'<div class="bars">{drawn}</div><p class="byline">{ends}</p></div>'
    )


def _bar(texts: Texts, bar: Bar, most: int, filters: Filters) -> str:
    label = escape(texts.bar(bar.since, bar.until, bar.count))
    height = round(100 * bar.count / most)
    within = (filters.since is None or bar.until >= filters.since) and (
        filters.until is None or bar.since <= filters.until
    )
    pressed = "true" if filters and within else "false"
    return (
        f'<button type="button" data-since="{bar.since}" data-until="{bar.until}" '
        f'title="{label}" aria-label="{label}" aria-pressed="{pressed}"'
        f'{"" if bar.count else " disabled"}><span style="height:{height}%"></span></button>'
    )
