"""Texts in legacy encodings and with broken accents, in files of every kind."""

import io
import unicodedata

import pytest
from docx import Document as WordDocument

from documents.errors import UnreadableDocumentError
from documents.loading import document_of
from documents.repairing import decode_legacy, repair
from documents.vietnamese_syllables import is_syllable

MEANT = "Hội nghị triển khai công tác do đồng chí Trần Văn Bình chủ trì tại Hà Nội."
TCVN3 = "Héi nghÞ triÓn khai c«ng t¸c do ®ång chÝ TrÇn V¨n B×nh chñ tr× t¹i Hµ Néi."
VNI = "Hoäi nghò trieån khai coâng taùc do ñoàng chí Traàn Vaên Bình chuû trì taïi Haø Noäi."


def test_a_text_file_in_tcvn3() -> None:
    assert document_of("a.txt", TCVN3.encode("cp1252")).text == MEANT


def test_a_web_page_in_vni() -> None:
    page = f"<html><head><title>{VNI}</title></head><body><p>{VNI}</p></body></html>"
    document = document_of("a.html", page.encode("cp1252"))
    assert (document.title, document.text) == (MEANT, MEANT)


def test_a_word_file_in_a_tcvn3_font_with_a_line_in_unicode() -> None:
    word = WordDocument()
    word.core_properties.title = TCVN3
    for line in (TCVN3, "Nghị quyết của Đảng, là của đồng chí", "tïy theo", "Néi"):
        word.add_paragraph(line)
    stream = io.BytesIO()
    word.save(stream)
    document = document_of("a.docx", stream.getvalue())
    assert document.text.split("\n\n") == [
        MEANT,
        "Nghị quyết của Đảng, là của đồng chí",
        "tùy theo",
        "Nội",
    ]
    assert document.title == MEANT


def _pdf(lines: list[str]) -> bytes:
    """Return a PDF of one page in a font that names its letters as Windows does."""
    shown = b" ".join(f"<{line.encode('cp1252').hex()}> Tj T*".encode() for line in lines)
    page = b"BT /F1 12 Tf 14 TL 50 700 Td " + shown + b" ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/TrueType/BaseFont/.VnTime/Encoding/WinAnsiEncoding>>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % one for one in enumerate(parts, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n0\n%%EOF"


def test_a_pdf_in_a_tcvn3_font() -> None:
    text = document_of("a.pdf", _pdf([TCVN3, "ViÖc ®Çu t\xad", "x©y dùng n\xadíc."])).text
    assert text.split() == f"{MEANT} Việc đầu tư xây dựng nước.".split()


def test_an_rtf_file_in_a_tcvn3_font() -> None:
    escaped = "".join(one if one.isascii() else f"\\'{one.encode('cp1252').hex()}" for one in TCVN3)
    head = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 .VnTime;}}\\f0 "
    assert document_of("a.rtf", f"{head}{escaped}}}".encode()).text == MEANT


FOREIGN = [
    "Où était-il déjà allé, l'été où la forêt brûlait près de Besançon ? Là-bas, à côté.",
    "Größe, Straße, Äpfel, Übung, Köln, München, für, über, schön, Fuß, Mädchen",
    "El niño mañana señaló: «¿qué pasó aquí?», ¡él está allí! 25 ºC, 1ª, año",
    "Það er ekki satt að við förum til Íslands á morgun, því að þú ert",
    "smörgås, fråga, år, både, också, känna, hjälp, naïve façade coöperation",
]


@pytest.mark.parametrize(
    "text",
    [
        *FOREIGN,
        "Bính âm: nü, lü, ruì, ün, xué, nǚ của tiếng Quan thoại được viết như thế",
        "Số 12 ± 3 µm; 25 °C; © 2020 ® ™; §5, §6, ¼, ½, ¾ «trích» của Bộ Y tế",
        "Diện tích 3 × 4 × 5 × 6, giá £1 £5 £50, tỉ lệ ¼ ½ ¾ ® × ¶ ¹ của đồng",
        "3 × 4\n5 × 6\n7 × 8\n¼ ½ ¾ ® ¶ ¹\nđồng ý",
        "mã `là` và `a b`, dấu ´ hay ˜ đứng riêng",
        "vần ng và nh; điểm c khoản 2; số n lẻ; cỡ t",
    ],
)
def test_other_languages_and_signs_stay(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize("text", FOREIGN)
def test_bytes_of_other_languages_are_not_guessed(text: str) -> None:
    assert decode_legacy(text.encode("cp1252")) is None


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("Tiê\u0323\u0301ng", "Tiê\u0323\u0301ng"),
        ("Tiê \u0301ng Viê \u0323t co \u0301 da \u0302 \u0301u", "Tiếng Việt có dấu"),
        ("Tiê \u0301 ng", "Tiếng"),
        ("ba \u0301 ma\u0301", "bá má"),
        (
            "đƣợc nhƣng trƣờng ƢU TIÊN, Ðại học, Ðảng, ðồng ý",
            "được nhưng trường ƯU TIÊN, Đại học, Đảng, đồng ý",
        ),
        ("Tiế ng Việ t, nhữ ng cá nh đồ ng, mộ t", "Tiếng Việt, những cánh đồng, một"),
        ("co´ la´ ca´ch ´ao", "có lá cách áo"),
    ],
)
def test_broken_accents(broken: str, meant: str) -> None:
    normal = unicodedata.normalize("NFC", broken)
    assert repair(normal) == unicodedata.normalize("NFC", meant)


@pytest.mark.parametrize("word", ["hoà", "Hòa", "QUÝ", "giếng", "gì", "khuỷu", "ở", "loét"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["caù", "haø", "cac\u0301", "các\u0301", "tôc", "bàc", "pháat", "đ"]
)
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_too_little_to_tell_is_refused() -> None:
    with pytest.raises(UnreadableDocumentError, match="không phải UTF-8"):
        document_of("a.txt", "Hµ Néi".encode("cp1252"))
