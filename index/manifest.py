"""What an index was made with, and which generation is published; written last."""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from documents.errors import DanChungError
from documents.loading import LOADING_VERSION
from documents.splitting import SPLIT_VERSION
from index.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from index.swapping import finish_swap
from index.terms import ANALYZER_VERSION

MANIFEST_NAME = "manifest.json"
FAISS, MILVUS = "faiss", "milvus"


@dataclass(frozen=True, slots=True)
class Place:
    """Which engine keeps the searchers; ``uri`` is empty for the index folder itself."""

    engine: str = FAISS
    uri: str = ""


IN_FOLDER = Place()


@dataclass(frozen=True, slots=True)
class Manifest:
    """The makers of an index and its published generation.

    Attributes
    ----------
    embedder, revision, dimension
        Name of the model, hash of its weights, length of its vectors.
    analyzer, loading, split
        Versions of the rules for terms, for reading files and for passages.
    store_id
        Of the store it was made from.
    generation
        The last generation that every searcher holds; readers see the store at this one.
    synced
        When it was published: UTC, ISO 8601.
    base
        The generation whose vectors are in a file; later ones are taken from the store.
    engine, uri
        The place of the searchers.
    """

    embedder: str
    revision: str
    dimension: int
    analyzer: str = ANALYZER_VERSION
    loading: str = LOADING_VERSION
    split: str = SPLIT_VERSION
    store_id: str = ""
    generation: int = 0
    synced: str = ""
    base: int = 0
    engine: str = FAISS
    uri: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.generation, int) or not isinstance(self.dimension, int):
            raise TypeError(f"{self.generation!r}, {self.dimension!r}: cần số nguyên")

    @property
    def place(self) -> Place:
        """Where its searchers are."""
        return Place(self.engine, self.uri)

    def at(self, place: Place) -> "Manifest":
        """Return a copy in a place, where nothing of it is yet when it is another."""
        if self.place == place:
            return self
        return replace(self, engine=place.engine, uri=place.uri, base=0)

    def with_base(self, generation: int) -> "Manifest":
        """Return a copy whose vectors up to a generation are in a file."""
        return replace(self, base=generation)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of an index folder, once a swap that died there is finished.

    Raises
    ------
    IndexMissingError
        The folder holds no index.
    IndexDamagedError
        The manifest is not what this version writes.
    """
    try:
        return _read(folder)
    except IndexMissingError:
        if not finish_swap(folder):
            raise
        return _read(folder)


def _read(folder: Path) -> Manifest:
    path = folder / MANIFEST_NAME
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissingError(
            f"{folder}: chưa có chỉ mục ở đây;"
            f" hãy tạo: python -m index sync THƯ_MỤC --index {folder}"
        ) from None
    except PermissionError as error:
        raise DanChungError(
            f"{path}: không được phép đọc; hãy kiểm tra quyền của thư mục"
        ) from error
    except (ValueError, TypeError, OSError) as error:
        raise IndexDamagedError(
            f"{path}: không đọc được ({error});"
            f" hãy dựng lại: python -m index sync THƯ_MỤC --index {folder} --rebuild"
        ) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Publish a manifest: written under another name, then renamed."""
    write_json(folder / MANIFEST_NAME, asdict(manifest))


def write_json(path: Path, value: object) -> None:
    """Write JSON so that the file is either the old one or the new one, never half of it."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=2)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def check_makers(folder: Path, found: Manifest, wanted: Manifest) -> None:
    """Raise `IndexMismatchError` when an index was made by other rules or another model."""
    for name, label in _LABELS.items():
        if getattr(found, name) != getattr(wanted, name):
            raise IndexMismatchError(
                f"{folder}: chỉ mục được tạo với {label} {getattr(found, name)!r}, nay là"
                f" {getattr(wanted, name)!r}; hãy dựng lại:"
                f" python -m index sync THƯ_MỤC --index {folder} --rebuild"
            )


_LABELS = {
    "embedder": "mô hình",
    "revision": "phiên bản mô hình",
    "dimension": "số chiều",
    "analyzer": "cách tách từ",
    "loading": "cách đọc tệp",
    "split": "cách chia đoạn",
}
