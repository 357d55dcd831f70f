"""What visitors may put into the library: checked before anything is kept."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from documents.errors import DanChungError
from documents.loading import MOST_BYTES, SUFFIXES

MOST_FILES = 200
MOST_BYTES_AT_ONCE = 500_000_000
MOST_NAME_BYTES = 200
_FORBIDDEN = frozenset('/\\:*?"<>|')


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file where it lies now; its name is the visitor's until it is checked."""

    file: Path
    name: str = ""


def checked_uploads(uploads: Sequence[Upload]) -> list[Upload]:
    """Return uploads under safe names.

    Raises
    ------
    DanChungError
        One is too large or of another kind, or there are too many; then none is to be kept.
    """
    if len(uploads) > MOST_FILES:
        raise DanChungError(f"{len(uploads)} tệp một lần, nhiều nhất {MOST_FILES}: hãy chia ra")
    total = sum(upload.file.stat().st_size for upload in uploads)
    if total > MOST_BYTES_AT_ONCE:
        raise DanChungError(
            f"các tệp nặng {total / 1e6:.0f} MB, nhiều nhất {MOST_BYTES_AT_ONCE / 1e6:.0f} MB"
            " một lần: hãy chia ra"
        )
    return [_checked(upload) for upload in uploads]


def safe_name(name: str) -> str:
    """Return a file name that leads nowhere and hides nothing.

    The last part of a path, composed, without control and format characters (which may turn the
    reading direction), without leading dots, at most `MOST_NAME_BYTES` long with its ending kept.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        letter
        for letter in last
        if letter not in _FORBIDDEN and unicodedata.category(letter)[0] != "C"
    )
    kept = " ".join(kept.split()).lstrip(". ~$")
    stem, dot, ending = kept.rpartition(".")
    room = MOST_NAME_BYTES - len(f".{ending}".encode())
    if not dot or not stem.strip() or room < 1:
        return ""
    return f"{stem.encode()[:room].decode('utf-8', 'ignore').strip()}.{ending}"


def _checked(upload: Upload) -> Upload:
    name = safe_name(upload.name or upload.file.name)
    ending = Path(name).suffix.lower()
    if ending not in SUFFIXES:
        shown = "".join(filter(str.isprintable, upload.name or upload.file.name))[:80]
        raise DanChungError(
            f"{shown}: không nhận loại tệp này; hãy dùng {', '.join(sorted(SUFFIXES))}"
        )
    size = upload.file.stat().st_size
    if size > MOST_BYTES:
        raise DanChungError(
            f"{name}: nặng {size / 1e6:.1f} MB, nhiều nhất {MOST_BYTES / 1e6:.0f} MB: hãy chia nhỏ"
        )
    return Upload(upload.file, name)
