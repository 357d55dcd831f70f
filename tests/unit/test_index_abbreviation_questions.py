"""Short forms in questions."""

from collections.abc import Collection, Sequence

import pytest

from index.abbreviation_questions import expand_question
from index.abbreviations import form_key
from index.records import Abbreviation
from index.typed_text import understand_typing
from index.typing_table import TypingTable, load_typing_table
from index.word_statistics import NoStatistics


@pytest.fixture(scope="module")
def table() -> TypingTable:
    return load_typing_table()


def expanded(question: str, table: TypingTable, *defined: Abbreviation) -> str:
    def definitions(keys: Collection[str]) -> Sequence[Abbreviation]:
        return [one for one in defined if form_key(one.short) in keys]

    return expand_question(understand_typing(question, table, NoStatistics()), table, definitions)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("VKSND tối cao ở đâu?", "Viện kiểm sát nhân dân tối cao ở đâu?"),
        ("vksnd tối cao ở đâu?", "Viện kiểm sát nhân dân tối cao ở đâu?"),
        ("vksnd toi cao o dau", "Viện kiểm sát nhân dân tối cao ở đâu"),
        ("Vksnd toosi cao owr ddaau", "Viện kiểm sát nhân dân tối cao ở đâu"),
        ("nhiem vu cua hdnd la gi", "nhiệm vụ của Hội đồng nhân dân là gì"),
        ("nhiệm vụ của HDND là gì", "nhiệm vụ của Hội đồng nhân dân là gì"),
        ("HDDND laf gif", "Hội đồng nhân dân là gì"),
        ("nghi quyet cua tw la gi", "nghị quyết của Trung ương là gì"),
        ("tp.hcm có gì", "thành phố Hồ Chí Minh có gì"),
        ("sở gd&đt ở đâu", "sở giáo dục và đào tạo ở đâu"),
        ("hđnd-ubnd xã", "Hội đồng nhân dân-Ủy ban nhân dân xã"),
        ("ths Lan dạy gì", "thạc sĩ Lan dạy gì"),
        ("Điều 174 BLHS", "Điều 174 Bộ luật Hình sự"),
        ("who is the head of VKSND", "who is the head of Viện kiểm sát nhân dân"),
        ("VKSND LÀ GÌ", "Viện kiểm sát nhân dân LÀ GÌ"),
    ],
)
def test_short_forms_are_asked_in_full(typed: str, meant: str, table: TypingTable) -> None:
    assert expanded(typed, table) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Viện kiểm sát nhân dân tối cao ở đâu?",
        "Viện kiểm sát nhân dân (VKSND) là gì?",
        "Kết luận 84-KL/TW nói gì?",
        "vksnd@toaan.vn, tand.gov.vn và http://ubnd.vn là gì?",
        "Máy ATM và dịch COVID-19",
        "cqdđ là gì",
        "  hai  khoảng   trống ",
        "Straße ở đâu",
        "",
    ],
)
def test_other_questions_stay_byte_for_byte(question: str, table: TypingTable) -> None:
    assert expanded(question, table) == question


def test_accents_that_were_typed_are_binding(table: TypingTable) -> None:
    assert (
        expanded("cqdt ở đâu", table) == expanded("cqđt ở đâu", table) == "Cơ quan điều tra ở đâu"
    )
    assert expanded("đqdt ở đâu", table) == "đqdt ở đâu"


FISH = Abbreviation("CCNC", "Chi cục nghề cá", 1)


@pytest.mark.parametrize("typed", ["CCNC ở đâu?", "ccnc ở đâu?"])
def test_what_documents_define_is_asked_for_in_both_forms(typed: str, table: TypingTable) -> None:
    assert expanded(typed, table, FISH) == "Chi cục nghề cá (CCNC) ở đâu?"


def test_of_several_meanings_that_of_two_thirds_of_the_documents_is_taken(
    table: TypingTable,
) -> None:
    other = Abbreviation("CCNC", "Cây cảnh nhà cổ", 2)
    assert expanded("CCNC ở đâu?", table, FISH, other) == "Cây cảnh nhà cổ (CCNC) ở đâu?"
    even = Abbreviation("CCNC", "Cây cảnh nhà cổ", 1)
    assert expanded("CCNC ở đâu?", table, FISH, even) == "CCNC ở đâu?"


def test_spellings_of_one_meaning_count_together(table: TypingTable) -> None:
    capitals = Abbreviation("CCNC", "Chi cục Nghề cá", 1)
    other = Abbreviation("CCNC", "Cây cảnh nhà cổ", 1)
    assert expanded("CCNC?", table, FISH, capitals, other) == "Chi cục nghề cá (CCNC)?"


def test_the_table_comes_first_but_other_definitions_are_still_found(table: TypingTable) -> None:
    odd = Abbreviation("HTX", "hệ thống xả", 1)
    assert expanded("HTX là gì", table, odd) == "hợp tác xã (HTX) là gì"


def test_ordinary_words_in_lower_case_are_never_short_forms(table: TypingTable) -> None:
    gas = Abbreviation("GAS", "Giao an sinh", 1)
    ban = Abbreviation("BAN", "Bệnh án nội", 1)
    assert expanded("giá gas và ban công", table, gas, ban) == "giá gas và ban công"
    assert expanded("giá GAS", table, gas) == "giá Giao an sinh (GAS)"
    assert expanded("BAN CÔNG RỘNG", table, ban) == "BAN CÔNG RỘNG"


def test_documents_are_not_asked_without_need(table: TypingTable) -> None:
    def forbidden(keys: Collection[str]) -> Sequence[Abbreviation]:
        raise AssertionError(keys)

    question = "Viện trưởng là ai?"
    typed = understand_typing(question, table, NoStatistics())
    assert expand_question(typed, table, forbidden) == question
