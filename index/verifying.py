"""Check that every part of an index holds what the store says."""

from pathlib import Path

from index import dense
from index.lexical import LexicalSearcher
from index.manifest import read_manifest
from index.store import Store


def find_problems(folder: Path) -> list[str]:
    """Return what is wrong with an index, one line each; empty when it is sound.

    Raises
    ------
    IndexMissingError, IndexDamagedError
        There is no index to check, or its store cannot be opened at all.
    """
    manifest = read_manifest(folder)
    store = Store(folder, read_only=True)
    problems = store.problems()
    expected = store.passage_count(generation=manifest.generation)
    try:
        held = LexicalSearcher(folder).count()
    except (OSError, ValueError) as error:
        problems.append(f"chỉ mục từ không mở được: {error}")
    else:
        problems += _compare("chỉ mục từ", held, expected)
    problems += _compare("chỉ mục véc-tơ", dense.count_in_file(folder, manifest), expected)
    store.close()
    if problems:
        problems.append(f"hãy sửa: python -m index sync THƯ_MỤC --index {folder} --rebuild")
    return problems


def _compare(name: str, held: int, expected: int) -> list[str]:
    return [] if held == expected else [f"{name} giữ {held} đoạn, kho dữ liệu có {expected}"]
