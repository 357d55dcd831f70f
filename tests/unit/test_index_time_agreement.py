from datetime import date

import pytest

from index.question_times import times_of
from index.terms import terms_of
from index.time_agreement import PUBLISHED_IN_YEAR, agreement, naming_terms

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("question", "text", "published", "share"),
    [
        ("ngày 26/11/2020", "Sáng ngày 26/11/2020, hội chợ mở cửa.", None, 1.0),
        ("ngày 26/11/2020", "Ngày 26 tháng 11 năm 2020, hội chợ mở cửa.", None, 1.0),
        ("ngày 26/11/2020", "Sáng 26-11, hội chợ mở cửa.", None, 1.0),
        ("ngày 26/11/2020", "Sáng 26-11, hội chợ mở cửa.", date(2020, 11, 27), 1.0),
        ("ngày 26/11/2020", "Sáng 26-11, hội chợ mở cửa.", date(2015, 11, 27), 0.0),
        ("ngày 31/12/2020", "Tối 31-12, pháo hoa được bắn.", date(2021, 1, 1), 1.0),
        ("ngày 26/11/2020", "Ngày 26/11/2019, hội chợ mở cửa.", None, 0.0),
        ("ngày 26/11/2020", "Tháng 11/2020, hội chợ mở cửa.", None, 0.0),
        ("ngày 26/11/2020", "Hội chợ mở cửa.", date(2020, 11, 26), 1.0),
        ("ngày 26/11/2020", "Hội chợ mở cửa.", date(2020, 11, 25), 0.0),
        ("26-11", "Ngày 26/11/2019, hội chợ mở cửa.", None, 1.0),
        ("26-11", "Hội chợ mở cửa.", date(2018, 11, 26), 1.0),
        ("ngày 29/2", "Ngày 29/2, hội chợ mở cửa.", date(2021, 3, 1), 1.0),
        ("tháng 11", "Tháng 11/2019 mưa nhiều.", None, 1.0),
        ("cuối tháng 11 năm 2020", "Ngày 26/11/2020 trời mưa.", None, 1.0),
        ("cuối tháng 11 năm 2020", "Ngày 6/11/2020 trời mưa.", None, 0.0),
        ("cuối tháng 11 năm 2020", "Cuối tháng 11/2020 trời mưa.", None, 1.0),
        ("quý III/2020", "Quý III năm 2020 lãi lớn, quý III/2020 lỗ.", None, 1.0),
        ("quý III/2020", "Ngày 15/8/2020 khai trương.", None, 1.0),
        ("năm ngoái", "Năm 2025 được mùa.", None, 1.0),
        ("năm ngoái", "Năm ngoái được mùa.", date(2019, 5, 1), 0.0),
        ("năm ngoái", "Năm nay được mùa.", date(2025, 5, 1), 1.0),
        ("năm 2025", "Lúa được mùa.", date(2025, 5, 1), PUBLISHED_IN_YEAR),
        ("năm 2025 và năm 2024", "Năm 2024 được mùa.", None, 1 / 2),
        ("Lúa được mùa không?", "Năm 2024 được mùa.", date(2024, 5, 1), 0.0),
    ],
)
def test_a_passage_is_of_the_times_it_names_or_was_published_in(
    question: str, text: str, published: date | None, share: float
) -> None:
    assert agreement(times_of(question, TODAY), text, published) == share


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("ngày 5/3/2024", "họp ngày 05/03/2024"),
        ("ngày 5/3/2024", "họp ngày 5 tháng 3 năm 2024"),
        ("ngày 5/3/2024", "họp 2024-03-05"),
        ("5-3", "họp sáng 5-3"),
        ("tháng 3/2024", "trong tháng 03/2024"),
        ("tháng 3/2024", "trong tháng 3 năm 2024"),
        ("tháng 3/2024", "ngày 5/3/2024"),
        ("cuối tháng 3/2024", "ngày 29 tháng 3 năm 2024"),
        ("tuần trước", "ngày 10/3/2026"),
        ("quý I/2024", "ngày 5/2/2024"),
        ("năm ngoái", "năm 2025"),
        ("trong 3 năm qua", "năm 2024"),
        ("tháng 11", "tháng 11"),
    ],
)
def test_the_index_is_asked_for_the_terms_of_texts_that_name_the_time(
    question: str, text: str
) -> None:
    terms = terms_of(text).folded()
    held = {*terms.syllables, *terms.pairs}
    wanted = naming_terms(times_of(question, TODAY))
    assert any(held.issuperset(alternative) for alternative in wanted)
    assert len(wanted) < 200
