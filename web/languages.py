"""The languages of the page: their texts, and the addresses of their views."""

from collections.abc import Mapping

from web.english_texts import ENGLISH
from web.texts import VIETNAMESE, Texts

LANGUAGES: Mapping[str, Texts] = {VIETNAMESE.LANGUAGE: VIETNAMESE, ENGLISH.LANGUAGE: ENGLISH}
"""Code → texts; the first is that of who has chosen none."""
COOKIE = "dan_chung_language"
"""Names the language that a browser saw last, for the pages before a login; a script sets it."""


def texts_of(code: str) -> Texts:
    """Return the texts of a language, the Vietnamese ones for an unknown code."""
    return LANGUAGES.get(code, VIETNAMESE)


def way_to(code: str, path: str, query: bytes) -> str:
    """Return the address of the same view in a language; empty where that is the path itself."""
    there = view_paths(texts_of(code))
    for texts in LANGUAGES.values():
        here = view_paths(texts)
        if path in here:
            found = there[here.index(path)]
            return "" if found == path else f"{found}?{query.decode('latin-1')}".rstrip("?")
    return ""


def view_paths(texts: Texts) -> list[str]:
    """Return the paths of a language's views, in the order that all languages share."""
    return [f"/{address.removeprefix('./')}" for address in texts.VIEWS]
