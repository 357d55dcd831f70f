"""What the chat shows of answers and refusals."""

from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from documents.document import Document, Passage
from index.hit import Hit
from qa.answer import DISAGREEMENT, Answer, Citation, ShortAnswer
from web import rendering
from web.conversation import Turn
from web.plain_text import plain_answer
from web.texts import VIETNAMESE

TEXT = "Mở đầu.\nLuật có hiệu lực từ ngày 01/7/2025. Phần sau."
QUOTE = "Luật có hiệu lực từ ngày 01/7/2025."
START = TEXT.index(QUOTE)
DOCUMENT = Document("luat/a.txt", TEXT, "Luật A", "vbpl.vn", date(2025, 2, 9))
CITATION = Citation(
    1, DOCUMENT.path, DOCUMENT.title, DOCUMENT.source, DOCUMENT.published, START, START + 35, QUOTE
)
ANSWER = Answer(
    "Khi nào có hiệu lực?", f"{QUOTE} [1]", refused=False, confidence=0.9, citations=(CITATION,)
)


def test_a_marker_becomes_a_button_that_names_its_source_and_place() -> None:
    html = rendering.answer_text(VIETNAMESE, ANSWER)
    assert html.startswith(
        f'{QUOTE} <button type="button" class="marker" lang="vi" data-citation="1"'
    )
    assert f'data-document="luat/a.txt" data-start="{START}" data-end="{START + 35}"' in html
    assert 'aria-label="Mở nguồn 1: Luật A">1</button>' in html


@pytest.mark.parametrize("text", ["Câu. [2]", "Câu. [0]", "Câu. [999999999]", "Câu. [1-3] []"])
def test_a_marker_without_a_citation_stays_text(text: str) -> None:
    assert rendering.answer_text(VIETNAMESE, replace(ANSWER, text=text)) == text


def test_a_bracketed_number_inside_a_quote_is_the_documents_own() -> None:
    quote = "Dân số [1] là 100."
    answer = replace(
        ANSWER, text=f"{quote} [1]", citations=(replace(CITATION, quote=quote, end=START + 18),)
    )
    html = rendering.answer_text(VIETNAMESE, answer)
    assert html.startswith("Dân số [1] là 100. <button")
    assert html.count("<button") == 1


def test_a_quote_that_looks_like_its_marker_does_not_hide_the_marker() -> None:
    answer = replace(ANSWER, text="[1] [1]", citations=(replace(CITATION, quote="[1]"),))
    html = rendering.answer_text(VIETNAMESE, answer)
    assert html.startswith("[1] <button")


def test_the_answers_text_and_titles_are_escaped() -> None:
    title = '"><script>alert(1)</script>'
    answer = replace(ANSWER, text="<b>đậm</b> [1]", citations=(replace(CITATION, title=title),))
    html = rendering.turn_article(VIETNAMESE, Turn("<i>hỏi</i>", answer=answer), 0)
    for tag in ("<b>", "<i>", "<script>"):
        assert tag not in html
    assert "&lt;b&gt;đậm&lt;/b&gt;" in html


def test_a_refusal_offers_the_nearest_passages_as_leads_and_has_no_marker() -> None:
    hits = tuple(
        Hit(Passage("a.txt", n, n, n + 6, f"Đoạn {n}"), f"Bài {n}", "", None, 1.0, n + 1)
        for n in range(5)
    )
    refusal = Answer("Giá vàng?", "Không tìm thấy.", refused=True, confidence=0.0, hits=hits)
    html = rendering.turn_article(VIETNAMESE, Turn("Giá vàng?", answer=refusal), 0)
    assert VIETNAMESE.LEADS in html
    assert VIETNAMESE.LEADS_NOTE in html
    assert html.count('class="lead"') == 3
    assert html.count('data-citation="0"') == 3
    assert "marker" not in html


def test_a_refusal_without_passages_is_only_its_message() -> None:
    refusal = Answer("?", "Hãy nhập câu hỏi.", refused=True, confidence=0.0)
    html = rendering.turn_article(VIETNAMESE, Turn("?", answer=refusal), 0)
    assert "Hãy nhập câu hỏi." in html
    assert VIETNAMESE.LEADS not in html


@pytest.mark.parametrize(
    ("turn", "state", "shown"),
    [
        pytest.param(Turn("Hỏi"), "busy", VIETNAMESE.SEARCHING, id="searching"),
        pytest.param(Turn("Hỏi", found=8), "busy", "Đã tìm thấy 8 đoạn", id="found"),
        pytest.param(Turn("Hỏi", text="Luật <có"), "busy", "Luật &lt;có", id="growing"),
        pytest.param(Turn("Hỏi", notice="stopped"), "stopped", "Đã dừng", id="stopped"),
        pytest.param(Turn("Hỏi", notice="Đã dừng"), "stopped", "Đã dừng", id="kept sentence"),
        pytest.param(Turn("Hỏi", answer=ANSWER), "done", QUOTE, id="done"),
    ],
)
def test_a_turn_shows_how_far_it_is(turn: Turn, state: str, shown: str) -> None:
    html = rendering.turn_article(VIETNAMESE, turn, 0)
    assert f'data-state="{state}"' in html
    assert shown in html


def test_markers_of_unfinished_text_cannot_be_pressed() -> None:
    html = rendering.turn_article(VIETNAMESE, Turn("Hỏi", text="Câu. [1]"), 0)
    assert '<span class="marker">1</span>' in html
    assert "<button" not in html


def test_an_empty_conversation_shows_the_start() -> None:
    assert rendering.conversation(VIETNAMESE, (), start="<p>chào</p>") == "<p>chào</p>"
    assert "chào" not in rendering.conversation(VIETNAMESE, (Turn("Hỏi"),), start="<p>chào</p>")


def test_an_answer_of_differing_sources_says_so_above_its_text() -> None:
    answer = replace(ANSWER, disagreement=True)
    html = rendering.turn_article(VIETNAMESE, Turn("?", answer=answer), 0)
    assert html.index(DISAGREEMENT) < html.index('class="answer"')
    plain = rendering.turn_article(VIETNAMESE, Turn("?", answer=ANSWER), 0)
    assert DISAGREEMENT not in plain


def test_the_copied_text_holds_the_answer_and_where_each_sentence_comes_from() -> None:
    assert plain_answer(VIETNAMESE, ANSWER) == (
        "Khi nào có hiệu lực?\n\n"
        f"{QUOTE} [1]\n\n"
        "Nguồn:\n"
        "[1] Luật A · vbpl.vn · 09/02/2025 · luat/a.txt\n"
        f"    “{QUOTE}”"
    )


def test_the_copied_text_of_an_undated_unsigned_source_has_no_empty_parts() -> None:
    citation = replace(CITATION, source="", published=None)
    text = plain_answer(VIETNAMESE, replace(ANSWER, citations=(citation,)))
    assert "[1] Luật A · luat/a.txt\n" in text


def test_the_copy_button_carries_the_copied_text() -> None:
    html = rendering.turn_article(VIETNAMESE, Turn("Hỏi", answer=ANSWER), 0)
    carried = html.split('data-copy="')[1].split('"')[0]
    assert unescape(carried) == plain_answer(VIETNAMESE, ANSWER)


def test_an_empty_library_names_the_command_that_mends_it() -> None:
    assert "python -m index sync" in rendering.empty_library(VIETNAMESE)


def test_the_header_counts_the_documents_the_vietnamese_way() -> None:
    assert "12.345 tài liệu" in rendering.masthead(VIETNAMESE, 12_345, here="./")


def test_what_was_understood_stands_above_the_answer_as_text() -> None:
    html = rendering.turn_article(VIETNAMESE, Turn("laf ai", understood="<b>là ai", text="Đáp"), 0)
    assert 'Đang tìm: <span lang="vi">&lt;b&gt;là ai</span>' in html
    assert "Đang tìm" not in rendering.turn_article(VIETNAMESE, Turn("Là ai", text="Đáp"), 0)


def test_the_sentence_nearest_to_an_answer_is_the_first_lead() -> None:
    passage = Passage(DOCUMENT.path, 0, 0, len(TEXT), TEXT)
    hits = (Hit(passage, DOCUMENT.title, "", None, 1.0, 1),)
    nearest = replace(CITATION, quote="<b>Luật</b> có hiệu lực.")
    answer = replace(ANSWER, refused=True, citations=(), hits=hits, nearest=nearest)
    html = rendering.turn_article(VIETNAMESE, Turn("?", answer=answer), 0)
    assert html.index('<li class="nearest">') < html.index('<li class="passage">')
    assert "“&lt;b&gt;Luật&lt;/b&gt; có hiệu lực.”" in html
    assert "nearest" not in rendering.turn_article(
        VIETNAMESE, Turn("?", answer=replace(answer, nearest=None)), 0
    )


DAY = ShortAnswer(DOCUMENT.path, START + 20, START + 34, "ngày 01/7/2025")


def test_the_short_answer_is_the_bold_head_of_the_answer_and_of_its_copy() -> None:
    answer = replace(ANSWER, short=replace(DAY, text="ngày\n<b>01/7/2025"))
    html = rendering.turn_article(VIETNAMESE, Turn("?", answer=answer), 0)
    assert '<strong>ngày &lt;b&gt;01/7/2025</strong></p><p class="answer"' in html
    assert plain_answer(VIETNAMESE, replace(ANSWER, short=DAY)).splitlines()[2] == "ngày 01/7/2025"


@pytest.mark.parametrize(
    "short", [None, replace(DAY, start=START, end=START + 33, text=QUOTE[:33])]
)
def test_most_of_a_sentence_is_no_head(short: ShortAnswer | None) -> None:
    answer = replace(ANSWER, short=short)
    assert "<strong>" not in rendering.turn_article(VIETNAMESE, Turn("?", answer=answer), 0)
    assert plain_answer(VIETNAMESE, answer) == plain_answer(VIETNAMESE, ANSWER)


def test_a_turn_carries_the_question_to_ask_again() -> None:
    answer = replace(ANSWER, understood='A "là": vì sao?', follows=True)
    html = rendering.turn_article(VIETNAMESE, Turn("Vì sao?", answer=answer), 0)
    assert 'data-asked="A &quot;là&quot;: vì sao?"' in html
