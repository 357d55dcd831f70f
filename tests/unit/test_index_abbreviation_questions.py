"""Short forms in questions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

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


@dataclass(frozen=True)
class Documents:
    """What documents define, and how many more use it."""

    defined: Sequence[Abbreviation] = ()
    further: int = 0

    def definitions(self, keys: Collection[str]) -> Sequence[Abbreviation]:
        assert keys
        return [one for one in self.defined if form_key(one.short) in keys]

    def documents_with(self, short: str) -> int:
        return self.further + sum(one.documents for one in self.defined if one.short == short)


def expanded(question: str, table: TypingTable, *defined: Abbreviation, further: int = 0) -> str:
    documents = Documents(defined, further)
    return expand_question(understand_typing(question, table, NoStatistics()), table, documents)


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
        ("VKSND TC ở đâu", "Viện kiểm sát nhân dân tối cao ở đâu"),
        ("vien truong vksnd tc", "viện trưởng Viện kiểm sát nhân dân tối cao"),
        ("bl tths la gi", "Bộ luật Tố tụng hình sự là gì"),
        ("viện ksnd ở đâu", "viện kiểm sát nhân dân ở đâu"),
        ("who is the head of VKSND", "who is the head of Viện kiểm sát nhân dân"),
        ("VKSND LÀ GÌ", "VIỆN KIỂM SÁT NHÂN DÂN LÀ GÌ"),
        ("VKSND", "Viện kiểm sát nhân dân"),
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
    assert expanded("hdnđ ở đâu", table) == "hdnđ ở đâu"


def test_a_letter_whose_capital_is_two_moves_nothing(table: TypingTable) -> None:
    assert expanded("straße vksnd", table) == "straße Viện kiểm sát nhân dân"


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


def test_what_most_documents_use_undefined_is_asked_for_as_it_stands(table: TypingTable) -> None:
    assert (
        expanded("CCNC?", table, replace(FISH, documents=4), further=2) == "Chi cục nghề cá (CCNC)?"
    )
    assert expanded("CCNC?", table, replace(FISH, documents=4), further=3) == "CCNC?"


def test_spellings_of_one_meaning_count_together(table: TypingTable) -> None:
    capitals = Abbreviation("CCNC", "Chi cục Nghề cá", 1)
    other = Abbreviation("CCNC", "Cây cảnh nhà cổ", 1)
    assert expanded("CCNC?", table, FISH, capitals, other) == "Chi cục nghề cá (CCNC)?"


def test_the_table_comes_first_but_other_definitions_are_still_found(table: TypingTable) -> None:
    odd = Abbreviation("HTX", "hệ thống xả", 1)
    assert expanded("HTX là gì", table, odd) == "hợp tác xã (HTX) là gì"


def test_ordinary_words_in_lower_case_are_never_short_forms(table: TypingTable) -> None:
    blog = Abbreviation("BLOG", "Ban lâm ông già", 1)
    bach = Abbreviation("BACH", "Ban an cư hội", 1)
    assert expanded("đọc blog ở đâu", table, blog) == "đọc blog ở đâu"
    assert expanded("đọc BLOG ở đâu", table, blog) == "đọc Ban lâm ông già (BLOG) ở đâu"
    assert expanded("công bach khoa", table, bach) == "công bach khoa"
    assert expanded("NHÀ BACH KHOA", table, bach) == "NHÀ BACH KHOA"


def test_documents_are_not_asked_without_need(table: TypingTable) -> None:
    class Forbidden(Documents):
        def definitions(self, keys: Collection[str]) -> Sequence[Abbreviation]:
            raise AssertionError(keys)

    question = "Viện trưởng là ai?"
    typed = understand_typing(question, table, NoStatistics())
    assert expand_question(typed, table, Forbidden()) == question
