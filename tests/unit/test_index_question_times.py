"""What times a question names, asked on Wednesday 18 March 2026."""

from datetime import date

import pytest

from index.question_times import MOST_TIMES, times_of, without_relative
from index.times import Time

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("Ai khai mạc hội chợ ngày 26/11/2020?", "26/11/2020"),
        ("ai khai mac hoi cho ngay 26/11/2020", "26/11/2020"),
        ("ngày 5 tháng 3 năm 2024", "05/03/2024"),
        ("5.3.2024 có gì", "05/03/2024"),
        ("2024-03-05", "05/03/2024"),
        ("Hội chợ 26-11 do ai khai mạc?", "26/11"),
        ("hội chợ 26/11 do ai khai mạc", "26/11"),
        ("ngày 26 tháng 11", "26/11"),
        ("hội chợ tháng 11/2020", "11/2020"),
        ("hoi cho thang 11 nam 2020", "11/2020"),
        ("hội chợ tháng 11", "tháng 11"),
        ("hội chợ 11/2020 có gì", "11/2020"),
        ("Cuối tháng 11 năm 2020 có gì?", "21/11/2020–30/11/2020"),
        ("cuoi thang 11 nam 2020 co gi", "21/11/2020–30/11/2020"),
        ("đầu tháng 2/2024", "01/02/2024–10/02/2024"),
        ("giữa tháng 2 năm nay", "11/02/2026–20/02/2026"),
        ("đầu năm 2021", "01/01/2021–30/04/2021"),
        ("dau nam 2021", "01/01/2021–30/04/2021"),
        ("cuối năm ngoái", "01/09/2025–31/12/2025"),
        ("quý III/2020", "01/07/2020–30/09/2020"),
        ("quy 3 nam 2020", "01/07/2020–30/09/2020"),
        ("quý 1 năm nay", "01/01/2026–31/03/2026"),
        ("quý trước", "01/10/2025–31/12/2025"),
        ("6 tháng đầu năm 2020", "01/01/2020–30/06/2020"),
        ("sáu tháng cuối năm ngoái", "01/07/2025–31/12/2025"),
        ("Năm 2019 mưa nhiều không?", "2019"),
        ("năm nay", "2026"),
        ("nam nay", "2026"),
        ("Mùa màng năm ngoái ra sao?", "2025"),
        ("mua mang nam ngoai ra sao", "2025"),
        ("năm kia", "2024"),
        ("tháng 11 năm ngoái", "11/2025"),
        ("ngày 26/11 năm ngoái", "26/11/2025"),
        ("tháng trước", "02/2026"),
        ("thang truoc", "02/2026"),
        ("tuần trước", "09/03/2026–15/03/2026"),
        ("tuan nay", "16/03/2026–22/03/2026"),
        ("tuần này", "16/03/2026–22/03/2026"),
        ("hôm qua", "17/03/2026"),
        ("hom qua", "17/03/2026"),
        ("tối nay", "18/03/2026"),
        ("hôm kia", "16/03/2026"),
        ("ngày mai", "19/03/2026"),
        ("3 ngày trước?", "15/03/2026"),
        ("trong 2 năm qua", "01/01/2024–18/03/2026"),
        ("hội chợ 26/11/20", "26/11/2020"),
        ("ngay 6-1-46", "06/01/1946"),
        ("tháng mười một năm 2020", "11/2020"),
        ("thang muoi hai nam 2020", "12/2020"),
        ("Tháng Tám 1945", "08/1945"),
        ("tháng năm năm 2020", "05/2020"),
        ("tháng giêng năm nay", "01/2026"),
        ("cuối tháng tư năm ngoái", "21/04/2025–30/04/2025"),
        ("ngày 2 tháng chín", "02/09"),
        ("ngày 2 tháng chín năm 1945", "02/09/1945"),
        ("trung tuần tháng 11 năm 2020", "11/11/2020–20/11/2020"),
        ("quý ba năm 2020", "01/07/2020–30/09/2020"),
        ("nửa đầu năm 2020", "01/01/2020–30/06/2020"),
        ("nua cuoi nam ngoai", "01/07/2025–31/12/2025"),
        ("hai ngày trước?", "16/03/2026"),
        ("hai nam truoc", "2024"),
        ("cách đây 3 năm ai thắng", "2023"),
        ("cách đây hơn mười năm", "2016"),
        ("ba tháng qua", "01/12/2025–18/03/2026"),
        ("những năm 1990", "01/01/1990–31/12/1999"),
        ("từ 20/11/2020 đến 26/11/2020", "20/11/2020–26/11/2020"),
        ("từ ngày 20/11 đến hết ngày 26/11/2020", "20/11/2020–26/11/2020"),
        ("tu thang 9 den thang 11 nam 2020", "01/09/2020–30/11/2020"),
        ("từ năm 2016 đến năm 2019", "01/01/2016–31/12/2019"),
        ("from 20 November to 26 November 2020", "20/11/2020–26/11/2020"),
        ("từ 26/11/2020 đến 20/11/2020", "26/11/2020; 20/11/2020"),
        ("từ 20/11/2020 và đến 26/11/2020", "20/11/2020; 26/11/2020"),
        ("ngày 20/11/2020 đến 26/11/2020", "20/11/2020; 26/11/2020"),
        ("từ năm ngoái đến năm nay", "2025; 2026"),
        ("When did she speak on 26 November 2020?", "26/11/2020"),
        ("on November 26th, 2020", "26/11/2020"),
        ("in May 2020", "05/2020"),
        ("in 2019", "2019"),
        ("last month", "02/2026"),
    ],
)
def test_a_time_becomes_days(question: str, days: str) -> None:
    assert "; ".join(time.described() for time in times_of(question, TODAY)) == days


@pytest.mark.parametrize(
    "question",
    [
        "Bộ luật Hình sự 2015 có bao nhiêu điều?",
        "Luật Đất đai năm 2013 quy định gì?",
        "luat dat dai nam 2013 quy dinh gi",
        "Nghị định số 15/2020/NĐ-CP",
        "đạt 127/129 chỉ tiêu",
        "ngày 31/2",
        "tháng 13/2020",
        "những năm trước ông làm gì",
        "trước đó mấy tháng trước khi sinh",
        "bà qua đời năm nào",
        "ba nam qua doi o dau",
        "sáu năm trước khi sinh",
        "Cách mạng tháng Tám thành công ở đâu",
        "ngày tháng năm sinh của bà",
        "mỗi tháng một lần",
        "từ 31/2/20",
        "số 12/13/20",
        "đạt 98,5%",
        "áo may 5 ngày thì xong",
        "Việt Nam 4 nghìn năm",
        "",
        "🙂",
    ],
)
def test_what_only_looks_like_a_time_is_none(question: str) -> None:
    assert times_of(question, TODAY) == ()


def test_a_law_s_year_is_a_time_when_something_happened_to_the_law_then() -> None:
    [time] = times_of("Luật Đất đai được thông qua năm 2013 hay sau đó?", TODAY)
    assert (time.described(), time.is_year) == ("2013", True)


def test_only_words_that_depend_on_today_are_relative_and_not_looked_for() -> None:
    question = "Lễ hội năm ngoái và ngày 5/3/2024 khác gì nhau?"
    times = times_of(question, TODAY)
    assert [(time.text, time.is_relative) for time in times] == [
        ("năm ngoái", True),
        ("5/3/2024", False),
    ]
    rest = " ".join(without_relative(question, times).split())
    assert rest == "Lễ hội và ngày 5/3/2024 khác gì nhau?"
    assert without_relative("năm ngoái", times) == "năm ngoái"


def test_pasted_text_names_few_times() -> None:
    assert len(times_of("năm ngoái " * 199, TODAY)) == 1
    days = " ".join(f"{day}/3/2024" for day in range(1, 29))
    assert [time.text for time in times_of(days, TODAY)] == days.split()[:MOST_TIMES]


def test_spans_hold_where_lower_case_is_longer() -> None:
    [time] = times_of("İİİ hôm qua", TODAY)
    assert time.text == "hôm qua"


def test_a_time_without_its_year_has_no_days_in_json() -> None:
    assert Time("26/11", month=11, day=26).as_json() == {
        "text": "26/11",
        "since": None,
        "until": None,
    }
    assert times_of("hôm qua", TODAY)[0].as_json() == {
        "text": "hôm qua",
        "since": "2026-03-17",
        "until": "2026-03-17",
    }
