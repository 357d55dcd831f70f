"""Pages fetched from a real server on this machine into a folder and its index."""

import argparse
import gzip
import json
import socket
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path

import pytest

from documents.errors import DanChungError
from documents.feeds import article_urls
from documents.fetching import USER_AGENT, Fetched, FetchError, Limits, fetch
from documents.loading import load
from documents.web_addresses import RefusedAddressError, check_url, resolve
from documents.web_pages import save_page
from index import adding_cli
from index.cli import _parser, main

LOOPBACK = (ip_network("127.0.0.0/8"),)
PARAGRAPH = "Sen nở từ đầu hè, lá to che kín mặt nước, hạt và củ đều bán được giá cao. "
PAGE = f"<html><head><title>Sen về ao</title></head><body><p>{PARAGRAPH * 4}</p></body></html>"
OLD_PAGE = f"<html><head><meta charset=windows-1258></head><body><p>{'lá sen, ao nhà ' * 20}</p>"
FEED = """<?xml version="1.0"?><rss><channel><link>/</link><item><link>/sen?a=1</link></item>
<item><link>/sen?a=1</link></item><item><link>/mat</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><entry>
<link rel="edit" href="/khong"/><link href="/sen"/></entry></feed>"""
BIG = 100_000


class _Handler(BaseHTTPRequestHandler):
    """Answers by path; a request is told to the server's list."""

    def do_GET(self) -> None:
        seen = self.headers["Host"], self.path, self.headers["User-Agent"]
        self.server.seen.append(seen)  # type: ignore[attr-defined]
        path = self.path.partition("?")[0]
        if path == "/cham":
            self._drip()
        elif path.startswith("/sang/"):
            self._send(302, {"Location": path.removeprefix("/sang/")}, b"")
        else:
            self._send(*_PAGES.get(path, (404, {}, b"")))

    def _send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _drip(self) -> None:
        """Send a head that never ends, for as long as somebody listens."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not self.server.closing.wait(0.02):  # type: ignore[attr-defined]
            try:
                self.wfile.write(b"X: y\r\n")
            except OSError:
                return

    def log_message(self, *_: object) -> None:
        """Say nothing."""


_HTML = {"Content-Type": "text/html; charset=utf-8"}
_PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/sen": (200, _HTML, PAGE.encode()),
    "/cu": (200, {"Content-Type": "text/html"}, OLD_PAGE.encode("cp1258")),
    "/Bài số 1.txt": (200, {"Content-Type": "text/plain"}, PARAGRAPH.encode()),
    "/b.md": (200, {"Content-Type": "application/octet-stream"}, PARAGRAPH.encode()),
    "/rong": (200, _HTML, b"<html><body></body></html>"),
    "/hinh": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/khong-ro": (200, {}, b"abc"),
    "/lon": (200, {**_HTML, "Content-Length": str(BIG)}, b""),
    "/bom": (200, {**_HTML, "Content-Encoding": "gzip"}, gzip.compress(b" " * BIG)),
    "/tin": (200, {"Content-Type": "application/rss+xml"}, FEED.encode()),
    "/atom": (200, {"Content-Type": "application/atom+xml"}, ATOM.encode()),
}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[tuple[str, str, str]] = []
        self.closing = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server() as serving:
        thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield serving
        serving.closing.set()
        serving.shutdown()
        thread.join()


def allowed(*, most_bytes: int = BIG - 1, seconds: float = 60.0) -> Limits:
    return Limits(most_bytes=most_bytes, seconds=seconds, allowed=LOOPBACK)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://ao.vn/",
        "ao.vn/sen",
        "javascript:alert(1)",
        "http://",
        "http://ai:mat-khau@ao.vn/",
        "http://ai@ao.vn/",
        "http://[::1/",
        "http://ao.vn:99999/",
        "http://ao.vn/a\nb",
    ],
)
def test_addresses_of_another_form_are_refused(url: str) -> None:
    with pytest.raises(RefusedAddressError):
        check_url(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0177.0.0.1",
        "0x7f.1",
        "127.1",
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_local_addresses_are_refused_however_they_are_spelled(host: str) -> None:
    with pytest.raises(RefusedAddressError, match="địa chỉ nội bộ"):
        resolve(host, 80)


def test_public_addresses_may_be_connected_to() -> None:
    assert resolve("8.8.8.8", 443) == "8.8.8.8"
    assert resolve("2606:4700::1111", 443) == "2606:4700::1111"
    assert resolve("127.0.0.1", 80, allowed=LOOPBACK) == "127.0.0.1"


def test_a_page_on_this_machine_is_not_fetched(server: _Server) -> None:
    port = server.server_port
    for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"):
        with pytest.raises(RefusedAddressError, match="địa chỉ nội bộ"):
            fetch(f"http://{host}:{port}/sen")
    assert not server.seen


def test_a_name_that_changes_its_mind_changes_nothing(
    server: _Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["127.0.0.1", "10.0.0.1"])

    def lookup(host: str, port: int, **_: object) -> list[object]:
        assert host == "ao.vn"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr("documents.web_addresses.socket.getaddrinfo", lookup)
    page = fetch(f"http://ao.vn:{server.server_port}/sen", allowed())
    assert page.content == PAGE.encode()
    assert server.seen == [(f"ao.vn:{server.server_port}", "/sen", USER_AGENT)]
    with pytest.raises(RefusedAddressError, match=r"ao\.vn ở địa chỉ nội bộ 10\.0\.0\.1"):
        fetch(f"http://ao.vn:{server.server_port}/sen", allowed())


def test_a_name_with_one_local_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(0, 0, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr("documents.web_addresses.socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(RefusedAddressError, match=r"10\.0\.0\.1"):
        resolve("ao.vn", 80)


def test_redirects_are_followed_and_each_is_checked(server: _Server) -> None:
    assert fetch(f"{server.url}/sang//sen", allowed()).url == f"{server.url}/sen"
    for target, reason in [
        ("http://10.0.0.1/", "địa chỉ nội bộ"),
        ("http://[::1]/", "địa chỉ nội bộ"),
        ("file:///etc/passwd", "kiểu 'file' không được nhận"),
        ("http://a@127.0.0.1/", "có tên đăng nhập"),
    ]:
        with pytest.raises(RefusedAddressError, match=reason):
            fetch(f"{server.url}/sang/{target}", allowed())
    loop = "/sang/" * 9 + "/sen"
    with pytest.raises(FetchError, match="chuyển hướng quá 5 lần"):
        fetch(f"{server.url}{loop}", allowed())


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/khong-co", "mã 404"),
        ("/lon", "nặng hơn"),
        ("/bom", "nặng hơn"),
    ],
)
def test_what_a_server_may_not_send(server: _Server, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        fetch(f"{server.url}{path}", allowed())


def test_a_server_that_drips_is_left(server: _Server) -> None:
    with pytest.raises(FetchError, match="máy chủ quá chậm"):
        fetch(f"{server.url}/cham", allowed(seconds=0.5))


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(FetchError, match="không tải được"):
            fetch(f"http://127.0.0.1:{port}/", allowed())


@pytest.mark.parametrize(
    ("path", "name", "text"),
    [
        ("/sen?trang=2", "sen-trang-2-", "Sen nở từ đầu hè"),
        ("/cu", "cu-", "lá sen, ao nhà"),
        ("/B%C3%A0i%20s%E1%BB%91%201.txt", "bai-so-1-", "Sen nở"),
        ("/b.md", "b-", "Sen nở"),
    ],
)
def test_pages_become_documents(
    server: _Server, tmp_path: Path, path: str, name: str, text: str
) -> None:
    _PAGES["/B%C3%A0i%20s%E1%BB%91%201.txt"] = _PAGES["/Bài số 1.txt"]
    url = f"{server.url}{path}"
    saved = save_page(fetch(url, allowed()), url, tmp_path)
    assert saved.startswith(f"trang-web/127.0.0.1/{name}")
    assert save_page(fetch(url, allowed()), url, tmp_path) == saved
    document = load(tmp_path, saved)
    assert text in document.text
    assert document.source == ("127.0.0.1" if saved.endswith(".html") else "")
    assert [file.name for file in (tmp_path / saved).parent.iterdir()] == [Path(saved).name]


def test_a_page_that_names_its_address_keeps_it(tmp_path: Path) -> None:
    html = PAGE.replace("<title>", "<link rel=canonical href='https://www.baoao.vn/x'><title>")
    page = Fetched("http://khac.vn/x", "text/html", "utf-8", html.encode())
    path = save_page(page, page.url, tmp_path)
    assert (tmp_path / path).read_text(encoding="utf-8") == html
    assert load(tmp_path, path).source == "baoao.vn"


def test_an_address_cannot_write_markup_or_climb(tmp_path: Path) -> None:
    url = 'http://ao.vn/..%2F..%2F..%2Fx?"><script>alert(1)</script>'
    path = save_page(Fetched(url, "text/html", "", b"<p>sen</p>"), url, tmp_path)
    assert (tmp_path / path).resolve().parent == tmp_path / "trang-web" / "ao.vn"
    assert "<script>" not in (tmp_path / path).read_text(encoding="utf-8")


def test_a_link_out_of_the_folder_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "ngoai").mkdir()
    (tmp_path / "trong").mkdir()
    (tmp_path / "trong" / "trang-web").symlink_to(tmp_path / "ngoai")
    page = Fetched("http://ao.vn/", "text/html", "", b"<p>sen</p>")
    with pytest.raises(DanChungError, match="liên kết ra ngoài"):
        save_page(page, page.url, tmp_path / "trong")
    assert not list((tmp_path / "ngoai").rglob("*.html"))


@pytest.mark.parametrize("path", ["/hinh", "/khong-ro"])
def test_what_is_no_document_is_refused(server: _Server, tmp_path: Path, path: str) -> None:
    with pytest.raises(FetchError, match="không phải tài liệu"):
        save_page(fetch(f"{server.url}{path}", allowed()), f"{server.url}{path}", tmp_path)


def test_feeds(server: _Server) -> None:
    assert article_urls(fetch(f"{server.url}/tin", allowed())) == [
        f"{server.url}/sen?a=1",
        f"{server.url}/mat",
    ]
    assert article_urls(fetch(f"{server.url}/atom", allowed())) == [f"{server.url}/sen"]
    for content in (b"", b"rubbish", b"<rss/>"):
        with pytest.raises(FetchError, match="không phải nguồn tin"):
            article_urls(Fetched("http://ao.vn/", "", "", content))


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(adding_cli, "_SECONDS_BETWEEN", 0.0)
    folder = tmp_path / "bài"
    folder.mkdir()
    (folder / "a.txt").write_text("Ghe bầu chở khóm ra chợ nổi.", encoding="utf-8")
    return folder


def _options(*arguments: str) -> argparse.Namespace:
    return _parser().parse_args(["add", *arguments, "--json"])


def test_add(
    server: _Server, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = str(tmp_path / "index")
    assert main(["sync", str(library), "--index", index, "--json"]) == 0
    capsys.readouterr()
    listed = tmp_path / "danh-sach.txt"
    listed.write_text(f"# ghi chú\n\n{server.url}/cu\n{server.url}/rong\n", encoding="utf-8")
    options = _options(
        f"{server.url}/cu", "--list", str(listed), "--feed", f"{server.url}/tin", "--index", index
    )
    assert adding_cli.add_pages(options, partial(fetch, limits=allowed())) == 0
    told = capsys.readouterr()
    result = json.loads(told.out)
    assert [one["url"].removeprefix(server.url) for one in result["added"]] == ["/cu", "/sen?a=1"]
    reasons = {one["url"].removeprefix(server.url): one["reason"] for one in result["failed"]}
    assert "mã 404" in reasons["/mat"]
    assert "tệp rỗng" in reasons["/rong"]
    assert result["sync"]["documents"]["added"] == 2
    assert result["sync"]["documents"]["unchanged"] == 1
    assert (library / result["added"][0]["document"]).is_file()
    assert "Không thêm được" in told.err
    assert main(["search", "sen nở đầu hè", "--index", index, "--json"]) == 0
    [best, *_] = json.loads(capsys.readouterr().out)["hits"]
    assert best["document"] == result["added"][1]["document"]
    assert (best["title"], best["source"]) == ("Sen về ao", "127.0.0.1")


def test_nothing_added_is_a_failure(
    server: _Server, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = ["--documents", str(library), "--index", str(tmp_path / "index")]
    assert main(["add", f"{server.url}/sen", *folders, "--json"]) == 1
    told = capsys.readouterr()
    result = json.loads(told.out)
    assert result["added"] == []
    assert result["sync"] is None
    assert "địa chỉ nội bộ 127.0.0.1" in result["failed"][0]["reason"]
    assert not server.seen
    assert not (library / "trang-web").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "cần ít nhất một URL"),
        (["http://ao.vn/"], 1, "chưa có chỉ mục ở đây"),
        (["http://ao.vn/", "--documents", "khong-co"], 1, "không có thư mục"),
        (["--list", "khong-co", "--documents", "."], 1, "không đọc được danh sách"),
    ],
)
def test_what_is_missing_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    if code == 1:
        assert main(["add", *arguments]) == code
    else:
        with pytest.raises(SystemExit, match=str(code)):
            main(["add", *arguments])
    assert message in capsys.readouterr().err
