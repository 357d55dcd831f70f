"""`python -m qa --reader URL#MODEL`: the key, what is printed, and addresses that are wrong."""

import json
import socket

import pytest
from model_server import model_server, writes

import qa.cli
from documents.document import Document
from documents.source import MemorySource
from index.embedding import load_embedder
from index.syncing import sync
from qa.server_writer import Patience, ServedModel, ServerWriter
from qa.writer import WriterError
from qa.written_answer import STANDING_IN

NEWS = Document(
    "tin.txt",
    "Sáng 5/6/2021, Sở Tư pháp tỉnh Hòa Bình tổ chức hội nghị tổng kết."
    " Bà Trần Thị Mai, Giám đốc Sở Tư pháp, chủ trì hội nghị.",
    "Hội nghị tổng kết công tác hòa giải",
)
QUESTION = "Ai chủ trì hội nghị tổng kết?"
TRUE = "Hội nghị do bà Trần Thị Mai chủ trì [1]."


@pytest.fixture(scope="module")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("bundled")
    sync(MemorySource([NEWS]), folder, embedder=load_embedder())
    return str(folder)


@pytest.mark.parametrize(
    ("variables", "sent"),
    [
        ({}, "Bearer none"),
        ({"OPENAI_API_KEY": "sk-1"}, "Bearer sk-1"),
        ({"OPENAI_API_KEY": "sk-1", "DANCHUNG_API_KEY": "sk-2"}, "Bearer sk-2"),
    ],
)
def test_qa_asks_the_server_with_the_key_of_the_environment(
    index_folder: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variables: dict[str, str],
    sent: str,
) -> None:
    for name in ("OPENAI_API_KEY", "DANCHUNG_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    text = f"{TRUE} Ông Lê Văn Hùng vắng mặt [1]."
    with model_server(writes(text)) as server:
        command = [QUESTION, "--index", index_folder, "--reader", f"{server.url}#m", "--json"]
        assert qa.cli.main(command) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["answer"] == "Hội nghị do bà Trần Thị Mai chủ trì. [1]"
    assert answer["struck"] == ["Ông Lê Văn Hùng vắng mặt."]
    assert answer["note"] == ""
    assert set(server.keys) == {sent}


def test_qa_prints_what_was_struck_and_why_another_answer_stands(
    index_folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with model_server(writes("Ông Lê Văn Hùng chủ trì [1].")) as server:
        assert qa.cli.main([QUESTION, "--index", index_folder, "--reader", f"{server.url}#m"]) == 0
    out = capsys.readouterr().out
    assert f"(Không câu nào của mô hình đứng vững khi đối chiếu với tài liệu. {STANDING_IN})" in out
    assert "Đã gạch 1 câu" in out
    assert "  ✗ Ông Lê Văn Hùng chủ trì." in out


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ends_in_one_line(index: str, reader: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert qa.cli.main([QUESTION, "--index", index, "--reader", reader]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    return captured.err


def test_a_wrong_address_ends_in_one_line(
    index_folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"http://127.0.0.1:{closed_port()}/v1#m"
    assert "kiểm tra địa chỉ" in ends_in_one_line(index_folder, url, capsys)
    with model_server(writes(TRUE)) as server:
        url = server.url.removesuffix("/v1") + "#m"
        assert "/v1" in ends_in_one_line(index_folder, url, capsys)
        server.models_status = 500  # known for one that keeps no list
        ServerWriter(ServedModel(server.url, "m")).check()
        server.models_status = 401
        assert "DANCHUNG_API_KEY" in ends_in_one_line(index_folder, f"{server.url}#m", capsys)
    assert server.asked == []


def test_a_port_that_takes_connections_and_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        writer = ServerWriter(ServedModel(url, "m"), patience=Patience(connect=0.1))
        with pytest.raises(WriterError, match=r"trong 0\.1 giây"):
            writer.check()
