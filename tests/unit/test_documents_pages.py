"""Printed pages back to paragraphs."""

import pytest

from documents.pages import drop_furniture, unwrap

FULL = "Nước trong kênh chảy chậm qua ba làng rồi đổ ra con sông lớn ở phía đông"


@pytest.mark.parametrize(
    ("pages", "lines"),
    [
        pytest.param(
            [["Báo Làng", "a", "Trang 1"], ["Báo Làng", "b", "Trang 2"]], ["a", "b"], id="both"
        ),
        pytest.param([["a", "- 1 -"], ["b", "2"]], ["a", "b"], id="numbers"),
        pytest.param([["a", "1/2"], ["b", "", "2/2", ""]], ["a", "b"], id="number_of_total"),
        pytest.param([["a", "57"], ["b", "58"], ["c", "59"]], ["a", "b", "c"], id="offset"),
        pytest.param(
            [["Số 7, trang 57", "a"], ["Số 7, trang 58", "b"], ["Số 7, trang 59", "c"]],
            ["a", "b", "c"],
            id="number_in_header",
        ),
        pytest.param(
            [["Bìa"], ["Báo", "Mục", "b"], ["Báo", "Mục", "c"]], ["Bìa", "b", "c"], id="two_lines"
        ),
        pytest.param(
            [["Điều 5", "a"], ["Điều 6", "b"]], ["Điều 5", "a", "Điều 6", "b"], id="headings"
        ),
        pytest.param([["a", "2020"], ["b", "1"]], ["a", "2020", "b", "1"], id="other_numbers"),
        pytest.param([["Báo Làng", "a"]], ["Báo Làng", "a"], id="one_page"),
        pytest.param(
            [["Báo"], ["b"], ["Báo"], ["c"], ["d"]], ["Báo", "b", "Báo", "c", "d"], id="rare"
        ),
        pytest.param([[], ["a"], []], ["a"], id="empty_pages"),
    ],
)
def test_furniture_is_dropped(pages: list[list[str]], lines: list[str]) -> None:
    assert drop_furniture(pages) == lines


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        pytest.param([FULL, "và hai làng nữa."], [f"{FULL} và hai làng nữa."], id="goes_on"),
        pytest.param(
            ["Con kênh này", "chảy qua", FULL], ["Con kênh này chảy qua", FULL], id="lower_case"
        ),
        pytest.param([FULL, "", "Làng ta"], [FULL, "Làng ta"], id="empty_line"),
        pytest.param(["Con kênh", FULL], ["Con kênh", FULL], id="heading"),
        pytest.param(
            ["CON KÊNH XANH CỦA BA LÀNG VEN SÔNG PHÍA ĐÔNG HUYỆN NAY ĐÃ ĐẦY NƯỚC", FULL],
            ["CON KÊNH XANH CỦA BA LÀNG VEN SÔNG PHÍA ĐÔNG HUYỆN NAY ĐÃ ĐẦY NƯỚC", FULL],
            id="capitals",
        ),
        pytest.param(
            [FULL, "- Làng trên", "- Làng dưới"], [FULL, "- Làng trên", "- Làng dưới"], id="list"
        ),
        pytest.param(
            [FULL, "Điều 2. Bờ kênh", "a) cỏ"], [FULL, "Điều 2. Bờ kênh", "a) cỏ"], id="articles"
        ),
        pytest.param(
            [f"{FULL} theo", "Điều 2. Bờ kênh"], [f"{FULL} theo Điều 2. Bờ kênh"], id="runs_on"
        ),
        pytest.param(["Kênh đào xong.", FULL], ["Kênh đào xong.", FULL], id="short_last_line"),
        pytest.param([f"{FULL}.", f"{FULL}."], [f"{FULL}. {FULL}."], id="full_last_line"),
        pytest.param(["giữ  an   ninh -", "trật tự"], ["giữ an ninh - trật tự"], id="dash"),
        pytest.param([f"{FULL} COVID-", "19 và hết"], [f"{FULL} COVID-19 và hết"], id="hyphen"),
        pytest.param([f"{FULL} in\u00ad", "ternet"], [f"{FULL} internet"], id="soft_hyphen"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_lines_become_paragraphs(lines: list[str], paragraphs: list[str]) -> None:
    text = unwrap(lines)
    assert text == "\n\n".join(paragraphs)
