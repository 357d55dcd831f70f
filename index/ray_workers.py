"""Prepare documents on many machines with Ray, or in a Ray of this machine alone.

Ray's tasks, not Ray Data: what is to be prepared comes from the store as the sync goes on, and what
comes back are documents in order, not rows of a table. Tasks go to whatever machine is free, are
what an autoscaler counts, and are done again elsewhere when their machine is lost.
"""

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cache
from importlib import import_module
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings

from documents.errors import DanChungError
from documents.source import DocumentSource
from index.embedding import Embedder, load_embedder
from index.errors import EmbedderError
from index.scale_packages import missing_package

if TYPE_CHECKING:
    from index.preparing import Change, Prepared, Preparing

_LOCAL = "ray"
_REMOTE = re.compile(r"ray://[^/\s]+:\d+")
_AHEAD = 3
"""Batches under way for each core: so many wait when the store is the slower."""
_RETRIES = 3
"""Times a batch is tried again that a lost machine or a lack of memory ended."""
_PROJECT = Path(__file__).parent.parent
_SENT = ("documents", "index", "models")


def is_address(text: str) -> bool:
    """Return whether `on_ray` can be asked for it: ``ray`` or ``ray://HOST:PORT``."""
    return text == _LOCAL or _REMOTE.fullmatch(text) is not None


def on_ray(address: str) -> "Preparing":
    """Return what prepares batches on Ray: ``ray`` on this machine, ``ray://HOST:PORT`` elsewhere.

    The other machines are sent this program and its bundled models; they must have the packages of
    requirements.txt and see the folder of documents under the same path.
    """

    def prepare_on_ray(
        source: DocumentSource, embedder: Embedder, batches: Iterable[Sequence["Change"]]
    ) -> Iterator[Sequence["Prepared"]]:
        with _cluster(address) as ray:
            task = ray.remote(num_cpus=1, max_retries=_RETRIES)(_prepare)
            shared = ray.put(_with_absolute_root(source))
            under_way: deque[Any] = deque()
            for batch in batches:
                under_way.append(task.remote(shared, embedder.name, embedder.revision, batch))
                if len(under_way) >= _AHEAD * _cores(ray):
                    yield _result(ray, under_way.popleft(), address)
            while under_way:
                yield _result(ray, under_way.popleft(), address)

    return prepare_on_ray


@contextmanager
def _cluster(address: str) -> Iterator[Any]:
    """Give Ray, joined to a cluster; leave it, or end one of this machine, at the end."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # Nothing is told to Ray's makers.
    if address == _LOCAL and "RAY_AUTH_MODE" not in os.environ:
        # Else Ray leaves a token in the home folder.
        os.environ.update(RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=token_hex(32))
    try:
        ray: Any = import_module("ray")
    except ImportError as error:
        raise missing_package("ray") from error
    where: dict[str, Any] = {"address": "local", "include_dashboard": False}
    if address != _LOCAL:
        where = {"address": address, "runtime_env": _program()}
    try:
        with catch_warnings(action="ignore"):  # What they say is in the error.
            ray.init(**where, log_to_driver=False, logging_level="ERROR")
    except (OSError, RuntimeError, ValueError) as error:
        raise _unreachable(address, error) from error
    try:
        yield ray
    finally:
        ray.shutdown()


def _program() -> dict[str, Any]:
    """Return what the other machines are sent."""
    others = [f"/{path.name}" for path in _PROJECT.iterdir() if path.name not in _SENT]
    return {"working_dir": str(_PROJECT), "excludes": [*others, "__pycache__"]}


def _cores(ray: Any) -> int:  # noqa: ANN401 - a module
    """Return the cores there are now: a cluster may grow."""
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def _result(ray: Any, one: Any, address: str) -> Sequence["Prepared"]:  # noqa: ANN401 - Ray's
    """Return what a task returns; raise what is to be told of why it does not."""
    try:
        prepared: Sequence[Prepared] = ray.get(one)
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, DanChungError):
            raise error.cause from None
        raise
    except (ray.exceptions.RayError, ConnectionError) as error:
        raise _unreachable(address, error) from error
    return prepared


def _unreachable(address: str, error: Exception) -> DanChungError:
    reason = str(error).strip().partition("\n")[0]
    return DanChungError(
        f"{address}: Ray không làm được việc ({reason}); hãy xem cụm máy bằng lệnh ray status"
        " (cụm có mã: đặt RAY_AUTH_MODE=token và RAY_AUTH_TOKEN), hoặc chạy lại với --workers 1"
    )


def _with_absolute_root(source: DocumentSource) -> DocumentSource:
    """Return a source that means the same folder whatever folder a process works in."""
    root = getattr(source, "root", None)
    if root is None:
        return source
    absolute: Any = copy(source)
    absolute.root = root.resolve()
    located: DocumentSource = absolute
    return located


def _prepare(
    source: DocumentSource, embedder: str, revision: str, batch: Sequence["Change"]
) -> Sequence["Prepared"]:
    """Prepare a batch on some machine, once it is known to have the same folder and model."""
    from index.preparing import prepare

    root = getattr(source, "root", None)
    if root is not None and not root.is_dir():
        raise DanChungError(
            f"máy {os.uname().nodename} của cụm Ray không thấy thư mục {root}; hãy đặt thư mục trên"
            " ổ đĩa chung, cùng đường dẫn ở mọi máy"
        )
    return prepare(source, _embedder(embedder, revision), batch)


@cache
def _embedder(name: str, revision: str) -> Embedder:
    """Return the model, loaded once in a process."""
    embedder = load_embedder(name)
    if embedder.revision != revision:
        raise EmbedderError(
            f"máy {os.uname().nodename} của cụm Ray có mô hình {name!r} phiên bản"
            f" {embedder.revision!r}, cần {revision!r}; hãy chép cùng một mô hình tới mọi máy"
        )
    return embedder
