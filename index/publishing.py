"""Bring the searchers to what the store holds, and publish it; take up what was left unfinished."""

import json
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from documents.errors import DanChungError
from index.embedding import Embedder
from index.engine import engine_of, writing_searchers
from index.errors import IndexDamagedError, IndexMissingError
from index.lexical_schema import FOLDER_NAME
from index.manifest import Manifest, Place, check_makers, read_manifest, write_manifest
from index.store import Store
from index.store_writing import StoreWriter
from index.swapping import drop_left_over


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


def choose_place(folder: Path, store: StoreWriter, embedder: Embedder, place: Place) -> None:
    """Have the searchers moved to a place, once it answers, when the next generation is published.

    Raises
    ------
    DanChungError
        The place cannot be used; what was chosen before stays.
    """
    made = recorded(store) or Manifest(embedder.name, embedder.revision, embedder.dimension)
    moved = replace(made.at(place), store_id=store.identity().store_id)
    engine_of(folder, moved).check()
    store.set_makers(json.dumps(asdict(moved)))


def recorded(store: Store) -> Manifest | None:
    """Return the makers that the store keeps, with the place chosen last; None of a new store."""
    makers = store.identity().makers
    return Manifest(**json.loads(makers)) if makers else None


def chosen(store: Store, manifest: Manifest) -> Manifest:
    """Return a manifest at the place that was chosen last."""
    makers = recorded(store)
    return manifest if makers is None else manifest.at(makers.place)


def published(folder: Path, store: Store) -> Manifest:
    """Return the manifest, or what the store knows of it when it is lost, spoilt or another's.

    Then the searchers may hold anything, and are made anew from the store.
    """
    identity = store.identity()
    makers = recorded(store)
    try:
        found = read_manifest(folder)
    except (IndexMissingError, IndexDamagedError):
        found = None
    # The store is told first: a sync that died in between published nothing, and is taken up.
    told = (identity.published, identity.published - 1)
    if found and found.store_id == identity.store_id and found.generation in told:
        return found
    if makers is not None:
        engine_of(folder, replace(makers, store_id=identity.store_id)).reset()
    generation = max(identity.published, found.generation if found else 0)
    if makers is None:
        raise IndexMissingError(
            f"{folder}: chưa có chỉ mục ở đây;"
            f" hãy tạo: python -m index sync THƯ_MỤC --index {folder}"
        )
    return replace(makers, generation=generation, store_id=identity.store_id)


def publish(folder: Path, store: StoreWriter, before: Manifest, *, changed: bool) -> Manifest:
    """Bring the searchers to the next generation and publish it, or mend the present one."""
    unpublished = store.newest_generation() > before.generation
    is_new = changed or unpublished or not before.generation
    manifest = chosen(store, before)
    is_moved = manifest != before
    if is_new or is_moved:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = replace(manifest, generation=before.generation + 1, synced=now)
    engine = engine_of(folder, manifest)
    manifest = engine.save(store, manifest)
    if manifest != before:
        store.set_published(manifest.generation)
        with writing_searchers(folder):
            write_manifest(folder, manifest)
    # Also when nothing is new: the sync before may have died right after it published.
    engine.drop_old(store, manifest)
    _drop_temporary(folder)
    drop_left_over(folder, forget)
    if is_moved:
        with suppress(DanChungError):  # An engine that is gone must not hold up the next.
            engine_of(folder, before).reset()
    store.purge(
        documents_before=manifest.generation,
        passages_before=min(manifest.generation, manifest.base + 1),
    )
    return manifest


def forget(folder: Path) -> None:
    """Have what searches an index that is about to go forget it, wherever that is."""
    with suppress(DanChungError):  # A place that is gone must not hold up the next.
        engine_of(folder, read_manifest(folder)).reset()


def _drop_temporary(folder: Path) -> None:
    """Delete the files under temporary names; who wrote them was killed, for nobody else writes."""
    with writing_searchers(folder):
        for path in (*folder.glob("*.tmp"), *folder.glob(f"{FOLDER_NAME}/*.tmp*")):
            path.unlink(missing_ok=True)
