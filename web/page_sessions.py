"""What Gradio remembers of each open page, copied from one first state.

Gradio describes every component of the page anew for each session, and a question over the HTTP
interface is a session of its own: a fifth of its time on one processor went there.
"""

from copy import copy

from gradio.routes import App
from gradio.state_holder import SessionState, StateHolder


class PageSessions(StateHolder):
    """Gradio's sessions; each begins as a copy of what the first one was when it began."""

    _first: SessionState | None = None

    def __getitem__(self, session_id: str) -> SessionState:
        """Return the session of an id, made now if there is none."""
        if session_id not in self.session_data:
            self._first = self._first or SessionState(self.blocks)
            self.session_data[session_id] = _copied(self._first)
        return super().__getitem__(session_id)


def copy_sessions(app: App) -> None:
    """Give a Gradio application that has its page these sessions."""
    sessions = PageSessions()  # type: ignore[no-untyped-call]
    sessions.set_blocks(app.get_blocks())
    app.state_holder = sessions


def _copied(first: SessionState) -> SessionState:
    """Return a session in which whatever Gradio changes is its own."""
    session = copy(first)
    session.blocks_config = copy(first.blocks_config)
    session.config_values = {
        key: {**config, "props": dict(config["props"])} if "props" in config else dict(config)
        for key, config in first.config_values.items()
    }
    session.state_data, session._state_ttl = {}, {}  # noqa: SLF001 - Gradio copies no session
    return session
