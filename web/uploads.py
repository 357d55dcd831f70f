"""Files that visitors upload: what may come in, and under which name it is stored."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path, PurePosixPath

from documents.errors import DanChungError
from documents.loading import MOST_BYTES, SUFFIXES
from web.library_texts import LibraryTexts

DOCUMENTS = SUFFIXES | {".zip"}
"""The endings of what may come into the library."""
MOST_FILES = 20
"""So many files are taken at once."""
MOST_TOTAL_BYTES = 4 * MOST_BYTES
_LONGEST_BYTES = 120
"""Of a stored name: file systems take 255 bytes, and a copy may get a longer name."""
_ODD = re.compile(r"[^\w .()-]+")
_FIRST_BYTES = 1024
_ZIP, _PDF = b"PK\x03\x04", b"%PDF-"
_BEGINNINGS = {
    ".docx": _ZIP,
    ".epub": _ZIP,
    ".odt": _ZIP,
    ".pdf": _PDF,
    ".pptx": _ZIP,
    ".xlsx": _ZIP,
    ".zip": _ZIP,
}
"""What a file of an ending begins with, where all of them do."""


def validate(
    own: LibraryTexts, name: str, size: int, content: bytes, suffixes: Collection[str] = DOCUMENTS
) -> str:
    """Return the name under which an upload may be stored.

    Parameters
    ----------
    own
        The language in which is told what is wrong.
    name
        As the browser sent it: may hold folders, dots, control characters, anything.
    size
        Bytes of the whole file.
    content
        The file, or its first bytes.
    suffixes
        The endings that may come in.

    Returns
    -------
    str
        A bare file name: letters, digits, blanks and ``._()-``, no leading dot, the ending in
        lower case. Two names may become the same one; see `free_name`.

    Raises
    ------
    DanChungError
        The ending is none of those, the file is empty or larger than
        `documents.loading.MOST_BYTES`, or its first bytes are not those of its ending.
    """
    safe = safe_name(name)
    suffix = PurePosixPath(safe).suffix
    if suffix not in suffixes:
        allowed = ", ".join(sorted(suffixes))
        raise DanChungError(own.wrong_kind(safe, allowed))
    if size <= 0 or not content:
        raise DanChungError(own.empty_file(safe))
    if size > MOST_BYTES:
        raise DanChungError(own.large_file(safe, size, MOST_BYTES))
    if not content.startswith(_BEGINNINGS.get(suffix, b"")):
        raise DanChungError(own.not_its_kind(safe, suffix))
    return safe


def check_batch(own: LibraryTexts, sizes: list[int]) -> None:
    """Raise unless so many files of these sizes may come at once.

    Raises
    ------
    DanChungError
        There are more than `MOST_FILES`, or together they are over `MOST_TOTAL_BYTES`.
    """
    if len(sizes) > MOST_FILES:
        raise DanChungError(own.many_files(len(sizes), MOST_FILES))
    if sum(sizes) > MOST_TOTAL_BYTES:
        raise DanChungError(own.large_files(sum(sizes), MOST_TOTAL_BYTES))


def checked_uploads(
    own: LibraryTexts, files: Sequence[Path], suffixes: Collection[str] = DOCUMENTS
) -> dict[Path, str]:
    """Return the safe name of each uploaded file.

    Raises
    ------
    DanChungError
        One may not come in, or there are too many; then none is to be kept.
    """
    check_batch(own, [file.stat().st_size for file in files])
    return {file: _checked(own, file, suffixes) for file in files}


def _checked(own: LibraryTexts, file: Path, suffixes: Collection[str]) -> str:
    with file.open("rb") as stream:
        first = stream.read(_FIRST_BYTES)
    return validate(own, file.name, file.stat().st_size, first, suffixes)


def safe_name(name: str) -> str:
    """Return a bare file name for whatever was sent; see `validate`."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = " ".join(_ODD.sub("_", last).split())
    stem, dot, suffix = clean.rpartition(".")
    stem, suffix = (stem, f".{suffix.lower().rstrip()}") if dot else (clean, "")
    stem = _cut(stem.strip(" ."), _LONGEST_BYTES - len(suffix.encode()))
    return f"{stem or 'tai-lieu'}{suffix[:20]}"


def free_name(folder: Path, name: str) -> str:
    """Return a safe name that no file of a folder has: ``a.txt``, ``a (2).txt``, …."""
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    candidate, count = name, 1
    while (folder / candidate).exists():
        count += 1
        candidate = f"{stem} ({count}){suffix}"
    return candidate


def _cut(text: str, most_bytes: int) -> str:
    """Return the beginning of a text that takes so many bytes of UTF-8, in whole characters."""
    return text.encode()[: max(0, most_bytes)].decode(errors="ignore").rstrip()
