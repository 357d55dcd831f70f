"""RTF, OpenDocument, PowerPoint and Excel files."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Inches

from documents import archive
from documents.document import Document
from documents.errors import UnreadableDocumentError
from documents.loading import document_of

RTF = rb"""{\rtf1\ansi\ansicpg1258\deff0
{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\froman\fcharset163 Times New Roman;}}
{\info{\title Ch\u7907? n\u7893?i tr\u234?n s\'f4ng}{\author Ai}}
{\header \u272?\u7847?u trang}
\pard S\u225?ng s\u7899?m\par
{\field{\*\fldinst{HYPERLINK "http://ao.vn/x"}}{\fldrslt li\u234?n k\u7871?t}}\par
\trowd\cellx100\cellx200\pard\intbl Ghe\par l\u7899?n\cell H\u224?ng\cell\row
\trowd\cellx100\cellx200\pard\intbl Ghe b\u7847?u\cell Kh\'f3m\cell\trowd\cellx100\row
\pard{\f1 v\'ea\'f2} \u-10179?\u-8704? a|b\par}"""

_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_ODT_BODY = """
<text:tracked-changes><text:p>đã bỏ</text:p></text:tracked-changes>
<text:h>Chợ
 nổi</text:h><text:list><text:list-item><text:p>Ghe <text:span>bầu</text:span><text:note>
<text:note-body><text:p>chú thích</text:p></text:note-body></text:note>, <text:s text:c="9"/>xuồng
</text:p></text:list-item></text:list>
<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Ghe</text:p>
</table:table-cell><table:table-cell><text:p>Hàng</text:p></table:table-cell></table:table-row>
</table:table-header-rows><table:table-row><table:table-cell><text:p>Ghe</text:p><text:p>bầu</text:p>
</table:table-cell><table:table-cell/><table:table-cell><text:p>Khóm</text:p></table:table-cell>
</table:table-row></table:table>
<text:p>Cột<text:tab/>hai<text:line-break/>dòng<draw:frame><draw:text-box><text:p>khung</text:p>
</draw:text-box></draw:frame></text:p>"""


def _zipped(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


def _odt(body: str = _ODT_BODY, prolog: str = "", manifest: str = "<m/>") -> bytes:
    return _zipped(
        {
            "META-INF/manifest.xml": manifest,
            "content.xml": f"{prolog}<office:document-content {_ODF}><office:body><office:text>"
            f"{body}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {_ODF}><office:meta><dc:title>Chợ nổi trên sông"
            "</dc:title></office:meta></office:document-meta>",
        }
    )


def _pptx() -> bytes:
    presentation = Presentation()
    presentation.core_properties.title = "Chợ nổi trên sông"
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    box = slide.shapes.add_textbox(0, 0, Inches(2), Inches(1))
    box.text_frame.text = "Ghe bầu\vxuồng\n\nbè"
    table = slide.shapes.add_table(2, 2, 0, 0, Inches(2), Inches(1)).table
    for place, text in enumerate(("Ghe", "Hàng", "Ghe bầu", "Khóm")):
        table.cell(place // 2, place % 2).text = text
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 1, 1).text_frame.text = "trong nhóm"
    assert slide.shapes.title is not None
    slide.shapes.title.text = "Cái Răng"
    notes = slide.notes_slide.notes_text_frame
    assert notes is not None
    notes.text = "lời người nói"
    second = presentation.slides.add_slide(presentation.slide_layouts[6])
    second.shapes.add_textbox(0, 0, 1, 1).text_frame.text = "Hết"
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def _xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.properties.title = "Sản lượng sen"
    first = workbook.worksheets[0]
    rows: list[list[str | float | date | None]] = [
        ["Vụ", "Tấn", "Tỷ lệ", "Ngày", "Giá"],
        ["Hè", 1250000, 0.125, date(2024, 12, 31), 0.1 + 0.2],
        [None, None, None, None, None],
        ["Đông", 12, 0.5, datetime(2024, 3, 5, 7, 45), 1234.5],  # noqa: DTZ001 - a cell has no zone
        ["Đủ", True],
    ]
    for row in rows:
        first.append(row)
    for number, fmt in [("B2", "#,##0"), ("C2", "0.0%"), ("C4", "0%"), ("E4", '#,##0.00 "đ"')]:
        first[number].number_format = fmt
    named = workbook.create_sheet("Giá sen")
    named.append(["Hạt\nsen"])
    hidden = workbook.create_sheet("Nháp")
    hidden.append(["đã giấu"])
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_rtf() -> None:
    document = document_of("a.rtf", RTF)
    assert document.text == ("Sáng sớm\n\nliên kết\n\nGhe lớn | Hàng\nGhe bầu | Khóm\n\nvệ 😀 a|b")
    assert document.title == "Chợ nổi trên sông"


def test_odt() -> None:
    document = document_of("a.odt", _odt())
    assert document.text == (
        "Chợ nổi\n\nGhe bầu,  xuồng\n\nGhe | Hàng\nGhe bầu | Khóm\n\nCột\thai\ndòng\nkhung"
    )
    assert document.title == "Chợ nổi trên sông"


def test_pptx() -> None:
    document = document_of("a.pptx", _pptx())
    assert document.text == (
        "Cái Răng\n\nGhe bầu\nxuồng\nbè\n\nGhe | Hàng\nGhe bầu | Khóm\n\ntrong nhóm"
        "\n\nlời người nói\n\nHết"
    )
    assert document.title == "Chợ nổi trên sông"


def test_xlsx() -> None:
    document = document_of("a.xlsx", _xlsx())
    assert document.text == (
        "Vụ | Tấn | Tỷ lệ | Ngày | Giá\nHè | 1.250.000 | 12,5% | 31/12/2024 | 0,3"
        "\n\nĐông | 12 | 50% | 05/03/2024 07:45 | 1.234,50\nĐủ | TRUE\n\nGiá sen\n\nHạt sen"
    )
    assert document.title == "Sản lượng sen"


_ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/hostname">]>'


def test_entities_are_not_expanded() -> None:
    text = document_of("a.odt", _odt("<text:p>Sen &a;&f; về</text:p>", _ENTITIES)).text
    assert text == "Sen  về"


def test_entities_in_a_sheet_are_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(_xlsx())) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert parts[sheet].startswith("<worksheet")
    parts[sheet] = _ENTITIES + parts[sheet]
    with pytest.raises(UnreadableDocumentError, match="Excel bị hỏng"):
        document_of("a.xlsx", _zipped(parts))


def test_a_sheet_that_is_nearly_all_empty_cells_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0]["XFD40"] = "xa"
    stream = io.BytesIO()
    workbook.save(stream)
    monkeypatch.setattr("documents.xlsx_file._MOST_CELLS", 1000)
    with pytest.raises(UnreadableDocumentError, match="hãy chia nhỏ tệp"):
        document_of("a.xlsx", stream.getvalue())


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.odt", _odt()), ("a.pptx", _pptx()), ("a.xlsx", _xlsx())],
    ids=["odt", "pptx", "xlsx"],
)
def test_archives_unpack_within_bounds(
    monkeypatch: pytest.MonkeyPatch, name: str, content: bytes
) -> None:
    assert isinstance(document_of(name, content), Document)
    for bound, reason in [
        ("MOST_UNPACKED", "bung ra hơn"),
        ("MOST_ENTRIES", "mục, tối đa"),
        ("MOST_RATIO", "bom nén"),
    ]:
        with monkeypatch.context() as patch:
            patch.setattr(archive, "_SMALL", 0)
            patch.setattr(archive, bound, 0)
            with pytest.raises(UnreadableDocumentError, match=reason):
                document_of(name, content)


def _locked(content: bytes) -> bytes:
    """Set the bit of encryption in every header of an archive."""
    for signature, place in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)]:
        parts = content.split(signature)
        content = signature.join(
            [parts[0], *(part[: place - 4] + b"\x01" + part[place - 3 :] for part in parts[1:])]
        )
    return content


_ENCRYPTED_MANIFEST = '<m xmlns:manifest="urn:x"><manifest:encryption-data/></m>'


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.rtf", b"", "không phải tệp RTF"),
        ("a.rtf", b"abc", "không phải tệp RTF"),
        ("a.rtf", b"{\\rtf1\\ansi }", "tệp rỗng"),
        ("a.odt", b"", "OpenDocument bị hỏng"),
        ("a.odt", _odt()[:-40], "OpenDocument bị hỏng"),
        ("a.odt", _odt("<text:p>"), "OpenDocument bị hỏng"),
        ("a.odt", _odt(""), "tệp rỗng"),
        ("a.odt", _odt(manifest=_ENCRYPTED_MANIFEST), "OpenDocument có mật khẩu"),
        ("a.odt", _locked(_odt()), "có mật khẩu"),
        ("a.pptx", b"PK\x03\x04rubbish", "PowerPoint bị hỏng"),
        ("a.pptx", _odt(), "PowerPoint bị hỏng"),
        ("a.pptx", b"\xd0\xcf\x11\xe0rest", "có mật khẩu hoặc là .ppt đời cũ"),
        ("a.xlsx", b"PK\x03\x04rubbish", "Excel bị hỏng"),
        ("a.xlsx", _odt(), "Excel bị hỏng"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0rest", "có mật khẩu hoặc là .xls đời cũ"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        document_of(name, content)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "hostile",
    [
        b"{\\field{\\*\\fldinst{",
        b'{\\field{\\*\\fldinst{HYPERLINK " "',
        b"{\\fonttbl{\\f0\\fcharset0 ",
        b"{\\info{\\title ",
        b"\\trowd\\cell\\row",
    ],
)
def test_an_rtf_file_made_to_stall_does_not(tmp_path: Path, hostile: bytes) -> None:
    # Patterns that take quadratic time need minutes for this; pytest would seem to hang.
    with pytest.raises(UnreadableDocumentError, match="tệp rỗng"):
        document_of("a.rtf", b"{\\rtf1 " + hostile * 50_000)
