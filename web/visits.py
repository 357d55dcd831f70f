"""What the page keeps of its visitors, and who they are."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.feedback import FEEDBACK_NAME, FeedbackStore
from web.accounts import LOCAL_USER, Role
from web.history import History
from web.identity import current_user
from web.preferences import PreferenceStore

if TYPE_CHECKING:
    import gradio as gr

HISTORY_NAME = "history.sqlite3"
NOBODY = "ẩn danh"
"""Whose an opinion is that was given in a conversation that is not kept."""
PREFERENCES_NAME = "preferences.sqlite3"


@dataclass(frozen=True, slots=True)
class Kept:
    """The files that outlive a visit: conversations, opinions and preferences."""

    history: History
    feedback: FeedbackStore
    preferences: PreferenceStore


def open_kept(folder: Path) -> Kept:
    """Return what is kept in a folder, making it when there is none.

    Raises
    ------
    DanChungError
        A file in it cannot be opened.
    """
    return Kept(
        History(folder / HISTORY_NAME),
        FeedbackStore(folder / FEEDBACK_NAME),
        PreferenceStore(folder / PREFERENCES_NAME),
    )


def user_of(request: object) -> str:
    """Return the name of whoever sent a request of Gradio's."""
    return str(getattr(request, "username", None) or LOCAL_USER)


def may_edit(request: "gr.Request") -> bool:
    """Return whether whoever sent a request may change the library."""
    return current_user(request).role is Role.EDITOR
