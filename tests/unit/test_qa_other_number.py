import pytest

from index.question import analyse
from qa.other_number import lacks_a_number

CONTEXT = (
    "Đại hội lần thứ XIII họp năm 2021. Hai đoàn đi 40.000 km trong 02 tuần, hết 1.500 triệu đồng."
    " Một đoàn về trước. Sang thế kỷ V thì khác."
)


def lacks(question: str) -> bool:
    return lacks_a_number(question, analyse(question, lambda _: 1.0).numbers, CONTEXT)


@pytest.mark.parametrize(
    "question",
    [
        "Đại hội lần thứ 13 họp ở đâu?",
        "dai hoi lan thu 13 hop o dau",
        "2 đoàn đi bao xa?",
        "Đoàn nào đi 40000 km?",
        "Đi trong 2 tuần hết bao nhiêu?",
        "1 đoàn về khi nào?",
        "Ai chi 1,5 tỷ đồng?",
        "Ai chi 1,5 tỉ đồng?",
        "Thế kỉ 5 có gì khác?",
        "Các bạn gi11p ai?",
        "Đoàn nào về trước?",
    ],
)
def test_a_number_is_there_in_another_form(question: str) -> None:
    assert not lacks(question)


@pytest.mark.parametrize(
    "question",
    [
        "Đại hội lần thứ 12 họp ở đâu?",
        "dai hoi lan thu 12 hop o dau",
        "3 đoàn đi bao xa?",
        "Đoàn nào đi 4000 km?",
        "Ai chi 1,6 tỷ đồng?",
        "Nghị quyết QH15 nói gì?",
        "Đại hội năm 2012?",
    ],
)
def test_another_number_is_a_near_miss(question: str) -> None:
    assert lacks(question)
