"""Milvus as the engine: one collection for a store, made from it and made again when it is lost.

A row says which generations see its passage, as the store's do, so that what a sync brings in
disturbs nobody before it is published. The counts of terms are kept beside the store
(`index.milvus_statistics`), with how far the collection is; every step may be done twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from documents.errors import DanChungError
from index import milvus_statistics
from index.errors import IndexDamagedError
from index.lexical_schema import folding
from index.manifest import Manifest
from index.milvus_collection import MilvusCollection
from index.milvus_rows import Row, RowReader
from index.milvus_searching import (
    NEVER,
    MilvusDense,
    MilvusLexical,
    condition,
    day_number,
    kind_of,
    name_of,
)
from index.milvus_statistics import Progress, TermStatistics, averages_of
from index.milvus_terms import (
    CountedTerms,
    count_terms,
    dimensions_of,
    held_terms,
    sparse_vector,
)
from index.records import source_key
from index.searching import Searchers
from index.store import Store
from index.stored_terms import terms_of_stored
from index.terms import PassageTerms

ROWS_AT_ONCE = 500
_AVERAGED = 5_000
"""Passages whose lengths tell those of all: passages are split to one size."""


@dataclass(frozen=True)
class MilvusEngine:
    """The searchers of one index folder; see `index.engine.Engine`."""

    folder: Path
    uri: str
    store_id: str
    dimension: int

    @property
    def name(self) -> str:
        """The collection's name: another store's is another."""
        return f"danchung_{self.store_id}"

    @cached_property
    def collection(self) -> MilvusCollection:
        """The collection on its server, connected to when it is first asked for."""
        return MilvusCollection(self.uri, self.name, self.dimension)

    def check(self) -> None:
        """Ask the server something."""
        self.collection.exists()

    def writer(self, store: Store, *, generation: int) -> "NothingTaken":
        """Return what takes nothing: `save` reads all from the store."""
        self.check()  # A server that is down is told before the work, not after it.
        return NothingTaken()

    def save(self, store: Store, manifest: Manifest) -> Manifest:
        """Bring the collection to a manifest's generation, anew when it is not what it should be.

        Raises
        ------
        DanChungError
            The server cannot be reached, or does not keep what it is given.
        """
        expected = store.passage_count(generation=manifest.generation)
        for _ in range(2):
            _Bringing(self, manifest.generation).run()
            held = self.collection.count(condition(manifest.generation))
            if held == expected:
                return manifest.with_base(manifest.generation)
            self.reset()
        raise DanChungError(
            f"{self.uri}: bộ sưu tập {self.name} giữ {held} đoạn sau khi làm lại, kho dữ liệu có"
            f" {expected}; hãy xem nhật ký của Milvus rồi chạy lại"
        )

    def drop_old(self, store: Store, manifest: Manifest) -> None:
        """Count no more what a manifest's generation removed; delete what went before it."""
        _Bringing(self, manifest.generation).settle()
        self.collection.delete_where(f"removed < {manifest.generation}")

    def reset(self) -> None:
        """Drop the collection and forget its counts."""
        progress = milvus_statistics.read_progress(self.folder)
        if progress is None or progress.uri == self.uri:
            milvus_statistics.reset(self.folder)
        self.collection.drop()

    def open(self, store: Store, manifest: Manifest) -> Searchers:
        """Return the searchers of a manifest's generation."""
        progress = milvus_statistics.read_progress(self.folder)
        if progress is None or progress.collection != self.name:
            raise IndexDamagedError(
                f"{self.folder}: không còn số đếm từ của bộ sưu tập {self.name}; hãy làm lại:"
                f" python -m index verify --repair --index {self.folder}"
            )
        self.collection.open()
        statistics = TermStatistics(self.folder)
        return Searchers(
            MilvusLexical(self.collection, statistics, manifest.generation),
            MilvusDense(self.collection, store, manifest.generation),
        )

    def problems(self, store: Store, manifest: Manifest) -> list[str]:
        """Return what the collection lacks of what the store says."""
        try:
            self.open(store, manifest)
            held = self.collection.count(condition(manifest.generation))
        except DanChungError as error:
            return [str(error)]
        expected = store.passage_count(generation=manifest.generation)
        if held == expected:
            return []
        return [f"{self.uri}: bộ sưu tập {self.name} giữ {held} đoạn, kho dữ liệu có {expected}"]


class NothingTaken:
    """A writer of terms that keeps none."""

    def catch_up(self) -> None:
        """Do nothing."""

    def add(self, passage_id: int, terms: PassageTerms) -> None:
        """Do nothing."""

    def commit(self) -> None:
        """Do nothing."""


class _Bringing:
    """One pass that brings a collection to a generation."""

    def __init__(self, engine: MilvusEngine, generation: int) -> None:
        self._folder = engine.folder
        self._collection = engine.collection
        self._uri = engine.uri
        self._generation = generation
        self._folding = folding()
        self._reader = RowReader(engine.folder)

    def run(self) -> None:
        try:
            progress = self._progress()
            for rows in self._reader.added(
                after=progress.newest, generation=self._generation, most=ROWS_AT_ONCE
            ):
                progress = self._bring_in(rows, progress)
            self._bring_moved(progress)
            self._take_out(progress)
        finally:
            self._reader.close()

    def settle(self) -> None:
        """Keep that the generation is published: what it removed is counted no more."""
        progress = milvus_statistics.read_progress(self._folder)
        try:
            if progress is not None and progress.generation < self._generation:
                removed = self._removed(progress)
                rows = self._reader.rows(removed, generation=progress.generation)
                left = progress.passages - len(rows)
                progress = replace(progress, generation=self._generation, passages=left)
                counted = (dimensions_of(self._counted(row)) for row in rows)
                milvus_statistics.keep(self._folder, progress, counted, -1)
        finally:
            self._reader.close()

    def _progress(self) -> Progress:
        """Return how far the collection is; one that is not whole is begun anew."""
        progress = milvus_statistics.read_progress(self._folder)
        if (
            progress is not None
            and progress.averages  # None of a collection that was begun empty.
            and (progress.collection, progress.uri) == (self._collection.name, self._uri)
            and self._collection.exists()
        ):
            self._collection.open()
            return progress
        self._collection.drop()
        self._collection.create()
        progress = Progress(
            collection=self._collection.name,
            uri=self._uri,
            newest=0,
            generation=self._generation - 1,
            passages=0,
            averages=self._averages(),
        )
        milvus_statistics.begin(self._folder, progress)
        return progress

    def _averages(self) -> tuple[float, ...]:
        """Return the average lengths of the fields of the first passages."""
        first = next(self._reader.added(after=0, generation=self._generation, most=_AVERAGED), ())
        return averages_of([self._counted(row).lengths for row in first])

    def _bring_in(self, rows: Sequence[Row], progress: Progress) -> Progress:
        counted = self._upsert(rows, progress)
        progress = replace(
            progress,
            newest=rows[-1].stored.passage_id,
            passages=progress.passages + len(rows),
        )
        milvus_statistics.keep(self._folder, progress, map(dimensions_of, counted), 1)
        return progress

    def _bring_moved(self, progress: Progress) -> None:
        """Write anew what kept its text and has another path, source or date.

        Deleted first: a row is found in the partition of its own source.
        """
        moved = self._reader.moved(after=progress.generation, generation=self._generation)
        for ids in _parts(moved):
            self._collection.delete(ids)
            self._upsert(self._reader.rows(ids, generation=self._generation), progress)

    def _take_out(self, progress: Progress) -> None:
        """Mark what was removed, and delete what no reader sees."""
        for ids in _parts(self._removed(progress)):
            rows = self._reader.rows(ids, generation=self._generation - 1)
            self._upsert(rows, progress)
            unseen = np.setdiff1d(ids, [row.stored.passage_id for row in rows])
            if len(unseen):
                self._collection.delete(unseen)

    def _removed(self, progress: Progress) -> NDArray[np.int64]:
        return self._reader.ids_removed(after=progress.generation, until=self._generation)

    def _upsert(self, rows: Sequence[Row], progress: Progress) -> list[CountedTerms]:
        counted = [self._counted(row) for row in rows]
        if rows:
            averages = progress.averages
            self._collection.upsert(
                [_as_milvus(row, one, averages) for row, one in zip(rows, counted, strict=True)]
            )
        return counted

    def _counted(self, row: Row) -> CountedTerms:
        return count_terms(terms_of_stored(row.stored), self._folding)


def _as_milvus(row: Row, counted: CountedTerms, averages: Sequence[float]) -> dict[str, object]:
    return {
        "passage_id": row.stored.passage_id,
        "source": name_of(source_key(row.stored.source)),
        "document": name_of(row.stored.passage.document),
        "kind": name_of(kind_of(row.stored.passage.document)),
        "published": day_number(row.stored.published),
        "added": row.added,
        "removed": NEVER if row.removed is None else row.removed,
        "held": held_terms(counted),
        "words": sparse_vector(counted, averages),
        "vector": row.vector,
    }


def _parts(ids: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    return [ids[start : start + ROWS_AT_ONCE] for start in range(0, len(ids), ROWS_AT_ONCE)]
