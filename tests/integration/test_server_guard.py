"""The served page as those see it who must not come in: real server, real accounts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from conftest import ScriptedPipeline, free_port
from gradio_client import Client  # type: ignore[import-untyped]

from web.accounts import Accounts, Role
from web.identity import Identities
from web.texts import VIETNAMESE

PASSWORD = "mật khẩu đủ dài"  # noqa: S105 - of a test
HTML = {"accept": "text/html"}


@dataclass(frozen=True)
class Guarded:
    """A page that wants a login, behind a proxy it trusts."""

    url: str
    accounts: Accounts

    def client(self, **options: object) -> httpx.Client:
        return httpx.Client(base_url=self.url, trust_env=False, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    from web.page import build_page
    from web.server import Beside, Place, open_page

    accounts = Accounts(tmp_path_factory.mktemp("data"))
    accounts.add("lan", PASSWORD, Role.EDITOR)
    accounts.add("minh", PASSWORD, Role.READER)
    page = build_page(ScriptedPipeline())
    place = Place(
        port=free_port(),
        identities=Identities(accounts),
        trusted_proxy=True,
        most_upload_bytes=10_000,
    )
    yield Guarded(open_page(page, place, Beside(lambda: {"ok": True, "documents": 4})), accounts)
    page.close(verbose=False)


def log_in(client: httpx.Client, name: str = "lan", password: str = PASSWORD) -> httpx.Response:
    form = {"username": name, "password": password}
    return client.post("/login", data=form, headers=HTML)


def token(guarded: Guarded, name: str) -> dict[str, str]:
    return {"authorization": f"Bearer {guarded.accounts.new_token(name)}"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/config"),
        ("GET", "/gradio_api/info"),
        ("GET", "/gradio_api/queue/data?session_hash=a"),
        ("GET", "/gradio_api/heartbeat/a"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/proxy=http://127.0.0.1/"),
        ("GET", "/assets/index.js"),
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/gradio_api/call/ask"),
        ("POST", "/gradio_api/run/ask"),
        ("POST", "/gradio_api/component_server"),
        ("POST", "/gradio_api/upload"),
        ("GET", "/metrics"),
        ("POST", "/mcp"),
        ("GET", "/không-có"),
        ("DELETE", "/"),
    ],
)
def test_nothing_is_told_without_login(guarded: Guarded, method: str, path: str) -> None:
    with guarded.client() as client:
        reply = client.request(method, path)
    assert reply.status_code == 401
    assert reply.json() == {"detail": VIETNAMESE.LOGIN_NEEDED}


def test_a_visitor_is_led_to_the_login_and_from_there_to_the_page(guarded: Guarded) -> None:
    with guarded.client() as client:
        first = client.get("/", headers=HTML)
        assert (first.status_code, first.headers["location"]) == (303, "/login")
        assert "<script" not in client.get("/login").text
        reply = log_in(client)
        assert (reply.status_code, reply.headers["location"]) == (303, "/")
        cookie = reply.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert client.get("/", headers=HTML).status_code == 200
        assert "lan" in client.get("/logout", headers=HTML).text
        client.post("/logout")
        assert client.get("/config").status_code == 401


def test_the_cookie_is_secure_behind_https(guarded: Guarded) -> None:
    with guarded.client(headers={"x-forwarded-proto": "https"}) as client:
        cookie = log_in(client).headers["set-cookie"]
        assert cookie.startswith("__Host-")
        assert "secure" in cookie.lower()
        assert "max-age" in client.get("/healthz").headers["strict-transport-security"]


def test_a_wrong_login_is_refused_alike_for_known_and_unknown_names(guarded: Guarded) -> None:
    with guarded.client(headers={"x-forwarded-for": "5.5.5.5"}) as client:
        known, unknown = log_in(client, "lan", "sai"), log_in(client, "khong-co")
        assert known.status_code == unknown.status_code == 401
        assert VIETNAMESE.WRONG_LOGIN in known.text
        assert known.text == unknown.text.replace("khong-co", "lan")
        assert "set-cookie" not in known.headers


def test_guessing_is_slowed_and_the_others_are_not(guarded: Guarded) -> None:
    with guarded.client(headers={"x-forwarded-for": "6.6.6.6"}) as client:
        statuses = [log_in(client, "minh", "sai").status_code for _ in range(5)]
        assert statuses[:3] == [401] * 3
        assert statuses[-1] == 429
        assert log_in(client, "minh").status_code == 429
    with guarded.client(headers={"x-forwarded-for": "7.7.7.7"}) as client:
        assert log_in(client, "minh").status_code == 303


def test_other_programs_come_in_with_a_token_a_password_or_a_login(guarded: Guarded) -> None:
    with guarded.client() as client:
        assert client.get("/config", headers=token(guarded, "minh")).status_code == 200
        assert client.get("/config", auth=("minh", PASSWORD)).status_code == 200
        assert client.get("/config", auth=("minh", "sai")).status_code == 401
        bad = {b"authorization": "Bearer không-có".encode()}
        assert client.get("/config", headers=bad).status_code == 401
        assert client.get("/config", headers={"authorization": "Basic ///"}).status_code == 401
    asking = Client(guarded.url, auth=("minh", PASSWORD), verbose=False)
    answer = asking.predict("Quốc kỳ hình chữ nhật, nền đỏ có gì?", api_name="/ask")
    assert answer["citations"][0]["document"] == "hoi-dap/quoc-ky.txt"
    bearer = Client(guarded.url, headers=token(guarded, "minh"), verbose=False)
    assert bearer.predict("Giá vàng?", api_name="/ask")["refused"]


def test_only_editors_may_upload_and_not_too_much(guarded: Guarded) -> None:
    with guarded.client() as client:
        sent = {"files": ("a.txt", b"x")}
        reader, editor = token(guarded, "minh"), token(guarded, "lan")
        assert client.post("/gradio_api/upload", files=sent, headers=reader).status_code == 404
        assert client.post("/gradio_api/upload", files=sent, headers=editor).status_code == 200
        large = {"files": ("a.txt", b"x" * 20_000)}
        refused = client.post("/gradio_api/upload", files=large, headers=editor)
        assert refused.status_code == 413
        assert refused.json() == {"detail": VIETNAMESE.CALL_TOO_LARGE}


def test_a_body_that_hides_its_size_is_cut_off(guarded: Guarded) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b" " * 100_000

    with guarded.client(headers=token(guarded, "lan")) as client:
        try:
            status = client.post("/gradio_api/queue/join", content=endless()).status_code
        except (httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError):
            status = 413  # the connection was closed on it
    assert status == 413


def test_another_site_cannot_act_for_a_visitor(guarded: Guarded) -> None:
    with guarded.client() as client:
        log_in(client)
        for foreign in (
            {"origin": "https://evil.vn"},
            {"origin": "null"},
            {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"},
        ):
            for path in ("/gradio_api/queue/join", "/gradio_api/call/ask", "/logout", "/login"):
                assert client.post(path, headers=foreign, json={}).status_code == 403
        assert client.get("/config").status_code == 200


def test_every_answer_carries_the_headers_and_names_no_foreign_host(guarded: Guarded) -> None:
    with guarded.client(headers=token(guarded, "lan")) as client:
        for path in ("/", "/config", "/login", "/healthz", "/không-có", "/theme.css"):
            reply = client.get(path, headers=HTML)
            policy = reply.headers["content-security-policy"]
            assert "frame-ancestors 'none'" in policy
            assert "default-src 'self'; " in policy or "default-src 'none'; " in policy
            assert not re.search(r"https?:|\*|'unsafe-inline'[^;]*script", policy)
            assert "'unsafe-inline'" not in policy.split("script-src")[-1].split(";")[0]
            assert reply.headers["x-content-type-options"] == "nosniff"
            assert reply.headers["referrer-policy"] == "same-origin"
            assert reply.headers["cross-origin-opener-policy"] == "same-origin"
            assert "server" not in reply.headers
        assert "sha256-" in client.get("/").headers["content-security-policy"]


def test_errors_are_one_vietnamese_line(guarded: Guarded) -> None:
    with guarded.client(headers=token(guarded, "lan")) as client:
        page = client.get("/gradio_api/file=/etc/passwd", headers=HTML)
        assert page.status_code == 404
        assert VIETNAMESE.NOTHING_HERE in page.text
        malformed = client.post("/gradio_api/queue/join", json={"data": [], "fn_index": 999})
        assert malformed.json() == {"detail": VIETNAMESE.BAD_CALL}
        unknown = client.post("/gradio_api/call/khong_co", json={"data": []})
        assert unknown.json() == {"detail": VIETNAMESE.BAD_CALL}
        assert client.post("/gradio_api/queue/join", content=b"{").status_code == 422


def test_health_is_told_to_everybody_and_no_more(guarded: Guarded) -> None:
    with guarded.client() as client:
        assert client.get("/healthz").json() == {"ok": True, "documents": 4}


def test_no_path_leads_to_a_file_of_this_machine(guarded: Guarded, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật")
    here = Path("app.py").resolve()
    with guarded.client(headers=token(guarded, "lan")) as client:
        for target in (secret, here, "/etc/passwd", "/proc/self/environ"):
            for start in ("file=", "file=/", "file=%2F", "file=file://", "proxy=file://", "file/"):
                for way in (str(target), f"/..{target}", f"/%2e%2e{target}", f"/%252e{target}"):
                    reply = client.get(f"/gradio_api/{start}{way}")
                    assert reply.status_code in (400, 404)
                    assert "bí mật" not in reply.text
            for root in ("/assets/", "/static/", "/"):
                assert client.get(f"{root}..%2f..{target}").status_code == 404
