"""The engine that keeps the searchers: FAISS and Tantivy in the index folder, or Milvus."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import shorten
from typing import Protocol

from documents.errors import DanChungError
from index.manifest import MILVUS, Manifest
from index.searching import Searchers
from index.store import Store
from index.terms import PassageTerms

_LONGEST_REASON = 200


class TermsWriter(Protocol):
    """Takes the terms of passages while a sync prepares others."""

    def catch_up(self) -> None:
        """Take what the store holds and an interrupted sync left untaken."""
        ...

    def add(self, passage_id: int, terms: PassageTerms) -> None:
        """Take the next passage, whose id is above all before."""
        ...

    def commit(self) -> None:
        """Keep what was taken."""
        ...


class Engine(Protocol):
    """Searchers made from a store, and made again from it when they are lost.

    Readers of the published generation are not disturbed before `drop_old`.
    """

    def check(self) -> None:
        """Raise `DanChungError` when it cannot be used now."""
        ...

    def writer(self, store: Store, *, generation: int) -> TermsWriter:
        """Return what takes terms as they come."""
        ...

    def save(self, store: Store, manifest: Manifest) -> Manifest:
        """Hold a manifest's generation; return the manifest to be published."""
        ...

    def drop_old(self, store: Store, manifest: Manifest) -> None:
        """Let go of what no reader of a published manifest's generation needs."""
        ...

    def reset(self) -> None:
        """Delete everything; the next `save` makes it again."""
        ...

    def open(self, store: Store, manifest: Manifest) -> Searchers:
        """Return the searchers of a manifest's generation."""
        ...

    def problems(self, store: Store, manifest: Manifest) -> list[str]:
        """Return what it lacks of what the store says, one line each."""
        ...


def engine_of(folder: Path, manifest: Manifest) -> Engine:
    """Return the engine that a manifest names."""
    if manifest.engine == MILVUS:
        from index.milvus_engine import MilvusEngine

        return MilvusEngine(folder, manifest.uri, manifest.store_id, manifest.dimension)
    from index.local_engine import LocalEngine

    return LocalEngine(folder)


@contextmanager
def writing_searchers(folder: Path) -> Iterator[None]:
    """Tell what a library says of a full disk or a missing permission in one line."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise DanChungError(
            f"{folder}: không ghi được chỉ mục ({_reason(error)}); bản đã công bố"
            " vẫn trả lời được; hãy kiểm tra dung lượng và quyền của thư mục rồi chạy lại"
        ) from error


def _reason(error: Exception) -> str:
    """Return what the system said, out of what a library says around it."""
    told = re.search(r'message: "([^"]+)"', str(error))
    return told[1] if told else shorten(str(error), _LONGEST_REASON, placeholder=" …")
