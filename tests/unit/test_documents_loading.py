"""From files of every type to documents, or to a reason."""

import io
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter

from documents import loading
from documents.errors import UnreadableDocumentError
from documents.loading import load

ARTICLES = Path(__file__).parents[2] / "documents" / "articles"
PDF = ARTICLES / "tuyen-ngon-doc-lap-1945.pdf"
TEXT = "Mùa nước nổi\n\n05/03/2024 07:45\n\nCá linh về, bông điên điển nở vàng.\n"


def _word(document: "WordDocument") -> bytes:  # type: ignore[valid-type]
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def _pdf(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(PDF))
    writer.encrypt(user_password=password, algorithm="RC4-128")
    return _pdf(writer)


def _without_text() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_blank_page(200, 200)
    return _pdf(writer)


def test_a_text_file_is_described(tmp_path: Path) -> None:
    (tmp_path / "xã").mkdir()
    (tmp_path / "xã" / "bai.TXT").write_text(TEXT, encoding="utf-8")
    document = load(tmp_path, "xã/bai.TXT")
    assert document.path == "xã/bai.TXT"
    assert document.text == TEXT
    assert document.title == "Mùa nước nổi"
    assert document.published == date(2024, 3, 5)


def test_nfd_and_nfc_files_give_equal_texts(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n")
    (tmp_path / "bai.txt").write_bytes(decomposed.encode())
    assert load(tmp_path, "bai.txt").text == TEXT


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "tệp rỗng"),
        ("a.txt", b" \n... 123 \n", "không có chữ nào"),
        ("a.md", b"---\ntitle: A b\n---\n", "tệp rỗng"),
        ("a.html", b"", "tệp rỗng"),
        ("a.html", b"<html><body><script>var a</script></body></html>", "tệp rỗng"),
        ("a.txt", b"Qu\xe9", "không phải UTF-8 (byte 0xE9 ở vị trí 2)"),
        ("a.html", b"Qu\xe9", "không phải UTF-8"),
        ("a.odp", b"abc", "đuôi tệp .odp không được hỗ trợ: hãy dùng .csv, .docx, .eml, .epub,"),
        ("a", b"abc", "đuôi tệp (không có)"),
        ("a.pdf", b"", "PDF bị hỏng"),
        ("a.pdf", b"%PDF-1.7\nrubbish", "PDF bị hỏng"),
        ("a.pdf", PDF.read_bytes()[:4000], "PDF"),
        ("a.pdf", _encrypted("mở"), "mật khẩu"),
        ("a.pdf", _without_text(), "tệp PDF là ảnh quét"),
        ("a.docx", b"", "Word bị hỏng"),
        ("a.docx", b"PK\x03\x04rubbish", "Word bị hỏng"),
        ("a.docx", b"\xd0\xcf\x11\xe0rest", "có mật khẩu hoặc là .doc đời cũ"),
        ("a.docx", _word(WordDocument()), "tệp rỗng"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableDocumentError) as caught:
        load(tmp_path, name)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not caplog.records


def test_a_zip_that_is_no_word_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("thư.txt", "chào")
    with pytest.raises(UnreadableDocumentError, match="Word bị hỏng"):
        load(tmp_path, "a.docx")


def test_a_word_file_that_unpacks_hugely(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.archive.MOST_UNPACKED", 1000)
    (tmp_path / "a.docx").write_bytes(_word(WordDocument()))
    with pytest.raises(UnreadableDocumentError, match="bung ra hơn"):
        load(tmp_path, "a.docx")


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(loading.MOST_BYTES + 1)
    with pytest.raises(UnreadableDocumentError, match=r"50\.0 MB, tối đa 50 MB: hãy chia nhỏ"):
        load(tmp_path, "a.txt")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b.txt").mkdir()
    for name, reason in [("a.txt", "không mở được tệp"), ("b.txt", "không phải tệp thường")]:
        with pytest.raises(UnreadableDocumentError, match=reason):
            load(tmp_path, name)


def test_a_pdf_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(_encrypted(""))
    assert load(tmp_path, "a.pdf").text == load(ARTICLES, PDF.name).text


def test_a_word_file_keeps_its_order(tmp_path: Path) -> None:
    word = WordDocument()
    word.core_properties.title = "Chợ nổi trên sông"
    word.add_paragraph("Chợ nổi")
    table = word.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, [("Ghe", "Hàng"), ("Ghe bầu", "Khóm")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 0).add_table(rows=1, cols=1).cell(0, 0).text = "lớn"
    paragraph = word.add_paragraph("Ghe ")
    paragraph._p.append(
        parse_xml(f"<w:ins {nsdecls('w')} w:id='1'><w:r><w:t>đậu </w:t></w:r></w:ins>")
    )
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')} w:id='2'><w:r><w:t>bỏ</w:t></w:r></w:del>")
    )
    paragraph.add_run("kín\tsông")
    (tmp_path / "a.docx").write_bytes(_word(word))
    document = load(tmp_path, "a.docx")
    assert document.text == "Chợ nổi\n\nGhe lớn | Hàng\nGhe bầu | Khóm\n\nGhe đậu kín\tsông"
    assert document.title == "Chợ nổi trên sông"
    assert document.published is None


@pytest.mark.parametrize(
    "title", ["Microsoft Word - bai viet.doc", "bai viet.docx", "Untitled", "x"]
)
def test_a_title_from_a_program_is_not_taken(tmp_path: Path, title: str) -> None:
    word = WordDocument()
    word.core_properties.title = title
    word.add_paragraph("Chợ nổi")
    (tmp_path / "a.docx").write_bytes(_word(word))
    assert load(tmp_path, "a.docx").title == "Chợ nổi"


def test_half_a_surrogate_pair_does_not_reach_the_store(tmp_path: Path) -> None:
    head = '<script type="application/ld+json">{"headline": "Sen \\ud800 về"}</script>'
    (tmp_path / "a.html").write_text(
        f"<html>{head}<body><p>Sen</p></body></html>", encoding="utf-8"
    )
    assert load(tmp_path, "a.html").title == "Sen \ufffd về"
