from datetime import date

import pytest

from index.question_dates import dates_of, share_named, without_dates


@pytest.mark.parametrize(
    "question",
    [
        "Ai chủ trì hội nghị ngày 26/11/2020?",
        "ai chu tri hoi nghi ngay 26 thang 11 nam 2020?",
        "Ngày 26-11-2020 ai chủ trì hội nghị?",
        "Hội nghị 26/11/20 ở đâu?",
        "Who opened the fair on 26 November 2020?",
        "Who opened the fair on Nov. 26th, 2020?",
    ],
)
def test_a_day_is_understood_however_it_is_typed(question: str) -> None:
    [mention] = dates_of(question)
    assert (mention.day, mention.month, mention.year) == (26, 11, 2020)


def test_the_day_is_no_content_of_the_question() -> None:
    question = "Ai chủ trì hội nghị ngày 26/11/2020?"
    assert without_dates(question, dates_of(question)).split() == [
        "Ai",
        "chủ",
        "trì",
        "hội",
        "nghị",
        "?",
    ]


@pytest.mark.parametrize(
    ("text", "published", "share"),
    [
        ("Sáng ngày 26/11/2020, hội nghị khai mạc.", None, 1.0),
        ("Sáng 26-11, hội nghị khai mạc.", None, 1.0),
        ("Sáng ngày 26/11/2019, hội nghị khai mạc.", None, 0.0),
        ("Hội nghị khai mạc.", date(2020, 11, 26), 1.0),
        ("Hội nghị khai mạc.", date(2020, 11, 25), 0.0),
        ("Hội nghị khai mạc.", None, 0.0),
    ],
)
def test_a_text_is_of_the_day_it_names_or_was_published_on(
    text: str, published: date | None, share: float
) -> None:
    assert share_named(dates_of("ngày 26/11/2020"), text, published) == share


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("the fair of May 2020", [(2020, 5, None)]),
        ("on 1 sept", [(None, 9, 1)]),
        ("30 February", []),
        ("may 5 chiếc áo", []),
        ("Nov", []),
        ("ngày 2/3/2021 and 4 March 2021", [(2021, 3, 2), (2021, 3, 4)]),
    ],
)
def test_english_months_are_read_in_words(
    question: str, named: list[tuple[int | None, int, int | None]]
) -> None:
    assert [(m.year, m.month, m.day) for m in dates_of(question)] == named
