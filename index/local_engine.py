"""FAISS and Tantivy, in files of the index folder."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import dense, lexical_writing
from index.engine import writing_searchers
from index.errors import IndexDamagedError
from index.lexical import LexicalSearcher
from index.locking import writing
from index.manifest import Manifest
from index.searching import Searchers
from index.store import Store

_WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """The searchers of one index folder; see `index.engine.Engine`."""

    folder: Path

    def check(self) -> None:
        """Do nothing: what a folder lacks shows in writing."""

    def writer(self, store: Store, *, generation: int) -> lexical_writing.PassageWriter:
        """Return what gives Tantivy passages as they come."""
        return lexical_writing.PassageWriter(self.folder, store, generation=generation)

    def save(self, store: Store, manifest: Manifest) -> Manifest:
        """Bring both indexes to a manifest's generation; return the manifest naming the base."""
        with writing_searchers(self.folder):
            lexical_writing.add_passages(self.folder, store, generation=manifest.generation)
            return dense.save_searcher(self.folder, store, manifest)

    def drop_old(self, store: Store, manifest: Manifest) -> None:
        """Take out what was removed, and delete the bases before the manifest's."""
        with writing_searchers(self.folder):
            lexical_writing.drop_passages(self.folder, store, generation=manifest.generation)
            dense.drop_old(self.folder, manifest)

    def reset(self) -> None:
        """Delete both indexes."""
        lexical_writing.reset(self.folder)
        dense.reset(self.folder)

    def open(self, store: Store, manifest: Manifest) -> Searchers:
        """Return the searchers, made anew from the store where they are lost."""
        lexical = self._open_lexical(store, manifest)
        return Searchers(lexical, dense.load_searcher(self.folder, store, manifest))

    def problems(self, store: Store, manifest: Manifest) -> list[str]:
        """Return what the indexes lack; what came since the base is read from the store anyway."""
        problems: list[str] = []
        expected = store.passage_count(generation=manifest.generation)
        try:
            searcher = LexicalSearcher(self.folder)
            searcher.read_through()
            held = searcher.count()
        except (OSError, ValueError, IndexDamagedError) as error:
            problems.append(f"chỉ mục từ không mở được: {error}")
        else:
            problems += _compare("chỉ mục từ", held, expected)
        return problems + self._dense_problems(store, manifest)

    def _dense_problems(self, store: Store, manifest: Manifest) -> list[str]:
        held = np.sort(dense.ids_in_base(self.folder, manifest))
        visible = store.ids_visible(generation=manifest.base)
        problems = _compare("chỉ mục véc-tơ", len(held), len(visible))
        if not problems and not np.array_equal(held, visible):
            problems = ["chỉ mục véc-tơ giữ những đoạn khác với kho dữ liệu"]
        return problems

    def _open_lexical(self, store: Store, manifest: Manifest) -> LexicalSearcher:
        try:
            return LexicalSearcher(self.folder)
        except (OSError, ValueError):
            with writing(self.folder, wait_seconds=_WAIT_SECONDS):
                lexical_writing.add_passages(self.folder, store, generation=manifest.generation)
        try:
            return LexicalSearcher(self.folder)
        except (OSError, ValueError) as error:
            raise IndexDamagedError(
                f"{self.folder}: không mở được chỉ mục từ ({error});"
                f" hãy dựng lại: python -m index sync THƯ_MỤC --index {self.folder} --rebuild"
            ) from error


def _compare(name: str, held: int, expected: int) -> list[str]:
    return [] if held == expected else [f"{name} giữ {held} đoạn, kho dữ liệu có {expected}"]
