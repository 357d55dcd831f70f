import pytest

from qa.contrasts import is_of_counterpart

FIRST = "Thời hạn kháng cáo bản án sơ thẩm là 15 ngày."
PROVINCES = "Sau khi sắp xếp, cả nước có 34 đơn vị hành chính cấp tỉnh."
REPLACING = "Luật thay cho Luật Căn cước công dân năm 2014 và gồm 7 chương, 46 điều."


@pytest.mark.parametrize(
    ("question", "sentence", "around"),
    [
        ("Thời hạn kháng cáo bản án phúc thẩm là bao nhiêu ngày?", FIRST, ""),
        ("thoi han khang cao ban an phuc tham la bao nhieu ngay", FIRST, ""),
        ("Án phúc thẩm ra ngày nào?", "Ngày 3/5.", "Án sơ thẩm ra trước."),
        ("Cả nước còn bao nhiêu đơn vị cấp xã?", PROVINCES, "Còn đơn vị cấp xã thì giảm."),
        ("Bộ trưởng là ai?", "Thứ trưởng là ông Nam.", "Lễ khai giảng"),
        ("Bộ luật Tố tụng dân sự có mấy điều?", "Bộ luật Tố tụng hình sự có 510 điều.", "Luật"),
        ("Ngày truyền thống ngành công an?", "Ngày truyền thống ngành tòa án là 13/9.", ""),
        ("Luật Căn cước công dân 2014 có bao nhiêu điều?", REPLACING, ""),
        ("Luật Đất đai 2013 có mấy điều?", "Luật thay Luật Đất đai năm 2013, có 260 điều.", ""),
        ("luat can cuoc cong dan 2014 co bao nhieu dieu", REPLACING, ""),
    ],
)
def test_what_is_said_of_the_counterpart_does_not_answer(
    question: str, sentence: str, around: str
) -> None:
    assert is_of_counterpart(question, sentence, f"{around} {sentence}")


@pytest.mark.parametrize(
    ("question", "sentence", "around"),
    [
        pytest.param("Thời hạn kháng cáo bản án sơ thẩm?", FIRST, "", id="the same"),
        pytest.param("Thời hạn kháng cáo là bao nhiêu?", FIRST, "", id="neither is asked about"),
        pytest.param("Án phúc thẩm ra ngày nào?", "Ngày 3/5.", "", id="neither is named"),
        pytest.param("Án phúc thẩm sửa gì?", "Án phúc thẩm sửa án sơ thẩm.", "", id="both are"),
        pytest.param(
            "Trong tố tụng dân sự ai khởi kiện?",
            "Nguyên đơn, không như trong tố tụng hình sự.",
            "Bộ luật Tố tụng dân sự",
            id="the title names it",
        ),
        pytest.param("Luật Căn cước gồm mấy điều?", REPLACING, "", id="the new"),
        pytest.param("Luật Căn cước công dân hết hạn khi nào?", REPLACING, "", id="not counted"),
        pytest.param("", FIRST, "", id="empty"),
    ],
)
def test_other_sentences_may_answer(question: str, sentence: str, around: str) -> None:
    assert not is_of_counterpart(question, sentence, f"{around} {sentence}")
