"""A conversation outside the page."""

import io
from datetime import date

import docx

from qa.answer import Answer, Citation, ShortAnswer
from web.conversation import Turn
from web.exporting import as_docx, as_markdown
from web.texts import VIETNAMESE

QUOTE = "Cầu <b>dài</b> 1.200 mét, thông xe năm 2019 sau ba năm xây dựng\x0b *liên tục*."
CITATION = Citation(1, "cầu.txt", "Cầu [mới]", "báo", date(2019, 5, 1), 0, len(QUOTE), QUOTE)
ANSWER = Answer(
    "Cầu dài bao nhiêu?",
    f"{QUOTE} [1]",
    refused=False,
    confidence=0.9,
    citations=(CITATION,),
    short=ShortAnswer("cầu.txt", 14, 24, "1.200 mét"),
)
REFUSED = Answer("Ai xây?", "Không tìm thấy trong tài liệu.", refused=True, confidence=0.1)
TURNS = (
    Turn("cau dai bao nhieu?", understood="cầu dài bao nhiêu?", answer=ANSWER),
    Turn("Ai xây?", answer=REFUSED),
    Turn("Bao giờ?", notice="Đã dừng."),
)


def test_markdown_has_every_question_answer_and_source() -> None:
    text = as_markdown(VIETNAMESE, TURNS)
    for part in ("## cau dai bao nhieu?", "**1.200 mét**", "Đang tìm: cầu dài", "01/05/2019"):
        assert part in text
    assert text.index("Cầu \\[mới\\]") < text.index("## Ai xây?") < text.index("Đã dừng")


def test_a_document_cannot_write_markup() -> None:
    text = as_markdown(VIETNAMESE, TURNS)
    assert "<b>" not in text.replace("\\<b\\>", "")
    assert "\\*liên tục\\*" in text


def test_word_opens_what_was_exported() -> None:
    word = docx.Document(io.BytesIO(as_docx(VIETNAMESE, TURNS)))
    paragraphs = [(one.style.name, one.text) for one in word.paragraphs if one.style]
    assert ("Heading 1", "Ai xây?") in paragraphs
    assert any(name == "Intense Quote" and "1.200 mét" in text for name, text in paragraphs)
    assert any("Không tìm thấy" in text for _, text in paragraphs)
