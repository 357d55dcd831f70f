"""Short forms that documents define."""

import pytest

from index.abbreviation_definitions import definitions_in

SEA = {"CTHHSB": "Công ty Hàng hải Sao Biển"}


@pytest.mark.parametrize(
    "text",
    [
        "Công ty Hàng hải Sao Biển (CTHHSB) có 12 tàu.",
        "Công ty Hàng hải Sao Biển [CTHHSB] có 12 tàu.",
        "Năm nay, CTHHSB (Công ty Hàng hải Sao Biển) có 12 tàu.",
        "CTHHSB (tức là Công ty Hàng hải Sao Biển) có 12 tàu.",
        "Công ty Hàng hải Sao Biển (sau đây gọi tắt là CTHHSB) có 12 tàu.",
        "Công ty Hàng hải Sao Biển (sau đây viết tắt là “CTHHSB”), trụ sở ở Vinh",
        "Công ty Hàng hải Sao Biển, sau đây được gọi tắt là CTHHSB, có 12 tàu.",
        "Công ty Hàng hải Sao Biển (CTHHSB, cảng Vinh) có 12 tàu.",
        "Công ty Hàng hải Sao Biển (CTHHSB (mới)) có 12 tàu.",
        "Giám đốc của Công ty Hàng hải Sao Biển (CTHHSB)",
        "Từ viết tắt\n- CTHHSB: Công ty Hàng hải Sao Biển\n- Hết",
    ],
)
def test_a_definition_is_found_however_it_is_written(text: str) -> None:
    assert definitions_in(text) == SEA


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Đội đặc nhiệm miền Đông (ĐĐNMĐ)", {"ĐĐNMĐ": "Đội đặc nhiệm miền Đông"}),
        ("Đội đặc nhiệm miền Đông (DDNMD)", {"DDNMD": "Đội đặc nhiệm miền Đông"}),
        ("Sở Hoa và Cây cảnh (HCC)", {"HCC": "Hoa và Cây cảnh"}),
        ("Ban Về nguồn (BVN)", {"BVN": "Ban Về nguồn"}),
        ("Sở Hoa và Cây cảnh (SH&CC)", {"SHCC": "Sở Hoa và Cây cảnh"}),
        ("Quy chế rừng số 12/2015/QĐ (QCR)", {"QCR": "Quy chế rừng"}),
        ("Trại tại Tam Đảo (TTĐ)", {"TTĐ": "Trại tại Tam Đảo"}),
        ("thợ sửa sò (ThSS)", {"ThSS": "thợ sửa sò"}),
        ("CHI CỤC NGHỀ CÁ (CCNC)", {"CCNC": "Chi cục nghề cá"}),
    ],
)
def test_capitals_begin_syllables(text: str, found: dict[str, str]) -> None:
    assert definitions_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "trong năm nay (2020)",
        "Nguyễn Sơn Nam (SN 1990)",
        "đại dịch do vi-rút mới (COVID-19)",
        "Hà Nội (TTXVN) - Sáng nay",
        "danh dự (ĐD)",
        "Tổ chức Y tế Thế giới (WHO)",
        "xóm nhỏ. Ban về nguồn (XNBVN)",
        "khóa họp xuân ít (XI)",
        "và các (VC)",
        "CTHHSB (trước kia Công ty Hàng hải Sao Biển)",
        "()",
        "(A) (AB",
    ],
)
def test_what_does_not_fit_is_no_definition(text: str) -> None:
    assert definitions_in(text) == {}


def test_the_first_definition_counts() -> None:
    text = "ban quản trị (BQT) và bệnh quai thũng (BQT)"
    assert definitions_in(text) == {"BQT": "ban quản trị"}


def test_what_the_table_says_is_not_repeated_and_what_it_does_not_say_is_kept() -> None:
    text = "Viện kiểm sát nhân dân (VKSND), hệ thống xả (HTX)"
    assert definitions_in(text) == {"HTX": "hệ thống xả"}
