"""The articles that a feed (RSS, Atom) lists."""

from urllib.parse import urljoin

from documents.fetching import Fetched, FetchError

MOST_ARTICLES = 100


def article_urls(feed: Fetched) -> list[str]:
    """Return the addresses of a feed's articles in its order, each once, at most 100.

    Raises
    ------
    FetchError
        It is no feed, or an empty one.
    """
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(feed.content, parser)
    except etree.XMLSyntaxError:
        root = None
    urls: list[str] = []
    for element in root.iter("{*}item", "{*}entry") if root is not None else ():
        for link in element.iterchildren("{*}link"):
            if link.get("rel", "alternate") == "alternate":
                urls.append(urljoin(feed.url, (link.get("href") or link.text or "").strip()))
                break
    urls = list(dict.fromkeys(urls))[:MOST_ARTICLES]
    if not urls:
        raise FetchError("không phải nguồn tin RSS hay Atom có bài: hãy kiểm tra địa chỉ")
    return urls
