"""Web pages: main text and metadata."""

from datetime import date

import pytest

from documents.extract import Description
from documents.html_file import read_html

PARAGRAPH = (
    "Mấy năm nay người dân trong vùng chuyển sang trồng sen trên những thửa ruộng trũng. "
    "Sen nở từ đầu hè, lá to che kín mặt nước, hạt và củ đều bán được giá. "
)
BODY = f"<p>{PARAGRAPH * 2}</p><p>Đoạn hai: {PARAGRAPH * 2}</p>"


def _page(head: str = "", body: str = BODY) -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>"
        f"<nav><a href='/'>Trang chủ</a></nav><article>{body}</article>"
        "<footer>Bản quyền, ngày 5/3/2018</footer></body></html>"
    ).encode()


def test_keeps_paragraphs_lists_and_tables() -> None:
    rows = "<tr><th>Vụ</th><th>Tấn</th></tr><tr><td>Hè</td><td>12</td></tr>"
    text = read_html(
        _page(
            body=f"{BODY}<ul><li>một ao</li><li>hai ao</li></ul>{BODY}<table>{rows}</table>{BODY}"
        )
    ).text
    blocks = text.split("\n\n")
    assert PARAGRAPH.strip() in blocks[0]
    assert blocks[1].startswith("Đoạn hai:")
    assert "- một ao\n- hai ao" in blocks
    assert "Vụ | Tấn\nHè | 12" in blocks


@pytest.mark.parametrize("body", [BODY, "Ao sen.", "<div>Ao sen</div>"])
def test_scripts_and_styles_are_not_text(body: str) -> None:
    hidden = "<style>.mã {}</style><script>let mã = 1;</script><!-- mã -->"
    text = read_html(_page(body=hidden + body + hidden)).text
    assert "mã" not in text
    assert "sen" in text.lower()


def test_text_without_an_article_is_found() -> None:
    text = read_html(
        b"<html><body>Ao sen tr\xe1\xba\xafng<div>b\xc3\xaan \xc4\x91\xc3\xaa</div></body></html>"
    ).text
    assert "Ao sen trắng" in text
    assert "bên đê" in text


LINKED = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {
"headline": "Sen về", "datePublished": "2024-03-05T08:00:00+07:00", "dateModified": "2024-06-01",
"publisher": {"name": "Báo Ao"}}]}</script>"""


@pytest.mark.parametrize(
    ("head", "known"),
    [
        ("<title>Sen về</title>", Description("Sen về")),
        ("<title>Sen về | Báo Ao</title>", Description("Sen về")),
        (
            "<title>Sen về - Báo Ao</title><meta property='og:site_name' content='Báo Ao'>",
            Description("Sen về", "Báo Ao"),
        ),
        (
            "<title>x</title><meta property='og:title' content='Sen  về'>"
            "<link rel='canonical' href='https://www.baoao.vn/sen'>"
            "<meta property='article:modified_time' content='2024-06-01'>"
            "<meta property='article:published_time' content='2024-03-05T08:00:00+07:00'>",
            Description("Sen về", "baoao.vn", date(2024, 3, 5)),
        ),
        (LINKED, Description("Sen về", "Báo Ao", date(2024, 3, 5))),
        (
            "<script type='application/ld+json'>{hỏng</script>"
            "<meta name='pubdate' content='5/3/2024'>",
            Description(published=date(2024, 3, 5)),
        ),
        (
            "<meta name='date' content='2024-03-04T18:30:00Z'>",
            Description(published=date(2024, 3, 5)),
        ),
        ("<meta name='date' content='0001-01-01T00:00:00+14:00'>", Description()),
        ("<meta name='date' content='mới đây'>", Description()),
        ("<link rel='canonical' href='http://[x'>", Description()),
    ],
)
def test_metadata(head: str, known: Description) -> None:
    assert read_html(_page(head)).metadata == known


@pytest.mark.parametrize(
    ("times", "published"),
    [
        ("<time datetime='2024-03-05'>5/3</time>", date(2024, 3, 5)),
        (
            "<time datetime='2024-03-05'>5/3</time><time datetime='2024-03-05T09:00'></time>",
            date(2024, 3, 5),
        ),
        ("<time datetime='2024-03-05'>5/3</time><time datetime='2024-04-01'></time>", None),
        (
            "<time datetime='2024-04-01'></time><span itemprop='datePublished'>5/3/2024</span>",
            date(2024, 3, 5),
        ),
        ("<p>Ngày 15/3/2024, hội sen.</p>", None),
    ],
)
def test_time_elements(times: str, published: date | None) -> None:
    assert read_html(_page(body=times + BODY)).metadata.published == published


def test_a_heading_that_the_title_holds_is_the_title() -> None:
    assert (
        read_html(_page("<title>Sen về – Ao</title>", f"<h1>Sen về</h1>{BODY}")).metadata.title
        == "Sen về"
    )
    assert (
        read_html(_page("<title>Sen về</title>", f"<h1>BÁO AO</h1>{BODY}")).metadata.title
        == "Sen về"
    )
