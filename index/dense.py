"""Search by meaning: vectors derived from the store.

A base, the unchanging FAISS file of one generation, and what was added and removed since, which is
read from the store when it is opened: so a small sync writes no large file. The manifest names the
base's generation. Exact inner products of unit vectors (cosine), under the passages' own ids.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.among import Among, ids_among
from index.manifest import Manifest
from index.records import Vectors
from index.scores import Scores, merged, ranked
from index.store import Store

LEAST_SINCE = 2_000
MOST_SINCE = 0.1
"""The base is made anew when more passages came and went than both: so many, and this share."""


class VectorSet:
    """Vectors under ids, of which some are gone; searches may run in several threads."""

    def __init__(self, index: Any, gone: NDArray[np.int64] | None = None) -> None:  # noqa: ANN401
        # Measured on 5,300 passages: FAISS' threads cost more than they save, most of all beside
        # other work on 2 cores.
        faiss.omp_set_num_threads(1)
        self._index = index
        self._held = np.sort(ids_of(index))
        self._gone = np.empty(0, np.int64) if gone is None else gone

    def count(self) -> int:
        """Return how many vectors there are that are not gone."""
        return len(self._held) - len(self._gone)

    def search(
        self, vector: NDArray[np.float32], k: int, among: NDArray[np.int64] | None
    ) -> Scores:
        """Return the ``k`` nearest, best first."""
        k = min(k, self.count())
        if k < 1:
            return Scores(np.empty(0, np.int64), np.empty(0, np.float32))
        values, ids = self._index.search(vector[None, :], k, params=self._limited_to(among))
        found = ids[0] >= 0
        return ranked(ids[0][found], values[0][found])

    def scores(self, vector: NDArray[np.float32], ids: NDArray[np.int64]) -> Scores:
        """Return the scores of those of some ids that are held, in no order."""
        held = np.setdiff1d(np.intersect1d(ids, self._held), self._gone)
        if not len(held):
            return Scores(held, np.empty(0, np.float32))
        rows = np.stack([self._index.reconstruct(int(passage_id)) for passage_id in held])
        return Scores(held, (rows @ vector).astype(np.float32))

    def _limited_to(self, among: NDArray[np.int64] | None) -> Any:  # noqa: ANN401 - no types
        if among is not None:
            selector: Any = faiss.IDSelectorBatch(np.setdiff1d(among, self._gone))
        elif len(self._gone):
            selector = faiss.IDSelectorNot(faiss.IDSelectorBatch(self._gone))
        else:
            return None
        return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]


class DenseSearcher:
    """An unchanging set of passages: the base without what is gone, and what came since."""

    def __init__(self, base: VectorSet, since: VectorSet) -> None:
        self._parts = (base, since)

    def count(self) -> int:
        """Return how many passages it holds."""
        return sum(part.count() for part in self._parts)

    def search(self, vector: NDArray[np.float32], k: int, *, among: Among = None) -> Scores:
        """Return the ``k`` nearest passages to a vector of shape (dimension,), best first.

        ``among`` limits the search to some passages.
        """
        found = merged([part.search(vector, k, ids_among(among)) for part in self._parts])
        return Scores(found.ids[:k], found.values[:k])

    def with_scores(
        self, scores: Scores, vector: NDArray[np.float32], ids: NDArray[np.int64]
    ) -> Scores:
        """Return a ranking with further passages, scored exactly; unknown ids are left out."""
        more = [part.scores(vector, ids) for part in self._parts]
        return ranked(
            np.concatenate([scores.ids, *(one.ids for one in more)]),
            np.concatenate([scores.values, *(one.values for one in more)]),
        )


def load_searcher(folder: Path, store: Store, manifest: Manifest) -> DenseSearcher:
    """Return the searcher of a manifest's generation; a lost base is made up from the store."""
    base = _read(folder, manifest)
    start = manifest.base if base is not None else 0
    since = store.vectors_added(
        after=start, generation=manifest.generation, dimension=manifest.dimension
    )
    came = _flat(since, manifest.dimension)
    if base is None:
        return DenseSearcher(VectorSet(_flat((), manifest.dimension)), VectorSet(came))
    gone = store.ids_removed(after=start, until=manifest.generation)
    return DenseSearcher(VectorSet(base, np.intersect1d(gone, ids_of(base))), VectorSet(came))


def save_searcher(folder: Path, store: Store, manifest: Manifest) -> Manifest:
    """Make the base of a manifest's generation if it is due; return the manifest that names it."""
    base = _read(folder, manifest)
    if base is not None:
        came = store.count_added(after=manifest.base, generation=manifest.generation)
        gone = len(store.ids_removed(after=manifest.base, until=manifest.generation))
        if came + gone <= max(LEAST_SINCE, MOST_SINCE * base.ntotal):
            return manifest
    vectors = store.vectors_added(
        after=0, generation=manifest.generation, dimension=manifest.dimension
    )
    named = manifest.with_base(manifest.generation)
    path = base_path(folder, named)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    faiss.write_index(_flat(vectors, manifest.dimension), str(temporary))
    temporary.replace(path)
    return named


def reset(folder: Path) -> None:
    """Delete every file; the next `save_searcher` makes one from the store."""
    for path in folder.glob("dense-*.faiss*"):
        path.unlink(missing_ok=True)


def drop_old(folder: Path, manifest: Manifest) -> None:
    """Delete all files but the manifest's base."""
    for path in folder.glob("dense-*.faiss*"):
        if path != base_path(folder, manifest):
            path.unlink(missing_ok=True)


def base_path(folder: Path, manifest: Manifest) -> Path:
    """Return the file of a manifest's base."""
    return folder / f"dense-{manifest.base:08d}.faiss"


def ids_in_base(folder: Path, manifest: Manifest) -> NDArray[np.int64]:
    """Return the ids of the base; none when it is lost."""
    base = _read(folder, manifest)
    return np.empty(0, np.int64) if base is None else ids_of(base)


def ids_of(index: Any) -> NDArray[np.int64]:  # noqa: ANN401 - faiss has no types
    """Return the ids that an index holds, in its own order."""
    return np.asarray(faiss.vector_to_array(index.id_map), dtype=np.int64)


def _read(folder: Path, manifest: Manifest) -> Any:  # noqa: ANN401 - faiss has no types
    """Return the base, or None when it is missing or cannot be read."""
    try:
        index = faiss.read_index(str(base_path(folder, manifest)))
    except RuntimeError:
        return None
    return index if index.d == manifest.dimension else None


def _flat(vectors: Iterable[Vectors], dimension: int) -> Any:  # noqa: ANN401 - faiss has no types
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
    for some in vectors:
        index.add_with_ids(some.rows, some.ids)
    return index
