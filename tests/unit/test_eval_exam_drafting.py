"""What the rules ask of a sentence, and of which sentences they ask nothing."""

import pytest

from documents.document import Document
from eval.exam.drafting import drafts_of
from eval.exam.drafts import Draft

LAW = "Luật Thư viện 2019: điều cần biết"


def _drafts(sentence: str, title: str = "Bài mẫu") -> list[Draft]:
    return drafts_of(Document("mẫu.txt", f"{title}\n\n{sentence}\n", title))


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        (
            "Cầu Long Biên khánh thành ngày 28/2/1902.",
            "Cầu Long Biên khánh thành vào ngày nào?",
            "28/2/1902",
        ),
        (
            "Ngày 1/9/1858, liên quân Pháp - Tây Ban Nha nổ súng tấn công Đà Nẵng.",
            "Liên quân Pháp - Tây Ban Nha nổ súng tấn công Đà Nẵng vào ngày nào?",
            "1/9/1858",
        ),
        (
            "Văn Miếu Hà Nội được xây dựng năm 1070 và giữ 82 tấm bia tiến sĩ.",
            "Văn Miếu Hà Nội được xây dựng vào năm nào?",
            "1070",
        ),
        (
            "Sông Hương dài khoảng 80 km.",
            "Sông Hương dài bao nhiêu km?",
            "khoảng 80 km",
        ),
        (
            "Đỉnh Fansipan cao 3.147 mét và nằm ở Lào Cai.",
            "Đỉnh Fansipan cao bao nhiêu mét?",
            "3.147 mét",
        ),
        (
            "Bà Trần Thu Cúc, Giám đốc Sở Du lịch tỉnh Bến Tre, khai trương tuyến xe mới.",
            "Ai là Giám đốc Sở Du lịch tỉnh Bến Tre?",
            "Trần Thu Cúc",
        ),
        (
            "Bà Trần Thu Cúc, Giám đốc Sở Du lịch tỉnh Bến Tre, khai trương tuyến xe mới.",
            "Trần Thu Cúc giữ chức vụ gì?",
            "Giám đốc Sở Du lịch tỉnh Bến Tre",
        ),
        (
            "Ngày 5/6/1911, ông Nguyễn Tất Thành lên tàu Latouche-Tréville ở bến Nhà Rồng.",
            "Ngày 5/6/1911, ai lên tàu Latouche-Tréville ở bến Nhà Rồng?",
            "Nguyễn Tất Thành",
        ),
        (
            "Trường Đại học Cần Thơ nằm ở thành phố Cần Thơ.",
            "Trường Đại học Cần Thơ nằm ở đâu?",
            "thành phố Cần Thơ",
        ),
        (
            "Hang Sơn Đoòng là hang động tự nhiên lớn nhất thế giới.",
            "Hang Sơn Đoòng là gì?",
            "hang động tự nhiên lớn nhất thế giới",
        ),
        (
            "Tỉnh Ninh Bình mới gồm Ninh Bình, Hà Nam và Nam Định.",
            "Tỉnh Ninh Bình mới gồm những tỉnh, thành phố nào?",
            "Ninh Bình, Hà Nam và Nam Định",
        ),
        (
            "Phố cổ Hội An được du khách yêu thích vì kiến trúc còn nguyên vẹn.",
            "Vì sao phố cổ Hội An được du khách yêu thích?",
            "kiến trúc còn nguyên vẹn",
        ),
        (
            "Luật Thư viện số 46/2019/QH14 gồm 6 chương, 52 điều.",
            "Luật Thư viện có số hiệu là gì?",
            "46/2019/QH14",
        ),
    ],
)
def test_a_fact_becomes_a_question(sentence: str, question: str, answer: str) -> None:
    drafts = {draft.question: draft for draft in _drafts(sentence)}
    assert question in drafts
    assert drafts[question].value == answer


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        (
            "Luật gồm 6 chương, 52 điều và thay thế Pháp lệnh Thư viện.",
            "Luật Thư viện 2019 gồm bao nhiêu điều?",
            "52 điều",
        ),
        (
            "Luật gồm 6 chương, 52 điều.",
            "Luật Thư viện 2019 gồm bao nhiêu điều?",
            "52 điều",
        ),
        (
            "Điều 5. Chính sách phát triển\n\nNhà nước đầu tư cho thư viện công lập.",
            "Chính sách phát triển được quy định tại điều nào của Luật Thư viện 2019?",
            "Điều 5",
        ),
        (
            "Mỗi người sử dụng có một thẻ (Điều 42).",
            "Theo điều nào của Luật Thư viện 2019, mỗi người sử dụng có một thẻ?",
            "Điều 42",
        ),
        (
            "Người từ đủ 14 tuổi được mượn sách về nhà.",
            "Theo Luật Thư viện 2019, người từ đủ bao nhiêu tuổi được mượn sách về nhà?",
            "14 tuổi",
        ),
    ],
)
def test_a_document_about_a_law_lends_its_name(
    sentence: str, question: str, answer: str | None
) -> None:
    drafts = {draft.question: draft.value for draft in _drafts(sentence, LAW)}
    assert drafts.get(question) == answer


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Ông ấy sinh ngày 3/2/1930 tại Huế.", id="a pronoun"),
        pytest.param("Hội nghị khai mạc ngày 3/2/1930.", id="a bare noun"),
        pytest.param("Cầu này khánh thành ngày 3/2/1930.", id="points elsewhere"),
        pytest.param("Hôm qua Hà Nội đón 500 khách.", id="a day told of today"),
        pytest.param("Cầu Long Biên khánh thành ngày 3/2/1930", id="no sentence"),
        pytest.param("Cầu Long Biên khánh thành ngày 3/2/1930?", id="a question"),
        pytest.param("“Cầu Long Biên” khánh thành ngày 3/2/1930.", id="a quotation"),
        pytest.param("Khi Cầu Long Biên khánh thành, Hà Nội có 3 phố.", id="a condition"),
        pytest.param("Tàu Thống Nhất chạy từ 30 đến 40 giờ.", id="a range"),
    ],
)
def test_what_cannot_be_asked_alone_is_not_asked(sentence: str) -> None:
    assert _drafts(sentence) == []


def test_a_pronoun_is_the_person_named_right_before() -> None:
    later = "Nhà thơ là ông Nguyễn Khuyến. Ông qua đời tại quê nhà ngày 5/2/1909."
    questions = {draft.question for draft in _drafts(later)}
    assert "Nguyễn Khuyến qua đời tại quê nhà vào ngày nào?" in questions
    assert _drafts("Ông qua đời tại quê nhà ngày 5/2/1909.") == []


def test_answers_stand_where_the_drafts_say() -> None:
    text = (
        "Sông Hương dài khoảng 80 km. Ngày 5/6/1911, ông Nguyễn Tất Thành rời bến Nhà Rồng.\n\n"
        "Cầu Long Biên khánh thành ngày 28/2/1902 và nằm ở Hà Nội."
    )
    document = Document("mẫu.txt", text, "Bài mẫu")
    drafts = drafts_of(document)
    assert len(drafts) > 2
    assert all(text[draft.start : draft.end] == draft.value for draft in drafts)
