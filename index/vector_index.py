"""A FAISS index of unit vectors under our ids: exact while small, by cells when large.

Up to `EXACT_UP_TO` vectors every one is compared. Above that they lie in cells around centroids
(IVF), and a search looks into the nearest ones only: into as many as the index, when it is built,
finds to be enough for `RECALL`. Components are kept in 16 bits, as in the store, so that nothing is
lost; a file is mapped into memory, where searches share the pages and the system may drop them.

Measured on 816,000 real passages of 256 dimensions, searched with 1,000 real questions on one
thread (recall@10 against exact, milliseconds, seconds to build on two cores):

===================  =======  =========  =====  =====  =======
index                size     recall@10  p50    p95    seconds
===================  =======  =========  =====  =====  =======
all, 32 bits         836 MB   1.000      36     40     0
all, 16 bits         418 MB   1.000      16     21     1
1,024 cells, 16 bit  425 MB   0.987      8.0    12     12
2,048 cells, 16 bit  426 MB   0.979      2.5    3.3    18
4,096 cells, 16 bit  429 MB   0.975      1.6    1.9    72
2,048 cells, 8 bits  218 MB   0.969      3.2    4.5    11
===================  =======  =========  =====  =====  =======

(256 cells looked into each time.) 8 bits are no faster and lose a hundredth for good: 0.986 is the
most they reach for passages. A graph (HNSW, 8 bits, 100,000 passages) took 7.5 s to build where
cells took 1.5 s, and reached 0.976 at 0.76 ms where cells had 0.989. At 100,000 all vectors take
2.2 ms and cells 0.8 ms; at 50,000 1.0 ms and 0.5 ms, which is not worth the training.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.records import Vectors
from index.scores import Scores, ranked

EXACT_UP_TO = 50_000
RECALL = 0.99
"""Of question-like vectors when built. Real questions then reached 0.995 of 100,000 passages in
1.0 ms, 0.992 of 800,000 in 2.6 ms."""

_CELLS_PER_ROOT = 2  # cells for each root of the number of vectors: see the table
_ROWS_PER_CELL = 40  # FAISS warns below 39
_ROUNDS = 10
_SEED = 1234
_QUERIES = 300
_DEPTH = 10
_LEAST_PROBED = 8
_STRANGENESS = 2.0
_ROUNDING = 1e-4  # a score's change by 16 bits; so equal passages are no misses either

Batches = Callable[[], Iterable[Vectors]]
"""Gives all vectors from the beginning, each time it is called, by rising id."""


def build_index(batches: Batches, *, dimension: int, count: int) -> Any:  # noqa: ANN401 - no types
    """Return the index of about ``count`` unit vectors; the same vectors give the same index.

    No more than a batch, the index itself and a sample are held. A large collection is gone
    through twice: for the sample, and to be added.

    Raises
    ------
    ValueError
        The ids do not rise.
    """
    if count <= EXACT_UP_TO:
        index = faiss.IndexIDMap(_exact(dimension))
        for _ in _added(index, batches()):
            pass
        return index
    cells = int(_CELLS_PER_ROOT * count**0.5)
    sample = _sample(batches(), count, cells * _ROWS_PER_CELL + _QUERIES)
    inner = _cells(sample[_QUERIES:], cells)
    index = faiss.IndexIDMap(inner)
    queries = _like_questions(sample)
    best = np.full((len(queries), _DEPTH), -np.inf, np.float32)
    for rows in _added(index, batches()):
        best = _best(np.hstack([best, queries @ rows.T]))
    inner.make_direct_map()
    _probe_enough(inner, queries, best[:, -1:])
    return index


def write_index(index: Any, path: Path) -> None:  # noqa: ANN401 - faiss has no types
    """Write an index so that the file is there whole or not at all; RuntimeError if it cannot."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        faiss.write_index(index, str(temporary))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read_index(path: Path) -> Any:  # noqa: ANN401 - faiss has no types
    """Return the index of a file, mapped into memory: opened in milliseconds at any size.

    Raises
    ------
    RuntimeError
        The file is missing or is not such an index.
    """
    # IO_FLAG_MMAP maps cells only, and twice as slow to search; this maps both kinds.
    index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    if type(index) is not faiss.IndexIDMap:  # ids of the older IndexIDMap2 need not rise
        raise RuntimeError(f"{path}: {type(index).__name__}, not an index of this module")
    return index


def ids_of(index: Any) -> NDArray[np.int64]:  # noqa: ANN401 - faiss has no types
    """Return the ids an index holds, rising; not to be written to, nor kept longer than it."""
    held = index.id_map
    if not held.size():
        return np.empty(0, np.int64)
    ids: NDArray[np.int64] = faiss.rev_swig_ptr(held.data(), held.size())
    return ids


def search(
    index: Any,  # noqa: ANN401 - faiss has no types
    vector: NDArray[np.float32],
    k: int,
    *,
    among: NDArray[np.int64] | None = None,
    without: NDArray[np.int64] | None = None,
) -> Scores:
    """Return the ``k`` nearest to a unit vector of shape (dimension,), best first.

    ``among`` limits the search to some ids, ``without`` leaves some out; unknown ones do no harm.
    The fewer may be found, the more cells are looked into; all of them before fewer than ``k`` are
    returned where there are more.
    """
    ids, inner = ids_of(index), faiss.downcast_index(index.index)
    allowed = _allowed(ids, among, without)
    possible = len(ids) if allowed is None else int(np.count_nonzero(allowed))
    k = min(k, possible)
    if k < 1:
        return Scores(np.empty(0, np.int64), np.empty(0, np.float32))
    selector = None
    if allowed is not None:
        bits = np.packbits(allowed, bitorder="little")
        selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
    parameters = _parameters(inner, selector, share=possible / len(ids))
    values, places = inner.search(vector[None, :], k, params=parameters)
    if places[0, -1] < 0:
        everywhere = _parameters(inner, selector, share=0)
        values, places = inner.search(vector[None, :], k, params=everywhere)
    return ranked(ids[places[0]], values[0])


def vectors_of(index: Any, ids: NDArray[np.int64]) -> Vectors:  # noqa: ANN401 - faiss has no types
    """Return those of some ids that are held, each once by rising id, with their vectors."""
    held, inner = ids_of(index), faiss.downcast_index(index.index)
    places = _places(held, np.unique(ids))
    if not len(places):
        return Vectors(np.empty(0, np.int64), np.empty((0, inner.d), np.float32))
    return Vectors(held[places], inner.reconstruct_batch(places))


def _exact(dimension: int) -> Any:  # noqa: ANN401 - faiss has no types
    return faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )


def _cells(rows: NDArray[np.float32], cells: int) -> Any:  # noqa: ANN401 - faiss has no types
    """Return an empty index by cells, its centroids found by spherical k-means."""
    dimension = rows.shape[1]
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension),
        dimension,
        min(cells, len(rows)),
        faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT,
        False,  # noqa: FBT003 - no residuals: 16 bits need none
    )
    index.cp.seed, index.cp.niter, index.cp.spherical = _SEED, _ROUNDS, True
    index.cp.max_points_per_centroid = len(rows)  # all: the sample has the right size already
    index.cp.min_points_per_centroid = 1
    index.train(rows)
    return index


def _added(index: Any, batches: Iterable[Vectors]) -> Iterable[NDArray[np.float32]]:  # noqa: ANN401
    """Add all vectors, yielding the rows of each batch when it has been."""
    last = None
    for batch in batches:
        if not len(batch.ids):
            continue
        rising = np.diff(batch.ids, prepend=batch.ids[0] - 1 if last is None else last)
        if (rising < 1).any():
            raise ValueError(f"ids must rise, these do not: {batch.ids[:3]}… after {last}")
        last = batch.ids[-1]
        index.add_with_ids(batch.rows, batch.ids)
        yield batch.rows


def _sample(batches: Iterable[Vectors], count: int, most: int) -> NDArray[np.float32]:
    """Return at most so many rows, spread evenly over the collection, in a random order."""
    step, seen, rows = max(1, count // most), 0, []
    for batch in batches:
        rows.append(batch.rows[-seen % step :: step].copy())
        seen += len(batch.rows)
    sample = np.concatenate(rows)
    chosen: NDArray[np.float32] = np.random.default_rng(_SEED).permutation(sample)[:most]
    return chosen


def _like_questions(sample: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return unit vectors as far from every passage as questions are.

    A passage finds its like in few cells, a question does not: what is enough for 0.99 of one
    finds 0.89 of the other. So each of some passages is given twice its length of a random
    vector that varies as the passages do. On 100,000 and 800,000 passages such vectors had a best
    similarity of 0.45 and 0.48, real questions 0.50 and 0.54, passages 0.77 and 0.93.
    """
    generator = np.random.default_rng(_SEED)
    others = sample[-max(_QUERIES, 1_000) :]
    weights = generator.standard_normal((_QUERIES, len(others))).astype(np.float32)
    strange = _unit(weights @ (others - others.mean(axis=0)))
    return _unit(sample[:_QUERIES] + _STRANGENESS * strange)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = rows / np.maximum(lengths, np.finfo(np.float32).tiny)
    return unit


def _best(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the highest `_DEPTH` values of each row, the lowest of them last."""
    high = np.partition(values, -_DEPTH, axis=1)[:, -_DEPTH:]
    best: NDArray[np.float32] = -np.sort(-high, axis=1)
    return best


def _probe_enough(
    inner: Any,  # noqa: ANN401 - faiss has no types
    queries: NDArray[np.float32],
    tenth: NDArray[np.float32],
) -> None:
    """Let searches look into as many cells as `RECALL` needs; the file keeps the number."""
    inner.nprobe = min(_LEAST_PROBED, inner.nlist)
    while inner.nprobe < inner.nlist:
        values, _ = inner.search(queries, _DEPTH)
        if np.mean(values >= tenth - _ROUNDING) >= RECALL:
            return
        inner.nprobe = min(2 * inner.nprobe, inner.nlist)


def _allowed(
    ids: NDArray[np.int64], among: NDArray[np.int64] | None, without: NDArray[np.int64] | None
) -> NDArray[np.bool_] | None:
    """Return for each id whether it may be found, or None when all may."""
    if among is None and (without is None or not len(without)):
        return None
    allowed = np.full(len(ids), among is None)
    if among is not None:
        allowed[_places(ids, among)] = True
    if without is not None:
        allowed[_places(ids, without)] = False
    return allowed


def _places(ids: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where those of the wanted ids lie that there are."""
    places = np.searchsorted(ids, wanted)
    places, wanted = places[places < len(ids)], wanted[places < len(ids)]
    found: NDArray[np.int64] = places[ids[places] == wanted]
    return found


def _parameters(inner: Any, selector: Any, *, share: float) -> Any:  # noqa: ANN401 - no types
    """Return how to search when a share of the vectors may be found: the fewer, the wider.

    By the root of the share, which was found enough: at a half, a tenth and a hundredth of 800,000
    recall@10 of real questions was 0.990, 1.000, 1.000; as many cells as for all gave 0.987, 0.984,
    0.963.
    """
    if not isinstance(inner, faiss.IndexIVF):
        return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
    cells = inner.nprobe / max(share**0.5, inner.nprobe / inner.nlist)
    return faiss.SearchParametersIVF(  # type: ignore[call-arg]
        sel=selector, nprobe=int(np.ceil(cells))
    )
