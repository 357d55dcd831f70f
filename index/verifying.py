"""Check that every part of an index holds what the store says."""

from pathlib import Path

import numpy as np

from index import dense
from index.errors import IndexDamagedError, IndexMissingError
from index.lexical import LexicalSearcher
from index.manifest import Manifest, read_manifest
from index.store import STORE_NAME, Store


def find_problems(folder: Path) -> list[str]:
    """Return what is wrong with an index, one line each; empty when it is sound.

    Raises
    ------
    IndexMissingError, IndexDamagedError
        There is no index to check, or its store cannot be opened at all.
    """
    if not (folder / STORE_NAME).exists():
        read_manifest(folder)
    store = Store(folder)
    problems = store.problems()
    is_whole = not problems
    problems += _searcher_problems(folder, store)
    store.close()
    if problems:
        remedy = "verify --repair" if is_whole else "sync THƯ_MỤC --rebuild"
        problems.append(f"hãy sửa: python -m index {remedy} --index {folder}")
    return problems


def _searcher_problems(folder: Path, store: Store) -> list[str]:
    """Return what the manifest and the searchers lack of what the store says."""
    try:
        manifest = read_manifest(folder)
    except (IndexMissingError, IndexDamagedError) as error:
        return [str(error)]
    problems: list[str] = []
    expected = store.passage_count(generation=manifest.generation)
    try:
        searcher = LexicalSearcher(folder)
        searcher.read_through()
        held = searcher.count()
    except (OSError, ValueError, IndexDamagedError) as error:
        problems.append(f"chỉ mục từ không mở được: {error}")
    else:
        problems += _compare("chỉ mục từ", held, expected)
    problems += _dense_problems(folder, store, manifest)
    if manifest.store_id != store.identity().store_id:
        problems.append("kho dữ liệu không phải kho mà chỉ mục được tạo từ đó")
    return problems


def _dense_problems(folder: Path, store: Store, manifest: Manifest) -> list[str]:
    """Return what is wrong with the base; what came since is read from the store anyway."""
    held = np.sort(dense.ids_in_base(folder, manifest))
    visible = store.ids_visible(generation=manifest.base)
    problems = _compare("chỉ mục véc-tơ", len(held), len(visible))
    if not problems and not np.array_equal(held, visible):
        problems = ["chỉ mục véc-tơ giữ những đoạn khác với kho dữ liệu"]
    return problems


def _compare(name: str, held: int, expected: int) -> list[str]:
    return [] if held == expected else [f"{name} giữ {held} đoạn, kho dữ liệu có {expected}"]
