"""The library's view, in a real Chromium over a real folder and index."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import free_port
from playwright.sync_api import Browser, Dialog, FilePayload, Locator, Page, ViewportSize, expect
from zip_files import write_zip

from documents.folder import FolderSource
from documents.loading import MOST_BYTES
from index.embedding import load_embedder
from index.syncing import sync
from qa.loading import load_pipeline
from web.library import Library
from web.page import build_page, launch_page
from web.texts import VIETNAMESE
from web.visits import open_kept

pytestmark = pytest.mark.browser

ARTICLES = {
    "cau.txt": "Cầu Long Biên\n\nCầu Long Biên bắc qua sông Hồng, khánh thành năm 1902.",
    "deo.txt": "Đèo Hải Vân\n\nĐèo Hải Vân nằm giữa Huế và Đà Nẵng.",
    "nui.txt": "Núi Bà Đen\n\nNúi Bà Đen ở Tây Ninh cao 986 mét.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bài viết"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "hỏng.pdf").write_bytes(b"no pdf")
    return folder


@pytest.fixture
def page(tmp_path: Path, folder: Path, browser: Browser) -> Iterator[Page]:
    index = tmp_path / "index"
    sync(FolderSource(folder), index, embedder=load_embedder())
    library = Library(index, tmp_path / "data" / "removed")
    served = build_page(load_pipeline(index), open_kept(tmp_path / "data"), library)
    url = launch_page(served, host="127.0.0.1", port=free_port(), most_upload_bytes=MOST_BYTES)
    context = browser.new_context(locale="vi-VN", viewport=ViewportSize(width=1280, height=800))
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{url}thu-vien")
    yield page
    context.close()
    served.close(verbose=False)


def titles(page: Page) -> Locator:
    return page.locator(".listing .read")


def test_documents_are_listed_searched_sorted_and_read(page: Page) -> None:
    expect(titles(page)).to_have_text(["Cầu Long Biên", "Đèo Hải Vân", "Núi Bà Đen"])
    expect(page.locator(".facts")).to_contain_text("bài viết")
    page.get_by_text("Không đọc được (1)").click()
    expect(page.locator(".left-out")).to_contain_text("hỏng.pdf")
    page.get_by_role("button", name="Tên").click()
    expect(titles(page).first).to_have_text("Núi Bà Đen")
    search = page.get_by_role("searchbox", name=VIETNAMESE.library.LIBRARY_SEARCH)
    search.fill("deo hai")
    expect(titles(page)).to_have_text(["Đèo Hải Vân"])
    titles(page).click()
    expect(page.locator(".reader")).to_contain_text("nằm giữa Huế và Đà Nẵng")
    page.keyboard.press("Escape")
    expect(page.locator(".reader")).to_be_hidden()
    expect(titles(page)).to_be_focused()


def test_a_removed_document_answers_no_more_until_it_is_put_back(page: Page, folder: Path) -> None:
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=VIETNAMESE.remove("Núi Bà Đen")).click()
    expect(page.locator(".sync")).to_contain_text("1 bỏ", timeout=60_000)
    expect(titles(page)).to_have_text(["Cầu Long Biên", "Đèo Hải Vân"])
    assert not (folder / "nui.txt").exists()
    page.get_by_role("button", name=VIETNAMESE.UNDO).click()
    expect(titles(page)).to_have_count(3, timeout=60_000)
    assert (folder / "nui.txt").read_text(encoding="utf-8") == ARTICLES["nui.txt"]


def test_uploads_are_taken_in_under_safe_names(page: Page, folder: Path, tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / str(number)).mkdir()
        text = f"Hồ Tây số {number}\n\nHồ Tây là hồ lớn nhất Hà Nội, bản {number}."
        (tmp_path / str(number) / "hồ.txt").write_text(text, encoding="utf-8")
    chooser = page.locator("#upload input[type=file]")
    for number in range(2):
        chooser.set_input_files(tmp_path / str(number) / "hồ.txt")
        expect(titles(page)).to_have_count(4 + number, timeout=60_000)
    kept = sorted(path.name for path in (folder / "tai-len").iterdir())
    assert kept == ["hồ (2).txt", "hồ.txt"]
    chooser.set_input_files(FilePayload(name="x.exe", mimeType="a/b", buffer=b"MZ"))
    expect(page.get_by_text("loại tệp này không được nhận")).to_be_visible()
    assert len(list((folder / "tai-len").iterdir())) == 2


def test_an_archive_is_taken_in_and_removed_as_a_whole_even_if_it_is_the_last(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    write_zip(
        tmp_path / "hồ.zip",
        {
            "tây.txt": "Hồ Tây\n\nHồ Tây là hồ lớn nhất Hà Nội.",
            "gươm.txt": "Hồ Gươm\n\nHồ Gươm có Tháp Rùa.",
        },
    )
    for file in folder.iterdir():
        file.unlink()
    page.locator("#upload input[type=file]").set_input_files(tmp_path / "hồ.zip")
    expect(page.get_by_text("--allow-empty")).to_be_visible()
    (folder / "mới.txt").write_text("Suối\n\nSuối chảy ra hồ.", encoding="utf-8")
    page.locator("#upload input[type=file]").set_input_files(tmp_path / "hồ.zip")
    expect(titles(page)).to_have_text(["Hồ Gươm", "Hồ Tây", "Suối"], timeout=60_000)
    (folder / "mới.txt").unlink()
    asked = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.once("dialog", accept)
    page.get_by_role("button", name=VIETNAMESE.remove("Hồ Tây")).click()
    expect(page.locator(".sync")).to_contain_text("3 bỏ", timeout=60_000)
    assert "cả tệp nén" in asked[0]
    expect(titles(page)).to_have_count(0)


def test_a_document_of_the_list_is_asked_about(page: Page) -> None:
    page.get_by_role("link", name=VIETNAMESE.library.ASK_ABOUT, exact=True).first.click()
    expect(page.locator(".chip")).to_have_text(["Cầu Long Biên ✕"])
    box = page.get_by_role("textbox", name=VIETNAMESE.QUESTION_LABEL, exact=True)
    box.fill("Núi Bà Đen cao bao nhiêu mét?")
    box.press("Enter")
    expect(page.locator(".answer")).to_contain_text("Không tìm thấy")


def test_the_folder_is_synced_again(page: Page, folder: Path) -> None:
    (folder / "song.txt").write_text("Sông Mã\n\nSông Mã chảy qua Thanh Hóa.", encoding="utf-8")
    expect(titles(page)).to_have_count(3)
    page.get_by_role("button", name=VIETNAMESE.library.SYNC).click()
    expect(page.locator(".sync")).to_contain_text("1 mới", timeout=60_000)
    expect(titles(page)).to_have_count(4)
    expect(page.locator("#masthead .count")).to_have_text("4 tài liệu")


def test_the_looks_that_were_chosen_in_the_chat_are_the_librarys_too(page: Page) -> None:
    expect(page.locator("body")).not_to_have_class(re.compile("dark"))
    page.get_by_role("link", name=VIETNAMESE.VIEWS[VIETNAMESE.CHAT]).click()
    page.locator(".open-settings").click()
    page.locator("dialog [name=theme]").select_option("dark")
    page.locator("dialog .save").click()
    expect(page.locator("body")).to_have_class(re.compile("dark"))
    page.get_by_role("link", name=VIETNAMESE.VIEWS[VIETNAMESE.LIBRARY]).click()
    expect(titles(page).first).to_be_visible()
    expect(page.locator("body")).to_have_class(re.compile("dark"))
