"""How many questions one user may ask in a minute."""

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_WINDOW_SECONDS = 60
_MOST_USERS = 10_000


class QuestionLimit:
    """Remembers when each user asked; safe to use from several threads."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, user: str) -> int:
        """Count a question; return 0, or the whole seconds to wait when there were too many."""
        with self._lock:
            now = self._clock()
            times = self._asked.setdefault(user, deque())
            self._asked.move_to_end(user)
            while len(self._asked) > _MOST_USERS:
                self._asked.popitem(last=False)
            while times and times[0] <= now - _WINDOW_SECONDS:
                times.popleft()
            if len(times) >= self._per_minute:
                return math.ceil(times[0] + _WINDOW_SECONDS - now)
            times.append(now)
            return 0
