"""The evaluation's view, in a real Chromium over a real index; runs are processes of their own."""

import json
import re
import signal
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from accessibility import findings
from conftest import HOSTILE, PHONE, WIDE, free_port
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from documents.folder import FolderSource
from documents.loading import MOST_BYTES
from eval.feedback import Opinion
from eval.hashes import text_hash
from index.embedding import load_embedder
from index.syncing import sync
from qa.loading import load_pipeline
from web.english_texts import ENGLISH
from web.evaluating_now import Setup
from web.evaluations import Evaluations, open_evaluations
from web.page import build_page, launch_page
from web.server import Beside
from web.texts import VIETNAMESE
from web.visits import open_kept

pytestmark = pytest.mark.browser

own, texts = VIETNAMESE.evaluation, VIETNAMESE

BRIDGE = "Cầu Long Biên\n\nCầu Long Biên bắc qua sông Hồng, được khánh thành năm 1902."
ARTICLES = {
    "cau.txt": BRIDGE,
    "deo.txt": "Đèo Hải Vân\n\nĐèo Hải Vân nằm giữa Huế và Đà Nẵng, dài 20 km.",
    "nui.txt": "Núi Bà Đen\n\nNúi Bà Đen ở Tây Ninh cao 986 mét.",
}
QUESTIONS = [
    ("Cầu Long Biên được khánh thành năm nào?", "1902", "cau.txt"),
    ("Núi Bà Đen cao bao nhiêu mét?", "986 mét", "nui.txt"),
    ("Đèo Hải Vân dài bao nhiêu km?", "20 km", "deo.txt"),
]
OPENED = f"Cầu mở cửa khi nào? {HOSTILE}"
SLOW = 60_000
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@dataclass
class Seen:
    """The page, and what is behind it."""

    page: Page
    url: str
    evaluations: Evaluations
    data: Path
    dialogs: list[str]


@pytest.fixture
def seen(tmp_path: Path, browser: Browser) -> Iterator[Seen]:
    folder, index, data = tmp_path / "bài", tmp_path / "index", tmp_path / "data"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    sync(FolderSource(folder), index, embedder=load_embedder())
    kept = open_kept(data)
    evaluations = open_evaluations(data, Setup(index), kept.feedback)
    served = build_page(load_pipeline(index), kept, evaluations=evaluations)
    url = launch_page(
        served,
        host="127.0.0.1",
        port=free_port(),
        most_upload_bytes=MOST_BYTES,
        beside=Beside(evaluations=evaluations),
    )
    context = browser.new_context(locale="vi-VN", viewport=ViewportSize(width=1280, height=800))
    context.set_default_timeout(20_000)
    visited = Seen(context.new_page(), url, evaluations, data, [])

    def accept(dialog: object) -> None:
        visited.dialogs.append(dialog.message)  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    visited.page.on("dialog", accept)
    yield visited
    evaluations.runner.close()
    context.close()
    served.close(verbose=False)


def collection(folder: Path, times: int = 1, name: str = "câu hỏi.jsonl") -> Path:
    """Return a file of questions, each asked so many times."""
    lines = [
        {"id": f"{n}-{t}", "question": q, "answers": [a], "documents": [d], "refuse": False}
        for t in range(times)
        for n, (q, a, d) in enumerate(QUESTIONS)
    ]
    file = folder / name
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    file.write_text(text, encoding="utf-8")
    return file


def arrive(seen: Seen) -> Page:
    seen.page.goto(f"{seen.url}danh-gia")
    expect(seen.page.get_by_role("heading", name=own.RUN_HEADING)).to_be_visible()
    return seen.page


def start_file(page: Page, file: Path) -> None:
    page.get_by_role("radio", name=own.SOURCES["file"]).check()
    page.locator("#collection input[type=file]").set_input_files(file)
    expect(page.locator("#collection .file-preview, #collection table")).to_be_visible()
    page.get_by_role("button", name=own.START, exact=True).click()


def rows(page: Page) -> Locator:
    return page.locator(".runs tbody tr")


def expect_done(page: Page) -> None:
    expect(page.locator("#run-status")).to_contain_text("Đã chạy xong", timeout=SLOW)


def press(row: Locator, name: str) -> None:
    row.get_by_role("button", name=name).or_(row.get_by_role("link", name=name)).click()


def give_opinion(seen: Seen) -> None:
    """Find an answer wrong, as the chat keeps it."""
    answer = {"question": OPENED, "answer": HOSTILE, "refused": True, "citations": []}
    seen.evaluations.feedback.add(Opinion("lan", False, f"Thiếu {HOSTILE}", answer, "s:1"))  # noqa: FBT003
    cited = {"document": "cau.txt", "start": 15, "end": 77, "quote": BRIDGE[15:77]}
    good = {"question": "Cầu nào cũ?", "answer": "Cầu", "refused": False, "citations": [cited]}
    seen.evaluations.feedback.add(Opinion("lan", True, "", good, "s:1"))  # noqa: FBT003


def test_an_exam_of_the_documents_is_run_and_its_report_read(seen: Seen) -> None:
    page = arrive(seen)
    expect(page.get_by_role("radio", name=own.SOURCES["sample"])).to_have_count(0)
    expect(page.locator("#runs")).to_contain_text(own.NO_RUNS)
    page.get_by_label(own.QUESTIONS, exact=True).fill("4")
    page.get_by_label(own.SEED, exact=True).fill("7")
    page.get_by_role("button", name=own.START, exact=True).click()
    expect_done(page)
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text(own.exam_name(4, 7))
    expect(rows(page)).to_contain_text("100,0 %")
    with page.context.expect_page() as opened:
        press(rows(page), own.REPORT)
    report = opened.value
    expect(report.get_by_role("heading", level=1)).to_contain_text("de-4-7.jsonl")
    shown = int(report.locator("#shown").inner_text())
    assert shown > 1
    report.get_by_role("searchbox").fill("không câu nào có chữ này")
    expect(report.locator("#shown")).to_have_text("0")  # the report's own script may run
    response = report.reload()
    assert response is not None
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_a_run_is_stopped_and_gone_on_with_while_the_chat_answers(
    seen: Seen, tmp_path: Path
) -> None:
    page = arrive(seen)
    start_file(page, collection(tmp_path, 300))
    expect(page.locator("#run-status progress[value]")).to_be_visible(timeout=SLOW)
    some = re.compile(r"(?<!\d)[1-9]\d*/900 câu")  # and so there is something to go on with
    expect(page.locator("#run-status")).to_contain_text(some, timeout=SLOW)
    process = seen.evaluations.runner._process
    assert process
    process.send_signal(signal.SIGSTOP)  # else it may be done before the rest is seen
    chat = page.context.new_page()
    chat.goto(seen.url)
    box = chat.get_by_role("textbox", name=texts.QUESTION_LABEL, exact=True)
    box.fill("Núi Bà Đen cao bao nhiêu mét?")
    box.press("Enter")
    expect(chat.locator(".answer")).to_contain_text("986 mét")
    assert seen.evaluations.runner.state.is_running
    other = page.context.new_page()  # who comes later sees it too
    other.goto(f"{seen.url}danh-gia")
    expect(other.locator("#run-status progress")).to_be_visible()
    process.send_signal(signal.SIGCONT)
    page.get_by_role("button", name=own.STOP, exact=True).click()
    expect(page.locator("#run-status")).to_contain_text("Đã dừng", timeout=SLOW)
    expect(other.locator("#run-status")).to_contain_text("Đã dừng")
    expect(rows(page)).to_contain_text(own.NOT_FINISHED)
    [run] = seen.evaluations.shelf.runs()
    assert 0 < run.questions < 900
    press(rows(page), own.RESUME)
    expect_done(page)
    assert [one.questions for one in seen.evaluations.shelf.runs()] == [900]
    folder = seen.evaluations.shelf.folder(run.id)
    assert list(folder.glob("unfinished-*")) == []


def test_two_runs_of_the_same_questions_are_compared_and_others_not(
    seen: Seen, tmp_path: Path
) -> None:
    page = arrive(seen)
    start_file(page, collection(tmp_path))
    expect_done(page)
    rows(page).locator("summary", has_text=own.ASK_AGAIN).click()
    rows(page).get_by_label(own.TYPING).select_option("unaccented")
    rows(page).get_by_role("button", name=own.START, exact=True).click()
    expect(rows(page)).to_have_count(2)
    expect_done(page)
    page.get_by_role("button", name=own.COMPARE).click()
    expect(page.locator("#comparison")).to_contain_text(own.CHOOSE_TWO)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name=own.COMPARE).click()
    expect(page.locator("#comparison h2")).to_be_focused()
    expect(page.locator("#comparison table").first).to_contain_text("Đúng tài liệu ngay đầu")
    expect(page.locator("#comparison table").first).to_contain_text("[")
    expect(page.locator("#comparison .pair dd").last).to_contain_text("gõ không dấu")
    page.get_by_role("radio", name=own.SOURCES["exam"]).check()
    page.get_by_label(own.QUESTIONS, exact=True).fill("4")
    page.get_by_role("button", name=own.START, exact=True).click()
    expect(rows(page)).to_have_count(3, timeout=SLOW)
    expect_done(page)
    for row in (0, 1):
        rows(page).nth(row).get_by_role("checkbox").check()
    page.get_by_role("button", name=own.COMPARE).click()
    expect(page.locator("#comparison .notice")).to_have_text(own.OTHER_QUESTIONS)


def test_a_run_is_removed_with_undo_and_one_that_is_kept_is_not(seen: Seen, tmp_path: Path) -> None:
    page = arrive(seen)
    start_file(page, collection(tmp_path))
    expect_done(page)
    press(rows(page), own.KEEP)
    expect(rows(page).get_by_role("button", name=own.KEEP)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(rows(page).get_by_role("button", name=own.KEEP)).to_be_focused()
    expect(rows(page).get_by_role("button", name=own.REMOVE)).to_have_count(0)
    page.keyboard.press("Enter")
    press(rows(page), own.REMOVE)
    expect(rows(page)).to_have_count(0)
    assert seen.evaluations.shelf.runs() == []
    undo = page.get_by_role("button", name=texts.UNDO)
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    assert seen.dialogs == [own.REMOVE_SURE]


def test_a_file_that_is_no_collection_is_told_and_leaves_nothing(
    seen: Seen, tmp_path: Path
) -> None:
    page = arrive(seen)
    page.get_by_role("radio", name=own.SOURCES["file"]).check()
    page.get_by_role("button", name=own.START, exact=True).click()
    expect(page.get_by_text(own.CHOOSE_FILE)).to_be_visible()
    bad = tmp_path / "hỏng.jsonl"
    bad.write_text('{"question": ""}\n', encoding="utf-8")
    start_file(page, bad)
    expect(page.locator("#run-status")).to_contain_text("dòng 1", timeout=SLOW)
    expect(page.locator("#runs")).to_contain_text(own.NO_RUNS)
    assert list((seen.data / "runs").iterdir()) == []


def test_the_right_passage_of_a_wrong_answer_is_marked_exported_and_run(
    seen: Seen, tmp_path: Path
) -> None:
    give_opinion(seen)
    page = arrive(seen)
    items = page.locator(".opinion-item")
    expect(items).to_have_count(2)
    page.get_by_label(own.SHOW).select_option("bad")
    expect(items).to_have_count(1)
    expect(page.get_by_label(own.SHOW)).to_be_focused()
    expect(items).to_contain_text("onerror")
    page.get_by_role("button", name=own.MARK).click()
    search = page.get_by_role("searchbox", name=own.SEARCH_LABEL)
    expect(search).to_be_focused()
    expect(search).to_have_value(OPENED)
    search.fill("khánh thành cầu Long Biên")
    search.press("Enter")
    bridge = page.locator(".candidate").filter(has_text="bắc qua sông Hồng")
    expect(bridge).to_be_visible()
    bridge.get_by_label(own.WORDS).fill("năm 1903")
    bridge.get_by_role("button", name=own.CHOOSE).click()
    expect(page.get_by_role("alert").filter(has_text="năm 1903")).to_be_visible()
    bridge.locator(".passage-text").evaluate(
        """text => {
            const node = text.firstChild, start = node.data.indexOf("1902");
            const range = document.createRange();
            range.setStart(node, start); range.setEnd(node, start + 4);
            getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    expect(bridge.get_by_label(own.WORDS)).to_have_value("1902")
    bridge.get_by_role("button", name=own.CHOOSE).click()
    expect(items.locator("mark")).to_have_text("1902")
    with page.expect_download() as download:
        page.get_by_role("link", name=own.EXPORT).click()
    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    marked = next(line for line in map(json.loads, lines) if line["question"] == OPENED)
    start = BRIDGE.index("1902")
    span = {"document": "cau.txt", "start": start, "end": start + 4, "hash": text_hash(BRIDGE)}
    assert (marked["answers"], marked["spans"]) == (["1902"], [span])
    page.get_by_role("button", name=own.RUN_FEEDBACK).click()
    expect_done(page)
    expect(rows(page)).to_contain_text(own.SOURCES["feedback"])
    assert seen.dialogs == []


def test_nothing_is_in_the_way_of_who_reads_otherwise(seen: Seen, tmp_path: Path) -> None:
    give_opinion(seen)
    seen.page.emulate_media(reduced_motion="reduce")
    page = arrive(seen)
    start_file(page, collection(tmp_path))
    expect_done(page)
    page.locator("summary", has_text=own.ASK_AGAIN).click()
    page.get_by_role("button", name=own.START, exact=True).last.click()
    expect(rows(page)).to_have_count(2)
    expect_done(page)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name=own.COMPARE).click()
    expect(page.locator("#comparison .wide-table").first).to_be_visible()
    page.get_by_role("button", name=own.MARK).click()
    expect(page.locator(".candidate").first).to_be_visible()
    for summary in page.locator("summary").all():
        summary.click()
    found = []
    for name, size in (("wide", WIDE), ("phone", PHONE)):
        page.set_viewport_size(ViewportSize(width=size["width"], height=size["height"]))
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate("dark => document.body.classList.toggle('dark', dark)", scheme == "dark")
            found += findings(page, f"{name}, {scheme}")
    assert found == []


def test_the_view_speaks_english(seen: Seen, tmp_path: Path) -> None:
    give_opinion(seen)
    seen.page.goto(f"{seen.url}evaluation")
    page = seen.page
    expect(page.get_by_role("heading", name=ENGLISH.evaluation.RUN_HEADING)).to_be_visible()
    page.get_by_role("radio", name=ENGLISH.evaluation.SOURCES["feedback"]).check()
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#run-status")).to_contain_text("Finished", timeout=SLOW)
    page.get_by_role("button", name=ENGLISH.evaluation.MARK).click()
    expect(page.locator(".candidate").first).to_be_visible()
    with page.context.expect_page() as opened:
        rows(page).get_by_role("link", name="Report").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Quality of the answers")
    shown = page.locator("#evaluation").evaluate(
        """place => {
            const copy = place.cloneNode(true);
            copy.querySelectorAll("[lang=vi], .path, #collection").forEach(one => one.remove());
            return copy.innerText;
        }"""
    )
    decomposed = unicodedata.normalize("NFD", shown)
    assert re.findall("[^\\n]*[\u0300-\u036fđĐ][^\\n]*", decomposed) == []


def test_nothing_sticks_out_on_a_phone(seen: Seen, tmp_path: Path) -> None:
    give_opinion(seen)
    seen.page.set_viewport_size(ViewportSize(width=PHONE["width"], height=PHONE["height"]))
    page = arrive(seen)
    start_file(page, collection(tmp_path))
    expect_done(page)
    page.get_by_role("button", name=own.MARK).click()
    expect(page.locator(".candidate").first).to_be_visible()
    wide = page.evaluate(
        "[document.documentElement, document.querySelector('#evaluation')]"
        ".map(one => one.scrollWidth - one.clientWidth)"
    )
    assert wide == [0, 0]
