"""What a language model wrote, on the page: drafts, notes, and what is struck out."""

from dataclasses import replace

from qa.answer import Answer, Citation
from web import rendering
from web.conversation import Turn
from web.plain_text import plain_answer
from web.texts import VIETNAMESE

QUOTE = "Luật có hiệu lực từ ngày 01/7/2025."
CITATION = Citation(1, "a.txt", "Luật A", "", None, 0, len(QUOTE), QUOTE)
ANSWER = Answer("Hỏi?", f"{QUOTE} [1]", refused=False, confidence=0.9, citations=(CITATION,))


def test_what_a_model_wrote_in_vain_is_shown_struck_out_and_escaped() -> None:
    struck = ("Bịa một <b>điều</b>.", "Bịa hai.")
    for answer in (ANSWER, replace(ANSWER, refused=True, citations=())):
        html = rendering.turn_article(
            VIETNAMESE, Turn("Hỏi?", answer=replace(answer, struck=struck)), 0
        )
        assert VIETNAMESE.struck(2) in html
        assert "<del>Bịa một &lt;b&gt;điều&lt;/b&gt;.</del>" in html
        assert "<del>Bịa hai.</del>" in html
    assert "<del>" not in rendering.turn_article(VIETNAMESE, Turn("Hỏi?", answer=ANSWER), 0)


def test_the_note_of_an_answer_is_shown_and_copied() -> None:
    answer = replace(ANSWER, note="Máy chủ <x> không trả lời.")
    assert (
        '<p class="note" lang="vi">Máy chủ &lt;x&gt; không trả lời.</p>'
        in rendering.turn_article(VIETNAMESE, Turn("Hỏi?", answer=answer), 0)
    )
    assert "(Máy chủ <x> không trả lời.)" in plain_answer(VIETNAMESE, answer)
    assert 'class="note"' not in rendering.turn_article(VIETNAMESE, Turn("Hỏi?", answer=ANSWER), 0)


def test_a_draft_says_that_it_is_not_checked_yet() -> None:
    draft = Turn("Hỏi?", text="<i>Nháp</i> [1]", is_draft=True)
    html = rendering.turn_article(VIETNAMESE, draft, 0)
    assert VIETNAMESE.DRAFT in html
    assert "&lt;i&gt;Nháp" in html
    assert VIETNAMESE.DRAFT not in rendering.turn_article(
        VIETNAMESE, replace(draft, is_draft=False), 0
    )


def test_a_draft_that_was_stopped_says_that_it_never_was_checked() -> None:
    html = rendering.turn_article(
        VIETNAMESE, Turn("Hỏi?", text="Nháp", is_draft=True, notice=VIETNAMESE.ENDS["stopped"]), 0
    )
    assert VIETNAMESE.UNCHECKED in html
    assert VIETNAMESE.DRAFT not in html
