"""The evaluation as HTML: what users, files and documents say stays text."""

from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from conftest import HOSTILE

from documents.document import Passage as Text
from eval.feedback import Opinion, Passage
from eval.runs.comparing import ChangedQuestion, Comparison, Slice
from eval.runs.differences import Difference
from eval.runs.stored import StoredQuestion, StoredRun
from index.hit import Hit
from web.comparison_rendering import MOST_CHANGED, comparison, no_comparison
from web.evaluating_now import RunState
from web.evaluation_rendering import run_form, run_label, run_status, runs_list
from web.evaluation_runs import MEASURES, KeptRun, Order, Source
from web.feedback_rendering import feedback
from web.marking import Shown, opinion_page
from web.texts import VIETNAMESE

own = VIETNAMESE.evaluation
ID = "20260102-000000-abcdef"
VALUES = dict.fromkeys(MEASURES, 0.123)
RUN = KeptRun(ID, Order(Source.FILE, HOSTILE), "2026-01-02T00:00:00+00:00", 1234, VALUES, False)  # noqa: FBT003
SURE = Difference("retrieval.recall@1", 0.5, 0.75, -0.01, 0.4567, 0.0004, 9)
UNSURE = Difference("answers.f1", 0.5, 0.5, -0.1, 0.1, 0.9, 9)


def hit(text: str) -> Hit:
    return Hit(Text(HOSTILE, 0, 3, 3 + len(text), text), HOSTILE, HOSTILE, None, 1.0, 1)


def question(**changes: Any) -> StoredQuestion:  # noqa: ANN401 - of a line
    line = {"question": HOSTILE, "answer": HOSTILE, "refused": False, "correct": True}
    return StoredQuestion("1", {**line, "gold_answers": [HOSTILE], **changes}, {})


def compared(changed: int = 1) -> Comparison:
    run = StoredRun(Path("a"), MappingProxyType({}), (), MappingProxyType({}), "")
    pair = ChangedQuestion(question(), question(refused=True, correct=False))
    parts = {"kind": {HOSTILE: Slice(3, (SURE,)), "who": Slice(2, (SURE, UNSURE))}}
    return Comparison(run, run, (f"khác kho {HOSTILE}",), (SURE, UNSURE), parts, (pair,) * changed)


def test_what_is_hostile_stays_text() -> None:
    answer = {"question": HOSTILE, "answer": HOSTILE, "refused": False}
    cited = {**answer, "citations": [{"quote": HOSTILE, "document": HOSTILE}]}
    marked = Passage(HOSTILE, 0, 3, HOSTILE)
    moment = "2026-01-02T00:00:00+00:00"
    given = [Opinion(HOSTILE, False, HOSTILE, cited, "", marked, 1, moment)]  # noqa: FBT003
    page = opinion_page(given, Shown(marking=1, words=HOSTILE))
    shown = [
        runs_list(VIETNAMESE, [RUN], removed=HOSTILE),
        run_status(VIETNAMESE, RunState(ID, error=HOSTILE), HOSTILE),
        run_status(VIETNAMESE, RunState(ID, is_running=True, step="ask"), HOSTILE),
        feedback(VIETNAMESE, page, "1", hits=[hit(HOSTILE)], problem=HOSTILE),
        comparison(VIETNAMESE, compared(), HOSTILE, HOSTILE),
        no_comparison(VIETNAMESE, HOSTILE),
    ]
    for html in shown:
        assert "&lt;script&gt;" in html
        assert "<script" not in html
        assert "<img" not in html


def test_a_run_tells_its_figures_and_what_can_be_done_with_it() -> None:
    html = runs_list(VIETNAMESE, [RUN])
    assert html.count("12,3 %") == len(MEASURES)
    assert "1.234" in html
    assert f'href="bao-cao/{ID}?language=vi" target="_blank" rel="noopener"' in html
    assert 'data-event="resume"' not in html
    unfinished = KeptRun(ID, RUN.order, RUN.started, 7, None, True)  # noqa: FBT003
    html = runs_list(VIETNAMESE, [unfinished])
    assert "đã hỏi 7 câu" in html
    assert 'data-event="resume"' in html
    assert "bao-cao/" not in html
    assert 'type="checkbox"' not in html
    assert 'data-event="remove"' not in html  # it is kept
    assert "data-event=" not in runs_list(VIETNAMESE, [unfinished], running=ID).split("</table>")[0]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (RunState(), ""),
        (RunState(ID, is_running=True), own.STARTING),
        (RunState(ID, is_running=True, is_stopped=True, step="ask"), own.STOPPING),
        (
            RunState(ID, is_running=True, step="ask", done=3, of=1200, seconds_left=80.4),
            "Đang hỏi: 3/1.200 câu, còn khoảng 80 giây.",
        ),
        (
            RunState(ID, is_running=True, step="read", done=3, of=9, seconds_left=200),
            "Đọc tài liệu để ra đề: 3/9 tài liệu, còn khoảng 3 phút.",
        ),
        (RunState(ID, is_stopped=True), "Đã dừng."),
        (RunState(ID, error="Hỏng"), "“Hỏng”"),
        (RunState(ID), "Đã chạy xong: Đề."),
    ],
    ids=["none", "starting", "stopping", "asking", "reading", "stopped", "failed", "done"],
)
def test_how_a_run_stands_is_told(state: RunState, said: str) -> None:
    html = run_status(VIETNAMESE, state, "Đề")
    assert said in html
    assert ("<progress" in html) == state.is_running


def test_only_questions_that_exist_are_offered() -> None:
    assert 'value="sample"' not in run_form(VIETNAMESE, [Source.EXAM, Source.FILE])
    assert 'value="feedback"' in run_form(VIETNAMESE, list(Source))
    assert run_form(VIETNAMESE, [Source.EXAM]).count(" checked") == 1


def test_a_comparison_tells_interval_chance_parts_and_both_answers() -> None:
    html = comparison(VIETNAMESE, compared(), "lần A", "lần B")
    main, rest = html.split("<details>", 1)
    assert "+25,0 [−1,0; +45,7]" in main
    assert "<strong>&lt; 0,001</strong>" in main
    assert "answers.f1" not in main  # main figures first, the others when asked for
    assert "answers.f1" in rest
    assert '<th scope="rowgroup" rowspan="1">ai <span class="soft">2</span></th>' in rest
    assert f"<dd>{own.REFUSED}</dd>" in rest
    assert "1 câu: 1 xấu đi, 0 tốt lên, 0 khác." in rest
    many = comparison(VIETNAMESE, compared(MOST_CHANGED + 5), "", "")
    assert many.count("<li>") == MOST_CHANGED
    assert own.more(5) in many


def test_a_good_opinion_is_not_marked_and_a_bad_one_can_be_unmarked() -> None:
    answer = {"question": "a?", "answer": "b", "refused": False, "citations": []}
    moment = "2026-01-02T00:00:00+00:00"
    good = Opinion("lan", True, "", answer, "", None, 1, moment)  # noqa: FBT003
    page = opinion_page([good], Shown(marking=2))
    assert 'data-event="mark"' not in feedback(VIETNAMESE, page, "1")
    whole = Passage("a.txt", 0, 3, "đoạn", is_answer=False)
    marked = Opinion("lan", False, "", answer, "", whole, 1, moment)  # noqa: FBT003
    html = feedback(VIETNAMESE, opinion_page([marked], Shown()), "1")
    assert 'data-event="unmark"' in html
    assert f"<dt>{own.MARKED}</dt>" in html
    assert own.NO_FEEDBACK in feedback(VIETNAMESE, opinion_page([], Shown()), "")


def test_the_label_of_a_run_names_unusual_settings() -> None:
    exam = Order(Source.EXAM, "a", 9, 3, reranker="none")
    run = KeptRun(ID, exam, RUN.started, 9, VALUES, False)  # noqa: FBT003
    assert run_label(VIETNAMESE, run).startswith("Đề tự ra, 9 câu, số gieo 3, không xếp hạng lại, ")
