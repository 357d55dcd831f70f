"""What each user prefers."""

from pathlib import Path

import pytest

from web.preferences import DEFAULTS, Preferences, PreferenceStore, preferences_of
from web.settings_rendering import settings_dialog
from web.texts import VIETNAMESE


def test_each_user_has_choices_of_their_own_after_a_restart(tmp_path: Path) -> None:
    chosen = Preferences("dark", 5, 0.85, "none", "extractive")
    store = PreferenceStore(tmp_path / "p.sqlite3")
    store.keep("lan", DEFAULTS)
    store.keep("lan", chosen)
    again = PreferenceStore(tmp_path / "p.sqlite3")
    assert (again.of("lan"), again.of("minh")) == (chosen, DEFAULTS)


@pytest.mark.parametrize(
    ("value", "preferences"),
    [
        ({}, DEFAULTS),
        ("x", DEFAULTS),
        ({"theme": "<b>", "reader": 7, "reranker": None, "sources": True}, DEFAULTS),
        ({"sources": "99"}, Preferences(sources=20)),
        ({"sources": 1}, Preferences(sources=3)),
        ({"least_confidence": "0.7"}, Preferences(least_confidence=0.7)),
        ({"least_confidence": "nan"}, DEFAULTS),
        ({"least_confidence": "7"}, DEFAULTS),
    ],
)
def test_only_what_is_well_formed_is_chosen(value: object, preferences: Preferences) -> None:
    assert preferences_of(value) == preferences


def test_the_dialog_shows_what_is_chosen() -> None:
    html = settings_dialog(VIETNAMESE, Preferences("dark", 7, 0.85, "none", "extractive"))
    for chosen in ('"dark" selected', 'value="7"', '"0.85" selected', '"none" selected'):
        assert chosen in html
