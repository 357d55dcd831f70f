"""Opinions of answers are kept and become a collection."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from documents.errors import DanChungError
from eval.cli import main
from eval.collection import Span
from eval.feedback import FEEDBACK_NAME, FeedbackStore, Opinion, Passage, as_collection, as_text
from eval.hashes import text_hash
from eval.json_lines import load_json_lines

ANSWER = {
    "question": "Cầu thông xe năm nào?",
    "answer": "Cầu thông xe năm 2019. [1]",
    "refused": False,
    "short_answer_span": {"document": "cầu.txt", "start": 17, "end": 21, "text": "2019"},
    "citations": [
        {"document": "cầu.txt", "start": 0, "end": 22, "quote": "Cầu thông xe năm 2019."}
    ],
}
REFUSAL = {"question": "Ai xây đò?", "answer": "Không tìm thấy.", "refused": True, "citations": []}
GOOD = Opinion("lan", is_good=True, comment=" Đúng rồi ", answer=ANSWER, index_version="s:1")
RIGHT = Passage("đò.txt", 3, 9, "đò mới")


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / FEEDBACK_NAME)


def test_opinions_come_back_in_order_after_a_restart(store: FeedbackStore, tmp_path: Path) -> None:
    store.add(GOOD)
    bad = replace(GOOD, is_good=False, answer=REFUSAL)
    store.correct(store.add(bad), RIGHT)
    store.close()
    first, second = FeedbackStore(tmp_path / FEEDBACK_NAME).opinions()
    assert (first.question, first.is_good, first.comment) == (ANSWER["question"], True, "Đúng rồi")
    assert (second.is_good, second.corrected, second.index_version) == (False, RIGHT, "s:1")
    assert first.given.endswith("+00:00")


def test_a_changed_mind_takes_the_place_of_the_first_opinion(store: FeedbackStore) -> None:
    store.add(GOOD)
    store.add(replace(GOOD, is_good=False))
    store.add(replace(GOOD, user="minh"))
    assert [(one.user, one.is_good) for one in store.opinions()] == [("lan", False), ("minh", True)]


@pytest.mark.parametrize(
    ("opinion", "answers", "refuse"),
    [
        (GOOD, ["2019"], False),
        (replace(GOOD, answer={**ANSWER, "short_answer_span": None}), [], False),
        (replace(GOOD, is_good=False), [], True),
        (replace(GOOD, is_good=False, corrected=RIGHT), ["đò mới"], False),
        (replace(GOOD, answer=REFUSAL), [], True),
        (replace(GOOD, answer=REFUSAL, is_good=False, corrected=RIGHT), ["đò mới"], False),
    ],
    ids=["good", "no short answer", "bad", "corrected", "rightly refused", "wrongly refused"],
)
def test_what_is_known_of_a_question_is_its_gold(
    opinion: Opinion, answers: list[str], *, refuse: bool
) -> None:
    [line] = as_collection([opinion])
    assert line["refuse"] is refuse
    assert line["answers"] == (answers or ([] if refuse else ["Cầu thông xe năm 2019."]))
    assert ("wrong_answer" in line) == (not opinion.is_good and not opinion.answer["refused"])


def test_a_marked_passage_without_words_of_it_is_a_place_and_no_answer(
    store: FeedbackStore, tmp_path: Path
) -> None:
    passage = Passage("đò.txt", 0, 12, "Ông Tư đóng.", text_hash("Ông Tư đóng."), is_answer=False)
    opinion_id = store.add(replace(GOOD, is_good=False, answer=REFUSAL))
    store.correct(opinion_id, passage)
    [line] = as_collection(store.opinions())
    span = {"document": "đò.txt", "start": 0, "end": 12, "hash": passage.hash}
    assert (line["answers"], line["refuse"], line["spans"]) == ([], False, [span])
    file = tmp_path / "góp-ý.jsonl"
    file.write_text(as_text([line]), encoding="utf-8")
    [question] = load_json_lines(file).questions
    assert question.spans == (Span("đò.txt", 0, 12, passage.hash),)
    store.correct(opinion_id, None)
    assert store.opinions()[0].corrected is None


def test_the_latest_opinion_of_a_question_counts() -> None:
    again = {**ANSWER, "question": " cầu thông xe NĂM nào?"}
    later = replace(GOOD, opinion_id=2, is_good=False, answer=again)
    [line] = as_collection([replace(GOOD, opinion_id=1), later])
    assert line["id"] == "feedback-2"


def test_the_command_writes_a_collection_that_can_be_run(
    store: FeedbackStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.add(GOOD)
    store.add(replace(GOOD, is_good=False, answer=REFUSAL))
    file = tmp_path / "góp-ý.jsonl"
    assert main(["feedback", "--to", str(file), "--data", str(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["good"], told["bad"], told["questions"]) == (1, 1, 2)
    collection = load_json_lines(file)
    assert [(one.text, one.refuse) for one in collection.questions] == [
        (ANSWER["question"], False),
        (REFUSAL["question"], True),
    ]


def test_no_feedback_yet_says_where_it_comes_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["feedback", "--data", str(tmp_path)]) == 1
    assert "chưa có góp ý nào" in capsys.readouterr().err
    (tmp_path / FEEDBACK_NAME).write_bytes(b"no database" * 99)
    with pytest.raises(DanChungError, match="không mở được nơi lưu góp ý"):
        FeedbackStore(tmp_path / FEEDBACK_NAME)
