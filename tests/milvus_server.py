"""A real Milvus Lite server in a process of its own, which tests may kill; servers that fail."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

_PATIENCE_SECONDS = 60


class MilvusServer:
    """Serves one data folder on one port; started again, it serves the same."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._port = _free_port()
        self.uri = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "MilvusServer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start, and wait until it is there."""
        self._process = subprocess.Popen(  # noqa: S603
            [
                *(sys.executable, "-m", "milvus_lite", "server", "--host", "127.0.0.1"),
                *("--port", str(self._port), "--data-dir", str(self._data)),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
            except OSError:
                self._process.poll()
            else:
                return
        raise TimeoutError(self.uri)

    def kill(self) -> None:
        """End it as a machine that goes down would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def silent_server() -> Iterator[str]:
    """Give the address of a server that accepts and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def refusing_server() -> Iterator[str]:
    """Give the address of a server that refuses every token, as Milvus does."""
    grpc: Any = import_module("grpc")

    class Refusing(grpc.GenericRpcHandler):  # type: ignore[misc]
        def service(self, details: object) -> Any:  # noqa: ANN401
            return grpc.unary_unary_rpc_method_handler(_refuse)

    def _refuse(_: object, context: Any) -> None:  # noqa: ANN401
        context.abort(grpc.StatusCode.UNAUTHENTICATED, "auth check failure")

    server = grpc.server(ThreadPoolExecutor(2))
    server.add_generic_rpc_handlers([Refusing()])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop(None)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
