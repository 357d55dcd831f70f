"""When a watched folder is to be looked at: after changes, after a while, after a failure."""

QUIET_SECONDS = 0.6
"""A folder is looked at once nothing has changed for so long: files are whole by then."""
MOST_WAIT_SECONDS = 20.0
"""It is looked at after so long although it goes on changing."""
RESCAN_SECONDS = 300.0
"""It is looked at again after so long although no change was told."""
FIRST_PAUSE_SECONDS, MOST_PAUSE_SECONDS = 1.0, 60.0
"""After a failure; each further one doubles the pause."""


class Schedule:
    """The time of the next look; times are seconds of one clock. Due at once in the beginning."""

    def __init__(self, now: float) -> None:
        self._due = now
        self._first: float | None = None
        self._pause = 0.0

    def note_change(self, now: float) -> None:
        """Look when it is quiet; a pause after a failure is not cut short."""
        if self._first is None:
            self._first = now
        if not self._pause:
            self._due = min(now + QUIET_SECONDS, self._first + MOST_WAIT_SECONDS)

    def note_success(self, now: float) -> None:
        """Look again after a long while."""
        self._first, self._pause = None, 0.0
        self._due = now + RESCAN_SECONDS

    def note_failure(self, now: float) -> float:
        """Look again after a pause; return its seconds."""
        self._first = None
        self._pause = min(2 * self._pause or FIRST_PAUSE_SECONDS, MOST_PAUSE_SECONDS)
        self._due = now + self._pause
        return self._pause

    def is_due(self, now: float) -> bool:
        """Return whether it is time to look."""
        return now >= self._due
