"""A queue in which nobody waits for the second question of somebody else.

Gradio answers in the order of arrival, so that one user with fifty questions makes all others
wait. Here the first question of each comes before the second of any, and nobody has more than a
few answered at once. Users are told apart by name, and without accounts by the page they opened.
"""

from collections import Counter
from collections.abc import Sequence

import gradio as gr
from gradio.queueing import Event, Queue

PER_USER = 2
"""So many questions of one user are answered at the same time."""
_LOOK_SECONDS = 0.01
"""How often it is looked whether the next can be run: Gradio looks a thousand times a second."""


class FairQueue(Queue):
    """Gradio's queue, in another order; positions that are shown are those of this order."""

    def get_events(self) -> tuple[list[Event], bool, str] | None:
        """Return the next event to be run, or None where there is none or no room."""
        for name, waiting in self.event_queue_per_concurrency_id.items():
            limit = waiting.concurrency_limit
            if not waiting.queue or (limit is not None and waiting.current_concurrency >= limit):
                continue
            running = self._running(name)
            waiting.queue[:] = fair_order(waiting.queue, running)
            if running[_owner(waiting.queue[0])] < PER_USER:
                return [waiting.queue.pop(0)], False, name
        return None

    def broadcast_estimations(self, concurrency_id: str, after: int | None = None) -> None:
        """Tell those who wait how many are before them."""
        waiting = self.event_queue_per_concurrency_id[concurrency_id]
        waiting.queue[:] = fair_order(waiting.queue, self._running(concurrency_id))
        super().broadcast_estimations(concurrency_id)  # one who comes may stand before others

    def _running(self, concurrency_id: str) -> Counter[str]:
        """Return how many events of each user run now."""
        jobs = [event for job in self.active_jobs if job for event in job]
        return Counter(_owner(event) for event in jobs if event.concurrency_id == concurrency_id)


def fair_order(waiting: Sequence[Event], running: Counter[str]) -> list[Event]:
    """Return events so that each user's next comes before any other's one after that.

    Among equals the order stays as it was, which is that of arrival.
    """
    before = Counter(running)
    turns: list[int] = []
    for event in waiting:
        turns.append(before[_owner(event)])
        before[_owner(event)] += 1
    places = sorted(range(len(waiting)), key=lambda place: turns[place])
    return [waiting[place] for place in places]


def make_fair(page: gr.Blocks) -> None:
    """Give a page that has a queue this one, with the same settings."""
    made = page._queue  # noqa: SLF001 - Gradio has no setting for the kind of queue
    queue = FairQueue(
        live_updates=made.live_updates,
        concurrency_count=made.max_thread_count,
        update_intervals=made.update_intervals,
        max_size=made.max_size,
        blocks=page,
        default_concurrency_limit=made.default_concurrency_limit,
    )
    queue.sleep_when_free = _LOOK_SECONDS
    page._queue = queue  # noqa: SLF001


def _owner(event: Event) -> str:
    return f"user {event.username}" if event.username else f"page {event.session_hash}"
