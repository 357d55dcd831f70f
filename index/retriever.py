"""From a query to ranked passages, over an unchanging snapshot of the index."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from documents.document import Document
from documents.normalising import has_accents
from index import dense, lexical
from index.dense import DenseSearcher
from index.embedding import Embedder, load_embedder
from index.errors import IndexDamagedError
from index.fusion import Fused, fuse
from index.hit import Hit
from index.lexical import LexicalSearcher
from index.locking import writing
from index.manifest import Manifest, check_makers, read_manifest
from index.query import Query
from index.records import StoredPassage
from index.scores import Scores
from index.store import DocumentInfo, Store
from index.typed_text import understand_typing
from index.typing_table import load_typing_table

DENSE_WEIGHT = 0.35
"""Share of the dense score in the sum."""
CANDIDATES = 100
"""How deep each searcher looks before the rankings are fused."""
_WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published generation: what a question works on from beginning to end."""

    manifest: Manifest
    store: Store
    lexical: LexicalSearcher
    dense: DenseSearcher


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
        self._typing_table = cache(load_typing_table)
        manifest = read_manifest(folder)
        check_makers(
            folder, manifest, Manifest(embedder.name, embedder.revision, embedder.dimension)
        )
        self._snapshot = self._open(manifest, Store(folder, read_only=True))

    def refresh(self) -> None:
        """Take up the published generation if it is not the one held."""
        with self._lock:
            manifest = read_manifest(self._folder)
            held = self._snapshot
            if manifest == held.manifest:
                return
            # A rebuilt index has another store, under the same name.
            is_same = manifest.store_id == held.manifest.store_id
            store = held.store if is_same else Store(self._folder, read_only=True)
            self._snapshot = self._open(manifest, store)

    def understand(self, query: Query) -> Query:
        """Return the query for what was meant: keystrokes read, lost accents restored.

        A question typed with its accents stays as it is, byte for byte.
        """
        understood = understand_typing(query.text, self._typing_table(), self._snapshot.lexical)
        if not understood.changes:
            return query
        return replace(query, text=understood.text, typed=query.text)

    def search(self, query: Query, k: int = 10) -> list[Hit]:
        """Return at most ``k`` passages, best first, ranks 1 to n.

        Order is deterministic: by falling score, then by passage id.
        """
        snapshot = self._snapshot
        fused = self._fused(snapshot, query, max(CANDIDATES, k))
        generation = snapshot.manifest.generation
        visible = snapshot.store.visible(fused.ids.tolist(), generation=generation)
        places = [place for place, key in enumerate(fused.ids.tolist()) if key in visible][:k]
        stored = snapshot.store.passages(fused.ids[places].tolist(), generation=generation)
        return [
            _hit(stored[int(fused.ids[place])], fused, place, rank=rank)
            for rank, place in enumerate(places, start=1)
        ]

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

    def documents(self) -> Sequence[DocumentInfo]:
        """Return the snapshot's documents without texts, ordered by path."""
        snapshot = self._snapshot
        return snapshot.store.documents(generation=snapshot.manifest.generation)

    def close(self) -> None:
        """Close the store; the retriever cannot be used afterwards."""
        self._snapshot.store.close()

    def _open(self, manifest: Manifest, store: Store) -> Snapshot:
        if manifest.store_id != store.identity().store_id:
            raise IndexDamagedError(
                f"{self._folder}: kho dữ liệu đã bị thay; hãy đồng bộ lại:"
                f" python -m index sync THƯ_MỤC --index {self._folder}"
            )
        return Snapshot(
            manifest,
            store,
            self._open_lexical(manifest, store),
            dense.load_searcher(self._folder, store, manifest),
        )

    def _open_lexical(self, manifest: Manifest, store: Store) -> LexicalSearcher:
        """Open the lexical searcher, made anew from the store when it is lost."""
        try:
            return LexicalSearcher(self._folder)
        except (OSError, ValueError):
            with writing(self._folder, wait_seconds=_WAIT_SECONDS):
                lexical.add_passages(self._folder, store, generation=manifest.generation)
        try:
            return LexicalSearcher(self._folder)
        except (OSError, ValueError) as error:
            raise IndexDamagedError(
                f"{self._folder}: không mở được chỉ mục từ ({error});"
                f" hãy dựng lại: python -m index sync THƯ_MỤC --index {self._folder} --rebuild"
            ) from error

    def _fused(self, snapshot: Snapshot, query: Query, depth: int) -> Fused:
        among = _among(query, snapshot)
        by_words = snapshot.lexical.search(query.text, depth, among=among)
        vector = self._embedder.embed_query(query.text)
        by_meaning = snapshot.dense.search(vector, depth, among=among)
        if not vector.any():
            by_meaning = Scores(by_meaning.ids[:0], by_meaning.values[:0])
        unscored = np.setdiff1d(by_words.ids, by_meaning.ids)
        if len(unscored) and len(by_meaning.ids):
            by_meaning = snapshot.dense.with_scores(by_meaning, vector, unscored)
        return fuse(by_words, by_meaning, dense_weight=DENSE_WEIGHT)


def open_retriever(folder: Path, *, embedder: str | None = None) -> Retriever:
    """Open an index with the embedder it was made with, or with the one given by name."""
    name = embedder or read_manifest(folder).embedder
    return Retriever(folder, load_embedder(name))


def _among(query: Query, snapshot: Snapshot) -> NDArray[np.int64] | None:
    """Return the passages a query's filters allow, or None when it has none."""
    if not (query.since or query.until or query.source):
        return None
    return snapshot.store.ids_allowed(query, generation=snapshot.manifest.generation)


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
    )
