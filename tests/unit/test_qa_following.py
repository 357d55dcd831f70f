"""Follow-up questions become questions that stand alone; others stay as they are."""

import pytest

from qa.following import follow
from qa.history import Turn

RATE = Turn(
    "Cụm thi đua đạt tỷ lệ bao nhiêu chỉ tiêu?", "Cụm đạt 90% và vượt 80%; do Nam Định đứng đầu."
)
CHAIR = Turn("Ai chủ trì hội nghị ngày 5/6/2021?", "Bà Trần Mai chủ trì.", ("Hội nghị",), ("a",))
PLACE = Turn("Hội nghị họp ở đâu?", "Hội nghị họp tại tỉnh Nghệ An.")


def _follow(question: str, *turns: Turn, accented: bool = True, context: str = "") -> str:
    return follow(question, turns, idf=len, accented=accented, context=context)


@pytest.mark.parametrize(
    ("question", "turn", "understood"),
    [
        ("Còn tỷ lệ vượt thì sao?", RATE, "Cụm thi đua đạt tỷ lệ chỉ tiêu: tỷ lệ vượt thì sao"),
        ("Thế còn Nam Định?", RATE, "Cụm thi đua đạt tỷ lệ chỉ tiêu: Nam Định"),
        ("Vượt bao nhiêu?", RATE, "Cụm thi đua đạt tỷ lệ chỉ tiêu: Vượt bao nhiêu?"),
        ("Vì sao?", RATE, "Cụm thi đua đạt tỷ lệ chỉ tiêu: vì sao?"),
        ("Bà ấy dự họp ở đâu?", CHAIR, "Chủ trì hội nghị ngày 5/6/2021: bà Trần Mai dự họp ở đâu?"),
        ("Bà ấy yêu cầu các huyện gì?", CHAIR, "Bà Trần Mai yêu cầu các huyện gì?"),
        ("Ông ấy là ai?", CHAIR, "Chủ trì hội nghị ngày 5/6/2021: ông ấy là ai?"),
        ("ở tỉnh đó thì sao", PLACE, "Hội nghị họp: ở tỉnh Nghệ An thì sao"),
        ("Hội nghị họp khi nào vậy?", PLACE, "Hội nghị họp khi nào vậy?"),
    ],
)
def test_a_follow_up_gets_what_it_leaves_out(question: str, turn: Turn, understood: str) -> None:
    assert _follow(question, turn) == understood


@pytest.mark.parametrize(
    "question",
    [
        "Giấy phép lái xe có bao nhiêu điểm?",
        "Kalam là gì?",
        "Còn bao nhiêu tỉnh sau khi sắp xếp?",
        "Nếu người lái xe không đóng tiền phạt thì sao?",
        "Thế giới năm 2019",
        "Hà Nội và tỉnh ấy hợp tác khi nào?",
        "Cụm có vượt 80% chỉ tiêu do Nam Định đứng đầu không?",
        "Luật sư Hà có phải nghỉ vì vụ đó không?",
        "Vì sao cụm thi đua năm nay lại đạt tỷ lệ chỉ tiêu 90%?",
        "  Quốc kỳ  có hình gì ?",
        "",
        "Ông ấy " + "rất " * 50 + "vui vì sao?",
    ],
)
def test_a_question_that_has_all_it_needs_stays_byte_for_byte(question: str) -> None:
    assert _follow(question, RATE) == question


def test_without_earlier_turns_nothing_is_changed() -> None:
    assert _follow("Còn tỷ lệ vượt thì sao?") == "Còn tỷ lệ vượt thì sao?"


def test_a_short_question_of_words_of_the_cited_documents_is_about_them() -> None:
    question = "Ai thắng giải nhất?"
    assert _follow(question, CHAIR) == question
    context = "Giải nhất thuộc về đội thắng."
    assert _follow(question, CHAIR, context=context).endswith("2021: ai thắng giải nhất?")


def test_openings_typed_without_accents_are_known_but_children_are_none() -> None:
    assert _follow("con ty le vuot", RATE, accented=False).endswith("chỉ tiêu: ty le vuot")
    people = Turn("Người dân làm gì?")
    assert _follow("con người là gì", people, accented=False) == "con người là gì"


def test_a_topic_goes_on_over_several_turns() -> None:
    second = Turn(_follow("Còn Nam Định thì sao?", RATE), "Nam Định đạt 95%.")
    third = _follow("Vì sao?", RATE, second)
    assert third == "Cụm thi đua đạt tỷ lệ chỉ tiêu, Nam Định: vì sao?"
