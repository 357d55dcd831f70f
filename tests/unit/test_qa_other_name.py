import pytest

from qa.other_name import is_about_another, lacks_a_name

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


@pytest.mark.parametrize(
    "question",
    [
        "Ai làm Tổng Bí thư của Cam Ranh?",
        "Ông Hồ Tùng Mậu làm Tổng Bí thư khi nào?",
        "Ong Ho Tung Mau lam Tong Bi thu khi nao?",
        "Thành phố Đà Lạt mới gồm những tỉnh nào?",
    ],
)
def test_a_name_that_stands_nowhere_is_lacking(question: str) -> None:
    assert lacks_a_name(question, PASSAGE)


@pytest.mark.parametrize(
    ("question", "context"),
    [
        ("Thành phố Hải Phòng mới gồm những tỉnh nào?", PASSAGE),
        ("Tổng thống Mỹ là ai?", "Ông trở thành Tổng thống Hoa Kỳ."),
        ("Tong thong My la ai?", "Ông trở thành Tổng thống Hoa Kỳ."),
        ("Ai lập ra Microsoft cùng Gate?", "Bill Gates lập ra Microsoft."),
        ("thành phố đà lạt mới gồm những tỉnh nào?", PASSAGE),
        ("Ong Truong Chinh lam gi?", PASSAGE),
        ("Khi nào Huế trực thuộc trung ương, theo TTXVN?", PASSAGE),
        ("Sau Sóc Trăng là tỉnh nào?", PASSAGE),
        ("Ai ở Tp. Huế, theo ThS. Trường Chinh?", PASSAGE),
        ("Ông Chinh làm Tổng Bí thư từ ngày nào?", PASSAGE),
        ("Ai là Chủ tịch Quốc hội?", "Ông là chủ tịch quốc hội khóa đầu."),
        ("Tỉnh Hòa Bình ở đâu?", "tỉnh Hoà Bình ở phía tây Hà Nội"),
        ("Kiến trúc sư Hébrad vẽ gì?", "Ernest Hébrard vẽ nhiều nhà ở Hà Nội."),
    ],
)
def test_a_name_that_is_there_in_part_or_spelt_otherwise_is_not(
    question: str, context: str
) -> None:
    assert not lacks_a_name(question, context)
