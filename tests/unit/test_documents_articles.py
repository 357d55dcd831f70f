"""The sample library reads as it was written."""

from datetime import date
from pathlib import Path

import pytest

from documents.document import Document
from documents.folder import FolderSource
from documents.splitting import split

SOURCE = FolderSource(Path(__file__).parents[2] / "documents" / "articles")
PATHS = [entry.path for entry in SOURCE.entries()]


@pytest.fixture(params=PATHS)
def article(request: pytest.FixtureRequest) -> Document:
    return SOURCE.load(request.param)


def test_the_library_has_every_form() -> None:
    assert len(PATHS) >= 8
    assert {Path(path).suffix for path in PATHS} == {".docx", ".html", ".md", ".pdf", ".txt"}
    assert all(path.isascii() for path in PATHS)


def test_an_article_is_described(article: Document) -> None:
    assert " " in article.title
    assert article.source.startswith("Dẫn Chứng")
    assert article.published is not None
    assert article.published >= date(2026, 11, 1)


def test_articles_differ_in_source_and_day() -> None:
    articles = [SOURCE.load(path) for path in PATHS]
    assert len({article.source for article in articles}) >= 4
    assert len({article.published for article in articles}) >= 5


def test_an_article_is_of_natural_length(article: Document) -> None:
    assert 150 <= len(article.text.split()) <= 600
    assert 1 <= len(split(article)) <= 5
    assert "\ufffd" not in article.text


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("hien-phap-2013.docx", "Khi ban hành, Hiến pháp có 11 chương, 120 điều."),
        ("hien-phap-2013.docx", "1946 | 9/11/1946\n1959 | 31/12/1959"),
        ("tuyen-ngon-doc-lap-1945.pdf", "Ngày 2/9 từ đó trở thành ngày Quốc khánh."),
        (
            "tuyen-ngon-doc-lap-1945.pdf",
            "Tuyên ngôn Độc lập năm 1776 của nước Mỹ, và Tuyên ngôn Nhân quyền và Dân quyền của "
            "Cách mạng Pháp năm 1791.",
        ),
        ("quoc-hoi-va-tong-tuyen-cu-1946.pdf", "Kết quả có 333 đại biểu trúng cử."),
        (
            "sap-xep-don-vi-hanh-chinh-2025.html",
            "gồm 28 tỉnh và 6 thành phố trực thuộc trung ương.",
        ),
    ],
)
def test_a_sentence_comes_back_exactly(path: str, sentence: str) -> None:
    assert sentence in SOURCE.load(path).text


def test_page_furniture_is_not_text() -> None:
    text = SOURCE.load("tuyen-ngon-doc-lap-1945.pdf").text
    assert "Trang" not in text
    assert "Tư liệu lịch sử" not in text
