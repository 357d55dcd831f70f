"""What a Milvus server's failures are told as; which places are refused."""

import sys
from enum import Enum
from pathlib import Path

import pytest

from documents.errors import DanChungError
from index.cli import main
from index.milvus_collection import MilvusCollection, place_of
from index.milvus_errors import NotLoadedError, told


class StatusCode(Enum):
    """Has the name of gRPC's."""

    UNAUTHENTICATED = 16
    DEADLINE_EXCEEDED = 4


class Failure(Exception):  # noqa: N818 - stands for pymilvus's
    def __init__(self, code: object, message: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@pytest.mark.parametrize(
    ("code", "message", "line"),
    [
        (2, "Fail connecting", "Milvus không trả lời"),
        (StatusCode.DEADLINE_EXCEEDED, "timeout", "Milvus không trả lời"),
        (StatusCode.UNAUTHENTICATED, "", "không nhận mã truy cập"),
        (1, "PermissionDenied: permission deny", "không nhận mã truy cập"),
        (100, "can't find collection", "verify --repair"),
        (1, "Open local milvus failed", "một tiến trình"),
        (5, "quota\nexceeded", r"Milvus báo lỗi \(quota exceeded\); hãy xem nhật ký"),
    ],
)
def test_a_failure_is_one_line_with_what_to_do(code: object, message: str, line: str) -> None:
    with pytest.raises(DanChungError, match=line) as raised, told("http://m", "c", Failure):
        raise Failure(code, message)
    assert str(raised.value).startswith("http://m: ")
    assert "\n" not in str(raised.value)


def test_the_cause_of_a_failure_is_seen_even_where_it_is_its_own() -> None:
    error = Failure(2, "Fail connecting")
    error.__cause__ = Failure(StatusCode.UNAUTHENTICATED)
    with pytest.raises(DanChungError, match="mã truy cập"), told("u", "c", Failure):
        raise error
    error.__cause__ = error
    with pytest.raises(DanChungError, match="không trả lời"), told("u", "c", Failure):
        raise error


def test_a_collection_that_is_not_loaded_is_told_apart() -> None:
    with pytest.raises(NotLoadedError), told("u", "c", Failure):
        raise Failure(101, "not loaded")


def test_other_errors_are_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), told("u", "c", Failure):
        _ = 1 / 0


def test_places_are_servers_or_files_and_hold_no_password() -> None:
    assert place_of("https://milvus:19530") == "https://milvus:19530"
    assert place_of("x.db") == str(Path.cwd() / "x.db")
    with pytest.raises(DanChungError, match="DANCHUNG_MILVUS_TOKEN") as raised:
        place_of("http://root:Milvus@may:19530")
    assert "root" not in str(raised.value)
    with pytest.raises(DanChungError, match=r"cần http://MÁY:19530"):
        place_of("may:19530")


@pytest.mark.parametrize("flags", [["--engine", "milvus"], ["--uri", "http://m:1"]])
def test_an_engine_and_its_place_go_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], flags: list[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["sync", str(tmp_path), *flags])
    assert "--engine milvus và --uri URI phải đi cùng nhau" in capsys.readouterr().err


def test_a_missing_package_is_told_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(DanChungError, match=r"chưa cài gói pymilvus; .* -r requirements-scale"):
        MilvusCollection("http://m:1", "c", 4)
