"""What the chat keeps and how it is steered, in a real Chromium over a real index."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import free_port
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

import qa.cli
from documents.document import Document
from documents.source import MemorySource
from eval.feedback import FeedbackStore
from index.embedding import load_embedder
from index.syncing import sync
from qa.loading import load_pipeline
from web.page import build_page, launch_page
from web.texts import VIETNAMESE
from web.visits import open_kept

pytestmark = pytest.mark.browser

BRIDGE = Document(
    "cau.txt",
    "Cầu Long Biên bắc qua sông Hồng ở Hà Nội. Cầu Long Biên khánh thành năm 1902. "
    "Cầu Long Biên do hãng Daydé & Pillé xây dựng.",
    "Cầu Long Biên",
    "bao-cau.vn",
    date(2020, 11, 26),
)
PASS = Document(
    "deo.pdf",
    "Đèo Hải Vân nằm giữa Thừa Thiên Huế và Đà Nẵng. Hầm Hải Vân thông xe năm 2005.",
    "Đèo Hải Vân",
    "bao-duong.vn",
    date(2021, 3, 2),
)
QUESTION = "Cầu Long Biên khánh thành năm nào?"
ANSWER = "Cầu Long Biên khánh thành năm 1902."
OTHER = "Hầm Hải Vân thông xe năm nào?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    sync(MemorySource([BRIDGE, PASS]), folder / "index", embedder=load_embedder())
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def port() -> int:
    return free_port()


def served(library: Path, data: Path, port: int) -> Iterator[str]:
    page = build_page(load_pipeline(library / "index"), open_kept(data))
    yield launch_page(page, host="127.0.0.1", port=port)
    page.close(verbose=False)


@pytest.fixture
def url(library: Path, data: Path, port: int) -> Iterator[str]:
    yield from served(library, data, port)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="vi-VN", viewport=ViewportSize(width=1280, height=800))
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    return page


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name=VIETNAMESE.QUESTION_LABEL, exact=True)


def ask(page: Page, question: str, *, turns: int = 1) -> None:
    box(page).fill(question)
    box(page).press("Enter")
    expect(page.locator(".turn[data-state=done]")).to_have_count(turns)


def kept(page: Page) -> Locator:
    return page.locator(".history .open .title")


def test_a_conversation_survives_a_reload_and_a_restart(
    context: BrowserContext, library: Path, data: Path, port: int
) -> None:
    for visit in range(2):
        serving = served(library, data, port)
        page = context.new_page()
        page.goto(next(serving))
        if not visit:
            ask(page, QUESTION)
            expect(kept(page)).to_have_text([QUESTION])
            page.reload()
        expect(page.locator(".answer")).to_contain_text(ANSWER)
        expect(kept(page)).to_have_text([QUESTION])
        page.close()
        for _ in serving:
            pass


def test_conversations_are_found_renamed_removed_and_put_back(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name=VIETNAMESE.NEW_CONVERSATION).click()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, OTHER)
    expect(kept(page)).to_have_text([OTHER, QUESTION])
    search = page.get_by_role("searchbox", name=VIETNAMESE.HISTORY_SEARCH)
    search.fill("khanh thanh")
    expect(kept(page)).to_have_text([QUESTION])
    expect(search).to_be_focused()
    page.locator(".history .open").click()
    expect(page.locator(".answer")).to_contain_text(ANSWER)
    page.once("dialog", lambda dialog: dialog.accept("Về cây cầu"))
    page.get_by_role("button", name=VIETNAMESE.rename(QUESTION)).click()
    expect(kept(page).filter(has_text="Về cây cầu")).to_be_visible()
    page.get_by_role("button", name=VIETNAMESE.remove("Về cây cầu")).click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(kept(page)).to_have_text([OTHER])
    page.get_by_role("button", name=VIETNAMESE.UNDO).click()
    expect(kept(page)).to_have_text([OTHER, "Về cây cầu"])


def test_nothing_is_kept_of_a_private_conversation(page: Page) -> None:
    private = page.get_by_role("button", name=VIETNAMESE.PRIVATE)
    private.click()
    expect(private).to_have_attribute("aria-pressed", "true")
    ask(page, QUESTION)
    expect(kept(page)).to_have_count(0)
    private.click()
    expect(page.locator(".turn")).to_have_count(0)
    page.reload()
    expect(kept(page)).to_have_count(0)


def test_a_question_is_edited_and_asked_again(page: Page) -> None:
    ask(page, OTHER)
    ask(page, QUESTION, turns=2)
    page.get_by_role("button", name=VIETNAMESE.EDIT).first.click()
    expect(box(page)).to_have_value(OTHER)
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "Hầm Hải Vân thông xe khi nào?")
    page.get_by_role("button", name=VIETNAMESE.AGAIN).click()
    expect(page.locator(".turn[data-state=done] .answer")).to_contain_text("năm 2005")
    expect(page.locator(".turn")).to_have_count(1)


def test_opinions_are_kept_with_the_answer(page: Page, data: Path) -> None:
    ask(page, QUESTION)
    page.get_by_text(VIETNAMESE.BAD, exact=True).click()
    page.get_by_role("textbox", name=VIETNAMESE.COMMENT).fill("Thiếu tháng")
    page.get_by_role("button", name=VIETNAMESE.SEND_OPINION).click()
    expect(page.locator(".thanks")).to_contain_text(VIETNAMESE.THANKS)
    ask(page, OTHER, turns=2)
    page.get_by_role("button", name=VIETNAMESE.GOOD, exact=True).click()
    expect(page.locator(".thanks")).to_have_count(2)
    first, second = FeedbackStore(data / "feedback.sqlite3").opinions()
    assert (first.question, first.is_good, first.comment) == (QUESTION, False, "Thiếu tháng")
    assert first.answer["citations"][0]["quote"] == ANSWER
    assert second.is_good
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)


def test_a_search_is_limited_and_the_limits_are_taken_off(page: Page) -> None:
    expect(
        page.locator(".filters[data-arrived=true]")
    ).to_be_attached()  # it closes when it arrives
    page.get_by_text(VIETNAMESE.FILTER, exact=True).click()
    page.get_by_role("combobox", name=VIETNAMESE.SOURCE).select_option("bao-duong.vn")
    chip = page.get_by_role(
        "button", name=VIETNAMESE.drop_filter(f"{VIETNAMESE.SOURCE}: bao-duong.vn")
    )
    expect(chip).to_be_visible()
    ask(page, QUESTION)
    expect(page.locator(".answer")).to_contain_text("Không tìm thấy")
    chip.click()
    expect(chip).to_have_count(0)
    ask(page, QUESTION, turns=2)
    expect(page.locator(".answer").last).to_contain_text(ANSWER)
    page.get_by_role("button", name="tháng 3/2021").click()
    expect(page.locator(".chip")).to_have_count(2)
    for left in (1, 0):
        page.locator(".chip").first.click()
        expect(page.locator(".chip")).to_have_count(left)
    page.get_by_role("searchbox", name=VIETNAMESE.ONLY_DOCUMENTS).press_sequentially("hai van")
    page.locator(".found button", has_text="Đèo Hải Vân").click()
    expect(page.locator(".chip")).to_have_text([f"{PASS.title} ✕"])
    ask(page, QUESTION, turns=3)
    expect(page.locator(".answer").last).to_contain_text("Không tìm thấy")


def test_a_conversation_is_saved_as_markdown_and_word(page: Page) -> None:
    ask(page, QUESTION)
    with page.expect_download() as saving:
        page.get_by_role("button", name=VIETNAMESE.EXPORT_MARKDOWN).click()
    assert saving.value.suggested_filename == "dan-chung.md"
    assert ANSWER in Path(saving.value.path()).read_text(encoding="utf-8")
    with page.expect_download() as saving:
        page.get_by_role("button", name=VIETNAMESE.EXPORT_DOCX).click()
    assert Path(saving.value.path()).read_bytes()[:2] == b"PK"


def test_the_card_of_a_quote_is_true(
    page: Page, context: BrowserContext, library: Path, tmp_path: Path
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    page.get_by_role("button", name="Mở nguồn 1").click()
    page.get_by_role("button", name=VIETNAMESE.CARD).click()
    expect(page.get_by_role("button", name=VIETNAMESE.COPIED)).to_be_visible()
    card = page.evaluate("navigator.clipboard.readText()")
    assert json.loads(card)["quote"] == ANSWER
    (tmp_path / "card.json").write_text(card, encoding="utf-8")
    command = ["verify", str(tmp_path / "card.json"), "--index", str(library / "index")]
    assert qa.cli.main(command) == 0


def test_the_evidence_is_gone_through_by_keyboard(page: Page) -> None:
    ask(page, "Giá vàng hôm nay?")
    leads = page.get_by_role("button", name=VIETNAMESE.OPEN_LEAD)
    leads.first.click()
    first = page.locator("#source mark#quote").inner_text()
    expect(page.get_by_role("button", name=VIETNAMESE.PREVIOUS_CITATION)).to_be_disabled()
    page.keyboard.press("j")
    expect(page.locator("#source mark#quote")).not_to_have_text(first)
    page.keyboard.press("k")
    expect(page.locator("#source mark#quote")).to_have_text(first)


def test_on_a_phone_the_list_comes_over_the_chat(browser: Browser, url: str) -> None:
    phone = ViewportSize(width=375, height=740)
    context = browser.new_context(locale="vi-VN", viewport=phone, has_touch=True)
    page = context.new_page()
    page.goto(url)
    ask(page, QUESTION)
    expect(kept(page)).to_be_hidden()
    page.get_by_role("button", name=VIETNAMESE.HISTORY).click()
    expect(kept(page)).to_have_text([QUESTION])
    kept(page).click()
    expect(kept(page)).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    context.close()


def test_the_browser_cannot_make_events_break_the_page(page: Page) -> None:
    ask(page, QUESTION)
    page.evaluate(
        """() => {
            const turn = document.querySelector('.turn');
            turn.dataset.turn = '99';
            turn.querySelector('[data-act=again]').click();
        }"""
    )
    ask(page, OTHER, turns=2)
