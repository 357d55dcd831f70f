"""Hostile text from everywhere, and what the page's policy stops, in a real Chromium."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import HOSTILE, PHONE, WIDE, ScriptedPipeline, free_port, serving
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, expect

from documents.document import Document
from web.accounts import Accounts, Role
from web.identity import Identities
from web.texts import VIETNAMESE

pytestmark = pytest.mark.browser

PASSWORD = "mật khẩu đủ dài"  # noqa: S105 - of a test
PAYLOAD = f"\"'>{HOSTILE}<svg onload=alert(4)>"
PLANTED = Document(
    f"thư mục/{PAYLOAD.replace('/', '∕')}.txt",
    f"Điều khoản bí ẩn {PAYLOAD} được công bố hôm qua.",
    f"Tiêu đề {PAYLOAD}",
    f"nguồn {PAYLOAD}",
)


@dataclass
class Watched:
    """A page, the dialogs it opened and the violations of its policy."""

    page: Page
    dialogs: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)


def watching(page: Page) -> Watched:
    """Note what a page does that it must not."""
    seen = Watched(page)

    def refuse(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    def read(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            seen.violations.append(message.text)

    page.on("dialog", refuse)
    page.on("console", read)
    return seen


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(locale="vi-VN", viewport=WIDE)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    seen = watching(context.new_page())
    yield seen
    context.close()


def ask(page: Page, question: str) -> None:
    box = page.get_by_role("textbox", name=VIETNAMESE.QUESTION_LABEL)
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".turn").last).to_have_attribute("data-state", "done")


def test_stored_and_reflected_markup_stays_text_everywhere(watched: Watched) -> None:
    page = watched.page
    with serving(ScriptedPipeline(library=(PLANTED,))) as served:
        page.goto(served.url)
        ask(page, f"Điều khoản bí ẩn được công bố hôm qua {PAYLOAD}")
        page.get_by_role("button", name="Mở nguồn 1").last.click()
        panel = page.locator("#source")
        expect(panel.locator("h2")).to_have_text(PLANTED.title)
        expect(panel).to_contain_text(PLANTED.source)
        page.get_by_text(VIETNAMESE.WHY).click()
        expect(panel.locator(".why-body")).not_to_be_empty()
        assert page.locator(".document").evaluate("shown => shown.textContent") == PLANTED.text
        assert page.locator("img, svg[onload], main script").count() == 0
    assert watched.dialogs == []
    assert watched.violations == []


def test_the_policy_stops_what_would_get_through(watched: Watched) -> None:
    page = watched.page
    with serving(ScriptedPipeline()) as served:
        page.goto(served.url)
        expect(page.locator("button.example").first).to_be_visible()
        assert watched.violations == []
        page.evaluate(
            """() => {
              const script = document.createElement('script');
              script.textContent = 'window.gotThrough = 1';
              document.body.append(script);
              document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=gotThrough=1>');
            }"""
        )
        reached = page.evaluate(
            "() => fetch('http://127.0.0.1:9/', {mode: 'no-cors'}).then(() => 1, () => 0)"
        )
        assert reached == 0
        assert page.evaluate("typeof window.gotThrough") == "undefined"
        assert len(watched.violations) >= 3


def test_the_page_cannot_be_framed(watched: Watched) -> None:
    page = watched.page
    with serving(ScriptedPipeline()) as served:
        page.route(
            "http://evil.test/",
            lambda route: route.fulfill(
                content_type="text/html", body=f'<iframe src="{served.url}"></iframe>'
            ),
        )
        page.goto("http://evil.test/")
        assert page.frames[1].locator("#masthead").count() == 0


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_logging_in_asking_and_logging_out(
    browser: Browser, tmp_path: Path, viewport: dict[str, int]
) -> None:
    from web.page import build_page
    from web.server import Place, open_page

    accounts = Accounts(tmp_path)
    accounts.add("lan", PASSWORD, Role.READER)
    served = build_page(ScriptedPipeline())
    context = browser.new_context(viewport=viewport)  # type: ignore[arg-type]
    page = context.new_page()
    seen = watching(page)
    try:
        page.goto(open_page(served, Place(port=free_port(), identities=Identities(accounts))))
        expect(page).to_have_title(f"{VIETNAMESE.LOG_IN} · {VIETNAMESE.NAME}")
        expect(page.get_by_label(VIETNAMESE.USER_NAME)).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        page.get_by_label(VIETNAMESE.USER_NAME).fill('"><img src=x onerror=alert(1)>')
        page.get_by_label(VIETNAMESE.PASSWORD).fill("sai")
        page.get_by_role("button", name=VIETNAMESE.LOG_IN).click()
        expect(page.get_by_role("alert")).to_have_text(VIETNAMESE.WRONG_LOGIN)
        assert page.locator("img").count() == 0
        page.get_by_label(VIETNAMESE.USER_NAME).fill("lan")
        page.get_by_label(VIETNAMESE.PASSWORD).fill(PASSWORD)
        page.keyboard.press("Enter")
        ask(page, "Quốc kỳ hình chữ nhật, nền đỏ, ở giữa có gì?")
        page.goto(page.url.rstrip("/") + "/logout")
        expect(page.get_by_text("lan")).to_be_visible()
        page.get_by_role("button", name=VIETNAMESE.LOG_OUT).click()
        expect(page.get_by_role("button", name=VIETNAMESE.LOG_IN)).to_be_visible()
        assert seen.dialogs == []
    finally:
        context.close()
        served.close(verbose=False)
