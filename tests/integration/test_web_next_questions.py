"""What to ask next, over a real index."""

from pathlib import Path

import gradio as gr
import pytest

from documents.document import Document
from documents.source import MemorySource
from index.embedding import load_embedder
from index.query import Query
from index.syncing import sync
from qa.loading import load_pipeline
from qa.pipeline import Pipeline
from web.chat_handlers import ChatHandlers
from web.examples import ExampleQuestions, example_questions
from web.filters import Filters
from web.next_questions import next_questions, questions_in
from web.texts import VIETNAMESE

BRIDGE = Document(
    "cau.txt",
    "Cầu Long Biên bắc qua sông Hồng ở Hà Nội. Cầu Long Biên khánh thành năm 1902. "
    "Cầu Long Biên dài 2.290 mét. Cầu Long Biên do hãng Daydé & Pillé xây dựng.",
    "Cầu Long Biên",
)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    sync(MemorySource([BRIDGE]), tmp_path / "index", embedder=load_embedder())
    return load_pipeline(tmp_path / "index")


def test_next_questions_are_answered_by_the_cited_document(pipeline: Pipeline) -> None:
    answer = pipeline.ask(Query("Cầu Long Biên khánh thành năm nào?"))
    questions = next_questions(pipeline, answer)
    assert 1 <= len(questions) <= 3
    assert answer.question not in questions
    for question in questions:
        again = pipeline.ask(Query(question))
        assert [one.document for one in again.citations] == ["cau.txt"]


def test_a_refusal_has_none(pipeline: Pipeline) -> None:
    assert next_questions(pipeline, pipeline.ask(Query("Giá vàng hôm nay?"))) == ()


def test_the_nearest_come_first() -> None:
    filler = "Chim về tổ lúc chiều muộn. " * 400
    far = Document("a.txt", f"{BRIDGE.text}\n\n{filler}\n\nNúi Bà Đen cao 986 mét.", "A")
    assert questions_in(far, len(far.text) - 10)[0].startswith("Núi Bà Đen")
    assert not any("Núi" in question for question in questions_in(far, 0))


def test_what_was_answered_is_not_asked_once_more() -> None:
    year = BRIDGE.text.index("1902")
    asking = [question for question in questions_in(BRIDGE, 0) if "khánh thành" in question]
    assert asking
    left = questions_in(BRIDGE, 0, besides=range(year, year + 4))
    assert not set(asking) & set(left)
    assert left


def test_a_library_of_any_documents_has_examples(pipeline: Pipeline) -> None:
    assert example_questions(pipeline, pipeline.documents())


def test_nothing_comes_after_the_turn_is_done(pipeline: Pipeline) -> None:
    handlers = ChatHandlers(VIETNAMESE, pipeline, ExampleQuestions(pipeline), kept=None)
    question = "Cầu Long Biên khánh thành năm nào?"
    updates = list(handlers.ask(question, (), "", Filters(), private=False, request=gr.Request()))
    turns = [update[0] for update in updates]
    assert [one[-1].state for one in turns[:-1]] == ["busy"] * (len(turns) - 1)
    assert turns[-1][-1].state == "done"
    assert turns[-1][-1].next_questions


def test_arriving_takes_nothing_back_that_was_said_before_it(pipeline: Pipeline) -> None:
    handlers = ChatHandlers(VIETNAMESE, pipeline, ExampleQuestions(pipeline), kept=None)
    turns, open_now, conversation, box, notice, *_ = handlers.arrive(
        (), "", Filters(), private=False, request=gr.Request()
    )
    assert (turns, open_now, conversation, box, notice) == (gr.skip(),) * 5


def test_arriving_does_not_show_again_what_is_being_answered(pipeline: Pipeline) -> None:
    handlers = ChatHandlers(VIETNAMESE, pipeline, ExampleQuestions(pipeline), kept=None)
    question, request = "Cầu Long Biên khánh thành năm nào?", gr.Request()
    asked = handlers.ask(question, (), "", Filters(), private=False, request=request)
    begun = next(asked)[0]
    assert begun[-1].state == "busy"
    shown = handlers.arrive(begun, "", Filters(), private=False, request=request)
    assert shown[:5] == (gr.skip(),) * 5
