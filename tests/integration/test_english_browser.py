"""The page in English: chosen, complete, kept for its user alone; in a real Chromium."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import WIDE
from playwright.sync_api import Browser, Locator, Page, expect
from whole_page import ARTICLES, QUESTION, UNKNOWN, Whole, log_in, whole_page

from web.english_texts import ENGLISH
from web.preferences import Preferences
from web.texts import VIETNAMESE

pytestmark = pytest.mark.browser


OWN_WORDS = """() => {
  const said = [];
  const isOfDocuments = (node) => node.closest("[lang=vi], script, style");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (data.trim() && !isOfDocuments(parentElement)) said.push(data);
  }
  for (const one of document.body.querySelectorAll("[title], [aria-label], [placeholder]"))
    for (const name of ["title", "aria-label", "placeholder"])
      said.push(one.getAttribute(name) ?? "");
  for (const one of document.body.querySelectorAll("*"))
    for (const place of ["::before", "::after"]) said.push(getComputedStyle(one, place).content);
  return said;
}"""
"""What the page says by itself: its texts outside of `lang="vi"`, its labels, its style's texts."""


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Whole]:
    with whole_page(tmp_path) as served:
        yield served


@pytest.fixture
def page(browser: Browser, whole: Whole) -> Iterator[Page]:
    context = browser.new_context(locale="en-US", viewport=WIDE)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(whole.url)
    log_in(page, "john")
    yield page
    context.close()


def choose(page: Page, language: str) -> None:
    page.locator(".open-settings").click()
    page.locator("dialog [name=language]").select_option(language)
    page.locator("dialog .save").click()


def marker(page: Page) -> Locator:
    return page.locator("button.marker").last


def assert_english(page: Page) -> None:
    """Assert that no own word of the page has a Vietnamese letter."""
    titles = [QUESTION, UNKNOWN, *(text.split("\n", 1)[0] for text in ARTICLES.values())]
    for said in page.evaluate(OWN_WORDS):
        text = said
        for title in titles:
            text = text.replace(title, "")
        plain = unicodedata.normalize("NFD", text)
        assert not re.search("[\u0300-\u036fđĐ]", plain), said


def test_the_page_is_english_from_the_question_to_the_evaluation(page: Page) -> None:
    choose(page, "en")
    expect(page.get_by_role("heading", name=ENGLISH.START_HEADING)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert_english(page)
    box = page.get_by_role("textbox", name=ENGLISH.QUESTION_LABEL, exact=True)
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.locator(".answer")).to_contain_text("khánh thành năm 1902")
    expect(page.locator(".answer")).to_have_attribute("lang", "vi")
    expect(page.locator("#source mark")).to_contain_text("1902")
    page.get_by_text(ENGLISH.WHY).click()
    expect(page.locator(".why-body dl")).to_contain_text(ENGLISH.WHY_EXACT)
    assert_english(page)
    box.fill(UNKNOWN)
    page.get_by_role("button", name=ENGLISH.SEND, exact=True).click()
    expect(page.locator(".answer").last).to_contain_text("Not found in the documents.")
    page.get_by_text(ENGLISH.FILTER, exact=True).click()
    page.get_by_role("searchbox", name=ENGLISH.ONLY_DOCUMENTS).press_sequentially("hai van")
    expect(page.locator(".found button")).to_have_count(1)
    page.locator(".open-settings").click()
    expect(page.get_by_role("dialog", name=ENGLISH.settings.SETTINGS)).to_be_visible()
    assert_english(page)
    page.keyboard.press("Escape")
    page.get_by_role("link", name=ENGLISH.VIEWS[ENGLISH.LIBRARY]).click()
    expect(page.locator(".listing .read")).to_have_count(2)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(".listing .read").first.click()
    expect(page.locator(".reader")).to_be_visible()
    assert_english(page)
    page.keyboard.press("Escape")
    page.get_by_role("link", name=ENGLISH.VIEWS[ENGLISH.EVALUATION]).click()
    expect(page.get_by_role("heading", name=ENGLISH.evaluation.RUN_HEADING)).to_be_visible()
    expect(page.locator("#feedback")).to_contain_text(ENGLISH.evaluation.NO_FEEDBACK)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert_english(page)


def test_the_choice_survives_a_reload_and_is_its_users_alone(
    page: Page, browser: Browser, whole: Whole
) -> None:
    url = whole.url
    choose(page, "en")
    expect(page).to_have_url(f"{url}en")
    page.goto(f"{url}thu-vien")
    expect(page).to_have_url(f"{url}library")
    page.goto(f"{url}danh-gia")
    expect(page).to_have_url(f"{url}evaluation")
    page.goto(f"{url}?document=cau.txt")
    expect(page.locator(".chip")).to_have_text(["Cầu Long Biên ✕"])
    expect(page.get_by_role("button", name=ENGLISH.SEND, exact=True)).to_be_visible()
    assert whole.kept.preferences.of("john") == Preferences(language="en")
    other = browser.new_context(locale="en-US", viewport=WIDE)  # type: ignore[arg-type]
    theirs = other.new_page()
    theirs.goto(f"{url}en")
    log_in(theirs, "lan")
    expect(theirs).to_have_url(url)
    expect(theirs.get_by_role("button", name=VIETNAMESE.SEND, exact=True)).to_be_visible()
    expect(theirs.locator("html")).to_have_attribute("lang", "vi")
    other.close()
    choose(page, "vi")
    expect(page).to_have_url(url)
    expect(page.get_by_role("button", name=VIETNAMESE.SEND, exact=True)).to_be_visible()


def test_the_conversation_goes_on_in_the_other_language(page: Page) -> None:
    box = page.get_by_role("textbox", name=VIETNAMESE.QUESTION_LABEL, exact=True)
    box.fill(QUESTION)
    box.press("Enter")
    expect(marker(page)).to_be_visible()
    choose(page, "en")
    expect(page.get_by_role("button", name=ENGLISH.AGAIN)).to_be_visible()
    expect(marker(page)).to_have_accessible_name("Open source 1: Cầu Long Biên")


def test_the_login_speaks_the_language_that_this_browser_saw_last(page: Page, whole: Whole) -> None:
    url = whole.url
    choose(page, "en")
    expect(page).to_have_url(f"{url}en")
    page.wait_for_function("document.cookie.includes('dan_chung_language=en')")
    page.goto(f"{url}logout")
    page.get_by_role("button", name=ENGLISH.LOG_OUT).click()
    expect(page.get_by_role("button", name=ENGLISH.LOG_IN)).to_be_visible()
    assert_english(page)
    page.get_by_label(ENGLISH.USER_NAME).fill("john")
    page.get_by_label(ENGLISH.PASSWORD).fill("wrong")
    page.get_by_role("button", name=ENGLISH.LOG_IN).click()
    expect(page.get_by_role("alert")).to_have_text(ENGLISH.WRONG_LOGIN)
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.get_by_role("button", name=VIETNAMESE.LOG_IN)).to_be_visible()
