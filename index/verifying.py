"""Check that every part of an index holds what the store says."""

from pathlib import Path

from index.engine import engine_of
from index.errors import IndexDamagedError, IndexMissingError
from index.manifest import read_manifest
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
    problems = engine_of(folder, manifest).problems(store, manifest)
    if manifest.store_id != store.identity().store_id:
        problems.append("kho dữ liệu không phải kho mà chỉ mục được tạo từ đó")
    return problems
