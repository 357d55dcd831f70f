"""The page with a language model behind it: what it writes as it comes, and what is struck."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from conftest import PHONE, WIDE, free_port
from fakes import HashEmbedder
from model_server import DEADLINE, ModelServer, Reply, goes_on, model_server
from playwright.sync_api import Browser, Locator, Page, expect

from documents.document import Document
from documents.source import MemorySource
from index.passage_reading import load_passage_reading
from index.retriever import Retriever
from index.syncing import sync
from qa.extractive_reader import ExtractiveReader, load_weights
from qa.pipeline import Pipeline
from qa.server_writer import ServedModel, ServerWriter
from web.texts import VIETNAMESE

pytestmark = pytest.mark.browser
NEWS = Document(
    "tin.txt",
    "Sáng 5/6/2021, Sở Tư pháp tỉnh Hòa Bình tổ chức hội nghị tổng kết."
    " Bà Trần Thị Mai chủ trì hội nghị.",
    "Ai chủ trì hội nghị tổng kết?",
)
QUESTION = "Ai chủ trì hội nghị tổng kết?"


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    folder = tmp_path_factory.mktemp("index")
    sync(MemorySource([NEWS]), folder, embedder=HashEmbedder())
    opened = Retriever(folder, HashEmbedder())
    yield opened
    opened.close()


@contextmanager
def opened(
    browser: Browser, retriever: Retriever, server: ModelServer, viewport: dict[str, int]
) -> Iterator[Page]:
    """Open the page in a fresh context."""
    from web.page import build_page, launch_page

    writer = ServerWriter(ServedModel(server.url, "m"))
    reader = ExtractiveReader(load_weights(), load_passage_reading())
    served = build_page(Pipeline(retriever, reader, writer=writer))
    context = browser.new_context(locale="vi-VN", viewport=viewport)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    try:
        page = context.new_page()
        page.goto(launch_page(served, host="127.0.0.1", port=free_port()))
        yield page
    finally:
        context.close()
        served.close(verbose=False)


def ask(page: Page) -> Locator:
    """Ask; return the turn."""
    box = page.get_by_role("textbox", name=VIETNAMESE.QUESTION_LABEL)
    box.fill(QUESTION)
    box.press("Enter")
    return page.locator("article.turn").last


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_draft_is_shown_as_one_and_then_its_lie_is_struck_and_counted(
    browser: Browser, retriever: Retriever, viewport: dict[str, int]
) -> None:
    seen = threading.Event()

    def behave(reply: Reply) -> None:
        reply.start()
        reply.text("Bà Trần Thị Mai chủ trì hội nghị [1]. Bà Mai <b>sinh</b> năm 1970")
        seen.wait(DEADLINE)
        reply.text(" [1].", end="stop")
        reply.raw("data: [DONE]\n\n")

    with (
        model_server(behave) as server,
        opened(browser, retriever, server, viewport) as page,
    ):
        expect(page.locator(".start")).to_be_visible()
        assert server.asked == []
        turn = ask(page)
        expect(turn.locator(".draft")).to_have_text(VIETNAMESE.DRAFT)
        expect(turn.locator(".answer")).to_contain_text("Bà Mai <b>sinh</b> năm 1970")
        seen.set()
        expect(turn.locator(".struck p")).to_have_text(VIETNAMESE.struck(1))
        expect(turn.locator(".struck del")).to_have_text("Bà Mai <b>sinh</b> năm 1970.")
        assert turn.locator("del").evaluate("e => getComputedStyle(e).textDecorationLine") == (
            "line-through"
        )
        expect(turn.locator(".answer")).to_have_text("Bà Trần Thị Mai chủ trì hội nghị. 1")
        expect(turn.locator(".draft")).to_have_count(0)
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overflow) == 0


def test_stopping_hangs_up_and_the_server_is_told(browser: Browser, retriever: Retriever) -> None:
    endless = goes_on(lambda reply: reply.text("chữ "), pause=0.02)
    with (
        model_server(endless) as server,
        opened(browser, retriever, server, WIDE) as page,
    ):
        turn = ask(page)
        expect(turn.locator(".draft")).to_be_visible()
        page.get_by_role("button", name=VIETNAMESE.STOP).click()
        expect(turn.locator(".notice")).to_have_text(VIETNAMESE.ENDS["stopped"])
        assert server.hung_up.wait(DEADLINE)
