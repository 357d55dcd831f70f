"""The page as a visitor uses it, in a real Chromium."""

import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import (
    ATTACK,
    CONFERENCE,
    FLAG,
    LONG,
    PHONE,
    ScriptedPipeline,
    Served,
    Visit,
    free_port,
    serving,
)
from gradio_client import Client  # type: ignore[import-untyped]
from gradio_client.exceptions import AppError  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Locator, Page, expect

from web.texts import VIETNAMESE

pytestmark = pytest.mark.browser

ASKED = "Ai chủ trì hội nghị triển khai công tác năm 2021?"
QUOTE = "Hội nghị triển khai công tác năm 2021 do đồng chí Trần Văn Bình chủ trì tại Hà Nội."
UNKNOWN = "Giá vàng thế giới?"
on_phone = pytest.mark.parametrize("visit", [{"viewport": PHONE, "has_touch": True}], indirect=True)


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name=VIETNAMESE.QUESTION_LABEL)


def ask(page: Page, question: str) -> None:
    box(page).fill(question)
    box(page).press("Enter")


def marker(page: Page) -> Locator:
    return page.get_by_role("button", name="Mở nguồn 1").last


def mark(page: Page) -> Locator:
    return page.locator("#source mark")


def test_asking_with_accents_and_opening_the_quote(visit: Visit) -> None:
    page = visit.page
    ask(page, ASKED)
    expect(page.locator(".answer")).to_contain_text(QUOTE)
    marker(page).click()
    expect(mark(page)).to_have_text(QUOTE)
    expect(mark(page)).to_be_in_viewport(ratio=1)
    panel = page.get_by_role("complementary", name=VIETNAMESE.PANEL)
    expect(panel.get_by_role("heading", name=CONFERENCE.title)).to_be_visible()
    expect(panel).to_contain_text("baothunghiem.vn · 22/12/2020")
    assert mark(page).evaluate("mark => mark.textContent") == QUOTE
    assert page.locator(".document").evaluate("shown => shown.textContent") == CONFERENCE.text


def test_asking_without_accents_finds_the_same_quote(visit: Visit) -> None:
    page = visit.page
    ask(page, "ai chu tri hoi nghi trien khai cong tac nam 2021")
    expect(marker(page)).to_have_attribute("data-quote", QUOTE)


def test_the_first_source_opens_by_itself_on_a_wide_screen(visit: Visit) -> None:
    page = visit.page
    ask(page, ASKED)
    expect(mark(page)).to_have_text(QUOTE)
    expect(mark(page)).to_be_in_viewport(ratio=1)
    expect(box(page)).to_be_focused()


def test_an_unknown_question_is_refused_with_leads_and_no_marker(visit: Visit) -> None:
    page = visit.page
    ask(page, UNKNOWN)
    expect(page.locator(".answer")).to_contain_text("Không tìm thấy trong tài liệu")
    expect(page.get_by_role("heading", name=VIETNAMESE.LEADS)).to_be_visible()
    expect(page.get_by_role("button", name="Mở nguồn")).to_have_count(0)
    expect(mark(page)).to_have_count(0)
    lead = page.get_by_role("button", name=VIETNAMESE.OPEN_LEAD).first
    lead.click()
    expect(mark(page)).to_be_in_viewport()
    expect(page.locator("#source .eyebrow")).to_have_text(VIETNAMESE.LEADS)


def test_a_refusal_does_not_stand_beside_the_evidence_of_an_earlier_answer(visit: Visit) -> None:
    page = visit.page
    ask(page, ASKED)
    expect(mark(page)).to_be_visible()
    ask(page, UNKNOWN)
    expect(page.get_by_role("heading", name=VIETNAMESE.LEADS)).to_be_visible()
    expect(mark(page)).to_have_count(0)
    expect(page.get_by_role("heading", name=VIETNAMESE.PANEL_HEADING)).to_be_visible()


def test_a_follow_up_question_keeps_what_was_said(visit: Visit) -> None:
    page = visit.page
    ask(page, ASKED)
    expect(page.locator(".turn[data-state=done]")).to_have_count(1)
    ask(page, "Quốc kỳ hình chữ nhật, nền đỏ, ở giữa có gì?")
    expect(page.locator(".turn[data-state=done]")).to_have_count(2)
    expect(page.locator(".answer").first).to_contain_text(QUOTE)
    expect(page.locator(".answer").last).to_contain_text("ngôi sao vàng năm cánh")
    expect(mark(page)).to_contain_text("ngôi sao vàng năm cánh")
    expect(page.locator(".question").last).to_be_in_viewport()


@pytest.mark.parametrize("typed", ["", "   "])
def test_an_empty_question_is_met_with_a_request(visit: Visit, typed: str) -> None:
    ask(visit.page, typed)
    expect(visit.page.locator("#below").get_by_role("status")).to_have_text(
        VIETNAMESE.ASK_SOMETHING
    )
    expect(visit.page.locator(".turn")).to_have_count(0)


def test_a_question_over_the_limit_is_kept_for_shortening(visit: Visit) -> None:
    page = visit.page
    ask(page, "a" * 2001)
    expect(page.locator("#below").get_by_role("status")).to_contain_text("2.001 ký tự")
    expect(box(page)).to_have_value("a" * 2001)
    ask(page, ASKED)
    expect(marker(page)).to_be_visible()
    expect(page.locator("#below").get_by_role("status")).to_be_empty()


def test_shift_enter_makes_a_new_line_and_does_not_send(visit: Visit) -> None:
    page = visit.page
    box(page).fill("Dòng một")
    box(page).press("Shift+Enter")
    box(page).press_sequentially("dòng hai")
    expect(box(page)).to_have_value("Dòng một\ndòng hai")
    expect(page.locator(".turn")).to_have_count(0)


def test_an_example_is_answered_when_pressed(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("button", name="Quốc kỳ có hình dạng thế nào?").click()
    expect(page.locator(".question")).to_have_text("Quốc kỳ có hình dạng thế nào?")
    expect(marker(page)).to_be_visible()


def test_hostile_documents_stay_text(visit: Visit) -> None:
    page = visit.page
    expect(page.locator(".start")).to_contain_text("<script>")
    ask(page, "Kẻ xấu chèn mã vào bài viết để đánh cắp mật khẩu")
    expect(page.locator(".answer")).to_contain_text("<img src=x onerror=")
    expect(page.locator(".answer")).to_contain_text(
        "{{constructor}} ${alert(3)} $x^2$ **đậm** &lt;b"
    )
    marker(page).click()
    expect(page.locator(".panel-header h2")).to_have_text(ATTACK.title)
    assert page.locator(".document").evaluate("shown => shown.textContent") == ATTACK.text
    made = "[...document.querySelectorAll('#conversation, #source, #masthead')]"
    count = f"{made}.reduce((n, part) => n + part.querySelectorAll('img, script, b').length, 0)"
    assert page.evaluate(count) == 0
    assert visit.dialogs == []


def test_hostile_questions_stay_text(visit: Visit) -> None:
    page = visit.page
    typed = '<img src=x onerror="alert(1)"> ${alert(2)} {{x}}'
    ask(page, typed)
    expect(page.locator(".question")).to_have_text(typed)
    expect(page.locator(".turn[data-state=done]")).to_be_visible()
    assert page.locator("#conversation img").count() == 0
    assert visit.dialogs == []


def test_a_failing_pipeline_is_excused_and_the_next_question_works(visit: Visit) -> None:
    page = visit.page
    ask(page, "Hãy báo lỗi")
    expect(page.locator(".turn .notice")).to_have_text(VIETNAMESE.ENDS["failed"])
    expect(page.locator("body")).not_to_contain_text("scripted failure")
    ask(page, ASKED)
    expect(marker(page)).to_be_visible()


def test_stopping_ends_the_answer_and_the_next_question_works(visit: Visit, served: Served) -> None:
    page = visit.page
    expect(page.get_by_role("button", name=VIETNAMESE.STOP)).to_be_hidden()
    ask(page, f"{ASKED} (chờ)")
    expect(page.locator(".answer")).to_have_text(QUOTE[:20])
    expect(page.get_by_role("button", name=VIETNAMESE.SEND, exact=True)).to_be_hidden()
    page.get_by_role("button", name=VIETNAMESE.STOP).click()
    expect(page.locator(".turn .notice")).to_have_text(VIETNAMESE.ENDS["stopped"])
    expect(page.locator(".answer")).to_have_text(QUOTE[:20])
    served.pipeline.gate.set()
    ask(page, ASKED)
    expect(page.locator(".turn[data-state=done]")).to_have_count(1)
    expect(page.locator(".turn[data-state=stopped]")).to_have_count(1)


def test_what_is_typed_while_an_answer_grows_is_kept(visit: Visit, served: Served) -> None:
    page = visit.page
    ask(page, f"{ASKED} (chờ)")
    expect(page.locator(".answer")).to_have_text(QUOTE[:20])
    box(page).fill("Câu hỏi kế tiếp")
    served.pipeline.gate.set()
    expect(marker(page)).to_be_visible()
    expect(box(page)).to_have_value("Câu hỏi kế tiếp")


def test_a_new_conversation_starts_empty(visit: Visit) -> None:
    page = visit.page
    ask(page, ASKED)
    expect(mark(page)).to_be_visible()
    box(page).fill("Câu hỏi kế tiếp")
    page.get_by_role("button", name=VIETNAMESE.NEW_CONVERSATION).click()
    expect(page.get_by_role("heading", name=VIETNAMESE.START_HEADING)).to_be_visible()
    expect(box(page)).to_have_value("Câu hỏi kế tiếp")
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("heading", name=VIETNAMESE.PANEL_HEADING)).to_be_visible()
    expect(mark(page)).to_have_count(0)
    ask(page, UNKNOWN)
    expect(page.locator(".turn")).to_have_count(1)


def test_clearing_while_an_answer_grows_stops_it(visit: Visit, served: Served) -> None:
    page = visit.page
    ask(page, f"{ASKED} (chờ)")
    expect(page.locator(".answer")).to_have_text(QUOTE[:20])
    page.get_by_role("button", name=VIETNAMESE.NEW_CONVERSATION).click()
    expect(page.locator(".turn")).to_have_count(0)
    served.pipeline.gate.set()
    ask(page, UNKNOWN)
    expect(page.locator(".turn[data-state=done]")).to_have_count(1)
    expect(page.locator(".turn")).to_have_count(1)


def test_the_answer_is_copied_with_its_sources(visit: Visit) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, ASKED)
    page.get_by_role("button", name=VIETNAMESE.COPY, exact=True).click()
    expect(page.get_by_role("button", name=VIETNAMESE.COPIED)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"{ASKED}\n\n{QUOTE} [1]\n\nNguồn:\n"
        f"[1] {CONFERENCE.title} · baothunghiem.vn · 22/12/2020 · tin/hoi-nghi.txt\n"
        f"    “{QUOTE}”"
    )


def test_a_source_is_opened_and_left_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    expect(box(page)).to_be_focused()
    page.keyboard.insert_text(ASKED)
    page.keyboard.press("Enter")
    expect(mark(page)).to_be_visible()
    for _ in range(12):
        if "marker" in (page.evaluate("document.activeElement.className") or ""):
            break
        page.keyboard.press("Shift+Tab")
    expect(marker(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".panel-header h2")).to_be_focused()
    expect(mark(page)).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(marker(page)).to_be_focused()


def test_why_a_source_was_found_is_told_when_asked_by_keyboard(visit: Visit) -> None:
    page = visit.page
    ask(page, ASKED)
    marker(page).click()
    details = page.locator("#source details.why")
    expect(details).to_have_count(1)
    expect(details).not_to_have_attribute("open", "")
    expect(details.locator(".why-body")).to_be_empty()
    summary = details.locator("summary")
    expect(summary).to_be_in_viewport(ratio=1)
    for _ in range(5):
        page.keyboard.press("Tab")
        if summary.evaluate("summary => summary === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(details.locator(".word")).to_have_text(
        [
            "chủ trì",
            "hội nghị triển khai công tác năm 2021",
            "hội nghị triển khai công tác năm 2021",
        ]
    )
    expect(details).to_contain_text("thứ 1 khi tìm")
    expect(mark(page)).to_be_in_viewport(ratio=1)
    header = page.locator(".panel-header").bounding_box()
    shown = mark(page).bounding_box()
    assert header is not None
    assert shown is not None
    assert shown["y"] >= header["y"] + header["height"]


def test_a_failing_explanation_says_so_and_may_be_asked_again(visit: Visit) -> None:
    page = visit.page
    ask(page, f"{ASKED} không giải thích")
    marker(page).click()
    page.get_by_text(VIETNAMESE.WHY).click()
    expect(page.locator(".why-body")).to_have_text(VIETNAMESE.WHY_FAILED)
    marker(page).click()
    page.get_by_text(VIETNAMESE.WHY).click()
    expect(page.locator(".why-body")).to_have_text(VIETNAMESE.WHY_FAILED)


def test_a_very_long_document_shows_its_whole_text_on_request(visit: Visit) -> None:
    page = visit.page
    ask(page, "Thủ đô nghìn năm văn hiến được quy hoạch lại theo nghị quyết nào")
    expect(mark(page)).to_contain_text("Thủ đô nghìn năm văn hiến")
    length = "document.querySelector('.document').textContent.length"
    assert page.evaluate(length) < 50_000
    page.get_by_role("button", name=VIETNAMESE.SHOW_WHOLE).click()
    expect(page.get_by_role("button", name=VIETNAMESE.SHOW_WHOLE)).to_have_count(0)
    assert page.evaluate(length) == len(LONG.text)
    expect(mark(page)).to_be_in_viewport(ratio=1)


@on_phone
def test_on_a_phone_the_source_is_a_sheet_that_opens_and_closes(visit: Visit) -> None:
    page = visit.page
    ask(page, ASKED)
    expect(marker(page)).to_be_visible()
    sheet = page.get_by_role("dialog", name=VIETNAMESE.PANEL)
    expect(sheet).to_have_count(0)
    marker(page).tap()
    expect(sheet).to_be_visible()
    expect(mark(page)).to_be_in_viewport(ratio=1)
    expect(page.locator(".panel-header h2")).to_be_focused()
    page.get_by_role("button", name=VIETNAMESE.CLOSE).tap()
    expect(page.locator("#source")).to_be_hidden()
    expect(marker(page)).to_be_focused()
    marker(page).tap()
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()


@on_phone
def test_on_a_phone_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    page = visit.page
    for question in (ASKED, UNKNOWN, "Kẻ xấu chèn mã vào bài viết để đánh cắp mật khẩu", "w" * 300):
        ask(page, question)
        expect(page.locator(".question").last).to_have_text(question)
        expect(page.locator(".turn").last).to_have_attribute("data-state", "done")
        for part in ("html", "#conversation", "#chat"):
            width = f"document.querySelector('{part}').scrollWidth"
            assert page.evaluate(width) <= PHONE["width"]
    page.get_by_role("button", name="Mở nguồn 1").last.tap()
    expect(mark(page)).to_be_visible()
    assert page.evaluate("document.querySelector('.panel').scrollWidth") <= PHONE["width"]


def luminance(color: str) -> float:
    """Return the relative luminance of ``rgb(r, g, b)`` (WCAG 2.2)."""
    channels = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


CONTRAST = """element => {
  const color = getComputedStyle(element).color;
  let back = element;
  while (/rgba\\(.*, 0\\)|transparent/.test(getComputedStyle(back).backgroundColor))
    back = back.parentElement;
  return [color, getComputedStyle(back).backgroundColor];
}"""


@pytest.mark.parametrize(
    ("visit", "dark"),
    [
        pytest.param({"color_scheme": "light"}, False, id="light"),
        pytest.param({"color_scheme": "dark"}, True, id="dark"),
    ],
    indirect=["visit"],
)
def test_light_and_dark_follow_the_system_and_are_readable(visit: Visit, *, dark: bool) -> None:
    page = visit.page
    back = page.locator("#masthead").evaluate(CONTRAST)[1]
    assert (luminance(back) < 0.1) is dark
    shown = [".start h2", ".start p", ".example", ".masthead .count", "#send"]
    ask_first = [".question", ".answer", "button.marker", ".source-line .byline", ".copy", "#clear"]
    panel = ["#source mark", ".document", ".panel-header .byline", ".path", ".eyebrow"]
    contrasts = {part: page.locator(part).first.evaluate(CONTRAST) for part in shown}
    ask(page, ASKED)
    expect(mark(page)).to_be_visible()
    contrasts |= {part: page.locator(part).first.evaluate(CONTRAST) for part in ask_first + panel}
    for part, colors in contrasts.items():
        dim, bright = sorted(luminance(color) for color in colors)
        assert (bright + 0.05) / (dim + 0.05) >= 4.5, (part, colors)


def test_the_page_says_that_it_is_vietnamese(visit: Visit) -> None:
    expect(visit.page.locator("html")).to_have_attribute("lang", "vi")
    expect(visit.page).to_have_title(VIETNAMESE.NAME)


def test_nothing_is_asked_of_any_other_machine_and_no_script_fails(visit: Visit) -> None:
    page = visit.page
    ask(page, ASKED)
    expect(mark(page)).to_be_visible()
    ask(page, UNKNOWN)
    expect(page.get_by_role("heading", name=VIETNAMESE.LEADS)).to_be_visible()
    assert len(visit.requests) > 5
    hosts = {urlsplit(url).hostname for url in visit.requests if not url.startswith("data:")}
    assert hosts == {"127.0.0.1"}
    assert visit.errors == []


def test_only_the_documented_endpoints_are_listed(visit: Visit, served: Served) -> None:
    listed = visit.page.request.get(f"{served.url}gradio_api/info").json()
    assert list(listed["named_endpoints"]) == ["/ask", "/search", "/documents", "/document"]
    assert listed["unnamed_endpoints"] == {}


def test_the_endpoint_answers_other_programs_in_the_form_of_the_command(served: Served) -> None:
    client = Client(served.url, verbose=False)
    answer = client.predict(ASKED, api_name="/ask")
    assert answer["refused"] is False
    assert answer["citations"][0]["quote"] == QUOTE
    with pytest.raises(AppError, match="Hãy nhập câu hỏi"):
        client.predict("  ", api_name="/ask")


def test_enter_does_not_send_while_an_answer_grows(visit: Visit, served: Served) -> None:
    page = visit.page
    ask(page, f"{ASKED} (chờ)")
    expect(page.locator(".answer")).to_have_text(QUOTE[:20])
    ask(page, UNKNOWN)
    expect(box(page)).to_have_value(UNKNOWN)
    served.pipeline.gate.set()
    expect(marker(page)).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)
    box(page).press("Enter")
    expect(page.locator(".turn[data-state=done]")).to_have_count(2)


def test_an_empty_library_says_which_command_mends_it_and_notices_when_it_was_run(
    browser: Browser,
) -> None:
    pipeline = ScriptedPipeline(library=())
    with serving(pipeline) as served:
        page = browser.new_page(locale="vi-VN")
        page.goto(served.url)
        expect(page.get_by_role("heading", name=VIETNAMESE.EMPTY_HEADING)).to_be_visible()
        expect(page.get_by_text("python -m index sync")).to_be_visible()
        pipeline.library = (FLAG,)
        page.reload()
        expect(page.get_by_text("1 tài liệu")).to_be_visible()
        expect(page.get_by_role("button", name="Quốc kỳ có hình dạng thế nào?")).to_be_visible()
        page.close()


def test_documents_added_meanwhile_are_counted_after_the_next_question(
    browser: Browser,
) -> None:
    pipeline = ScriptedPipeline(library=(FLAG,))
    with serving(pipeline) as served:
        page = browser.new_page(locale="vi-VN")
        page.goto(served.url)
        expect(page.get_by_text("1 tài liệu")).to_be_visible()
        pipeline.library = (FLAG, CONFERENCE)
        ask(page, ASKED)
        expect(page.get_by_text("2 tài liệu")).to_be_visible()
        expect(marker(page)).to_be_visible()
        page.close()


def test_the_command_serves_the_sample_articles_until_ctrl_c(
    browser: Browser, tmp_path: Path
) -> None:
    port, article = free_port(), "hoi-nghi-vien-kiem-sat-26-11-2020.txt"
    command = subprocess.Popen(  # noqa: S603 - our own words
        [
            *(sys.executable, "app.py", "--documents", "documents/articles"),
            *("--index", str(tmp_path / "index"), "--port", str(port)),
        ],
        cwd=Path(__file__).parents[2],
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert command.stderr is not None
    with command, command.stderr as told:
        try:
            assert any("sẵn sàng" in line for line in told)
            page = browser.new_page(locale="vi-VN")
            page.goto(f"http://127.0.0.1:{port}/")
            expect(page.locator("button.example")).to_have_count(4)
            for question in (
                "Ai chủ trì hội nghị ngày 26/11/2020?",
                "ai chu tri hoi nghi ngay 26/11/2020",
            ):
                ask(page, question)
                expect(page.locator(".question").last).to_have_text(question)
                expect(page.locator(".turn").last).to_have_attribute("data-state", "done")
                expect(page.locator("#source .path")).to_have_text(article)
                expect(mark(page)).to_be_in_viewport()
            ask(page, "Giá vàng hôm nay bao nhiêu?")
            expect(page.get_by_role("heading", name=VIETNAMESE.LEADS)).to_be_visible()
            page.close()
            command.send_signal(signal.SIGINT)
            assert command.wait(timeout=20) == 0
        finally:
            command.kill()


def test_the_server_takes_no_files_and_answers_to_its_own_name_only(served: Served) -> None:
    import httpx

    with httpx.Client(base_url=served.url, trust_env=False) as client:
        upload = client.post("/gradio_api/upload", files={"files": ("a.txt", b"x" * 1000)})
        assert upload.status_code >= 400
        assert client.get("/config").status_code == 200
        assert client.get("/config", headers={"host": "evil.example"}).status_code == 400
        assert client.get("/gradio_api/file=/etc/passwd").status_code in (403, 404)
