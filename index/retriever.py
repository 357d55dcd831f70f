"""From a query to ranked passages, over an unchanging snapshot of the index."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from documents.document import Document
from documents.normalising import has_accents, normalise
from index.abbreviation_questions import expand_question
from index.abbreviations import meanings_in
from index.candidates import Snapshot, find_candidates, words_of_search
from index.embedding import Embedder, load_embedder
from index.engine import Engine, engine_of
from index.errors import IndexDamagedError, IndexMissingError
from index.fusion import Fused
from index.hit import Hit
from index.learned_abbreviations import LearnedAbbreviations
from index.manifest import Manifest, check_makers, read_manifest
from index.query import Query
from index.question_times import times_of
from index.records import DocumentInfo, StoredPassage
from index.required import required_parts, without_accents
from index.store import Store
from index.times import Time
from index.typed_text import understand_typing
from index.typing_table import load_typing_table

CANDIDATES = 100
"""How deep each searcher looks before the rankings are fused."""
_MOST_TRIES = 5
"""So often a question is looked for again when its snapshot is taken away meanwhile."""


class Retriever:
    """Searches one index folder; safe to use from several threads.

    A newly published generation is taken up at the next `refresh`.
    """

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        """Open an index.

        Raises
        ------
        IndexMissingError, IndexDamagedError
            There is no usable index in the folder.
        IndexMismatchError
            The index was made by another model or other rules.
        """
        self._folder = folder
        self._embedder = embedder
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._typing_table = cache(load_typing_table)
        manifest = read_manifest(folder)
        check_makers(
            folder, manifest, Manifest(embedder.name, embedder.revision, embedder.dimension)
        )
        self._snapshot = self._open(manifest, Store(folder))

    def refresh(self) -> None:
        """Take up the published generation if it is not the one held.

        Returns at once while another thread does.
        """
        if not self._lock.acquire(blocking=False):
            return
        try:
            self._take_up(read_manifest(self._folder))
        except IndexMissingError:
            return  # for a moment, while a rebuilt index takes its place
        finally:
            self._lock.release()

    def understand(self, query: Query) -> Query:
        """Return the query for what was meant: lost accents restored, short forms in full.

        The text of a question typed with its accents and without short forms stays as it is, byte
        for byte. Its times and required parts are told beside it.
        """
        understood = understand_typing(query.text, self._typing_table(), self._snapshot.lexical)
        times = _times(query, understood.text)
        required = required_parts(understood.text, times)
        if not has_accents(query.text):
            required = without_accents(required)
        query = replace(query, times=times, required=required)
        learned = LearnedAbbreviations(self._snapshot)
        expanded = expand_question(understood, self._typing_table(), learned)
        if expanded == normalise(query.text):
            return query
        return replace(query, text=expanded, typed=query.text)

    def search(self, query: Query, k: int = 10) -> list[Hit]:
        """Return at most ``k`` passages, best first, ranks 1 to n.

        Order is deterministic: by falling score, then by passage id.
        """
        vector = self._embedder.embed_query(words_of_search(query))
        for _ in range(_MOST_TRIES):
            snapshot = self._snapshot
            hits = _search(snapshot, query, vector, k)
            if _is_whole(snapshot):
                break
            self.refresh()
        return hits

    def idf(self, question: str) -> Callable[[str], float]:
        """Return the function from a syllable of a question to its inverse document frequency.

        Of a question without accents the syllables are counted without them.
        """
        searcher = self._snapshot.lexical
        folded = not has_accents(question)
        return lambda syllable: searcher.idf(syllable, folded=folded)

    def document(self, path: str) -> Document | None:
        """Return a document of the snapshot with its text, or None."""
        snapshot = self._snapshot
        return snapshot.store.document(path, generation=snapshot.manifest.generation)

    def version(self) -> str:
        """Return the snapshot's store and generation: ``id:12``."""
        manifest = self._snapshot.manifest
        return f"{manifest.store_id}:{manifest.generation}"

    def documents(self) -> Sequence[DocumentInfo]:
        """Return the snapshot's documents without texts, ordered by path."""
        snapshot = self._snapshot
        return snapshot.store.documents(generation=snapshot.manifest.generation)

    def close(self) -> None:
        """Close the store; the retriever cannot be used afterwards."""
        self._snapshot.store.close()

    def _take_up(self, manifest: Manifest) -> None:
        held = self._snapshot
        if manifest == held.manifest:
            return
        # A rebuilt index has another store, under the same name.
        is_same = manifest.store_id == held.manifest.store_id
        store = held.store if is_same else Store(self._folder)
        self._snapshot = self._open(manifest, store)

    def _open(self, manifest: Manifest, store: Store) -> Snapshot:
        if manifest.store_id != store.identity().store_id:
            raise IndexDamagedError(
                f"{self._folder}: kho dữ liệu đã bị thay; hãy đồng bộ lại:"
                f" python -m index sync THƯ_MỤC --index {self._folder}"
            )
        engine = engine_of(self._folder, manifest)
        if engine != self._engine:  # An equal one keeps its connection.
            self._engine = engine
        searchers = self._engine.open(store, manifest)
        return Snapshot(manifest, store, searchers.lexical, searchers.dense)


def open_retriever(folder: Path, *, embedder: str | None = None) -> Retriever:
    """Open an index with the embedder it was made with, or with the one given by name."""
    name = read_manifest(folder).embedder if embedder is None else embedder
    return Retriever(folder, load_embedder(name))


def _search(snapshot: Snapshot, query: Query, vector: NDArray[np.float32], k: int) -> list[Hit]:
    fused = find_candidates(snapshot, query, vector, max(CANDIDATES, k))
    generation = snapshot.manifest.generation
    visible = snapshot.store.visible(fused.ids.tolist(), generation=generation)
    places = [place for place, key in enumerate(fused.ids.tolist()) if key in visible][:k]
    stored = snapshot.store.passages(fused.ids[places].tolist(), generation=generation)
    held = [place for place in places if int(fused.ids[place]) in stored]
    return [
        _hit(stored[int(fused.ids[place])], fused, place, rank=rank)
        for rank, place in enumerate(held, start=1)
    ]


def _is_whole(snapshot: Snapshot) -> bool:
    """Return whether the store still has every row of a snapshot; ask it after reading.

    A generation's rows are deleted after the second one behind it was said to be published
    (`index.publishing.publish`).
    """
    return snapshot.store.identity().published <= snapshot.manifest.generation + 1


def _times(query: Query, understood: str) -> tuple[Time, ...]:
    """Return the times of a question as understood.

    Also those said of today that only its letters show: "nam ngoai" may have been restored to
    "nằm ngoài", and to prefer a year for nothing does less harm than not to see it.
    """
    today = query.asked or datetime.now().astimezone().date()
    times = times_of(understood, today)
    if has_accents(query.text):
        return times
    seen = {(time.since, time.until) for time in times}
    typed = times_of(query.text, today)
    return times + tuple(
        time for time in typed if time.is_relative and (time.since, time.until) not in seen
    )


def _hit(stored: StoredPassage, fused: Fused, place: int, *, rank: int) -> Hit:
    return Hit(
        passage=stored.passage,
        title=stored.title,
        source=stored.source,
        published=stored.published,
        score=float(fused.values[place]),
        rank=rank,
        lexical=float(fused.lexical[place]),
        dense=float(fused.dense[place]),
        of_time=float(fused.of_time[place]),
        held=int(fused.held[place]),
        meanings=meanings_in(f"{stored.title}\n{stored.passage.text}", stored.abbreviations),
    )
