import unicodedata

import pytest

from documents.normalising import fold
from qa.verification import verify

QUOTE = (
    "Ngày 2/9/1945, tại Quảng trường Ba Đình (Hà Nội), Chủ tịch Hồ Chí Minh đọc Tuyên ngôn Độc lập"
    " trước 500.000 người."
)
LAW = (
    "Người lao động làm việc đủ 12 tháng được nghỉ 12 ngày, người sử dụng lao động không được trừ"
    " lương theo Điều 113 của Bộ luật Lao động."
)
BUDGET = "Tỉnh Nghệ An chi 1,5 tỷ đồng, đạt 98,5%, mua 12 tấn gạo; UBND tỉnh không tăng biên chế."


@pytest.mark.parametrize("quote", [QUOTE, LAW, BUDGET])
@pytest.mark.parametrize(
    "write",
    [
        str,
        fold,
        str.lower,
        str.upper,
        lambda text: fold(text).lower(),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", " \n "),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("u", "u\u200b"),
    ],
)
def test_a_quote_supports_itself_in_any_writing(quote: str, write: type[str]) -> None:
    assert verify(write(quote), quote) == ()


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("ngày 2 tháng 9 năm 1945", QUOTE),
        ("Năm 1945, Chủ tịch Hồ Chí Minh đọc Tuyên ngôn Độc lập ở Hà Nội.", QUOTE),
        ("1945-09-02", QUOTE),
        ("trước 500000 người", QUOTE),
        ("Chủ tịch Hồ Chí Minh đọc Tuyên ngôn Độc lập vào ngày 02-09-1945.", QUOTE),
        ("Theo Điều 113 Bộ luật Lao động", LAW),
        ("người sử dụng lao động không được trừ lương", LAW),
        ("Chi 1.500 triệu đồng", BUDGET),
        ("Ủy ban nhân dân tỉnh không tăng biên chế", BUDGET),
        ("uy ban nhan dan tinh khong tang bien che", BUDGET),
        ("đạt 98.5 phần trăm", BUDGET),
        ("Bộ luật Hoà giải", "Bộ luật Hòa giải"),
        ("Có hai mươi mốt bị cáo.", "Vụ án có 21 bị cáo."),
        ("từ 10% đến 15%", "Mức thuế là 10-15%."),
        ("127 trên 129 chỉ tiêu", "Cụm đạt 127/129 chỉ tiêu."),
        ("VKSND tối cao", "Viện kiểm sát nhân dân tối cao họp."),
        ("vksnd toi cao hop", "Viện kiểm sát nhân dân tối cao họp."),
        ("BQLX họp", "Ban Quản lý xây (BQLX) họp."),
        ("8 giờ 30 ngày 5/6", "Phiên tòa mở lúc 8h30 ngày 5/6/2021."),
        ("Khoản 2 Điều 6", "Các Điều 5, 6 và 7; khoản 2 Điều 6."),
        ("Hội nghị còn được tổ chức ở Huế.", "Hội nghị được tổ chức tại Huế."),
        ("sở gd&đt hà nội họp", "Sở GD&ĐT Hà Nội họp"),
        ("du hop co ong nguyen hai tram", "Dự họp có ông Nguyễn Hải Trâm, Lê Văn Ba."),
        ("san co suc chua 45500 cho ngoi", "Sân có sức chứa 45.500 chỗ ngồi, mở cửa năm 1998."),
    ],
)
def test_another_form_of_the_same_is_supported(sentence: str, quote: str) -> None:
    assert verify(sentence, quote) == ()


@pytest.mark.parametrize(
    ("sentence", "quote", "missing"),
    [
        ("Năm 1954, Chủ tịch Hồ Chí Minh đọc Tuyên ngôn.", QUOTE, "Năm 1954"),
        ("Ngày 9/2/1945", QUOTE, "Ngày 9/2/1945"),
        ("ngay 9 thang 2 nam 1945", QUOTE, "ngay 9 thang 2 nam 1945"),
        ("trước 50.000 người", QUOTE, "50.000"),
        ("Chủ tịch Tôn Đức Thắng đọc Tuyên ngôn Độc lập.", QUOTE, "Tôn Đức Thắng"),
        ("Chu tich ton duc thang doc tuyen ngon", QUOTE, "ton"),
        ("Phó Chủ tịch Hồ Chí Minh đọc Tuyên ngôn Độc lập.", QUOTE, "Phó"),
        ("được trừ lương theo Điều 113", LAW, "trừ"),
        ("Điều 131 của Bộ luật Lao động", LAW, "Điều 131"),
        ("nghỉ 12 tuần", LAW, "12 tuần"),
        ("khoản 113 của Bộ luật Lao động", LAW, "khoản 113"),
        ("chi 1,5 triệu đồng", BUDGET, "1,5 triệu đồng"),
        ("mua 12 kg gạo", BUDGET, "12 kg"),
        ("đạt 95,8%", BUDGET, "95,8%"),
        ("UBND tỉnh tăng biên chế", BUDGET, "tăng"),
        ("Tỉnh Hà Tĩnh chi 1,5 tỷ đồng", BUDGET, "Hà Tĩnh"),
        ("tỉnh hà tĩnh chi 1,5 tỷ đồng", BUDGET, "hà tĩnh"),
        ("Tỉnh Nghệ An không chi 1,5 tỷ đồng", BUDGET, "chi"),
        ("UBND tỉnh không giảm biên chế", BUDGET, "giảm"),
        ("USD: chi 1,5 tỷ USD", BUDGET, "1,5 tỷ USD"),
        ("Chín bị cáo", "Có ba bị cáo.", "Chín"),
        ("129/127 chỉ tiêu", "Cụm đạt 127/129 chỉ tiêu.", "129/127"),
        ("Viện trưởng Lê Văn A", "Ông Lê Văn A, Phó Viện trưởng, dự họp.", "trưởng"),
        ("hơn 120 người", "Gần 120 người dự.", "hơn 120"),
        ("3 người bị thương", "Ngày 3/5/2021, nhiều người bị thương.", "3"),
        ("con số 640.000 tỉnh", "Dân số đạt con số 640.000 người.", "640.000"),
        ("Đợt bảy từ 1/5 đến 7/5/1954", "Đợt ba từ 1/5 đến 7/5/1954.", "Đợt bảy"),
        ("Cơ quan có tội", "Cơ quan không có tội.", "tội"),
        ("lần gần nhất bị trừ thêm", "lần gần nhất không bị trừ thêm", "trừ"),
        ("chi cho qua 10 lan", "Luật chỉ cho không quá 10 lần.", "qua"),
        ("moi cong dan, phan biet nam nu", "Mọi công dân, không phân biệt nam nữ", "phan"),
        ("gom tinh ninh nam va ninh binh", "Gồm tỉnh Hà Nam, Nam Định và Ninh Bình.", "nam"),
        ("hang dong nho nhat the gioi", "Hang động lớn nhất thế giới.", "nho"),
        ("duoc to chuc theo sau cap", "Sau đó được tổ chức theo hai cấp.", "sau"),
        ("Cả đoàn nỗ lực hoàn thành nhiệm vụ được giao.", QUOTE, "đoàn"),
    ],
)
def test_what_the_quote_does_not_hold_is_named(sentence: str, quote: str, missing: str) -> None:
    assert missing in " ".join(verify(sentence, quote))


def test_a_few_other_words_are_no_invention_but_many_are() -> None:
    quote = "Viện trưởng Lê Minh Trí chủ trì hội nghị tổng kết công tác năm của ngành Kiểm sát."
    assert verify("Viện trưởng Lê Minh Trí điều hành hội nghị tổng kết công tác năm.", quote) == ()
    assert verify("Viện trưởng Lê Minh Trí vắng mặt nên hoãn hội nghị sang tuần.", quote)


def test_words_put_together_in_another_way_are_not_supported() -> None:
    quote = "Tòa án tuyên phạt, Viện kiểm sát kháng nghị, luật sư bào chữa, bị cáo kháng cáo."
    assert verify("Bị cáo tuyên luật kháng Tòa sư bào án phạt.", quote)
