"""The page as other programs use it: real server, `gradio_client`, the client of `mcp`."""

import asyncio
import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import CONFERENCE, LIBRARY, ScriptedPipeline, free_port
from gradio_client import Client  # type: ignore[import-untyped]
from gradio_client.exceptions import AppError  # type: ignore[import-untyped]

from web.accounts import Accounts, Role
from web.identity import Identities
from web.texts import VIETNAMESE

ASKED = "Ai chủ trì hội nghị triển khai công tác năm 2021?"
QUOTE = "Hội nghị triển khai công tác năm 2021 do đồng chí Trần Văn Bình chủ trì tại Hà Nội."
PER_MINUTE = 4


@dataclass(frozen=True)
class Opened:
    url: str
    log: Path
    pipeline: ScriptedPipeline
    page: Any


def opened(folder: Path, *, accounts: Accounts | None = None) -> Iterator[Opened]:
    """Serve everything there is, with a log."""
    from web.desk import Desk
    from web.interfaces import Interfaces
    from web.json_logs import drop_log, keep_log
    from web.metrics import LibrarySize, Metrics
    from web.page import build_page
    from web.question_limit import QuestionLimit
    from web.server import Beside, Place, open_page

    pipeline, log = ScriptedPipeline(), folder / "log.jsonl"
    desk = Desk(
        Metrics(lambda: LibrarySize(4, 2, 1000)),
        limit=QuestionLimit(PER_MINUTE) if accounts else None,
    )
    page = build_page(pipeline, desk=desk)
    place = Place(port=free_port(), identities=Identities(accounts) if accounts else None)
    beside = Beside(metrics=desk.metrics, mcp=Interfaces(pipeline, desk))
    handler = keep_log(log)
    try:
        yield Opened(open_page(page, place, beside), log, pipeline, page)
    finally:
        pipeline.gate.set()
        page.close(verbose=False)
        drop_log(handler)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    yield from opened(tmp_path_factory.mktemp("local"))


@pytest.fixture(scope="module")
def client(local: Opened) -> Client:
    return Client(local.url, verbose=False)


def test_asking_gives_what_the_command_gives(client: Client) -> None:
    answer = client.predict(ASKED, api_name="/ask")
    assert answer["question"] == ASKED
    assert answer["refused"] is False
    citation = answer["citations"][0]
    assert citation["quote"] == QUOTE
    document = client.predict(citation["document"], api_name="/document")
    assert document["text"][citation["start"] : citation["end"]] == QUOTE


def test_nothing_is_kept_of_who_asked(local: Opened, client: Client) -> None:
    client.predict(ASKED, api_name="/ask")
    client.predict("hội nghị", api_name="/search")
    client.predict(api_name="/documents")
    assert client.session_hash not in local.page.state_holder


def test_searching_gives_ranked_passages_with_their_places(client: Client) -> None:
    found = client.predict(ASKED, 2, api_name="/search")
    assert [hit["rank"] for hit in found["hits"]] == [1, 2]
    first = found["hits"][0]
    assert first["text"] == CONFERENCE.text[first["start"] : first["end"]]
    assert first["why"]


def test_documents_are_listed_and_read(client: Client) -> None:
    listed = client.predict(api_name="/documents")["documents"]
    assert [entry["document"] for entry in listed] == sorted(d.path for d in LIBRARY)
    read = client.predict("tin/hoi-nghi.txt", api_name="/document")
    assert (read["text"], read["published"]) == (CONFERENCE.text, "2020-12-22")


@pytest.mark.parametrize(
    ("endpoint", "sent", "said"),
    [
        ("/ask", ("  ",), VIETNAMESE.ASK_SOMETHING),
        ("/ask", ("a" * 5000,), "rút gọn"),
        ("/ask", (["x"],), VIETNAMESE.ASK_SOMETHING),
        ("/search", ("hội nghị", 0), "từ 1 đến"),
        ("/search", ("hội nghị", "mười"), "từ 1 đến"),
        ("/document", ("../../etc/passwd",), VIETNAMESE.NOT_FOUND_HERE),
        ("/document", ({"a": 1},), VIETNAMESE.NOT_FOUND_HERE),
    ],
)
def test_what_a_caller_does_wrong_is_told_in_one_line(
    client: Client, endpoint: str, sent: tuple[Any, ...], said: str
) -> None:
    with pytest.raises(AppError, match=said):
        client.predict(*sent, api_name=endpoint)


def test_a_bug_inside_is_not_told(client: Client) -> None:
    with pytest.raises(AppError) as raised:
        client.predict("Hãy báo lỗi", api_name="/ask")
    assert "scripted" not in str(raised.value)


def test_the_endpoints_are_described_with_types(local: Opened) -> None:
    with httpx.Client(base_url=local.url, trust_env=False) as plain:
        named = plain.get("/gradio_api/info").json()["named_endpoints"]
    assert {"/ask", "/search", "/documents", "/document"} <= set(named)
    assert named["/search"]["parameters"][1]["python_type"]["type"] == "int"


def test_mcp_answers_a_question_of_a_real_client(local: Opened) -> None:
    from mcp.client import Client as McpClient

    async def talk() -> tuple[list[str], Any, Any, Any]:
        async with McpClient(f"{local.url}mcp") as mcp:
            tools = [tool.name for tool in (await mcp.list_tools()).tools]
            answer = await mcp.call_tool("ask", {"question": ASKED})
            document = await mcp.call_tool("read_document", {"path": "tin/hoi-nghi.txt"})
            nothing = await mcp.call_tool("read_document", {"path": "/etc/passwd"})
            return tools, answer, document, nothing

    tools, answer, document, nothing = asyncio.run(talk())
    assert tools == ["ask", "search", "read_document"]
    assert json.loads(answer.content[0].text)["citations"][0]["quote"] == QUOTE
    assert json.loads(document.content[0].text)["text"] == CONFERENCE.text
    assert nothing.is_error
    assert VIETNAMESE.NOT_FOUND_HERE in nothing.content[0].text


def test_figures_are_counted_for_prometheus(local: Opened, client: Client) -> None:
    def figures() -> dict[str, float]:
        with httpx.Client(base_url=local.url, trust_env=False) as plain:
            lines = plain.get("/metrics").text.splitlines()
        parts = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        return {name: float(value) for name, value in parts}

    before = figures()
    client.predict(ASKED, api_name="/ask")
    client.predict("Giá vàng?", api_name="/ask")
    after = figures()
    assert after["danchung_questions_total"] - before["danchung_questions_total"] == 2
    assert after["danchung_refusals_total"] - before["danchung_refusals_total"] == 1
    assert after["danchung_answer_seconds_count"] == after["danchung_questions_total"]
    assert (after["danchung_documents"], after["danchung_index_bytes"]) == (4, 1000)


def test_the_log_has_a_line_for_each_question_without_its_words(
    local: Opened, client: Client
) -> None:
    client.predict(ASKED, api_name="/ask")
    lines = [json.loads(line) for line in local.log.read_text("utf-8").splitlines()]
    last = [line for line in lines if line["event"] == "question"][-1]
    assert (last["ended"], last["user"], last["characters"]) == ("answered", "local", len(ASKED))
    assert {"method", "path", "status", "seconds"} <= set(
        next(line for line in lines if line["event"] == "request")
    )
    assert "chủ trì" not in local.log.read_text("utf-8")


def test_the_words_are_logged_only_when_asked_for(caplog: pytest.LogCaptureFixture) -> None:
    from web.desk import Desk

    with caplog.at_level(logging.INFO, logger="web"):
        list(Desk(log_questions=True).watch(iter(()), user="lan", question="Hỏi gì?\nThế?"))
    assert caplog.records[-1].__dict__["data"]["question"] == "Hỏi gì?\nThế?"


def test_who_asks_too_much_must_wait_and_others_need_not(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "data")
    for name in ("lan", "minh"):
        accounts.add(name, "mật khẩu đủ dài", Role.READER)
    for served in opened(tmp_path, accounts=accounts):
        clients = {
            name: Client(
                served.url,
                headers={"authorization": f"Bearer {accounts.new_token(name)}"},
                verbose=False,
            )
            for name in ("lan", "minh")
        }
        for _ in range(PER_MINUTE):
            clients["lan"].predict(ASKED, api_name="/ask")
        with pytest.raises(AppError, match="hỏi nhanh quá"):
            clients["lan"].predict(ASKED, api_name="/ask")
        assert clients["minh"].predict(ASKED, api_name="/ask")["citations"]


def test_one_with_many_questions_does_not_keep_another_waiting(local: Opened) -> None:
    many, one = Client(local.url, verbose=False), Client(local.url, verbose=False)
    local.pipeline.gate.clear()
    slow = [many.submit(f"{ASKED} (chờ)", api_name="/ask") for _ in range(6)]
    done = threading.Event()
    quick = one.submit(ASKED, api_name="/ask", result_callbacks=lambda *_: done.set())
    assert done.wait(15), "the other user's question waited for those of the first"
    assert quick.result()["citations"]
    assert not any(job.done() for job in slow)
    local.pipeline.gate.set()
    assert all(job.result()["citations"] for job in slow)
