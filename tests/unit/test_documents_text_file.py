"""Plain text and Markdown."""

import codecs
from datetime import date

import pytest

from documents.errors import UnreadableDocumentError
from documents.extract import Description
from documents.text_file import decode, read_markdown

TEXT = "Đường làng mùa gặt"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf8", "utf8_mark", "utf16_le", "utf16_be"],
)
def test_decodes(data: bytes) -> None:
    assert decode(data) == TEXT


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Qu\xe9 nh\xe0", "không phải UTF-8 (byte 0xE9 ở vị trí 2): hãy lưu lại tệp bằng UTF-8"),
        (codecs.BOM_UTF8 + b"Qu\xe9", "không phải UTF-8 (byte 0xE9 ở vị trí 5): "),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a", "không phải UTF-16 (byte "),
        ("Đường".encode("utf-16-le"), "không phải UTF-8 (byte 0xB0 ở vị trí 2)"),
        (b"abc\0def", "có ký tự NUL ở vị trí 3"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "có ký tự NUL"),
    ],
    ids=["latin1", "latin1_after_mark", "half_utf16", "utf16_no_mark", "nul", "utf32"],
)
def test_refuses_what_is_not_text(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        decode(data)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("front", "known"),
    [
        (
            "title: Mùa gặt\nsource: Báo Làng\ndate: 2024-03-05",
            Description("Mùa gặt", "Báo Làng", date(2024, 3, 5)),
        ),
        (
            "Tiêu đề: \"Mùa gặt: năm nay\"\nNguồn: 'Báo Làng'\nNgày: 5/3/2024",
            Description("Mùa gặt: năm nay", "Báo Làng", date(2024, 3, 5)),
        ),
        ("# ghi chú\ntags:\n  - lúa\ndate: hôm qua\n", Description()),
        ("date: 31/2/2024\ntitle:", Description()),
    ],
)
def test_front_matter_is_metadata(front: str, known: Description) -> None:
    extract = read_markdown(f"---\r\n{front}\n---\n\n{TEXT}\n".encode())
    assert extract.text == f"{TEXT}\n"
    assert extract.metadata == known


@pytest.mark.parametrize(
    "text", [f"---\ntitle: A\n{TEXT}", f"{TEXT}\n---\ntitle: A\n---\n", f"----\n{TEXT}\n----\n"]
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    extract = read_markdown(text.encode())
    assert extract.text == text
    assert extract.metadata == Description()
