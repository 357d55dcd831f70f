"""What axe-core finds wrong with the page for those who cannot see, point or tell colours."""

from collections.abc import Iterator

import pytest
from accessibility import findings
from conftest import PHONE, WIDE
from playwright.sync_api import Browser, Page, expect
from whole_page import QUESTION, UNKNOWN, Whole, log_in, whole_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    with whole_page(tmp_path_factory.mktemp("whole")) as served:
        yield served


@pytest.fixture(
    params=[(viewport, scheme) for viewport in (WIDE, PHONE) for scheme in ("light", "dark")],
    ids=["wide light", "wide dark", "phone light", "phone dark"],
)
def page(request: pytest.FixtureRequest, browser: Browser, whole: Whole) -> Iterator[Page]:
    viewport, scheme = request.param
    context = browser.new_context(
        locale="vi-VN",
        viewport=viewport,
        color_scheme=scheme,
        reduced_motion="reduce",  # a colour that is fading in has no contrast yet
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(whole.url)
    yield page
    context.close()


def ask(page: Page, question: str, turns: int) -> None:
    page.locator("#question textarea").fill(question)
    page.locator("#send").click()
    expect(page.locator(".turn[data-state=done]")).to_have_count(turns)


def is_phone(page: Page) -> bool:
    return page.viewport_size == PHONE


def test_axe_finds_nothing_in_any_view(page: Page, whole: Whole) -> None:
    found = findings(page, "login")
    log_in(page, "lan")
    expect(page.locator(".start button").first).to_be_visible()
    expect(page.locator(".loading")).to_have_count(0)  # Gradio's own, before the page has arrived
    found += findings(page, "start")

    ask(page, QUESTION, 1)
    page.locator("button.marker").first.click()
    expect(page.locator("#source mark")).to_be_visible()
    page.locator(".why summary").click()
    expect(page.locator(".why-body dl")).to_be_visible()
    found += findings(page, "answer with its source")
    if is_phone(page):
        page.locator("#source .close").click()

    page.locator("#clear").click()
    # Else what is typed is cleared with the rest.
    expect(page.locator(".start button").first).to_be_visible()
    ask(page, UNKNOWN, 1)
    expect(page.locator(".leads")).to_be_visible()
    page.locator("#filters summary").click()
    found += findings(page, "refusal and filters")

    page.locator(".open-settings").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += findings(page, "settings")
    page.keyboard.press("Escape")

    if is_phone(page):
        page.locator(".open-history").click()
    expect(page.locator(".history .open").first).to_be_visible()
    found += findings(page, "history")

    page.goto(f"{whole.url}thu-vien")
    expect(page.locator(".listing .read")).to_have_count(2)
    found += findings(page, "library")
    page.locator(".listing .read").first.click()
    expect(page.locator(".reader")).to_be_visible()
    found += findings(page, "document of the library")

    page.goto(f"{whole.url}danh-gia")
    page.locator(".run-options summary").click()
    expect(page.locator("#run-form select").first).to_be_visible()
    found += findings(page, "evaluation before its first run")
    assert found == []


def test_a_page_in_the_dark_is_dark(page: Page) -> None:
    """Else the contrasts of the dark colours would not have been looked at."""
    log_in(page, "lan")
    expect(page.locator(".start button").first).to_be_visible()
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert page.evaluate("document.body.classList.contains('dark')") == dark


def test_axe_is_there_and_sees(page: Page) -> None:
    page.locator("h1").evaluate("heading => heading.outerHTML = '<img src=\"x.png\">'")
    assert any("image-alt" in one for one in findings(page, "login"))
