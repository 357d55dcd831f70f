"""Malformed requests of every kind to the real server: never a 500, never a trace."""

import json
import string
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import ScriptedPipeline, free_port
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from web.guard import OWN_PATHS
from web.plain_pages import error_line
from web.texts import VIETNAMESE

HERE = str(Path(__file__).parents[2])
TELLING = ("Traceback", 'File "', "site-packages", "Error:", HERE, "gradio.", ", line ")
PATHS = (
    "/gradio_api/queue/join",
    "/gradio_api/call/ask",
    "/gradio_api/call/search",
    "/gradio_api/call/document",
    "/gradio_api/call/ask_in_page",
    "/gradio_api/run/predict",
    "/gradio_api/component_server",
    "/gradio_api/cancel",
    "/gradio_api/reset",
    "/gradio_api/upload",
    "/login",
    "/mcp",
    "/healthz",
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
CALLS = st.fixed_dictionaries(
    {},
    optional={
        "data": JSON,
        "fn_index": JSON,
        "session_hash": JSON,
        "event_id": JSON,
        "event_data": JSON,
        "trigger_id": JSON,
        "component_id": JSON | st.integers(0, 60),
        "fn_name": JSON | st.sampled_from(["open_panel", "explain_source", "__init__", "queue"]),
        "batched": JSON,
    },
)
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    from web.interfaces import Interfaces
    from web.page import build_page
    from web.server import Beside, Place, open_page

    pipeline = ScriptedPipeline()
    page = build_page(pipeline)
    address = open_page(page, Place(port=free_port()), Beside(mcp=Interfaces(pipeline)))
    with httpx.Client(base_url=address, trust_env=False, timeout=20) as opened:
        yield opened
    page.close(verbose=False)


def check(reply: httpx.Response) -> None:
    assert reply.status_code < 500, (reply.request.url, reply.request.content, reply.text)
    assert not [sign for sign in TELLING if sign in reply.text]
    if reply.status_code >= 400 and reply.request.url.path not in OWN_PATHS:
        assert reply.json() == {"detail": error_line(VIETNAMESE, reply.status_code)}


@FEW
@given(path=st.sampled_from(PATHS), body=JSON | CALLS)
def test_any_json_is_answered_in_one_line(client: httpx.Client, path: str, body: object) -> None:
    check(client.post(path, content=json.dumps(body), headers={"content-type": "application/json"}))


@FEW
@given(
    path=st.sampled_from(PATHS),
    body=st.binary(max_size=60),
    kind=st.sampled_from(
        [
            "application/json",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "text/plain",
            "application/x-www-form-urlencoded",
            "",
        ]
    ),
)
def test_any_bytes_are_answered_in_one_line(
    client: httpx.Client, path: str, body: bytes, kind: str
) -> None:
    check(client.post(path, content=body, headers={"content-type": kind}))


@FEW
@given(
    method=st.sampled_from(["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]),
    path=st.text(string.ascii_letters + string.digits + "/.%=_-?&", max_size=30)
    | st.sampled_from(
        [
            "config",
            "gradio_api/info",
            "gradio_api/call/ask/x",
            "gradio_api/heartbeat",
            "gradio_api/queue/status",
            "assets/x",
            "static/%00",
        ]
    ),
)
def test_any_path_is_answered_in_one_line(client: httpx.Client, method: str, path: str) -> None:
    with client.stream(method, f"/{path}") as reply:
        assert reply.status_code < 500
        if reply.status_code >= 400:
            reply.read()
            assert not [sign for sign in TELLING if sign in reply.text]


@pytest.mark.parametrize("depth", [100, 100_000])
def test_deep_and_large_bodies_are_refused(client: httpx.Client, depth: int) -> None:
    kind = {"content-type": "application/json"}
    deep = '{"data":' + "[" * depth + "]" * depth + "}"
    for path in ("/gradio_api/queue/join", "/gradio_api/component_server"):
        check(client.post(path, content=deep, headers=kind))
        large = client.post(path, content=b" " * 1_000_001, headers=kind)
        assert large.status_code == 413


def test_after_all_that_a_question_is_still_answered(client: httpx.Client) -> None:
    joined = client.post("/gradio_api/call/ask", json={"data": ["Quốc kỳ hình chữ nhật có gì?"]})
    reply = client.get(f"/gradio_api/call/ask/{joined.json()['event_id']}")
    data = reply.text.partition("data: ")[2]
    assert "ngôi sao vàng" in json.loads(data)[0]["answer"]
