from dataclasses import replace
from datetime import date

import pytest

from documents.document import Passage
from index.hit import Hit
from qa.disagreement import disagreeing
from qa.reader import Evidence

BRIDGE = "Cầu Mỹ Lợi dài bao nhiêu mét?"
OLD, NEW = date(2015, 8, 30), date(2021, 3, 2)


def hit(name: str, text: str, published: date | None) -> Hit:
    return Hit(Passage(name, 0, 0, len(text), text), name, "", published, score=1.0, rank=1)


def short(name: str, text: str, meanings: dict[str, str]) -> Hit:
    return replace(hit(name, text, OLD), meanings=meanings)


def shown(question: str, *texts: str, dates: tuple[date | None, ...] = (OLD, NEW)) -> list[str]:
    """Return the sentences shown, the first text holding the best answer alone."""
    hits = [hit(f"{n}.txt", text, dates[n % len(dates)]) for n, text in enumerate(texts)]
    best = Evidence(hits[0].passage, 0, len(texts[0]))
    return [evidence.text for evidence in disagreeing(question, best, hits)]


@pytest.mark.parametrize(
    ("question", "one", "two"),
    [
        (BRIDGE, "Cầu Mỹ Lợi dài 1.422 mét.", "Cầu Mỹ Lợi dài 1.691 mét."),
        (BRIDGE, "Cầu Mỹ Lợi dài 1.422 m.", "Theo báo cáo mới, cầu Mỹ Lợi có chiều dài 1.691 mét."),
        ("cau my loi dai bao nhieu met", "Cầu Mỹ Lợi dài 1.422 m.", "Cầu Mỹ Lợi dài 1.691 m."),
        (
            "Tỷ lệ giải quyết án của tỉnh là bao nhiêu?",
            "Tỷ lệ giải quyết án của tỉnh đạt 95,2%.",
            "Tỷ lệ giải quyết án của tỉnh là 97%.",
        ),
        (
            "Nhà văn Nguyên Hồng sinh năm nào?",
            "Nhà văn Nguyên Hồng sinh năm 1918 tại Nam Định.",
            "Nhà văn Nguyên Hồng sinh năm 1919.",
        ),
        (
            "Cầu Mỹ Lợi khánh thành ngày nào?",
            "Cầu Mỹ Lợi được khánh thành ngày 29/8/2015.",
            "Ngày 30 tháng 8 năm 2015, cầu Mỹ Lợi khánh thành.",
        ),
        (
            "Ai thiết kế cầu Mỹ Lợi?",
            "Kỹ sư Trần Văn Bốn thiết kế cầu Mỹ Lợi.",
            "Cầu Mỹ Lợi do kỹ sư Lê Thị Năm thiết kế.",
        ),
        (
            "Vụ cháy chợ Bình Tây làm bao nhiêu người bị thương?",
            "Vụ cháy chợ Bình Tây làm 12 người bị thương, thiệt hại 3 tỷ đồng.",
            "Theo Công an quận 6, vụ cháy chợ Bình Tây đã khiến 15 người bị thương.",
        ),
        (
            "Mức phạt vượt đèn đỏ với ô tô là bao nhiêu?",
            "Ô tô vượt đèn đỏ bị phạt từ 4 triệu đồng đến 6 triệu đồng.",
            "Ô tô vượt đèn đỏ bị phạt từ 18 triệu đồng đến 20 triệu đồng.",
        ),
        (
            "Hội nghị do ai chủ trì?",
            "Hội nghị do Viện trưởng Lê Văn Bảo chủ trì.",
            "Phó Viện trưởng Trần Thị Cúc chủ trì hội nghị.",
        ),
        (
            "Dự án đường vành đai 9 khởi công ngày nào?",
            "Dự án đường vành đai 9 được khởi công ngày 12/3/2022.",
            "Ngày 20/4/2022, dự án đường vành đai 9 chính thức khởi công tại Hà Bình.",
        ),
    ],
)
def test_both_of_two_values_are_shown_the_newest_first(question: str, one: str, two: str) -> None:
    assert shown(question, one, two) == [two, one]
    assert shown(question, two, one) == [one, two]


@pytest.mark.parametrize(
    ("question", "one", "two"),
    [
        (BRIDGE, "Cầu Mỹ Lợi dài 1.422 mét.", "Cầu Mỹ Lợi có chiều dài 1422 m."),
        (BRIDGE, "Cầu Mỹ Lợi dài 1.422 mét.", "Cầu Mỹ Lợi dài hơn 1.400 mét."),
        (BRIDGE, "Cầu Mỹ Lợi dài 1.422 mét.", "Cầu Mỹ Lợi có 4 làn xe."),
        (BRIDGE, "Cầu Mỹ Lợi dài 1.422 mét, có 4 làn.", "Cầu Mỹ Lợi dài, có 6 làn."),
        (BRIDGE, "Cầu Mỹ Lợi dài 1.422 mét.", "Cầu Rạch Miễu dài 2.868 mét."),
        (BRIDGE, "Cầu Mỹ Lợi dài 1.422 mét.", "Cầu Mỹ Lợi 2 ở Cần Thơ dài 900 mét."),
        (
            "Dân số tỉnh là bao nhiêu người?",
            "Năm 2009, dân số tỉnh là 700.000 người.",
            "Năm 2019, dân số tỉnh là 800.000 người.",
        ),
        (
            "Cầu Mỹ Lợi khánh thành năm nào?",
            "Cầu Mỹ Lợi khánh thành năm 2015.",
            "Cầu Mỹ Lợi khánh thành ngày 29/8/2015.",
        ),
        (
            "Ai thiết kế cầu Mỹ Lợi?",
            "Kỹ sư Trần Văn Bốn thiết kế cầu Mỹ Lợi.",
            "Cầu Mỹ Lợi do ông Bốn thiết kế.",
        ),
        (
            "Ai thiết kế cầu Mỹ Lợi?",
            "Kỹ sư Trần Văn Bốn thiết kế cầu Mỹ Lợi.",
            "Cầu Mỹ Lợi do Văn Bốn thiết kế.",
        ),
        (
            "Cầu dài bao nhiêu mét?",
            "Cây cầu Mỹ Lợi dài 1.422 mét.",
            "Cây cầu Rạch Miễu dài 2.868 mét.",
        ),
        (
            "Hiến pháp đang dùng được Quốc hội thông qua ngày nào?",
            "Ngày 28/11/2013, Quốc hội thông qua Hiến pháp đang dùng.",
            "Ngày 9/11/1946, Quốc hội thông qua bản Hiến pháp đầu tiên.",
        ),
        (
            "Ai chủ trì hội nghị ngành?",
            "Ngày 5/6/2021, ông Trần Văn Bốn chủ trì hội nghị ngành.",
            "Ngày 7/8/2022, bà Lê Thị Năm chủ trì hội nghị ngành.",
        ),
        (
            "Vì sao cầu Mỹ Lợi dài 1.422 mét?",
            "Cầu Mỹ Lợi dài 1.422 mét vì sông rộng.",
            "Cầu Mỹ Lợi dài 1.691 mét vì sông rộng.",
        ),
    ],
)
def test_what_does_not_contradict_is_left_alone(question: str, one: str, two: str) -> None:
    assert shown(question, one, two) == []
    assert shown(question, two, one) == []


def test_one_document_does_not_disagree_with_itself() -> None:
    text = "Cầu Mỹ Lợi dài 1.422 mét."
    one = hit("a.txt", f"{text} Cầu Mỹ Lợi dài 1.691 mét.", OLD)
    assert disagreeing(BRIDGE, Evidence(one.passage, 0, len(text)), [one]) == ()


def test_undated_documents_come_last_and_three_values_at_most_are_shown() -> None:
    texts = [f"Cầu Mỹ Lợi dài {length} mét." for length in (1422, 1500, 1691, 1700)]
    dates = (None, OLD, NEW, NEW)
    assert shown(BRIDGE, *texts, dates=dates) == [texts[2], texts[1], texts[0]]


def test_a_value_that_two_documents_give_is_shown_once() -> None:
    texts = ["Cầu Mỹ Lợi dài 1.422 mét.", "Cầu Mỹ Lợi dài 1.691 mét."]
    assert shown(BRIDGE, *texts, texts[1], dates=(OLD, NEW, NEW)) == [texts[1], texts[0]]


def test_of_one_document_one_sentence_is_shown() -> None:
    texts = ["Cầu Mỹ Lợi dài 1.422 mét.", "Cầu Mỹ Lợi dài 1.691 mét. Cầu Mỹ Lợi dài 1.700 mét."]
    assert shown(BRIDGE, *texts) == ["Cầu Mỹ Lợi dài 1.691 mét.", texts[0]]


def test_short_forms_are_read_as_long_ones() -> None:
    meanings = {"BTC": "Ban Tổ chức"}
    one = short("a.txt", "BTC có 12 người.", meanings)
    two = hit("b.txt", "Ban Tổ chức có 15 người.", NEW)
    best = Evidence(one.passage, 0, len(one.passage.text))
    found = disagreeing("Ban Tổ chức có bao nhiêu người?", best, [one, two])
    assert [evidence.passage.document for evidence in found] == ["b.txt", "a.txt"]
    assert disagreeing("Ban Tổ chức có bao nhiêu người?", best, [two]) == ()
