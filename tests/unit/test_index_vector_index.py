"""Vectors in FAISS: exact when few, enough cells when many, found by id and by filter."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from index import vector_index
from index.records import Vectors
from index.vector_index import (
    Batches,
    build_index,
    ids_of,
    read_index,
    search,
    vectors_of,
    write_index,
)

DIMENSION = 24


def unit_rows(count: int, *, seed: int = 7) -> NDArray[np.float32]:
    """Return unit vectors around 40 centres, rounded to the 16 bits that the store keeps."""
    generator = np.random.default_rng(seed)
    centres = generator.standard_normal((40, DIMENSION))
    rows = centres[generator.integers(40, size=count)]
    rows = rows + 0.6 * generator.standard_normal((count, DIMENSION))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float16).astype(np.float32)


def in_batches(ids: NDArray[np.int64], rows: NDArray[np.float32], size: int = 700) -> Batches:
    def batches() -> Iterator[Vectors]:
        for start in range(0, len(ids), size):
            yield Vectors(ids[start : start + size], rows[start : start + size])

    return batches


def exact(
    ids: NDArray[np.int64], rows: NDArray[np.float32], vector: NDArray[np.float32], k: int
) -> list[int]:
    values = rows @ vector
    return [int(one) for one in ids[np.lexsort((ids, -values))][:k]]


@pytest.fixture
def few() -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    return np.arange(300, dtype=np.int64) * 3 + 2**40, unit_rows(300)


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """As many as are kept in cells: the bound is lowered, so that a few thousand are."""
    monkeypatch.setattr(vector_index, "EXACT_UP_TO", 1_000)
    return np.arange(6_000, dtype=np.int64) * 2 + 5, unit_rows(6_000)


def test_few_vectors_are_compared_exactly(
    few: tuple[NDArray[np.int64], NDArray[np.float32]],
) -> None:
    ids, rows = few
    index = build_index(in_batches(ids, rows), dimension=DIMENSION, count=len(ids))
    for vector in unit_rows(20, seed=1):
        found = search(index, vector, 10)
        assert found.ids.tolist() == exact(ids, rows, vector, 10)
        assert found.values == pytest.approx(np.sort(rows @ vector)[::-1][:10], abs=1e-6)


def test_cells_find_nearly_all_that_an_exact_search_does(
    many: tuple[NDArray[np.int64], NDArray[np.float32]],
) -> None:
    ids, rows = many
    index = build_index(in_batches(ids, rows), dimension=DIMENSION, count=len(ids))
    inner: Any = faiss.downcast_index(index.index)
    assert 1 < inner.nprobe < inner.nlist  # neither one cell nor all of them
    shares = [
        len({*search(index, vector, 10).ids.tolist()} & {*exact(ids, rows, vector, 10)}) / 10
        for vector in unit_rows(200, seed=1)
    ]
    assert np.mean(shares) > 0.95


@pytest.mark.parametrize("count", [300, 6_000], ids=["few", "many"])
def test_a_file_answers_as_the_index_that_was_written(
    many: tuple[NDArray[np.int64], NDArray[np.float32]], tmp_path: Path, count: int
) -> None:
    ids, rows = many[0][:count], many[1][:count]
    index = build_index(in_batches(ids, rows), dimension=DIMENSION, count=count)
    write_index(index, tmp_path / "dense.faiss")
    read = read_index(tmp_path / "dense.faiss")
    assert [path.name for path in tmp_path.iterdir()] == ["dense.faiss"]
    assert ids_of(read).tolist() == ids.tolist()
    for vector in unit_rows(20, seed=1):
        assert search(read, vector, 10).ids.tolist() == search(index, vector, 10).ids.tolist()


@pytest.mark.parametrize("size", [700, 6_000])
def test_equal_vectors_make_equal_files(
    many: tuple[NDArray[np.int64], NDArray[np.float32]], tmp_path: Path, size: int
) -> None:
    ids, rows = many
    for name in ("one", "two"):
        batches = in_batches(ids, rows, size)
        write_index(build_index(batches, dimension=DIMENSION, count=len(ids)), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("share", [0.5, 0.02, 0.001])
def test_a_filtered_search_finds_only_and_nearly_all_of_what_is_allowed(
    many: tuple[NDArray[np.int64], NDArray[np.float32]], share: float
) -> None:
    ids, rows = many
    index = build_index(in_batches(ids, rows), dimension=DIMENSION, count=len(ids))
    chosen = np.random.default_rng(3).permutation(len(ids))[: int(share * len(ids))]
    shares = []
    for vector in unit_rows(50, seed=1):
        wanted = exact(ids[chosen], rows[chosen], vector, 5)
        found = search(index, vector, 5, among=ids[chosen]).ids.tolist()
        assert {*found} <= {*ids[chosen].tolist()}
        assert len(found) == min(5, len(chosen))
        shares.append(len({*found} & {*wanted}) / len(wanted))
    assert np.mean(shares) > 0.95


def test_what_lies_in_far_cells_is_found_when_too_little_lies_nearer(
    many: tuple[NDArray[np.int64], NDArray[np.float32]],
) -> None:
    ids, rows = many
    index = build_index(in_batches(ids, rows), dimension=DIMENSION, count=len(ids))
    inner: Any = faiss.downcast_index(index.index)
    inner.nprobe = 1
    vector = rows[0]
    farthest = np.argsort(rows @ vector)[: len(ids) // 2]
    found = search(index, vector, len(farthest), among=ids[farthest])
    assert sorted(found.ids.tolist()) == sorted(ids[farthest].tolist())


@pytest.mark.parametrize("count", [300, 6_000], ids=["few", "many"])
def test_what_is_to_be_left_out_is(
    many: tuple[NDArray[np.int64], NDArray[np.float32]], count: int
) -> None:
    ids, rows = many[0][:count], many[1][:count]
    index = build_index(in_batches(ids, rows), dimension=DIMENSION, count=count)
    first = search(index, rows[3], 5).ids
    again = search(index, rows[3], 5, without=np.append(first[:2], 999_999_999))
    assert again.ids[:3].tolist() == first[2:].tolist()
    among = search(index, rows[3], 5, among=first, without=first[:4])
    assert among.ids.tolist() == first[4:].tolist()


@pytest.mark.parametrize("count", [300, 6_000], ids=["few", "many"])
def test_vectors_come_back_by_id(
    many: tuple[NDArray[np.int64], NDArray[np.float32]], count: int
) -> None:
    ids, rows = many[0][:count], many[1][:count]
    index = build_index(in_batches(ids, rows), dimension=DIMENSION, count=count)
    asked = np.array([ids[9], 4, ids[2], ids[9], 10**12], np.int64)
    held = vectors_of(index, asked)
    assert held.ids.tolist() == [ids[2], ids[9]]
    assert np.array_equal(held.rows, rows[[2, 9]])
    assert vectors_of(index, np.array([4], np.int64)).rows.shape == (0, DIMENSION)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    write_index(build_index(lambda: iter(()), dimension=DIMENSION, count=0), tmp_path / "empty")
    index = read_index(tmp_path / "empty")
    assert len(search(index, unit_rows(1)[0], 5).ids) == 0
    assert len(ids_of(index)) == 0
    assert len(vectors_of(index, np.array([1], np.int64)).ids) == 0


def test_ids_that_do_not_rise_are_refused(
    few: tuple[NDArray[np.int64], NDArray[np.float32]],
) -> None:
    ids, rows = few
    ids = np.concatenate([ids[:250], ids[200:250]])
    with pytest.raises(ValueError, match="ids must rise"):
        build_index(in_batches(ids, rows, 250), dimension=DIMENSION, count=300)


@pytest.mark.parametrize("count", [300, 6_000], ids=["few", "many"])
@pytest.mark.parametrize("kept", [0.0, 0.01, 0.5, 0.999])
def test_a_file_cut_short_is_told_from_a_whole_one(
    many: tuple[NDArray[np.int64], NDArray[np.float32]], tmp_path: Path, count: int, kept: float
) -> None:
    batches = in_batches(many[0][:count], many[1][:count])
    path = tmp_path / "dense.faiss"
    write_index(build_index(batches, dimension=DIMENSION, count=count), path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(kept * len(whole))])
    with pytest.raises(RuntimeError):
        read_index(path)


def test_another_kind_of_index_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    faiss.write_index(faiss.IndexFlatIP(3), str(tmp_path / "flat"))
    with pytest.raises(RuntimeError, match="IndexFlatIP"):
        read_index(tmp_path / "flat")
    with pytest.raises(RuntimeError):
        read_index(tmp_path / "none")


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    index = build_index(lambda: iter(()), dimension=DIMENSION, count=0)
    (tmp_path / "dense.faiss").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_index(index, tmp_path / "dense.faiss")
    assert [path.name for path in tmp_path.iterdir()] == ["dense.faiss"]
