"""What a Milvus server's failures are told as: one line, with what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from documents.errors import DanChungError

_REFUSED = ("UNAUTHENTICATED", "PERMISSION_DENIED")
_REFUSED_WORDS = ("auth check failure", "permission deny", "unauthenticated")
_SILENT = ("UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED")
_NOT_CONNECTED = 2
_NO_COLLECTION = 100
_NOT_LOADED = 101
_NO_LITE = "Open local milvus failed"


class NotLoadedError(DanChungError):
    """The server has the collection and was not told to load it, or was started anew."""


@contextmanager
def told(uri: str, collection: str, failure: type[Exception]) -> Iterator[None]:
    """Turn what pymilvus raises inside into a `DanChungError`."""
    try:
        yield
    except DanChungError:
        raise
    except failure as error:
        is_loaded = getattr(error, "code", None) != _NOT_LOADED
        kind = DanChungError if is_loaded else NotLoadedError
        raise kind(_line(uri, collection, error)) from error
    except Exception as error:
        if _grpc_code(error) is None:
            raise
        raise DanChungError(_line(uri, collection, error)) from error


def _line(uri: str, collection: str, error: Exception) -> str:
    message = " ".join(str(getattr(error, "message", error)).split())[:200]
    code = _grpc_code(error)
    if code in _REFUSED or any(words in message.lower() for words in _REFUSED_WORDS):
        return f"{uri}: Milvus không nhận mã truy cập; hãy kiểm tra biến DANCHUNG_MILVUS_TOKEN"
    if code in _SILENT or getattr(error, "code", None) == _NOT_CONNECTED:
        return (
            f"{uri}: Milvus không trả lời; hãy kiểm tra máy chủ và đường mạng rồi chạy lại"
            " (việc đã xong không mất)"
        )
    if _NO_LITE in message:
        return (
            f"{uri}: không mở được tệp Milvus Lite ({message}); mỗi lúc chỉ một tiến trình mở được"
            " tệp này: hãy đợi tiến trình kia xong, hoặc dùng máy chủ Milvus"
        )
    if getattr(error, "code", None) == _NO_COLLECTION:
        return (
            f"{uri}: bộ sưu tập {collection} không còn; hãy làm lại từ kho dữ liệu:"
            " python -m index verify --repair --index THƯ_MỤC"
        )
    return f"{uri}: Milvus báo lỗi ({message}); hãy xem nhật ký của máy chủ rồi chạy lại"


def _grpc_code(error: BaseException | None) -> str | None:
    """Return the name of the gRPC status in an error or in what caused it."""
    seen: set[int] = set()  # pymilvus raises errors as their own causes.
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        code = getattr(error, "code", None)
        status = code() if callable(code) else code
        name = getattr(status, "name", None)
        if isinstance(name, str) and name.isupper() and type(status).__name__ == "StatusCode":
            return name
        error = error.__cause__
    return None
