"""Past turns as values."""

from qa.answer import Answer, Citation
from qa.history import MOST_TURNS, Turn, recent, remember


def _citation(marker: int, path: str) -> Citation:
    return Citation(marker, path, f"Bài {path}", "", None, 0, 4, "Mẫu.")


def test_an_answer_is_remembered_as_understood_with_its_quotes_and_documents() -> None:
    cited = (_citation(1, "a"), _citation(2, "b"), _citation(3, "a"))
    answer = Answer(
        "hoi gi", "…", refused=False, confidence=1, citations=cited, understood="Hỏi gì"
    )
    assert remember(answer) == Turn("Hỏi gì", "Mẫu.\nMẫu.\nMẫu.", ("Bài a", "Bài b"), ("a", "b"))


def test_a_refusal_leaves_only_its_question() -> None:
    assert remember(Answer("Hỏi gì?", "Không.", refused=True, confidence=0)) == Turn("Hỏi gì?")


def test_the_last_turns_come_latest_first_without_blank_ones() -> None:
    turns = [Turn(f"Câu {n}?") for n in range(MOST_TURNS)]
    assert recent([Turn("Xưa?"), *turns]) == tuple(reversed(turns))
    assert recent([Turn("Trước?"), Turn(" ")]) == (Turn("Trước?"),)


def test_long_turns_are_cut() -> None:
    (turn,) = recent([Turn("a " * 9_000, "b" * 9_000, ("c" * 9_000,) * 99, ("d",) * 99)])
    sizes = (len(turn.question), len(turn.answer), len(turn.titles[0]))
    assert max(sizes) <= 3_000
    assert max(len(turn.titles), len(turn.documents)) <= 5
