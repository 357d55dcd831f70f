"""A language model behind an OpenAI-compatible server: vLLM, Ollama, llama.cpp, OpenAI's own.

The question and the passages shown are sent to that server, and to no other.
"""

import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from index.hit import Hit
from index.query import Query
from qa.prompting import messages_for
from qa.writer import MOST_WRITTEN, WriterError

if TYPE_CHECKING:
    from openai import OpenAI, Stream
    from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

KEYS = ("DANCHUNG_API_KEY", "OPENAI_API_KEY")
"""Environment variables that may hold the server's key; the first that is set counts."""
MOST_TOKENS = 4_096
"""Of a reply, with what a model thinks aloud before it."""
_NO_KEY = "none"  # the client demands one; a local server reads none
_TOLD = 200
_SLOW = "hãy thử lại hoặc chọn mô hình nhỏ hơn"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for, in seconds.

    Attributes
    ----------
    connect
        For a connection, and for each part of the reply when the program starts.
    silence
        Between two parts of a reply.
    total
        For a whole reply.
    retries
        How often a request is sent again that got no reply or one of a server's failure.
    """

    connect: float = 5.0
    silence: float = 60.0
    total: float = 180.0
    retries: int = 2


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model of a server: ``http://127.0.0.1:11434/v1#qwen3:4b``."""

    url: str
    name: str


def is_served(name: str) -> bool:
    """Return whether the name of a reader is that of a server's model."""
    return "://" in name


def served_model(name: str) -> ServedModel:
    """Return the parts of ``URL#MODEL``.

    Raises
    ------
    WriterError
        It has not that form.
    """
    url, _, model = name.partition("#")
    form = "cần dạng http://MÁY:CỔNG/v1#MÔ_HÌNH"
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise WriterError(f"--reader {name}: địa chỉ sai ({error}); {form}") from error
    if parts.username or parts.password:
        raise WriterError(
            f"--reader: địa chỉ của {parts.hostname} kèm mật khẩu;"
            f" hãy đặt khóa vào biến môi trường {KEYS[0]}"
        )
    if not is_web or not model.strip():
        raise WriterError(f"--reader {name}: {form}")
    return ServedModel(url, model.strip())


def server_key(environment: Mapping[str, str]) -> str:
    """Return the server's key, empty when there is none.

    Raises
    ------
    WriterError
        It holds what no header can.
    """
    for variable in KEYS:
        key = environment.get(variable, "").strip()
        if key and not (key.isascii() and key.isprintable()):
            raise WriterError(f"{variable}: khóa chỉ gồm chữ không dấu, số và ký hiệu; hãy đặt lại")
        if key:
            return key
    return ""


class ServerWriter:
    """Writes by asking a server; the reply is streamed."""

    def __init__(
        self, model: ServedModel, *, key: str = "", patience: Patience | None = None
    ) -> None:
        from openai import OpenAI, Timeout

        self._model = model
        self._patience = patience or Patience()
        wait = self._patience
        self._client = OpenAI(
            base_url=model.url,
            api_key=key or _NO_KEY,
            timeout=Timeout(wait.silence, connect=wait.connect),
            max_retries=wait.retries,
        )

    def check(self) -> None:
        """Ask the server for its models, so that a wrong address is known at once.

        A server that is there and fails to list them may answer all the same.

        Raises
        ------
        WriterError
            The server is not there, is no such server or refuses the key.
        """
        from openai import InternalServerError

        client = self._client.with_options(timeout=self._patience.connect, max_retries=0)
        with self._explaining(self._patience.connect), suppress(InternalServerError):
            client.models.list()

    def write(self, query: Query, hits: Sequence[Hit]) -> Generator[str, None, None]:
        """Yield the reply piece by piece; closing the generator closes the connection."""
        written, reason, late = 0, "", threading.Event()
        with (
            self._explaining(self._patience.silence, late),
            _asked(self._client, self._model, query, hits) as stream,
            _ended_after(self._patience.total, stream, late),
        ):
            for chunk in stream:
                for choice in chunk.choices[:1]:
                    reason = choice.finish_reason or reason
                    piece = choice.delta.content or ""
                    written += len(piece)
                    if written > MOST_WRITTEN:
                        raise self._error("viết mãi không dừng; hãy thử mô hình khác.")
                    if piece:
                        yield piece
        if late.is_set():
            raise self._too_slow()
        if reason == "length":
            raise self._error("bị cắt vì trả lời quá dài; hãy hỏi hẹp hơn hoặc thử mô hình khác.")
        if reason != "stop":
            raise self._error("ngừng giữa chừng; hãy thử lại hoặc xem nhật ký của máy chủ.")

    @contextmanager
    def _explaining(self, silence: float, late: threading.Event | None = None) -> Iterator[None]:
        """Turn whatever goes wrong with a server into one line that names the remedy."""
        try:
            yield
        except WriterError:
            raise
        except Exception as error:
            if late and late.is_set():
                raise self._too_slow() from error
            raise self._explained(error, silence) from error

    def _explained(self, error: Exception, silence: float) -> WriterError:
        import openai

        if isinstance(error, openai.APITimeoutError):
            return self._error(f"không gửi gì trong {silence:g} giây; {_SLOW}.")
        if isinstance(error, openai.APIStatusError):
            return self._error(_refusal(error.status_code, error.message, self._model))
        if isinstance(error, openai.APIConnectionError):
            return self._error(
                "không trả lời hoặc cắt kết nối; hãy kiểm tra địa chỉ và xem máy chủ có chạy không."
            )
        if isinstance(error, openai.APIError):
            return self._error(f"báo lỗi ({_short(error.message)}); hãy xem nhật ký của máy chủ.")
        return self._error("trả lời sai định dạng; hãy kiểm tra địa chỉ, thường kết thúc bằng /v1.")

    def _too_slow(self) -> WriterError:
        seconds = self._patience.total
        return self._error(f"không trả lời xong trong {seconds:g} giây; {_SLOW}.")

    def _error(self, problem: str) -> WriterError:
        return WriterError(f"Máy chủ {self._model.url} {problem}")


def _asked(
    client: "OpenAI", model: ServedModel, query: Query, hits: Sequence[Hit]
) -> "Stream[ChatCompletionChunk]":
    messages = messages_for(query.text, hits)
    return client.chat.completions.create(
        model=model.name,
        messages=cast("list[ChatCompletionMessageParam]", messages),
        stream=True,
        temperature=0,
        max_tokens=MOST_TOKENS,
    )


@contextmanager
def _ended_after(
    seconds: float, stream: "Stream[ChatCompletionChunk]", late: threading.Event
) -> Iterator[None]:
    """Close a stream after a time: a server may keep a connection alive and say nothing."""

    def end() -> None:
        late.set()
        stream.close()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _refusal(status: int, message: str, model: ServedModel) -> str:
    """Return what a status of HTTP means for whoever asked."""
    if status in {401, 403}:
        return f"từ chối khóa ({status}); hãy đặt khóa vào biến môi trường {' hoặc '.join(KEYS)}."
    if status == 404:  # noqa: PLR2004 - not found
        return (
            f"không có địa chỉ này hoặc không có mô hình {model.name} (404);"
            " hãy kiểm tra địa chỉ, thường kết thúc bằng /v1, và tên mô hình."
        )
    if status == 429:  # noqa: PLR2004 - too many requests
        return "đang quá tải hoặc hết hạn mức (429); hãy thử lại sau."
    if status >= 500:  # noqa: PLR2004 - a server's own failure
        return f"gặp lỗi ({status}); hãy xem nhật ký của máy chủ rồi thử lại."
    return f"không nhận câu hỏi ({status}: {_short(message)}); hãy kiểm tra tên mô hình."


def _short(message: str) -> str:
    return " ".join(message.split())[:_TOLD]
