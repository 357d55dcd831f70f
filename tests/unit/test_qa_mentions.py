"""Persons, places and documents named in a text."""

import pytest

from qa.mentions import Gender, Person, Place, documents_in, names_in, persons_in, places_in


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Bà Mai Hoa nói.", Person("Mai Hoa", Gender.FEMALE, is_sure=True)),
        ("ông Kalam đến", Person("Kalam", Gender.MALE, is_sure=True)),
        ("Tác giả: Trần Thị Mận", Person("Trần Thị Mận", Gender.FEMALE, is_sure=False)),
        ("Lê Văn Nam viết", Person("Lê Văn Nam", Gender.MALE, is_sure=False)),
        ("Giám đốc Hoa Anh dự", Person("Hoa Anh", Gender.UNKNOWN, is_sure=True)),
    ],
)
def test_a_title_or_a_surname_tells_a_person(text: str, person: Person) -> None:
    assert persons_in(text) == (person,)


@pytest.mark.parametrize("text", ["TP. Hồ Chí Minh", "Ở Hải Phòng", "tỉnh Lê Sơn", "Giám đốc Sở"])
def test_a_place_or_an_office_is_no_person(text: str) -> None:
    assert persons_in(text) == ()


def test_persons_with_a_title_come_first() -> None:
    names = [person.name for person in persons_in("Lê Văn Nam cùng ông Kalam")]
    assert names == ["Kalam", "Lê Văn Nam"]


def test_a_place_has_a_kind_where_a_title_says_it() -> None:
    text = "VKSND tỉnh Thanh Hóa họp tại Sầm Sơn với TP. Huế; Sầm Sơn mới"
    assert places_in(text) == (
        Place("Thanh Hóa", "tỉnh"),
        Place("Sầm Sơn", ""),
        Place("Huế", "thành phố"),
    )


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("theo Nghị quyết số 96/2019/QH14 của", "Nghị quyết số 96/2019/QH14"),
        ("theo Hiến pháp năm 1959, thì", "Hiến pháp năm 1959"),
        ("Luật Trật tự, an toàn giao thông 2024.", "Luật Trật tự, an toàn giao thông 2024"),
        ("bản Tuyên ngôn Độc lập ấy", "Tuyên ngôn Độc lập"),
    ],
)
def test_a_document_is_named_with_its_number_or_year(text: str, document: str) -> None:
    assert list(documents_in(text)) == [document]


def test_a_capital_at_the_beginning_of_a_sentence_makes_no_name() -> None:
    assert [match.group() for match in names_in("Hỏi Mai. Bầu Hà Nội")] == ["Hỏi Mai", "Bầu Hà Nội"]
    assert [match.group() for match in names_in("Hôm nay Mai nói. Bầu gì")] == ["Mai"]
