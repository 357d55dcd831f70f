"""Where sentences end."""

import pytest

from documents.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Trời mưa. Nước lên! Ai về? Ta về.", ["Trời mưa.", "Nước lên!", "Ai về?", "Ta về."]),
        ("Anh ở TP. Cần Thơ. Chị ở Huế.", ["Anh ở TP. Cần Thơ.", "Chị ở Huế."]),
        ("PGS. TS. Lê A. B. Nam dạy học.", ["PGS. TS. Lê A. B. Nam dạy học."]),
        ("Đạt 98.5% hay 98,5% số hộ.", ["Đạt 98.5% hay 98,5% số hộ."]),
        ("Có 03 xã. 12 hộ đi xa.", ["Có 03 xã.", "12 hộ đi xa."]),
        ("“Ta về.” Nói rồi đi.", ["“Ta về.”", "Nói rồi đi."]),
        ("Gạo, muối… rồi cá.", ["Gạo, muối… rồi cá."]),
        ("Tiêu đề\nMột câu\nnối tiếp.", ["Tiêu đề", "Một câu\nnối tiếp."]),
        ("Điều 12. Bờ kênh", ["Điều 12. Bờ kênh"]),
        ("1. Bờ kênh\n2. Bờ ao", ["1. Bờ kênh", "2. Bờ ao"]),
        (" \n ", []),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[found.start : found.end] for found in split_sentences(text)] == sentences
