"""Title, source and publication date as a web page declares them.

trafilatura finds dates too, but by guessing where none is declared: on a page without one it took
the day beside the copyright in the footer, and preferred it to a ``<time>`` element (2.3.1, with
``extensive_search`` off). Here a date is taken only from the places made for it.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from documents.dates import complete_dates
from documents.extract import Description
from documents.titles import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_VIETNAM = timezone(timedelta(hours=7))
_DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date.issued",
    "dc.date",
    "date",
)
_TITLE_ENDING = re.compile(r"\s+[|–—-]\s+(?P<site>[^|]{2,40})$")
_SKIPPED_IN_TITLE = re.compile(r"\s+\|\s+[^|]{2,40}$")


def read_metadata(tree: "HtmlElement") -> Description:
    """Return what the page declares; the first declaration of each kind counts.

    Title: JSON-LD headline, ``og:title``, the only ``<h1>`` if ``<title>`` holds it, ``<title>``
    (without the site's name at its end). Source: ``og:site_name``, JSON-LD publisher, the host of
    the canonical address. Date: JSON-LD, ``<meta>``, ``itemprop``, and the article's ``<time>``
    elements when they agree; a moment with a time zone is the day it was in Vietnam.
    """
    names = _meta(tree)
    article = _json_ld(tree)
    source = names.get("og:site_name") or _publisher(article) or _host(tree, names)
    return Description(
        title=_title(tree, names, article, source),
        source=source,
        published=next(_dates(tree, names, article), None),
    )


def _meta(tree: "HtmlElement") -> dict[str, str]:
    names: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if name and content:
            names.setdefault(name.lower(), content)
    return names


def _json_ld(tree: "HtmlElement") -> dict[str, object]:
    """Return the first JSON-LD object of the page that has a headline or a date."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            loaded = json.loads(script.text or "")
        except ValueError:
            continue
        for item in _objects(loaded):
            if "headline" in item or "datePublished" in item:
                return item
    return {}


def _objects(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"))
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item)


def _title(
    tree: "HtmlElement", names: dict[str, str], article: dict[str, object], source: str
) -> str:
    headline = article.get("headline")
    if isinstance(headline, str) and headline.strip():
        return one_line(headline)
    if "og:title" in names:
        return one_line(_without_site(names["og:title"], source))
    title = next((text for text in map(_text, tree.iter("title")) if text), "")
    headings = [text for text in map(_text, tree.iter("h1")) if text]
    # A heading that the title does not hold is the site's name, as often as not.
    if len(headings) == 1 and (not title or headings[0].casefold() in title.casefold()):
        return one_line(headings[0])
    return one_line(_without_site(title, source))


def _without_site(title: str, source: str) -> str:
    match = _TITLE_ENDING.search(title)
    if match is not None and source and match["site"].casefold() == source.casefold():
        return title[: match.start()]
    return _SKIPPED_IN_TITLE.sub("", title)


def _publisher(article: dict[str, object]) -> str:
    publisher = article.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    return " ".join(name.split()) if isinstance(name, str) else ""


def _host(tree: "HtmlElement", names: dict[str, str]) -> str:
    links = [link.get("href") or "" for link in tree.iter("link") if link.get("rel") == "canonical"]
    for address in (*links, names.get("og:url", "")):
        try:
            host = urlsplit(address).hostname
        except ValueError:
            continue
        if host:
            return host.removeprefix("www.")
    return ""


def _dates(
    tree: "HtmlElement", names: dict[str, str], article: dict[str, object]
) -> Iterator[date]:
    declared = [str(article.get("datePublished") or "")]
    declared += [names[name] for name in _DATE_NAMES if name in names]
    declared += [
        element.get("datetime") or _text(element)
        for element in tree.iter("time", "span", "div")
        if (element.get("itemprop") or "").lower() == "datepublished"
    ]
    for value in declared:
        yield from _day(value)
    yield from _only_time(tree)


def _only_time(tree: "HtmlElement") -> Iterator[date]:
    """Yield the day of the ``<time>`` elements of the article when they all name the same one."""
    article = next(tree.iter("article"), tree)
    days = [day for element in article.iter("time") for day in _day(element.get("datetime") or "")]
    if days and len(set(days)) == 1:
        yield days[0]


def _day(value: str) -> Iterator[date]:
    try:
        moment = datetime.fromisoformat(value.strip())
        yield (moment.astimezone(_VIETNAM) if moment.tzinfo is not None else moment).date()
    except (ValueError, OverflowError):
        yield from complete_dates(value)


def _text(element: "HtmlElement") -> str:
    return " ".join(str(element.text_content()).split())
