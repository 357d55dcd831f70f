"""A small real server that speaks as OpenAI-compatible ones do, and fails as they do."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

DEADLINE = 60.0
"""Seconds after which what should have happened is taken for what does not."""
Behaviour = Callable[["Reply"], None]
"""What the server does with a request for text."""
_ENOUGH = 3


@dataclass
class ModelServer:
    """A server on the loopback interface, and what it was asked."""

    behaviour: Behaviour
    models_status: int = 200
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    heard: threading.Condition = field(default_factory=threading.Condition)
    keys: list[str] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)
    hung_up: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)

    def has_been_asked(self, times: int) -> bool:
        """Wait until it was asked so often: a request that was given up may not be read yet."""
        with self.heard:
            return self.heard.wait_for(lambda: len(self.asked) >= times, timeout=DEADLINE)


class Reply:
    """The connection to whoever asked."""

    def __init__(self, handler: BaseHTTPRequestHandler, server: ModelServer) -> None:
        self.server = server
        self._handler = handler

    def status(self, code: int, body: object) -> None:
        """Send a whole reply that is no stream."""
        content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self._handler.send_response(code)
        self._handler.send_header("Content-Type", "application/json")
        self._handler.send_header("Content-Length", str(len(content)))
        self._handler.end_headers()
        self._handler.wfile.write(content)

    def start(self, *, chunked: bool = False) -> None:
        """Begin a stream of events, which ends when the connection does; or with an empty chunk."""
        self._handler.protocol_version = "HTTP/1.1" if chunked else "HTTP/1.0"
        self._handler.send_response(200)
        if chunked:
            self._handler.send_header("Transfer-Encoding", "chunked")
        self._handler.send_header("Content-Type", "text/event-stream")
        self._handler.send_header("Connection", "close")
        self._handler.end_headers()

    def raw(self, text: str) -> None:
        """Send some bytes of the stream; remember it when nobody listens any more."""
        try:
            self._handler.wfile.write(text.encode())
            self._handler.wfile.flush()
        except OSError:
            self.server.hung_up.set()
            raise

    def event(self, value: object) -> None:
        """Send one event."""
        self.raw(f"data: {json.dumps(value)}\n\n")

    def text(self, piece: str, *, end: str | None = None) -> None:
        """Send a piece of the answer."""
        choice = {"index": 0, "delta": {"content": piece}, "finish_reason": end}
        head = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
        self.event({**head, "choices": [choice]})


def writes(text: str, *, end: str | None = "stop") -> Behaviour:
    """Return the behaviour of a server whose model writes a text, word by word."""

    def behave(reply: Reply) -> None:
        reply.start()
        for word in text.split(" "):
            reply.text(word + " ")
        reply.text("", end=end)
        reply.raw("data: [DONE]\n\n")

    return behave


def answers_with(status: int, body: object) -> Behaviour:
    """Return the behaviour of a server that sends no stream."""
    return lambda reply: reply.status(status, body)


def streams(raw: str) -> Behaviour:
    """Return the behaviour of a server that sends these bytes for a stream."""

    def behave(reply: Reply) -> None:
        reply.start()
        reply.raw(raw)

    return behave


def goes_on(send: Callable[[Reply], None], *, pause: float = 0) -> Behaviour:
    """Return the behaviour of a server that sends the same again and again, three times ``enough``.

    Pauses are there to send less, nothing waits for them to end.
    """

    def behave(reply: Reply) -> None:
        reply.start()
        for time in count(1):
            send(reply)
            if time == _ENOUGH:
                reply.server.enough.set()
            if reply.server.closing.wait(pause):
                return

    return behave


@contextmanager
def model_server(behaviour: Behaviour) -> Iterator[ModelServer]:
    """Serve for as long as the block lasts."""
    server = ModelServer(behaviour)
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        http.shutdown()
        http.server_close()
        thread.join()


def _handler(server: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.keys.append(self.headers.get("Authorization", ""))
            if self.path != "/v1/models":
                Reply(self, server).status(404, {"error": {"message": "no such path"}})
                return
            Reply(self, server).status(server.models_status, {"object": "list", "data": []})

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            asked = json.loads(self.rfile.read(length))
            with server.heard:
                server.asked.append(asked)
                server.heard.notify_all()
            server.keys.append(self.headers.get("Authorization", ""))
            if self.path != "/v1/chat/completions":
                Reply(self, server).status(404, {"error": {"message": "no such path"}})
                return
            try:
                server.behaviour(Reply(self, server))
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Keep the tests' output clean."""

    return Handler
