import pytest

from qa.other_name import is_about_another

PASSAGE = (
    "- Thành phố Cần Thơ mới gồm Cần Thơ, Sóc Trăng và Hậu Giang.\n"
    "- Thành phố Hải Phòng mới gồm Hải Phòng và Hải Dương.\n"
    "Huế trở thành thành phố trực thuộc trung ương từ 1/1/2025. Ông Trường Chinh làm Tổng Bí thư."
)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "Thành phố Hải Phòng mới gồm những tỉnh nào?",
            "- Thành phố Cần Thơ mới gồm Cần Thơ, Sóc Trăng và Hậu Giang.",
        ),
        (
            "thanh pho hai phong moi gom nhung tinh nao",
            "- Thành phố Cần Thơ mới gồm Cần Thơ, Sóc Trăng và Hậu Giang.",
        ),
        (
            "Nha Trang trở thành thành phố trực thuộc trung ương từ ngày nào?",
            "Thừa Thiên Huế trở thành thành phố trực thuộc trung ương từ 1/1/2025.",
        ),
        ("Ông Hồ Tùng Mậu làm Tổng Bí thư khi nào?", "Ông Trường Chinh làm Tổng Bí thư."),
    ],
)
def test_the_same_said_of_another_name_is_a_near_miss(question: str, sentence: str) -> None:
    assert is_about_another(question, sentence, PASSAGE)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "Thành phố Hải Phòng mới gồm những tỉnh nào?",
            "- Thành phố Hải Phòng mới gồm Hải Phòng và Hải Dương.",
        ),
        (
            "Thành phố nào mới gồm Hải Phòng và Hải Dương?",
            "- Thành phố Hải Phòng mới gồm Hải Phòng và Hải Dương.",
        ),
        (
            "Nơi nào trở thành thành phố trực thuộc trung ương?",
            "Huế trở thành thành phố trực thuộc trung ương từ 1/1/2025.",
        ),
        ("Ông ấy làm gì?", "Ông Trường Chinh làm Tổng Bí thư."),
        ("Ai làm Tổng Bí thư?", "Ông Trường Chinh làm Tổng Bí thư."),
        ("Người làm Tổng Bí thư là ai?", "Trường Chinh làm Tổng Bí thư."),
        ("", ""),
        ("Hải Phòng", "Hải Phòng"),
    ],
)
def test_the_name_that_is_asked_about_or_asked_for_is_none(question: str, sentence: str) -> None:
    assert not is_about_another(question, sentence, PASSAGE)
