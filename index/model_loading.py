"""Load a model of the hub's form, by name or folder, or say in one line why it cannot be used."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from index.errors import EmbedderError
from index.model_folder import ModelKind, UnusableModelError, check_kind, check_place

T_co = TypeVar("T_co", covariant=True)

_HUB_SECONDS = 5.0
_BUNDLED = {ModelKind.READER: "extractive", ModelKind.JUDGE: "words"}
_UNREACHABLE = "không tới được hub và mô hình chưa có sẵn trên máy; hãy kiểm tra tên và mạng"
_SETTINGS = ("modules.json", "config.json")
_MISSING = re.compile(r"^(\S+)\s*\|\s*MISSING", re.MULTILINE)
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
# A base model's summary of the first token: read by nothing here.
_UNUSED = "pooler"


class Loader(Protocol[T_co]):
    """Makes something of a model's hub name or folder."""

    def __call__(self, name: str, *, local_files_only: bool) -> T_co:
        """Load the model; do not ask the hub when ``local_files_only``."""
        ...


def load_model(name: str, load: Loader[T_co], kind: ModelKind) -> T_co:
    """Return what ``load`` makes of a hub name or folder.

    Nothing that comes with a model is run, and a model of another kind is refused before its
    weights are read.

    Raises
    ------
    EmbedderError
        It cannot be used, for whatever reason: the message names the bundled alternative.
    """
    local = Path(name).is_dir()
    # Left to itself the hub's client retries a minute and more where there is no network.
    offline = False
    try:
        check_place(name)
        offline = not local and not _hub_answers()
        # Before torch is imported, which takes longer than all the rest.
        if offline and not _is_cached(name):
            raise UnusableModelError(_UNREACHABLE)  # noqa: TRY301 - told like any other reason
        check_kind(kind, lambda file: _file_of(name, file, offline=offline))
        return load(name, local_files_only=local or offline)
    except EmbedderError:
        raise
    except UnusableModelError as error:
        raise refused(name, kind, str(error)) from error
    except Exception as error:
        raise refused(name, kind, _reason(error, offline=offline)) from error


def refused(name: str, kind: ModelKind, problem: str) -> EmbedderError:
    """Return the error for a model that cannot be used; it names the bundled alternative."""
    return EmbedderError(
        f"không nạp được mô hình {name!r}: {problem};"
        f" có thể dùng mô hình kèm sẵn: {kind.value} {_BUNDLED.get(kind, 'bundled')}"
    )


@contextmanager
def complete_weights() -> Iterator[None]:
    """Load with transformers in a block: quietly, and with every weight from the files.

    Weights that the files lack it makes up, and tells of it in its log alone.

    Raises
    ------
    UnusableModelError
        At the end of the block, when weights were made up.
    """
    from transformers.utils import logging as library

    report = _Report()
    logger = library.get_logger("transformers.modeling_utils")
    level, verbosity = logger.level, library.get_verbosity()
    library.disable_progress_bar()  # type: ignore[no-untyped-call]
    library.set_verbosity_error()  # type: ignore[no-untyped-call]
    logger.addFilter(report)
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.removeFilter(report)
        logger.setLevel(level)
        library.set_verbosity(verbosity)
    if report.missing:
        raise UnusableModelError(f"tệp trọng số thiếu {report.missing[0]}")


def _file_of(name: str, file: str, *, offline: bool) -> Path | None:
    if Path(name).is_dir():
        path = Path(name) / file
        return path if path.is_file() else None
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import EntryNotFoundError

    try:
        return Path(hf_hub_download(name, file, local_files_only=offline))
    except EntryNotFoundError:
        return None


def _is_cached(name: str) -> bool:
    """Return whether a model was downloaded before; a short name may be the library's own."""
    names = [name] if "/" in name else [name, f"sentence-transformers/{name}"]
    return any(_file_of(one, file, offline=True) for one in names for file in _SETTINGS)


def _reason(error: Exception, *, offline: bool) -> str:
    text = str(error).strip()
    if offline:
        return _UNREACHABLE
    if "trust_remote_code" in text:
        return "mô hình đòi chạy mã Python đi kèm; chương trình không chạy mã lạ"
    first = (text or "không rõ lý do").splitlines()[0]
    return f"{type(error).__name__}: {first}; hãy kiểm tra tên hoặc thư mục"


def _hub_answers() -> bool:
    from huggingface_hub import constants
    from huggingface_hub.utils import get_session  # type: ignore[attr-defined]

    try:
        get_session().head(constants.ENDPOINT, timeout=_HUB_SECONDS)
    except Exception:  # noqa: BLE001 - whatever is wrong with the network
        return False
    return True


class _Report(logging.Filter):
    """Reads transformers' reports of a loading and keeps them from being printed."""

    def __init__(self) -> None:
        super().__init__()
        self.missing: list[str] = []

    def filter(self, record: logging.LogRecord) -> bool:
        text = _COLOUR.sub("", record.getMessage())
        if "LOAD REPORT" not in text:
            return True
        self.missing += [key for key in _MISSING.findall(text) if _UNUSED not in key]
        return False
