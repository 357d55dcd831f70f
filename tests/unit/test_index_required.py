from datetime import date

import pytest

from index.phrases import has_phrase
from index.question_times import times_of
from index.required import MOST_PARTS, parts_held, required_parts, required_terms, without_accents
from index.terms import terms_of

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Kết luận 84-KL/TW nói gì?", ("84-KL/TW",)),
        ("ket luan so 84-kl/tw noi gi", ("84-kl/tw",)),
        ("Điều 174 BLHS", ("Điều 174",)),
        ("dieu 174 blhs", ("dieu 174",)),
        ("đạt 127/129 chỉ tiêu", ("127/129",)),
        ("Nghị định 15/2020/NĐ-CP phạt bao nhiêu?", ("15/2020/NĐ-CP",)),
        ("Luật số 41/2024/QH15", ("41/2024/QH15",)),
        ("Khoản 2 Điều 5 Luật Báo chí", ("Điều 5", "Khoản 2 Điều 5")),
        ("Đ174 BLHS", ("Điều 174",)),
        ("k2 đ.5 luật báo chí", ("Điều 5", "Khoản 2 Điều 5")),
        ("What does Article 13 of the code say?", ("Điều 13",)),
        ("clause 2 of Article 5, Art. 7", ("Điều 5", "Khoản 2 Điều 5", "Điều 7")),
        ("giá 5.000đ, 12đ50 hay đ1.500", ()),
        ("khoản 2, Điều 5", ("Điều 5", "khoản 2, Điều 5")),
        ('Ai viết "mùa lá rụng" năm nào?', ("mùa lá rụng",)),
        ("Ai viết “mùa lá rụng”?", ("mùa lá rụng",)),
        ("Ai viết «mùa lá rụng»?", ("mùa lá rụng",)),
        ("Ai viết 'mùa lá rụng'?", ("mùa lá rụng",)),
        ("Ai viết ‘mùa lá rụng’?", ("mùa lá rụng",)),
        ("“mùa lá rụng” và Điều 3, Điều 3", ("mùa lá rụng", "Điều 3")),
        ("Ai viết “Mùa”?", ()),
        ("don't they say it's so", ()),
        ("ngày 26/11/2020", ()),
        ("hội chợ 26/11", ()),
        ("quý 3/2020", ()),
        ("COVID-19", ()),
        ("5 điều mẹ dặn", ()),
        ("tăng 98,5%", ()),
        ('"', ()),
        ("“”", ()),
        ("'" * 1000, ()),
    ],
)
def test_quoted_words_and_document_numbers_are_required(
    question: str, parts: tuple[str, ...]
) -> None:
    assert required_parts(question, times_of(question, TODAY)) == parts


@pytest.mark.parametrize(
    ("part", "text", "holds"),
    [
        ("84-KL/TW", "theo Kết luận số 84-KL/TW ngày ấy", True),
        ("84-kl/tw", "theo Kết luận số 84 - KL/TW", True),
        ("84-KL/TW", "theo Kết luận số 184-KL/TW", False),
        ("84-KL/TW", "theo Kết luận số 84-KL", False),
        ("Điều 17", "Điều 174. Trộm", False),
        ("Điều 17", "ĐIỀU 17.", True),
        ("dieu 17", "Điều 17.", True),
        ("điều 17", "Dieu 17", False),
        ("mùa lá rụng", "Mùa lá, rụng nhiều", True),
        ("mùa lá rụng", "mùa rụng lá", False),
        ("mùa lá rụng", "mùa lá rung", False),
        ("hòa bình", "Hoà bình", True),
        ("hòa bình", "hoa\u0300 bi\u0300nh", True),
        ("Khoản 2 Điều 5", "theo khoản 2 Điều 5", True),
        ("Khoản 2 Điều 5", "Điều 5. Cấp phép\n1. Một.\n2. Hai.", True),
        ("Khoản 2 Điều 5", "Điều 5. Cấp phép\n1. Một.", False),
        ("Khoản 2 Điều 5", "Điều 6. Cấp phép\n2. Hai.", False),
    ],
)
def test_only_whole_words_in_a_row_are_held(part: str, text: str, holds: bool) -> None:  # noqa: FBT001
    assert parts_held([part], "Tiêu đề", text) == ((part,) if holds else ())
    terms = terms_of(text).folded()
    assert not holds or {*terms.syllables, *terms.pairs}.issuperset(required_terms(part))


def test_a_title_holds_parts_for_all_its_passages() -> None:
    assert parts_held(["Điều 5"], "Điều 5. Cấp phép", "Cơ quan nào cũng vậy.") == ("Điều 5",)


def test_accents_do_not_matter_when_none_were_typed() -> None:
    [part] = without_accents(required_parts("Ai viết “mùa lá rụng”?"))
    assert has_phrase("Mùa lá rụng", part)
    assert has_phrase("Mua la rung", part)


def test_a_short_form_may_be_followed_by_its_long_form_in_the_index() -> None:
    held = {*(terms := terms_of("VKSND viện kiểm sát nhân dân tối cao").folded()).syllables}
    assert held.union(terms.pairs).issuperset(required_terms("VKSND tối cao"))


@pytest.mark.parametrize("piece", ['"a b" ', "“", "'x ", "«»", "1-", "Điều ", "khoản 1 ", "9/"])
def test_any_length_is_read(piece: str) -> None:
    parts = required_parts(piece * 5_000)
    assert len(parts) <= MOST_PARTS
