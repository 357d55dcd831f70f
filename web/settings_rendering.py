"""The settings of one user, as HTML; each says in one line what it does."""

from collections.abc import Mapping
from html import escape

from web.preferences import FEWEST, MOST, Preferences
from web.texts import Texts


def settings_dialog(texts: Texts, preferences: Preferences) -> str:
    """Return the dialog; its script opens it, and sends what is chosen when it is closed."""
    own, least = texts.settings, preferences.least_confidence
    return (
        f'<dialog class="settings" aria-label="{escape(own.SETTINGS)}">'
        f'<form method="dialog"><h2>{escape(own.SETTINGS)}</h2>'
        + _choice("language", own.LANGUAGE, own.LANGUAGES, preferences.language)
        + _choice("theme", own.THEME, own.THEMES, preferences.theme)
        + _number("sources", own.SOURCES, preferences.sources)
        + _choice(
            "least_confidence",
            own.LEAST,
            own.LEASTS,
            "" if least is None else f"{least:g}",
        )
        + _choice("reranker", own.RERANKER, own.RERANKERS, preferences.reranker)
        + _choice("reader", own.READER, own.READERS, preferences.reader)
        + f'<p class="dialog-actions"><button class="save">{escape(own.SAVE)}</button>'
        f'<button class="cancel" value="cancel" formnovalidate>{escape(texts.CLOSE)}</button></p>'
        "</form></dialog>"
    )


def _choice(name: str, label: tuple[str, str], values: Mapping[str, str], chosen: str) -> str:
    options = "".join(
        _option(value, shown, chosen=value == chosen, is_language=name == "language")
        for value, shown in values.items()
    )
    return _field(name, label, f'<select id="set-{name}" name="{name}">{options}</select>')


def _option(value: str, shown: str, *, chosen: bool, is_language: bool) -> str:
    spoken = f' lang="{value}"' if is_language else ""  # the name of a language is in itself
    selected = " selected" if chosen else ""
    return f'<option value="{escape(value)}"{spoken}{selected}>{escape(shown)}</option>'


def _number(name: str, label: tuple[str, str], value: int) -> str:
    field = (
        f'<input type="number" id="set-{name}" name="{name}" value="{value}" '
        f'min="{FEWEST}" max="{MOST}" required>'
    )
    return _field(name, label, field)


def _field(name: str, label: tuple[str, str], field: str) -> str:
    return (
        f'<div class="setting"><label for="set-{name}">{escape(label[0])}</label>{field}'
        f"<p>{escape(label[1])}</p></div>"
    )
