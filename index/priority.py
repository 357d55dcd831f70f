"""Questions go before syncs."""

import os

_LOWER = 10


def give_way() -> None:
    """Let others have the processors first, for as long as this process lives (POSIX).

    Its processes do the same.
    """
    if hasattr(os, "nice"):
        os.nice(_LOWER)
