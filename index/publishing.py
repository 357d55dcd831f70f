"""Bring the searchers to what the store holds, and publish it; take up what was left unfinished."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from documents.errors import DanChungError
from index import dense, lexical_writing
from index.embedding import Embedder
from index.errors import IndexDamagedError, IndexMissingError
from index.manifest import Manifest, check_makers, read_manifest, write_manifest
from index.store import Store
from index.store_writing import StoreWriter


def published_by(folder: Path, store: StoreWriter, embedder: Embedder) -> Manifest:
    """Return what is published, or a first manifest of generation 0; check who made it."""
    wanted = Manifest(
        embedder.name, embedder.revision, embedder.dimension, store_id=store.identity().store_id
    )
    if not store.identity().makers:
        store.set_makers(json.dumps(asdict(wanted)))
    found = published(folder, store)
    check_makers(folder, found, wanted)
    return found


def published(folder: Path, store: Store) -> Manifest:
    """Return the manifest, or what the store knows of it when it is lost, spoilt or another's.

    Then the searchers may hold anything, and are made anew from the store.
    """
    identity = store.identity()
    recorded = Manifest(**json.loads(identity.makers)) if identity.makers else None
    try:
        found = read_manifest(folder)
    except (IndexMissingError, IndexDamagedError):
        found = None
    if found and found.store_id == identity.store_id and found.generation == identity.published:
        return found
    lexical_writing.reset(folder)
    dense.reset(folder)
    generation = max(identity.published, found.generation if found else 0)
    if recorded is None:
        raise IndexMissingError(
            f"{folder}: chưa có chỉ mục ở đây;"
            f" hãy tạo: python -m index sync THƯ_MỤC --index {folder}"
        )
    return replace(recorded, generation=generation, store_id=identity.store_id)


def publish(folder: Path, store: StoreWriter, before: Manifest, *, changed: bool) -> Manifest:
    """Bring the searchers to the next generation and publish it, or mend the present one."""
    unpublished = store.newest_generation() > before.generation
    is_new = changed or unpublished or not before.generation
    manifest = before
    if is_new:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = replace(before, generation=before.generation + 1, synced=now)
    with writing_searchers(folder):
        lexical_writing.add_passages(folder, store, generation=manifest.generation)
        manifest = dense.save_searcher(folder, store, manifest)
        if manifest == before:
            return manifest
        store.set_published(manifest.generation)
        write_manifest(folder, manifest)
        lexical_writing.drop_passages(folder, store, generation=manifest.generation)
        dense.drop_old(folder, manifest)
    store.purge(
        documents_before=manifest.generation,
        passages_before=min(manifest.generation, manifest.base + 1),
    )
    return manifest


@contextmanager
def writing_searchers(folder: Path) -> Iterator[None]:
    """Tell what a library says of a full disk or a missing permission in one line."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise DanChungError(
            f"{folder}: không ghi được chỉ mục ({' '.join(str(error).split())}); bản đã công bố"
            " vẫn trả lời được; hãy kiểm tra dung lượng và quyền của thư mục rồi chạy lại"
        ) from error
