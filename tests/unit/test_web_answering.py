"""The states a conversation goes through while a question is answered."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest

from documents.errors import DanChungError
from index.query import MOST_CHARACTERS, Query
from index.times import Time
from qa.answer import Answer
from qa.history import Turn as Past
from qa.pipeline import Event, Found, Pipeline, Written
from web.answering import answering, objection
from web.conversation import Turn, settle
from web.texts import VIETNAMESE

LAST_YEAR = Query(
    "Hội chợ năm ngoái",
    times=(Time("năm ngoái", date(2025, 1, 1), date(2025, 12, 31), is_relative=True),),
)
ANSWER = Answer("Hỏi gì?", "Đáp.", refused=False, confidence=0.9)


class Scripted(Pipeline):
    """Gives the events it was made with; an exception among them is raised."""

    def __init__(self, *events: Event | Exception) -> None:
        self.events = events
        self.asked: list[Query] = []
        self.histories: list[tuple[Past, ...]] = []

    def stream(
        self,
        query: Query,
        *,
        k: int = 10,
        history: Sequence[Past] = (),
        least_confidence: float = 0.0,
    ) -> Iterator[Event]:
        self.asked.append(query)
        self.histories.append(tuple(history))
        for event in self.events:
            if isinstance(event, Exception):
                raise event
            yield event


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_an_empty_question_is_answered_with_a_request(question: str) -> None:
    assert objection(VIETNAMESE, question) == VIETNAMESE.ASK_SOMETHING


def test_a_question_over_the_limit_is_told_its_length() -> None:
    assert objection(VIETNAMESE, "x" * MOST_CHARACTERS) == ""
    assert "10.000 ký tự" in objection(VIETNAMESE, "x" * 10_000)


def test_a_question_goes_from_searching_to_its_answer() -> None:
    pipeline = Scripted(Found(()), Written("Đá"), ANSWER)
    steps = [turns[-1] for turns in answering(pipeline, "  Hỏi gì? ", ())]
    assert [turn.state for turn in steps] == ["busy", "busy", "busy", "done"]
    assert [turn.found for turn in steps[:2]] == [None, 0]
    assert steps[2].text == "Đá"
    assert steps[3].answer == ANSWER
    assert pipeline.asked == [Query("Hỏi gì?")]


def test_a_draft_is_told_from_checked_text() -> None:
    pipeline = Scripted(Found(()), Written("Nháp", is_draft=True), Written("Đáp"), ANSWER)
    steps = [turns[-1].is_draft for turns in answering(pipeline, "Hỏi gì?", ())]
    assert steps[1:4] == [False, True, False]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (Query("Hội chợ năm 2025"), ""),
        (Query("Hội chợ", typed="hoi cho"), "Hội chợ"),
        (replace(LAST_YEAR, times=()), ""),
        (LAST_YEAR, "Hội chợ năm ngoái (năm ngoái → 2025)"),
    ],
)
def test_what_was_understood_is_shown_where_it_says_more_than_was_typed(
    query: Query, shown: str
) -> None:
    steps = [turns[-1] for turns in answering(Scripted(Found((), query), ANSWER), "Hỏi", ())]
    assert steps[-1].understood == shown


def test_earlier_turns_stay_and_an_unfinished_one_is_ended() -> None:
    earlier = (Turn("Một", answer=ANSWER), Turn("Hai"))
    *_, last = answering(Scripted(ANSWER), "Ba", earlier)
    assert [turn.state for turn in last] == ["done", "stopped", "done"]
    assert last[1].notice == "interrupted"


def test_a_failure_becomes_a_polite_notice_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        *_, last = answering(Scripted(Found(()), RuntimeError("hỏng /bí/mật")), "Hỏi", ())
    assert last[-1].notice == "failed"
    assert "bí/mật" in caplog.text


def test_a_mendable_problem_is_shown_with_its_remedy() -> None:
    *_, last = answering(Scripted(DanChungError("chỉ mục hỏng; chạy sync")), "Hỏi", ())
    assert (last[-1].notice, last[-1].detail) == ("failed", "chỉ mục hỏng; chạy sync")


def test_settling_ends_only_what_is_unfinished() -> None:
    turns = (Turn("Một", answer=ANSWER), Turn("Hai", notice="xong"), Turn("Ba", text="Đang"))
    settled = settle(turns, "dừng")
    assert [turn.notice for turn in settled] == ["", "xong", "dừng"]
    assert settled[2].text == "Đang"


@pytest.mark.parametrize(
    ("query", "shown"),
    [(Query("Ai?"), ""), (Query("Là ai?", typed="laf ai"), "Là ai?")],
)
def test_what_was_understood_is_shown_where_it_differs(query: Query, shown: str) -> None:
    *_, last = answering(Scripted(Found((), query), ANSWER), query.typed or query.text, ())
    assert last[-1].understood == shown


def test_finished_turns_are_the_history_of_the_next_question() -> None:
    pipeline = Scripted(ANSWER)
    earlier = (Turn("Hỏi gì?", answer=ANSWER), Turn("Bị ngắt?"))
    list(answering(pipeline, "Vì sao?", earlier))
    assert pipeline.histories == [(Past("Hỏi gì?"),)]


def test_only_a_follow_up_is_asked_again_as_understood() -> None:
    understood = replace(ANSWER, understood="A: vì sao?")
    assert Turn("Vì sao?", answer=understood).asked == "Vì sao?"
    assert Turn("Vì sao?", answer=replace(understood, follows=True)).asked == "A: vì sao?"
    assert Turn("Vì sao?").asked == "Vì sao?"
