"""A rebuild that is killed while it puts the new index in the place of the old one.

Run as a program: ``killed_rebuild.py INDEX STEP``. ``exchanged``: right after the two were
exchanged; ``moved``: where they cannot be, between the old one's move and the new one's.
"""

import os
import signal
import sys
from pathlib import Path
from unittest import mock

from fakes import HashEmbedder

from documents.document import Document
from documents.source import MemorySource
from index import swapping
from index.rebuilding import rebuild

LAW = Document("luat.txt", "Bộ luật Hình sự quy định về tội phạm và hình phạt.", "Bộ luật")

_exchange, _rename = swapping.exchange, Path.rename


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _exchange_and_die(one: Path, other: Path) -> bool:
    if _exchange(one, other):
        _die()
    return False


def _exchange_nothing(*_: Path) -> bool:
    return False


def _die_before_new(path: Path, target: Path) -> Path:
    if path.name == swapping.NEW:
        _die()
    return _rename(path, target)


def main(index: str, step: str) -> None:
    """Rebuild an index of `LAW` alone until the step."""
    exchange = _exchange_and_die if step == "exchanged" else _exchange_nothing
    with (
        mock.patch.object(swapping, "exchange", exchange),
        mock.patch.object(Path, "rename", _die_before_new),
    ):
        rebuild(MemorySource([LAW]), Path(index), embedder=HashEmbedder())


if __name__ == "__main__":
    main(*sys.argv[1:])
