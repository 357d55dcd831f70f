"""Search by meaning: vectors derived from the store.

A base, the unchanging FAISS file of one generation, and what was added and removed since, which is
read from the store when it is opened: so a small sync writes no large file. The manifest names the
base's generation. Inner products of unit vectors (cosine), under the passages' own ids.
"""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.among import Among, ids_among
from index.manifest import Manifest
from index.scores import Scores, merged, ranked
from index.store import Store
from index.vector_index import build_index, ids_of, read_index, search, vectors_of, write_index

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
        self._gone = np.empty(0, np.int64) if gone is None else gone

    def count(self) -> int:
        """Return how many vectors there are that are not gone."""
        return int(self._index.ntotal) - len(self._gone)

    def search(
        self, vector: NDArray[np.float32], k: int, among: NDArray[np.int64] | None
    ) -> Scores:
        """Return the ``k`` nearest, best first."""
        return search(self._index, vector, k, among=among, without=self._gone)

    def scores(self, vector: NDArray[np.float32], ids: NDArray[np.int64]) -> Scores:
        """Return the scores of those of some ids that are held, in no order."""
        held = vectors_of(self._index, np.setdiff1d(ids, self._gone))
        return Scores(held.ids, held.rows @ vector)


class DenseSearcher:
    """An unchanging set of passages: the base without what is gone, and what came since."""

    def __init__(self, *parts: VectorSet) -> None:
        self._parts = parts

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
    since = VectorSet(_built(store, manifest, after=start))
    if base is None:
        return DenseSearcher(since)
    gone = store.ids_removed(after=start, until=manifest.generation)
    return DenseSearcher(VectorSet(base, np.intersect1d(gone, ids_of(base))), since)


def save_searcher(folder: Path, store: Store, manifest: Manifest) -> Manifest:
    """Make the base of a manifest's generation if it is due; return the manifest that names it."""
    base = _read(folder, manifest)
    if base is not None:
        came = store.count_added(after=manifest.base, generation=manifest.generation)
        gone = len(store.ids_removed(after=manifest.base, until=manifest.generation))
        if came + gone <= max(LEAST_SINCE, MOST_SINCE * base.ntotal):
            return manifest
    named = manifest.with_base(manifest.generation)
    write_index(_built(store, manifest, after=0), base_path(folder, named))
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
    return np.empty(0, np.int64) if base is None else ids_of(base).copy()


def _read(folder: Path, manifest: Manifest) -> Any:  # noqa: ANN401 - faiss has no types
    """Return the base, or None when it is missing or cannot be read."""
    try:
        index = read_index(base_path(folder, manifest))
    except RuntimeError:
        return None
    return index if index.d == manifest.dimension else None


def _built(store: Store, manifest: Manifest, *, after: int) -> Any:  # noqa: ANN401 - no types
    """Return the index of the visible passages added after a generation."""
    generation, dimension = manifest.generation, manifest.dimension
    return build_index(
        lambda: store.vectors_added(after=after, generation=generation, dimension=dimension),
        dimension=dimension,
        count=store.count_added(after=after, generation=generation),
    )
