"""Copies of an index: one SQLite file, from which everything else is made again."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from documents.errors import DanChungError
from index.engine import engine_of
from index.errors import IndexDamagedError
from index.folder import make_folder, require_index_only
from index.locking import writing
from index.manifest import read_manifest
from index.publishing import publish, published
from index.rebuilding import replace_index
from index.schema import open_database
from index.store import STORE_NAME
from index.store_writing import StoreWriter
from index.swapping import NEW, work_folder
from index.syncing import WAIT_SECONDS


def back_up(folder: Path, file: Path) -> int:
    """Write a copy of an index's store; return its size in bytes.

    The copy is of one moment, and a sync may go on meanwhile. ``file`` is either the old one or
    the new one, never half of it.

    Raises
    ------
    DanChungError
        There is no index, or the file cannot be written.
    """
    read_manifest(folder)
    if file.resolve() == (folder / STORE_NAME).resolve():
        raise DanChungError(f"{file}: là chính kho dữ liệu của chỉ mục; hãy chọn tên khác")
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        with (
            closing(open_database(folder / STORE_NAME, read_only=True)) as store,
            closing(sqlite3.connect(temporary)) as copy,
        ):
            store.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        temporary.replace(file)
    except (OSError, sqlite3.Error) as error:
        temporary.unlink(missing_ok=True)
        raise DanChungError(
            f"{file}: không ghi được bản sao lưu ({error}); hãy kiểm tra quyền và dung lượng"
        ) from error
    return file.stat().st_size


def restore(file: Path, folder: Path) -> int:
    """Make an index from a copy, in the place of what is there; return its number of passages.

    The old index answers until the new one is whole.

    Raises
    ------
    DanChungError
        The file is no copy of an index, or is damaged.
    """
    if not file.is_file():
        raise DanChungError(f"{file}: không có tệp sao lưu này; hãy kiểm tra đường dẫn")
    folder = folder.resolve()
    make_folder(folder)
    require_index_only(folder)
    with work_folder(folder) as work:
        new = work / NEW
        new.mkdir()
        try:
            shutil.copyfile(file, new / STORE_NAME)
            passages = _build(new, renamed=True)
        except (OSError, DanChungError) as error:
            raise DanChungError(
                f"{file}: không phải bản sao lưu dùng được của một chỉ mục ({error})"
            ) from error
        replace_index(folder, work)
    return passages


def repair(folder: Path) -> None:
    """Make the searchers and the manifest of an index again from its store.

    Raises
    ------
    IndexDamagedError
        The store itself is damaged: only a rebuild or a copy helps.
    """
    with writing(folder, wait_seconds=WAIT_SECONDS):
        _build(folder)


def _build(folder: Path, *, renamed: bool = False) -> int:
    """Make all that a store's folder lacks; return its number of passages.

    A copy is ``renamed``, so that readers of the store it was made of take it for another.
    """
    store = StoreWriter(folder)
    try:
        problems = store.problems()
        if problems:
            raise IndexDamagedError(
                f"{store.path}: kho dữ liệu bị hỏng ({problems[0]}); hãy dựng lại:"
                f" python -m index sync THƯ_MỤC --index {folder} --rebuild,"
                " hoặc khôi phục bản sao lưu: python -m index restore TỆP"
            )
        if renamed:
            store.rename()
        before = published(folder, store)
        engine_of(folder, before).reset()
        manifest = publish(folder, store, replace(before, base=0), changed=True)
        return store.passage_count(generation=manifest.generation)
    finally:
        store.close()
