"""Failed logins: each further one must wait longer."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST_KEYS = 10_000
"""So many names and addresses are remembered; the longest unseen is forgotten."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """So many failures are free; then the wait doubles from a second up to ``most_seconds``."""

    free: int
    most_seconds: float


_PAIR = _Rule(free=3, most_seconds=900)
_ADDRESS = _Rule(free=20, most_seconds=900)
# A name is slowed only a little: else anyone could lock its owner out.
_NAME = _Rule(free=20, most_seconds=30)


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last: float


class LoginThrottle:
    """Remembers failures by name and address, by address, and by name."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[tuple[str, ...], _Failures] = OrderedDict()

    def begin(self, name: str, address: str) -> float:
        """Return the seconds until this name may be tried from this address; 0 begins a try.

        A try counts as failed until it has succeeded, so that many at once gain nothing.
        """
        now = self._clock()
        waits = [self._wait(key, rule, now) for key, rule in _keys(name, address)]
        if max(waits) > 0:
            return max(waits)
        for key, _ in _keys(name, address):
            before = self._failures.pop(key, _Failures(0, now))
            self._failures[key] = _Failures(before.count + 1, now)
        while len(self._failures) > MOST_KEYS:
            self._failures.popitem(last=False)
        return 0.0

    def succeeded(self, name: str, address: str) -> None:
        """Take the try back, and forget all failures of this name from this address."""
        self._failures.pop(("pair", name, address), None)
        for key, _ in _keys(name, address):
            before = self._failures.get(key)
            if before is not None:
                self._failures[key] = _Failures(max(0, before.count - 1), before.last)

    def _wait(self, key: tuple[str, ...], rule: _Rule, now: float) -> float:
        failures = self._failures.get(key)
        if failures is None or failures.count < rule.free:
            return 0.0
        # The exponent is bounded: a float has no 2**5000.
        delay = min(2.0 ** min(failures.count - rule.free, 20), rule.most_seconds)
        return max(0.0, failures.last + delay - now)


def _keys(name: str, address: str) -> list[tuple[tuple[str, ...], _Rule]]:
    return [
        (("pair", name, address), _PAIR),
        (("address", address), _ADDRESS),
        (("name", name), _NAME),
    ]
