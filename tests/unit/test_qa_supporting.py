"""Which span of a passage supports a sentence."""

import pytest

from documents.document import Passage
from qa.supporting import best_support

TEXT = (
    "Cầu Trường Tiền bắc qua sông Hương ở Huế. Cầu khánh thành năm 1899 và có sáu nhịp.\n"
    "Lê Lợi lên ngôi năm 1428. Cũng năm ấy Nguyễn Trãi viết Bình Ngô đại cáo.\n"
    "Mỗi tối cầu sáng đèn nhiều màu. Xe máy không được đi qua cầu vào giờ ấy."
)
PASSAGE = Passage("hue.txt", 0, 100, 100 + len(TEXT), TEXT)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Cầu khánh thành năm 1899, có sáu nhịp.", "Cầu khánh thành năm 1899 và có sáu nhịp."),
        (
            "Cầu Trường Tiền khánh thành năm 1899.",
            "Cầu Trường Tiền bắc qua sông Hương ở Huế. Cầu khánh thành năm 1899 và có sáu nhịp.",
        ),
        ("Cầu sáng đèn mỗi tối.", "Mỗi tối cầu sáng đèn nhiều màu."),
    ],
)
def test_the_narrowest_span_that_holds_a_sentence_is_taken(sentence: str, quote: str) -> None:
    support = best_support(sentence, PASSAGE)
    assert support is not None
    assert support.holds
    assert support.evidence.text == quote


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Cầu khánh thành năm 1898 và có sáu nhịp.", id="another year"),
        pytest.param("Cầu Tràng Thi bắc qua sông Hương ở Huế.", id="another name"),
        pytest.param("Xe máy được đi qua cầu vào giờ ấy.", id="negation left out"),
        pytest.param("Cầu không sáng đèn mỗi tối.", id="negation put in"),
        pytest.param("Mỗi tối cầu sáng đèn từ năm 1899.", id="a number of another sentence"),
        pytest.param("Năm ấy Lê Lợi viết Bình Ngô đại cáo.", id="another person's deed"),
        pytest.param("Giá vé tham quan bảo tàng đã tăng gấp đôi.", id="something else"),
    ],
)
def test_what_no_span_holds_is_not_supported(sentence: str) -> None:
    support = best_support(sentence, PASSAGE)
    assert support is not None
    assert not support.holds


def test_a_passage_of_blanks_supports_nothing() -> None:
    assert best_support("Câu.", Passage("a.txt", 0, 0, 2, " \n")) is None
