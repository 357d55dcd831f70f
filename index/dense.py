"""Search by meaning: a FAISS index derived from the store.

Exact inner products of unit vectors (cosine), under the passages' own 64-bit ids. Each published
generation has its file, so that a reader keeps the one it opened.
"""

import os
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.manifest import Manifest
from index.query import Query
from index.scores import Scores, ranked
from index.store import Store


class DenseSearcher:
    """An unchanging set of vectors; searches may run in several threads."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - faiss has no types
        # Measured on 5,300 passages: FAISS' threads cost more than they save, most of all beside
        # other work on 2 cores.
        faiss.omp_set_num_threads(1)
        self._index = index
        self._sorted_ids = np.sort(_ids(index))

    def count(self) -> int:
        """Return how many passages it holds."""
        return len(self._sorted_ids)

    def search(
        self, vector: NDArray[np.float32], k: int, *, among: NDArray[np.int64] | None = None
    ) -> Scores:
        """Return the ``k`` nearest passages to a vector of shape (dimension,), best first.

        ``among`` limits the search to some passages.
        """
        k = min(k, self._index.ntotal)
        if k < 1:
            return Scores(np.empty(0, np.int64), np.empty(0, np.float32))
        parameters = None
        if among is not None:
            selector = faiss.IDSelectorBatch(among)
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        values, ids = self._index.search(vector[None, :], k, params=parameters)
        found = ids[0] >= 0
        return ranked(ids[0][found], values[0][found])

    def with_scores(
        self, scores: Scores, vector: NDArray[np.float32], ids: NDArray[np.int64]
    ) -> Scores:
        """Return a ranking with further passages, scored exactly; unknown ids are left out."""
        held = np.intersect1d(ids, self._sorted_ids)
        if not len(held):
            return scores
        rows = np.stack([self._index.reconstruct(int(passage_id)) for passage_id in held])
        return ranked(
            np.concatenate([scores.ids, held]),
            np.concatenate([scores.values, (rows @ vector).astype(np.float32)]),
        )


def load_searcher(folder: Path, store: Store, manifest: Manifest) -> DenseSearcher:
    """Return the searcher of a manifest's generation; a lost file is made up from the store."""
    index = _read(_path(folder, manifest.generation), manifest.dimension)
    _replay(index, store, manifest)
    return DenseSearcher(index)


def save_searcher(folder: Path, store: Store, manifest: Manifest) -> None:
    """Write the file of a manifest's generation, starting from the newest file there is."""
    path = _path(folder, manifest.generation)
    index = _read(max(_files(folder), default=path), manifest.dimension)
    if not _replay(index, store, manifest) and path.exists():
        return
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    faiss.write_index(index, str(temporary))
    temporary.replace(path)


def reset(folder: Path) -> None:
    """Delete every file; the next `save_searcher` makes one from the store."""
    for path in _files(folder):
        path.unlink(missing_ok=True)


def count_in_file(folder: Path, manifest: Manifest) -> int:
    """Return how many passages the file of a manifest's generation holds; 0 when it is lost."""
    return int(_read(_path(folder, manifest.generation), manifest.dimension).ntotal)


def drop_old(folder: Path, *, generation: int) -> None:
    """Delete the files of all generations but the given one and the one before it."""
    kept = {_path(folder, generation), _path(folder, generation - 1)}
    for path in _files(folder):
        if path not in kept:
            path.unlink(missing_ok=True)


def _replay(index: Any, store: Store, manifest: Manifest) -> bool:  # noqa: ANN401 - untyped library
    """Make the index hold what is visible at the generation; return whether it did not."""
    visible = store.ids_allowed(Query(""), generation=manifest.generation)
    held = _ids(index)
    gone = np.setdiff1d(held, visible)
    if len(gone):
        index.remove_ids(gone)
    missing = np.setdiff1d(visible, held)
    if len(missing):
        vectors = store.vectors_after(
            int(missing[0]) - 1, generation=manifest.generation, dimension=manifest.dimension
        )
        wanted = np.isin(vectors.ids, missing)
        index.add_with_ids(vectors.rows[wanted], vectors.ids[wanted])
    return bool(len(gone) or len(missing))


def _ids(index: Any) -> NDArray[np.int64]:  # noqa: ANN401 - untyped library
    return np.asarray(faiss.vector_to_array(index.id_map), dtype=np.int64)


def _read(path: Path, dimension: int) -> Any:  # noqa: ANN401 - untyped library
    """Return the index of a file, or an empty one when it is missing or cannot be read."""
    try:
        index = faiss.read_index(str(path))
    except RuntimeError:
        index = None
    if index is None or index.d != dimension:
        return faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
    return index


def _path(folder: Path, generation: int) -> Path:
    return folder / f"dense-{generation:08d}.faiss"


def _files(folder: Path) -> list[Path]:
    return list(folder.glob("dense-*.faiss"))
