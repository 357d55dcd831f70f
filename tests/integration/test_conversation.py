"""Conversations over the sample articles, by the pipeline, the page and the commands."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import free_port
from fakes import HashEmbedder
from playwright.sync_api import Browser, expect

import qa.cli
import qa.loading
from documents.folder import FolderSource
from eval import cli as eval_cli
from index.hit import Hit
from index.passage_reading import load_passage_reading
from index.query import Query
from index.question import Idf
from index.reranking import BUNDLED, load_reranker
from index.retriever import Retriever
from index.syncing import sync
from qa.answer import Answer
from qa.extractive_reader import ExtractiveReader, load_weights
from qa.history import Turn, remember
from qa.pipeline import Pipeline
from qa.reader import Reading
from web.answering import answering
from web.texts import VIETNAMESE

ROOT = Path(__file__).parents[2]
GROUP = "cum-thi-dua-so-6-nam-2020.txt"
CONFERENCE = "hoi-nghi-vien-kiem-sat-26-11-2020.txt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("conversation") / "index"
    sync(FolderSource(ROOT / "documents" / "articles"), folder, embedder=HashEmbedder())
    return folder


@pytest.fixture(scope="module")
def pipeline(folder: Path) -> Iterator[Pipeline]:
    retriever = Retriever(folder, HashEmbedder())
    weights = replace(load_weights(), threshold=0.0)
    reader = ExtractiveReader(weights, load_passage_reading())
    yield Pipeline(retriever, reader, reranker=load_reranker(BUNDLED, HashEmbedder()))
    retriever.close()


def _talk(pipeline: Pipeline, *questions: str) -> list[Answer]:
    history: tuple[Turn, ...] = ()
    answers = []
    for question in questions:
        answers.append(pipeline.ask(Query(question), history=history))
        history = (*history, remember(answers[-1]))
    return answers


@pytest.mark.parametrize(
    ("first", "then", "understood", "document"),
    [
        (
            "Cụm thi đua số 6 đạt tỷ lệ bao nhiêu chỉ tiêu phát sinh?",
            "Còn tỷ lệ vượt thì sao?",
            "Cụm thi đua số 6 đạt tỷ lệ chỉ tiêu phát sinh: tỷ lệ vượt thì sao",
            GROUP,
        ),
        (
            "Ai chủ trì hội nghị của VKSND tối cao ngày 26/11/2020?",
            "Ông ấy yêu cầu gì với các viện trưởng?",
            "Ông Lê Minh Trí yêu cầu gì với các viện trưởng?",
            CONFERENCE,
        ),
        (
            "thoi han dieu tra toi pham nghiem trong la bao lau",
            "con toi pham it nghiem trong",
            "Thời hạn điều tra tội phạm nghiêm trọng: tội phạm ít nghiêm trọng",
            "hoi-dap-to-tung-hinh-su.md",
        ),
    ],
)
def test_a_follow_up_is_looked_for_as_understood(
    pipeline: Pipeline, first: str, then: str, understood: str, document: str
) -> None:
    answer = _talk(pipeline, first, then)[-1]
    assert (answer.question, answer.understood, answer.follows) == (then, understood, True)
    assert answer.hits[0].passage.document == document


def test_a_short_follow_up_may_be_made_of_words_of_the_cited_document(pipeline: Pipeline) -> None:
    first = "Những hạn chế của các viện kiểm sát cấp cao năm 2020 do nguyên nhân nào?"
    cited, answer = _talk(pipeline, first, "Ai kết luận?")
    assert "kết luận" not in " ".join(citation.quote for citation in cited.citations).lower()
    assert answer.follows
    assert answer.hits[0].passage.document == CONFERENCE


def test_a_new_topic_is_asked_as_typed_and_finds_the_same(pipeline: Pipeline) -> None:
    question = "Quốc kỳ có hình gì?"
    *_, answer = _talk(pipeline, "Ai chủ trì hội nghị ngày 26/11/2020?", question)
    alone = pipeline.ask(Query(question))
    assert (answer.follows, answer.understood) == (False, question)
    assert answer.hits == alone.hits
    assert answer.text == alone.text


class Listening:
    """Reads nothing; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, query: Query, hits: Sequence[Hit], *, idf: Idf) -> Reading:
        self.asked.append(query.text)
        return Reading((), 0.0, refused=True)


def test_a_follow_up_is_read_for_as_typed(folder: Path) -> None:
    reader = Listening()
    retriever = Retriever(folder, HashEmbedder())
    question = "Hà Nội giành chính quyền ngày nào năm 1945?"
    answer = _talk(Pipeline(retriever, reader), question, "con hue thi sao")[-1]
    retriever.close()
    assert answer.understood == "Hà Nội giành chính quyền năm 1945: huế thì sao"
    assert reader.asked == [question, "còn huế thì sao"]


def test_the_page_keeps_the_conversation(pipeline: Pipeline) -> None:
    *_, turns = answering(pipeline, "Ai chủ trì hội nghị ngày 26/11/2020?", ())
    *_, turns = answering(pipeline, "Ông ấy yêu cầu gì?", turns)
    assert turns[0].understood == ""
    assert turns[1].understood.endswith("ông Lê Minh Trí yêu cầu gì?")
    assert turns[1].asked == turns[1].understood


def test_the_command_takes_earlier_questions(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(qa.loading, "load_embedder", lambda _: HashEmbedder())
    asked = ["Ông ấy yêu cầu gì?", "--after", "Ai chủ trì hội nghị ngày 26/11/2020?"]
    options = ["--index", str(folder), "--reranker", "none"]
    assert qa.cli.main([*asked, *options, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["question"], answer["follows"]) == ("Ông ấy yêu cầu gì?", True)
    assert "ông Lê Minh Trí" in answer["understood"]
    assert qa.cli.main([*asked, *options]) == 0
    assert capsys.readouterr().out.startswith(f"(Đang tìm: {answer['understood']})\n")


def test_dialogues_are_evaluated_on_the_index_that_has_their_documents(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(qa.loading, "load_embedder", lambda _: HashEmbedder())
    lines = (ROOT / "eval" / "dialogues.jsonl").read_text(encoding="utf-8").splitlines()
    elsewhere = {"question": "Ai?", "documents": ["no.txt"], "follow_up": False, "topic": "new"}
    file = tmp_path / "few.jsonl"
    absent = json.dumps({"id": "absent", "turns": [elsewhere]})
    file.write_text("\n".join([*lines[:3], absent]), encoding="utf-8")
    arguments = ["dialogues", str(file), "--index", str(folder), "--reranker", "none"]
    assert eval_cli.main([*arguments, "--json"]) == 0
    printed = capsys.readouterr()
    report = json.loads(printed.out)
    assert (report["dialogues"], report["left_out"]) == (3, ["absent"])
    assert report["groups"]["follow_ups"]["with_history"]["top"] == 1
    assert report["groups"]["new_topics"]["follow"] == 0
    assert "1 hội thoại thiếu tài liệu" in printed.err
    assert eval_cli.main(arguments) == 0
    assert "câu nối tiếp" in capsys.readouterr().out


@pytest.mark.browser
def test_what_a_follow_up_was_understood_as_stands_above_its_answer(
    pipeline: Pipeline, browser: Browser
) -> None:
    from web.page import build_page, launch_page

    served = build_page(pipeline)
    try:
        page = browser.new_page(locale="vi-VN")
        page.goto(launch_page(served, host="127.0.0.1", port=free_port()))
        box = page.get_by_role("textbox", name=VIETNAMESE.QUESTION_LABEL)
        turns = page.locator(".turn[data-state=done]")
        asked = ["Ai chủ trì hội nghị ngày 26/11/2020?", "Ông ấy yêu cầu gì?", "Quốc kỳ hình gì?"]
        for count, question in enumerate(asked, start=1):
            box.fill(question)
            box.press("Enter")
            expect(turns).to_have_count(count)
        shown = turns.nth(1).locator(".understood")
        expect(shown).to_have_text(
            "Đang tìm: Chủ trì hội nghị ngày 26/11/2020: ông Lê Minh Trí yêu cầu gì?"
        )
        answer = turns.nth(1).locator(".answer")
        assert shown.bounding_box()["y"] < answer.bounding_box()["y"]  # type: ignore[index]
        expect(page.locator(".understood")).to_have_count(1)
        turns.nth(1).get_by_role(
            "button", name=re.compile(f"Mở|{VIETNAMESE.OPEN_LEAD}")
        ).first.click()
        page.locator("#source details.why summary").click()
        expect(page.locator(".why-body dl")).to_contain_text(VIETNAMESE.WHY_EXACT)
    finally:
        served.close(verbose=False)
