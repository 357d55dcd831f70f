"""Dates named in Vietnamese text."""

from datetime import date

import pytest

from documents.dates import complete_dates, find_dates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("26/11/2020 18:08", [("26/11/2020", 2020, 11, 26)]),
        ("hạn chót 26-11-2020.", [("26-11-2020", 2020, 11, 26)]),
        ("khai giảng 5.9.2023.", [("5.9.2023", 2023, 9, 5)]),
        ("từ 5/3/2024, chợ mở cửa", [("5/3/2024", 2024, 3, 5)]),
        ("ngày 15 tháng 3 năm 2024", [("15 tháng 3 năm 2024", 2024, 3, 15)]),
        ("Ngày 15 tháng 3, gió mùa về", [("15 tháng 3", None, 3, 15)]),
        ("trong tháng 3/2024", [("tháng 3/2024", 2024, 3, None)]),
        ("Tháng 12 năm 2019", [("Tháng 12 năm 2019", 2019, 12, None)]),
        ("2020-12-05T10:00:00+07:00", [("2020-12-05T10:00:00+07:00", 2020, 12, 5)]),
        ("bản lưu 2020-12 của trang", [("2020-12", 2020, 12, None)]),
        ("Sáng 30-11, mưa to", [("30-11", None, 11, 30)]),
        ("chiều ngày 30/11", [("30/11", None, 11, 30)]),
        ("hôm nay (30/11)", [("30/11", None, 11, 30)]),
        ("30-11", [("30-11", None, 11, 30)]),
        ("ngày 29/2", [("29/2", None, 2, 29)]),
        (
            "từ 1/2/2021 đến 3/2/2021",
            [("1/2/2021", 2021, 2, 1), ("3/2/2021", 2021, 2, 3)],
        ),
    ],
)
def test_finds_what_the_text_names(
    text: str, found: list[tuple[str, int | None, int, int | None]]
) -> None:
    mentions = find_dates(text)
    assert [(text[m.start : m.end], m.year, m.month, m.day) for m in mentions] == found


@pytest.mark.parametrize(
    "text",
    [
        "đạt 127/129 chỉ tiêu và 59/60 chỉ tiêu",
        "hai phần ba, tức 2/3 đại biểu",
        "10-12 người",
        "ngày 31/2/2020",
        "ngày 31 tháng 4 năm 2020",
        "ngày 29/2/2023",
        "Luật số 51/2024/QH15",
        "Kết luận số 84-KL/TW",
        "26/11/20",
        "ngày 30-11-20",
        "số 15/3/2024/QĐ",
        "đạt 98,5%",
        "phiên bản 1.26.11.2020",
        "năm 2020",
        "hôm qua",
    ],
)
def test_finds_nothing_else(text: str) -> None:
    assert find_dates(text) == []


def test_only_days_with_a_year_are_complete() -> None:
    text = "Sáng 30-11, sau lễ ngày 20/11/2020, tháng 12/2020 sẽ nghỉ; họp lại 4/1/2021."
    assert list(complete_dates(text)) == [date(2020, 11, 20), date(2021, 1, 4)]


def test_an_incomplete_mention_is_no_date() -> None:
    (mention,) = find_dates("Sáng 30-11, mưa to")
    assert mention.as_date() is None
