import pytest

from index.question_words import AnswerType, answer_type


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
        ("", AnswerType.OTHER),
    ],
)
def test_the_question_word_says_what_would_answer(question: str, expected: AnswerType) -> None:
    assert answer_type(question) is expected
