"""The page with all its views over a small real library, for users with accounts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from conftest import free_port
from playwright.sync_api import Page, expect

from documents.folder import FolderSource
from index.embedding import load_embedder
from index.syncing import sync
from qa.loading import load_pipeline
from web.accounts import Accounts, Role
from web.evaluating_now import Setup
from web.evaluations import open_evaluations
from web.identity import Identities
from web.library import Library
from web.page import build_page
from web.server import Beside, Place, open_page
from web.visits import Kept, open_kept

ARTICLES = {
    "cau.txt": "Cầu Long Biên\n\nCầu Long Biên bắc qua sông Hồng, khánh thành năm 1902.",
    "deo.txt": "Đèo Hải Vân\n\nĐèo Hải Vân nằm giữa Huế và Đà Nẵng.",
}
QUESTION = "Cầu Long Biên khánh thành năm nào?"
UNKNOWN = "Giá vàng thế giới hôm nay?"
USERS = ("john", "lan")
PASSWORD = "mot mat khau dai"  # noqa: S105


@dataclass
class Whole:
    """A page being served."""

    url: str
    kept: Kept


@contextmanager
def whole_page(folder: Path) -> Iterator[Whole]:
    """Serve the page for as long as the block lasts; all it keeps lies in the folder."""
    articles, index = folder / "articles", folder / "index"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text, encoding="utf-8")
    sync(FolderSource(articles), index, embedder=load_embedder())
    accounts = Accounts(folder / "data")
    for name in USERS:
        accounts.add(name, PASSWORD, Role.EDITOR)
    kept = open_kept(folder / "data")
    evaluations = open_evaluations(folder / "data", Setup(index), kept.feedback)
    library = Library(index, folder / "removed")
    page = build_page(load_pipeline(index), kept, library, evaluations=evaluations)
    place = Place(port=free_port(), identities=Identities(accounts), kept=kept)
    try:
        yield Whole(open_page(page, place, Beside(evaluations=evaluations)), kept)
    finally:
        evaluations.runner.close()
        page.close(verbose=False)


def log_in(page: Page, name: str) -> None:
    """Fill in the login form, and wait for the chat."""
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("button").click()
    expect(page.locator(".history")).to_be_attached()
