from datetime import date

import pytest

from documents.document import Passage
from index.hit import Hit
from index.query import Query
from index.times import Time
from qa.missing import MOST_PARTS, missing_parts

TEXT = (
    "Ngân hàng Nhà nước công bố chính sách tiền tệ năm 2020. Ông Trần Văn Nam ký kết luận"
    " 84-KL/TW. Sáu tỉnh ký kết giao ước thi đua bằng một văn bản."
)


def missing(question: str, text: str = TEXT, published: date | None = None) -> tuple[str, ...]:
    hits = [
        Hit(Passage("a.txt", 0, 0, len(text), text), "Hội nghị", "", published, 1.0, 1),
        Hit(Passage("b.txt", 0, 0, 32, "Ở Huế, ông Lê Minh họp năm 2019."), "", "", None, 0.5, 2),
    ]
    return missing_parts(Query(question), hits)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        pytest.param("Ngân sách năm 2020 là bao nhiêu?", ("Ngân sách",), id="a word of two"),
        pytest.param("Chính sách tiền tệ năm 2019 là gì?", ("2019",), id="another year"),
        pytest.param("Kết luận 85-KL/TW là gì?", ("85-KL/TW",), id="another document"),
        pytest.param("Ai ký kết luận 84-KL/TW?", (), id="nothing"),
        pytest.param("Kết luận do ông Trần Văn Bắc ký?", ("Trần Văn Bắc",), id="another person"),
        pytest.param("Ông Lê Minh ký giao ước gì?", ("Lê Minh",), id="a name of another passage"),
        pytest.param("ngan sach nam 2020 la bao nhieu", ("ngan sach",), id="no accents"),
        pytest.param("Sáu tỉnh ký bản giao ước thi đua nào?", (), id="one between two"),
        pytest.param("Hội nghị họp ở đâu?", (), id="title and other passages"),
        pytest.param("Xe buýt chạy tuyến nào?", ("Xe buýt chạy tuyến",), id="neighbours as one"),
        pytest.param("Tiền tệ hiện ra sao?", (), id="one syllable alone"),
        pytest.param("Chính sách tiền tệ nào z?", (), id="a letter alone"),
        pytest.param("Ngân hàng nào có iphone?", ("iphone",), id="a foreign word alone"),
        pytest.param("", (), id="empty"),
    ],
)
def test_the_parts_that_no_passage_holds_are_named(question: str, parts: tuple[str, ...]) -> None:
    assert missing(question) == parts


def test_the_date_of_the_article_counts() -> None:
    assert missing("Hội nghị năm 2021 ký gì?", published=date(2021, 5, 2)) == ()
    assert missing("Hội nghị năm 2021 ký gì?") == ("2021",)


def test_names_and_numbers_come_first_and_not_too_many() -> None:
    parts = missing("Máy bay của Đỗ Hùng và xe buýt cho Vũ Lan năm 1999?")
    assert parts == ("Đỗ Hùng", "Vũ Lan", "1999")
    assert len(parts) == MOST_PARTS


def test_without_passages_nothing_can_be_said() -> None:
    assert missing_parts(Query("ngân sách"), []) == ()


def test_what_counts_from_today_is_passed_over() -> None:
    times = (Time("hôm nay", is_relative=True), Time("2019"))
    hit = Hit(Passage("a.txt", 0, 0, len(TEXT), TEXT), "", "", None, 1.0, 1)
    assert missing_parts(Query("Ngân sách hôm nay và 2019?", times=times), [hit]) == (
        "2019",
        "Ngân sách",
    )
