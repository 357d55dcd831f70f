"""What references stand for."""

import pytest

from qa.history import Turn
from qa.references import references_in
from qa.resolving import resolve
from qa.spoken import spoken

WHO = Turn("Ai chủ trì hội nghị ở Huế?", "Ông Lê Nam và bà Trần Mai chủ trì.", ("Báo cáo",))
WHERE = Turn("Ông Võ Hùng họp ở đâu?", "Cuộc họp tại tỉnh Nghệ An.")
AFTER = Turn("Ai thay ông Lê Nam?", "Ông Võ Hùng thay.")
NEAR = Turn("Hội nghị về Huế họp ở đâu?", "Họp tại tỉnh Nghệ An.")
LAW = Turn("Ai làm luật?", "Theo Nghị định số 1/2020/NĐ-CP.", ("Hỏi về Luật Nhà ở 2023",))


@pytest.mark.parametrize(
    ("question", "turn", "words"),
    [
        ("Ông ấy là ai?", WHO, "ông Lê Nam"),
        ("Bà ấy là ai?", WHO, "bà Trần Mai"),
        ("ba ay la ai", WHO, "bà Trần Mai"),
        ("Người đó là ai?", WHO, "Lê Nam"),
        ("Ông ấy là ai?", WHERE, "ông Võ Hùng"),
        ("Ông ấy là ai?", AFTER, "ông Võ Hùng"),
        ("Ở đó có gì?", WHO, "ở Huế"),
        ("Ở đó có gì?", NEAR, "ở Nghệ An"),
        ("Ở đó có gì?", WHERE, "ở Nghệ An"),
        ("Tỉnh đó có gì?", WHERE, "tỉnh Nghệ An"),
        ("Nơi này có gì?", WHERE, "Nghệ An"),
        ("Luật này nói gì?", LAW, "Luật Nhà ở 2023"),
        ("Văn bản đó nói gì?", LAW, "Nghị định số 1/2020/NĐ-CP"),
        ("Bà ấy là ai?", WHERE, None),
        ("Huyện đó có gì?", WHERE, None),
        ("Hiến pháp đó nói gì?", LAW, None),
        ("Việc đó ra sao?", WHO, None),
    ],
)
def test_a_reference_stands_for_what_fits_it(question: str, turn: Turn, words: str | None) -> None:
    (reference,) = references_in(spoken(question, accented=question != "ba ay la ai"))
    assert resolve(reference, [turn]) == words


def test_the_latest_turn_that_names_something_fitting_decides() -> None:
    (reference,) = references_in(spoken("Ông ấy là ai?"))
    assert resolve(reference, [LAW, WHERE, WHO]) == "ông Võ Hùng"
