"""Dialogues asked both ways, and their figures."""

from collections.abc import Sequence

from documents.document import Passage
from eval.conversing.dialogues import Dialogue, DialogueTurn
from eval.conversing.holding import Rates, as_json, as_table, groups_of, hold_all, missed
from index.hit import Hit
from index.query import Query
from qa.answer import Answer, Citation
from qa.history import Turn

FIRST = DialogueTurn("Ai?", ("a",), follow_up=False, topic="new", answers=("An",))
THEN = DialogueTurn("Còn B?", ("b",), follow_up=True, topic="same", kind="place", answers=("Huế",))
LOST = DialogueTurn("Vì sao?", ("z",), follow_up=True, topic="same", kind="bare")
NEW = DialogueTurn("Ở đâu?", ("a",), follow_up=False, topic="new")


class Listening:
    """Finds "a" first; with a history, "b" before it, read together with the turns before."""

    def __init__(self) -> None:
        self.histories: list[tuple[Turn, ...]] = []

    def ask(self, query: Query, *, k: int, history: Sequence[Turn]) -> Answer:
        self.histories.append(tuple(history))
        paths = ["b", "b", "a"] if history else ["a", "c", "d", "b"]
        hits = [
            Hit(Passage(path, n, 0, 1, "x"), "", "", None, 1.0, n + 1)
            for n, path in enumerate(paths[:k])
        ]
        quote = "Bà AN ở Huế."
        return Answer(
            query.text,
            f"{quote} [1]",
            refused=False,
            confidence=1,
            citations=(Citation(1, paths[0], "", "", None, 0, len(quote), quote),),
            hits=tuple(hits),
            understood=f"A: {query.text}" if history else query.text,
            follows=bool(history),
        )


def test_each_question_is_asked_with_what_was_said_before_it_and_alone() -> None:
    listening = Listening()
    held = list(hold_all(listening, [Dialogue("d", (FIRST, THEN)), Dialogue("e", (FIRST,))]))
    assert [[turn.question for turn in turns] for turns in listening.histories] == [
        [], ["Ai?"], [], []
    ]  # fmt: skip
    assert [(one.dialogue, one.place) for one in held] == [("d", 0), ("d", 1), ("e", 0)]
    then = held[1]
    assert (then.with_history.rank, then.with_history.answered) == (1, True)
    assert (then.alone.rank, then.alone.answered) == (4, False)
    assert (then.with_history.understood, then.alone.understood) == ("A: Còn B?", "Còn B?")


def test_figures_are_told_for_follow_ups_their_kinds_and_new_topics() -> None:
    held = list(hold_all(Listening(), [Dialogue("d", (FIRST, THEN, LOST, NEW))]))
    groups = groups_of(held)
    assert list(groups) == ["first", "follow_ups", "new_topics", "bare", "place"]
    follow_ups = groups["follow_ups"]
    assert (follow_ups.questions, follow_ups.follow) == (2, 1)
    assert follow_ups.with_history == Rates(first=1 / 2, top=1 / 2, answered=1)
    assert follow_ups.alone == Rates(first=0, top=0, answered=0)
    assert groups["new_topics"].with_history == Rates(first=0, top=1, answered=None)
    assert held[-1].with_history.rank == 2


def test_missed_are_follow_ups_below_the_top_and_new_topics_understood_with_the_old() -> None:
    held = list(hold_all(Listening(), [Dialogue("d", (FIRST, THEN, LOST, NEW))]))
    assert [one.turn for one in missed(held)] == [LOST, NEW]


def test_the_report_is_told_as_json_and_as_a_table() -> None:
    held = list(hold_all(Listening(), [Dialogue("d", (FIRST, THEN, LOST))]))
    report = as_json(held)
    assert (report["dialogues"], report["questions"]) == (1, 3)
    assert report["missed"] == [
        {"dialogue": "d", "question": "Vì sao?", "understood": "A: Vì sao?", "rank": None}
    ]
    table = as_table(held)
    assert "| câu nối tiếp |      2 |         1.000 | 0.500 (0.000) |" in table
    assert "- d: Vì sao? → A: Vì sao? (hạng —)" in table
