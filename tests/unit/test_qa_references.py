"""Words of a question that point back."""

import pytest

from qa.references import Kind, references_in
from qa.spoken import spoken


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ("Ông ấy yêu cầu gì?", Kind.PERSON, "Ông ấy"),
        ("Ông ta mong gì?", Kind.PERSON, "Ông ta"),
        ("Năm 2020 ông giữ chức gì?", Kind.PERSON, "ông"),
        ("Phó Viện trưởng này là ai?", Kind.PERSON, "Phó Viện trưởng này"),
        ("Tỉnh đó thì sao?", Kind.PLACE, "Tỉnh đó"),
        ("Ai sống ở đấy?", Kind.PLACE, "ở đấy"),
        ("Bản tuyên ngôn ấy viết gì?", Kind.DOCUMENT, "Bản tuyên ngôn ấy"),
        ("Những người này là ai?", Kind.OTHER, "Những người này"),
        ("Họ làm nghề gì?", Kind.OTHER, "Họ"),
        ("Hội nghị đó ở Huế?", Kind.OTHER, "Hội nghị đó"),
        ("Ai viết nó?", Kind.OTHER, "nó"),
    ],
)
def test_a_reference_has_a_kind_and_a_place(question: str, kind: Kind, words: str) -> None:
    (found,) = references_in(spoken(question))
    assert (found.kind, question[found.start : found.end]) == (kind, words)


@pytest.mark.parametrize(
    "question",
    [
        "Ông Trần Văn Bình là ai?",
        "ông trần văn bình là ai",
        "Các ông bà già sống ở đâu?",
        "Những ông làm vua là ai?",
        "Dòng họ nào lớn nhất?",
        "Người có họ Hồ là ai?",
        "Cây có họ hàng gần là gì?",
        "Do đó ai phải nộp?",
        "Vì sao như thế nào?",
    ],
)
def test_names_and_joining_words_are_no_references(question: str) -> None:
    assert references_in(spoken(question)) == ()


def test_references_are_found_without_accents_where_no_other_word_is_meant() -> None:
    (found,) = references_in(spoken("ong ay viet gi", accented=False))
    assert (found.kind, found.head) == (Kind.PERSON, "ong")
    assert references_in(spoken("ho lam nghe gi do", accented=False)) == ()


def test_references_come_in_reading_order_without_overlaps() -> None:
    found = references_in(spoken("Ở tỉnh đó ông ấy làm gì?"))
    assert [one.kind for one in found] == [Kind.PLACE, Kind.PERSON]
