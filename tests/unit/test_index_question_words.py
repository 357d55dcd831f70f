import pytest

from index.question_words import AnswerType, answer_type, plainly_put


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Ai chủ trì hội nghị?", AnswerType.PERSON),
        ("ai chu tri hoi nghi", AnswerType.PERSON),
        ("Người nào được bổ nhiệm?", AnswerType.PERSON),
        ("Hiến pháp có hiệu lực khi nào?", AnswerType.TIME),
        ("Bộ luật được thông qua năm nào?", AnswerType.TIME),
        ("Hội nghị diễn ra ngày bao nhiêu?", AnswerType.TIME),
        ("Có bao nhiêu tỉnh?", AnswerType.NUMBER),
        ("Nhiệm kỳ Quốc hội kéo dài mấy năm?", AnswerType.NUMBER),
        ("Hội nghị họp ở đâu?", AnswerType.PLACE),
        ("Tỉnh nào là đơn vị cụm trưởng?", AnswerType.PLACE),
        ("Vì sao số vụ việc tăng?", AnswerType.REASON),
        ("Cụm thi đua gồm những tỉnh nào?", AnswerType.LIST),
        ("Thủ tục diễn ra như thế nào?", AnswerType.MANNER),
        ("Kết quả thi đua", AnswerType.OTHER),
        ("Đơn vị nào tổ chức hội nghị?", AnswerType.OTHER),
        ("Vị nào chủ trì hội nghị?", AnswerType.PERSON),
        ("Tỷ lệ đạt chỉ tiêu năm 2020 là bao nhiêu?", AnswerType.NUMBER),
        ("Năm sinh là bao nhiêu?", AnswerType.TIME),
        ("", AnswerType.OTHER),
    ],
)
def test_the_question_word_says_what_would_answer(question: str, expected: AnswerType) -> None:
    assert answer_type(question) is expected


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("Võ Nguyên Giáp là ai?", "Võ Nguyên Giáp giữ chức vụ gì?"),
        ("Ông Trường Chinh là ai", "Trường Chinh giữ chức vụ gì?"),
        ("vo nguyen giap la ai", "vo nguyen giap giu chuc vu gi?"),
        ("võ nguyên giáp là ai ?", "võ nguyên giáp giữ chức vụ gì?"),
    ],
)
def test_who_somebody_is_asks_for_an_office_not_for_a_person(question: str, put: str) -> None:
    assert plainly_put(question) == put
    assert answer_type(question) is AnswerType.OTHER


@pytest.mark.parametrize(
    "question",
    [
        "Tổng Tư lệnh là ai?",
        "Tổng Bí Thư là ai?",
        "tong thong phap la ai",
        "Chánh án Tòa án nhân dân tối cao là ai?",
        "Chủ nhiệm là ai?",
        "Ai là Võ Nguyên Giáp?",
    ],
)
def test_who_holds_an_office_asks_for_a_person(question: str) -> None:
    assert plainly_put(question) == question
    assert answer_type(question) is AnswerType.PERSON
