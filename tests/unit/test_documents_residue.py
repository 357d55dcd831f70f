"""Lines that a page puts around an article."""

import pytest

from documents.residue import is_residue


@pytest.mark.parametrize(
    "line",
    [
        "",
        "  \t",
        "(12) Bình luận",
        "Gửi bình luận của bạn",
        "Về đầu trang ↑",
        "Chia sẻ: Facebook | Zalo | Email",
        "Từ khóa: lúa, gạo",
        "Xem thêm: Mùa nước nổi",
        "Ảnh: Tư liệu",
        "Toàn cảnh buổi lễ xuống đồng",
        "(langque.vn)",
    ],
)
def test_residue(line: str) -> None:
    assert is_residue(line)


@pytest.mark.parametrize(
    "line",
    [
        "Nước lên.",
        "Người dân chia sẻ gạo với nhau.",
        "Ảnh hưởng của lũ còn kéo dài.",
        "Theo dõi mực nước là việc của cả xã.",
        "Xem thêm: " + "lúa " * 60,
    ],
)
def test_text(line: str) -> None:
    assert not is_residue(line)
