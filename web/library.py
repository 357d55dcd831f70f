"""The library as the page shows and changes it: documents, the folder they come from, a bin.

The folder is the truth: what is put into it or taken out is followed by a sync.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from documents.errors import DanChungError
from documents.folder import FolderSource
from documents.normalising import fold, search_key
from documents.zip_folder import split_path
from index.manifest import read_manifest
from index.planning import check_not_emptied
from index.records import DocumentInfo, PastSync
from index.store import Store
from web.filters import kind_of
from web.library_texts import LibraryTexts
from web.uploads import free_name

UPLOADS = "tai-len"
"""The folder below the synced one that uploads go into."""
PAGE_SIZE = 50
SORTS = ("title", "source", "published", "passages", "path")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be listed: documents that hold all words, in an order, page by page from 0."""

    search: str = ""
    sort: str = "title"
    falling: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the documents that were wanted."""

    documents: tuple[DocumentInfo, ...]
    found: int
    wanted: Wanted

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.found // PAGE_SIZE))


@dataclass(frozen=True, slots=True)
class Overview:
    """What is said of the whole library: where it is, how large, and its last sync."""

    root: str
    documents: int
    passages: int
    bytes: int
    last: PastSync | None


class Library:
    """The index in a folder and the documents' folder that it was synced with.

    ``own`` is the language in which is told what is wrong.
    """

    def __init__(self, index: Path, bin_folder: Path) -> None:
        self.index = index
        self._bin = bin_folder

    def root(self, own: LibraryTexts) -> Path:
        """Return the folder that was synced last.

        Raises
        ------
        DanChungError
            There is none, or it is no longer there.
        """
        store = Store(self.index)
        root = store.identity().root
        store.close()
        if not root or not Path(root).is_dir():
            raise DanChungError(own.no_folder(root or "—"))
        return Path(root)

    def overview(self) -> Overview:
        """Return what there is to say of the whole library."""
        store = Store(self.index)
        generation = read_manifest(self.index).generation
        documents = store.documents(generation=generation)
        past = store.past_syncs(1)
        root = store.identity().root
        store.close()
        return Overview(
            root,
            len(documents),
            sum(document.passages for document in documents),
            sum(path.stat().st_size for path in self.index.rglob("*") if path.is_file()),
            past[0] if past else None,
        )

    def remove(self, own: LibraryTexts, path: str) -> str:
        """Move a document's file into the bin; return the name by which it can be put back.

        Of one inside an archive it is the whole archive.

        Raises
        ------
        DanChungError
            The index has no such document, or its file cannot be moved.
        """
        root = self.root(own)
        file, _ = split_path(root, path)
        if not self._has(path) or not _is_below(file, root) or not file.is_file():
            raise DanChungError(own.not_in_library(path))
        name = uuid4().hex
        try:
            place = self._bin / name / file.relative_to(root)
            place.parent.mkdir(parents=True)
            shutil.move(file, place)
        except OSError as error:
            raise DanChungError(own.not_removed(path, str(error.strerror))) from error
        return name

    def put_back(self, own: LibraryTexts, name: str) -> str:
        """Move what was removed under a name back to its place; return its path.

        Raises
        ------
        DanChungError
            Nothing was removed under the name, or something else is in its place.
        """
        folder = self._bin / name
        files = [path for path in folder.rglob("*") if path.is_file()] if name.isalnum() else []
        if len(files) != 1:
            raise DanChungError(own.NOTHING_TO_UNDO)
        path = files[0].relative_to(folder).as_posix()
        target = self.root(own) / path
        if target.exists():
            raise DanChungError(own.place_taken(path, str(files[0])))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(files[0], target)
        shutil.rmtree(folder, ignore_errors=True)
        return path

    def take_in(self, own: LibraryTexts, file: Path, name: str) -> str:
        """Copy an uploaded file into the library's folder under a safe name; return its path.

        A name that is taken gets a number, so that nothing is overwritten; the file appears whole
        or not at all.

        Raises
        ------
        DanChungError
            The folder lost all its documents, or the file cannot be written.
        """
        root = self.root(own)
        check_not_emptied(FolderSource(root), self.index)  # the upload would hide it
        folder = root / UPLOADS
        try:
            folder.mkdir(exist_ok=True)
            temporary = folder / f".{uuid4().hex}.tmp"
            shutil.copyfile(file, temporary)
            target = folder / free_name(folder, name)
            os.link(temporary, target)
            temporary.unlink()
        except OSError as error:
            raise DanChungError(own.not_stored(name, str(error.strerror))) from error
        return f"{UPLOADS}/{target.name}"

    def _has(self, path: str) -> bool:
        store = Store(self.index)
        found = path in store.known()
        store.close()
        return found


def listing(documents: Sequence[DocumentInfo], wanted: Wanted) -> Listing:
    """Return the page that is wanted of the documents that hold all words of the search."""
    words = fold(search_key(wanted.search)).split()
    found = [
        one
        for one in documents
        if all(word in fold(search_key(f"{one.title} {one.source} {one.path}")) for word in words)
    ]
    found.sort(key=lambda one: _key(one, wanted.sort), reverse=wanted.falling)
    last = max(0, -(-len(found) // PAGE_SIZE) - 1)
    page = min(max(wanted.page, 0), last)
    shown = found[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    place = Wanted(wanted.search, wanted.sort, wanted.falling, page)
    return Listing(tuple(shown), len(found), place)


def wanted_of(value: object) -> Wanted:
    """Return what the browser wants listed; whatever is malformed is as on arrival."""
    if not isinstance(value, dict):
        return Wanted()
    search, sort, page = value.get("search"), value.get("sort"), value.get("page")
    return Wanted(
        search[:200] if isinstance(search, str) else "",
        sort if sort in SORTS else "title",
        value.get("falling") is True,
        page if isinstance(page, int) and not isinstance(page, bool) else 0,
    )


def _key(one: DocumentInfo, sort: str) -> tuple[object, ...]:
    keys: dict[str, object] = {
        "title": fold(search_key(one.title)),
        "source": fold(search_key(one.source)),
        "published": one.published or date.min,
        "passages": one.passages,
        "path": (kind_of(one.path), one.path),
    }
    return (keys[sort], one.path)


def _is_below(file: Path, root: Path) -> bool:
    return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(root))
