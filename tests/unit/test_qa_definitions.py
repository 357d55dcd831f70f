import pytest

from qa.definitions import defines, subject_of


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Học phần là gì?", "hoc phan"),
        ("hoc phan la gi vay", "hoc phan"),
        ("Thế nào là “tội phạm”?", "toi pham"),
        ("Định nghĩa về tài sản", "tai san"),
        ("Tạm giữ có nghĩa là gì?", "tam giu"),
        ("Ông Nguyễn Văn Cừ là ai?", "ong nguyen van cu"),
        ("Singapore là nước nào?", "singapore"),
        ("Ai là chủ tịch nước?", ""),
        ("Học phần gồm những gì?", ""),
        ("", ""),
    ],
)
def test_a_question_what_something_is_has_a_subject(question: str, subject: str) -> None:
    assert subject_of(question) == subject


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Học phần là khối lượng kiến thức tương đối trọn vẹn.", "hoc phan"),
        ("2. “Học phần” là khối lượng kiến thức.", "hoc phan"),
        ("a) Học phần (HP): là khối lượng kiến thức.", "hoc phan"),
        ("Học phần được hiểu là khối lượng kiến thức.", "hoc phan"),
        ("Bộ luật Hình sự (viết tắt: BLHS) là luật về tội phạm.", "blhs"),
        ("Sông Hương, còn gọi là Hương Giang, là con sông chảy qua Huế.", "song huong"),
        ("Bóng ném hay bóng tay là một môn thể thao.", "bong nem"),
        ("Thành phố Huế là thành phố trực thuộc trung ương.", "hue"),
        ("Kí tự là một đơn vị thông tin.", "ky tu"),
        ("Việt Nam vào Hiệp hội các quốc gia Đông Nam Á (ASEAN) năm 1995.", "asean"),
        ("Việt Nam vào ASEAN (Hiệp hội các quốc gia Đông Nam Á) năm 1995.", "asean"),
        ("Tổ chức Thương mại Thế giới (tiếng Anh: WTO) lập năm 1995.", "wto"),
    ],
)
def test_a_sentence_that_says_what_it_is_defines_it(sentence: str, subject: str) -> None:
    assert defines(sentence, subject)


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Sinh viên đăng ký học phần trên mạng.", "hoc phan"),
        ("Học phần bắt buộc là học phần phải học.", "hoc phan"),
        ("Giám đốc Sông Đà là ông Nam.", "song da"),
        ("Học phần có hai loại, trong đó một loại phải học.", "hoc phan"),
        ("Học phần là khối lượng kiến thức.", ""),
        ("Việt Nam vào ASEAN năm 1995.", "asean"),
        ("Khối này (trừ ASEAN) đã họp.", "asea"),
    ],
)
def test_other_sentences_do_not(sentence: str, subject: str) -> None:
    assert not defines(sentence, subject)
