"""Where requests come from, and which of Gradio's routes exist."""

from pathlib import Path

import pytest

from web.headers import script_hashes
from web.origins import came, is_foreign, names_this_machine
from web.permitted import is_permitted


def seen(*, trusted_proxy: bool = False, **headers: str) -> object:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"client": ("10.0.0.9", 1), "scheme": "http", "headers": pairs}
    return came(scope, trusted_proxy=trusted_proxy)


def test_a_proxy_is_believed_only_where_it_is_trusted() -> None:
    sent = {"x_forwarded_for": "6.6.6.6, 7.7.7.7", "x_forwarded_proto": "https", "host": "a"}
    plain, proxied = seen(**sent), seen(trusted_proxy=True, **sent)  # type: ignore[arg-type]
    assert (plain.address, plain.secure) == ("10.0.0.9", False)  # type: ignore[attr-defined]
    assert (proxied.address, proxied.secure) == ("7.7.7.7", True)  # type: ignore[attr-defined]
    assert plain.header("x-forwarded-for") == ""  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("headers", "method", "foreign"),
    [
        ({}, "POST", False),
        ({"origin": "http://page.vn"}, "POST", False),
        ({"origin": "http://PAGE.vn"}, "POST", False),
        ({"origin": "http://evil.vn"}, "POST", True),
        ({"origin": "http://page.vn.evil.vn"}, "POST", True),
        ({"origin": "http://page.vn:81"}, "POST", True),
        ({"origin": "null"}, "POST", True),
        ({"origin": "http://[page.vn"}, "POST", True),
        ({"origin": "http://evil.vn"}, "GET", True),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, "GET", False),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, "POST", True),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}, "GET", True),
        ({"sec_fetch_site": "same-site", "sec_fetch_mode": "cors"}, "POST", True),
        ({"sec_fetch_site": "same-origin", "origin": "http://page.vn"}, "POST", False),
    ],
)
def test_what_other_sites_make_a_browser_send_is_told(
    headers: dict[str, str], method: str, *, foreign: bool
) -> None:
    assert is_foreign(seen(host="page.vn", **headers), method) is foreign  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("127.0.0.1:7860", True),
        ("localhost", True),
        ("[::1]:7860", True),
        ("evil.vn", False),
        ("127.0.0.1.evil.vn", False),
        ("", False),
        ("[::1", False),
    ],
)
def test_a_loopback_page_answers_to_its_own_names(host: str, *, known: bool) -> None:
    assert names_this_machine(seen(host=host), "127.0.0.1") is known  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=../../etc/passwd",
        "/gradio_api/file=%2e%2e/%2e%2e/etc/passwd",
        "/gradio_api/file=http://evil.vn/",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/proxy=http://evil.vn/",
        "/assets/../../secret",
        "/assets/..\\secret",
        "/static/%2e%2e/secret",
        "/gradio_api/stream/a/b/c/playlist-file",
        "/gradio_api/custom_component/a/client/b/c",
        "/gradio_api/dev/reload",
        "/gradio_api/vibe-code",
        "/gradio_api/openapi.json",
        "/gradio_api/deep_link",
        "/monitoring",
        "/gradio_api/upload",
        "/docs",
    ],
)
def test_what_the_page_does_not_need_does_not_exist(path: str, tmp_path: Path) -> None:
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
        assert not is_permitted(method, path, files=tmp_path, takes_files=False)


def test_files_made_for_visitors_are_shown_and_no_others(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "a.txt").write_text("a")
    (files / "link").symlink_to("/etc/passwd")

    def shown(name: object) -> bool:
        return is_permitted("GET", f"/gradio_api/file={name}", files=files, takes_files=False)

    assert shown(files / "a.txt")
    assert not shown(files / "link")
    assert not shown(f"{files}x/a.txt")
    assert not shown(f"{files}/%2e%2e/b.txt")


def test_each_inline_script_is_named_and_others_are_not() -> None:
    page = b'<script src="./a.js"></script><script>1</script><script type="module">\n2</script>'
    assert script_hashes(page) == [
        "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='",
        "'sha256-kCSv90ewvHGK5blxNkGWfoCgvxu6azHCPqUBonYwcFo='",
    ]
