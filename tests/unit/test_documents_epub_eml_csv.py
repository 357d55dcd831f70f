"""Books, mails and tables of comma-separated values."""

import io
import zipfile
from datetime import date
from email.message import EmailMessage

import pytest

from documents.errors import UnreadableDocumentError
from documents.loading import document_of

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/sách.opf"/></rootfiles></container>'
)
_METADATA = """<dc:title>Sen về
 ao</dc:title><dc:publisher>NXB Ao</dc:publisher>
<dc:date opf:event="modification">2024-01-01</dc:date><dc:date>2019-05-06</dc:date>"""
_CHAPTERS = {
    "hai.xhtml": "<p>Ghe bầu chở khóm.</p><script>let mã = 1</script>",
    "một hai.xhtml": "<h1>Chương một</h1><p>Sen nở từ đầu hè.</p>",
}
_HREFS = ["m%E1%BB%99t%20hai.xhtml", "hai.xhtml#giữa", "thiếu.xhtml", "../../../etc/hostname"]


def _epub(*, container: str = _CONTAINER, encryption: str = "") -> bytes:
    items = "".join(
        f'<item id="c{number}" href="{href}" media-type="application/xhtml+xml"/>'
        for number, href in enumerate(_HREFS)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in (0, 1, 2, 3, 0))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("META-INF/container.xml", container)
        if encryption:
            packed.writestr("META-INF/encryption.xml", encryption)
        packed.writestr(
            "OPS/sách.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{_METADATA}</metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for name, body in _CHAPTERS.items():
            packed.writestr(f"OPS/{name}", f"<html><body>{body}</body></html>")
    return stream.getvalue()


def _encryption(algorithm: str) -> str:
    return f'<e xmlns:enc="urn:x"><enc:EncryptionMethod Algorithm="{algorithm}"/></e>'


def test_epub() -> None:
    document = document_of("a.epub", _epub())
    assert document.text == "Chương một\n\nSen nở từ đầu hè.\n\nGhe bầu chở khóm."
    assert (document.title, document.source) == ("Sen về ao", "NXB Ao")
    assert document.published == date(2019, 5, 6)


def test_scrambled_fonts_do_not_lock_a_book() -> None:
    fonts = _encryption("http://www.idpf.org/2008/embedding")
    assert "Sen nở" in document_of("a.epub", _epub(encryption=fonts)).text
    locked = _epub(encryption=_encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))
    with pytest.raises(UnreadableDocumentError, match="bị khóa bản quyền"):
        document_of("a.epub", locked)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rubbish", _epub(container="<container/>")])
def test_a_damaged_book(content: bytes) -> None:
    with pytest.raises(UnreadableDocumentError, match="EPUB bị hỏng"):
        document_of("a.epub", content)


def _mail(text: str = "", html: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "Mùa nước nổi về sớm"
    mail["From"] = "Báo Ao Sen <tin@ao.vn>"
    mail["Date"] = "Mon, 04 Mar 2024 18:30:00 +0000"
    if text:
        mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def test_eml() -> None:
    mail = _mail("Cá linh về.\n", "<p>không đọc</p>")
    mail.add_attachment("đính kèm", filename="b.txt")
    document = document_of("a.eml", mail.as_bytes())
    assert document.text == "Cá linh về.\n"
    assert (document.title, document.source) == ("Mùa nước nổi về sớm", "Báo Ao Sen")
    assert document.published == date(2024, 3, 5)


def test_eml_of_html_alone() -> None:
    document = document_of("a.eml", _mail(html="<p>Cá linh về.</p><script>mã</script>").as_bytes())
    assert document.text == "Cá linh về."


@pytest.mark.parametrize("charset", ["windows-1258", "utf-16", "khong-co"])
def test_eml_in_other_encodings(charset: str) -> None:
    body = "Cá lên" if charset == "khong-co" else "Ca\u0301 lên"
    content = body.encode("utf-8" if charset == "khong-co" else charset)
    head = f"From: tin@ao.vn\nContent-Type: text/plain; charset={charset}\n\n".encode()
    document = document_of("a.eml", head + content)
    assert document.text == "Cá lên"
    assert document.source == "tin@ao.vn"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "không phải thư điện tử"),
        (b"rubbish", "không phải thư điện tử"),
        (b"Subject: a\n\n", "tệp rỗng"),
        (b"Subject: a\nContent-Type: application/pkcs7-mime\n\nMIIB", "được mã hóa"),
    ],
)
def test_a_mail_that_cannot_be_read(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason):
        document_of("a.eml", content)


@pytest.mark.parametrize(
    "content",
    [
        'Vụ,Tấn\nHè,"12,5"\n,\n"Đông\nxuân",7\n',
        "Vụ;Tấn\nHè;12,5\n;\nĐông xuân;7\n",
        "Vụ\tTấn\r\nHè\t12,5\r\n\r\nĐông xuân\t7",
        "sep=|\nVụ|Tấn\nHè|12,5\nĐông xuân|7",
    ],
    ids=["comma", "semicolon", "tab", "named"],
)
def test_csv(content: str) -> None:
    text = document_of("a.csv", content.encode("utf-8-sig")).text
    assert text == "Vụ | Tấn\nHè | 12,5\nĐông xuân | 7"


def test_csv_that_names_its_delimiter() -> None:
    assert document_of("a.csv", b"sep=;\na,b,c;d\ne,f,g;h").text == "a,b,c | d\ne,f,g | h"


def test_csv_of_one_column() -> None:
    assert document_of("a.csv", "Sen về ao\nGhe bầu".encode()).text == "Sen về ao\nGhe bầu"


def test_a_cell_without_end_is_damage() -> None:
    with pytest.raises(UnreadableDocumentError, match="CSV bị hỏng"):
        document_of("a.csv", b'a,"' + b"x" * 200_000)
