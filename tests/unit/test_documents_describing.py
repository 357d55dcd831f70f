"""Title, source and day of publication from the first lines."""

from datetime import date
from pathlib import Path

import pytest

from documents.describing import describe
from documents.extract import Description
from documents.folder import FolderSource

REAL_ARTICLES = Path(__file__).parents[3] / "shared" / "documents"
BODY = "Bà con trong xã góp công sửa đường, trồng thêm hàng cây dọc hai bên bờ kênh dẫn nước."
LEAD = "Sáng 30-11, bà con trong xã góp công sửa đường, trồng thêm hàng cây dọc hai bên kênh."


def _describe(text: str, path: str = "bai/so-1.txt", **known: str) -> Description:
    return describe(path, text, Description(**known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "before_title", "source", "published"),
    [
        ("000_5f86c7b6430c4d8b.txt", "date 2020-12 ", "", date(2020, 11, 30)),
        ("001_edef25f191c9e2f9.txt", "", "kiemsat.vn", date(2020, 11, 26)),
    ],
)
def test_the_real_articles(name: str, before_title: str, source: str, published: date) -> None:
    if not (REAL_ARTICLES / name).exists():
        pytest.skip(f"the real articles are not at {REAL_ARTICLES}")
    document = FolderSource(REAL_ARTICLES).load(name)
    assert before_title + document.title == document.text.splitlines()[0].strip()
    assert (document.source, document.published) == (source, published)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (f"Sửa đường\n\n05/03/2024 07:45\n\n{BODY}", date(2024, 3, 5)),
        (f"Sửa đường\nThứ Ba, 05/03/2024 | 07:45 GMT+7\n{BODY}", date(2024, 3, 5)),
        (f"Sửa đường\nCập nhật: 5/3/2024\n{BODY}", date(2024, 3, 5)),
        (f"Sửa đường\nĐăng lúc 7 giờ 45, ngày 5-3-2024\n{BODY}", date(2024, 3, 5)),
        (f" date 2020-12 Sửa đường\n\n{LEAD}", date(2020, 11, 30)),
        (f" date 2021-01 Sửa đường\n\n{LEAD}", date(2020, 11, 30)),
        (f"(Langque.vn) - Sáng 5/3/2024, {BODY}", date(2024, 3, 5)),
        (f"Sửa đường\n(Langque.vn) - Ngày 5/3/2024, {BODY}", date(2024, 3, 5)),
        (f"Sửa đường\nTại Nam Định, chiều 5/3/2024, {BODY}", date(2024, 3, 5)),
        (f"Sửa đường\n{BODY}\n(Langque.vn) - Sáng 5/3/2024, {BODY}", date(2024, 3, 5)),
        (f"Sửa đường\n{LEAD}\nLễ ngày 30/11/2020 kết thúc muộn.", date(2020, 11, 30)),
    ],
)
def test_published(text: str, published: date) -> None:
    assert _describe(text).published == published


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Sửa đường\n{BODY} Lễ ngày 9/3/2024.", id="a_day_inside"),
        pytest.param(f"Sửa đường\n{LEAD}", id="no_year_anywhere"),
        pytest.param(f"Sửa đường\nNgày 2/9/2015, {BODY}", id="a_day_of_history"),
        pytest.param(f"Sửa đường\nSáng 30/4/1975, {BODY}", id="before_the_web"),
        pytest.param(f"Sửa đường\nSáng 5/3/2024, xã sẽ mở hội. {BODY}", id="planned"),
        pytest.param(f" date 2020-12 Sửa đường\n\nSáng 4/1/2021, {BODY}", id="after_the_stamp"),
        pytest.param(f" date 2020-12 Sửa đường\n\nSáng 4/1, {BODY}", id="long_before_the_stamp"),
        pytest.param(f" date 2020-12 Sửa đường\n\n{BODY}", id="a_month_alone"),
        pytest.param(f"Mốc\n5/3/2001\nXã đào kênh.\n6/4/2010\n{BODY}", id="a_timeline"),
        pytest.param(f"Sửa đường ngày\n2/9/1945\n{BODY}", id="a_title_with_a_day_of_history"),
        pytest.param(f"Ngày hiệu lực: 1/1/2025\n{BODY}", id="another_label"),
        pytest.param(f"Sửa đường\nSáng 31/2/2024, {BODY}", id="no_such_day"),
    ],
)
def test_published_is_not_guessed(text: str) -> None:
    assert _describe(text).published is None


def test_the_day_of_publication_wins_over_other_days() -> None:
    text = f"Hội xã 2/1/2024\n20/2/2024 08:00\nSáng 19/2/2024, {BODY} Hội mở 1/3/2024."
    assert _describe(text).published == date(2024, 2, 20)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"Sửa đường\n(langque.vn)\n{BODY}", "langque.vn"),
        (f"Sửa đường\n(Langque.vn) - Sáng 5/3/2024, {BODY}", "langque.vn"),
        (f"Sửa đường\n(Dân làng) – {BODY}", "Dân làng"),
        (f"Sửa đường\nNguồn: Báo Làng\n{BODY}", "Báo Làng"),
        (f"Sửa đường\nNguồn: ảnh tư liệu\n{BODY}", ""),
        (f"Sửa đường\n{BODY}", ""),
    ],
)
def test_source(text: str, source: str) -> None:
    assert _describe(text).source == source


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Sửa đường\n\n{BODY}", "Sửa đường"),
        (f"\n\n05/03/2024\n(langque.vn)\nSửa  đường\n{BODY}", "Sửa đường"),
        (f"date 2024-03 Sửa đường\n{BODY}", "Sửa đường"),
        (f"{BODY}\n\n## Sửa đường ##\n", "Sửa đường"),
        (f"(Langque.vn) - {BODY}", BODY),
        (f"{BODY} " * 9, BODY),
        ("Chia sẻ: Facebook | Zalo", "Chia sẻ: Facebook | Zalo"),
        ("26/11/2020", "so-1"),
    ],
)
def test_title(text: str, title: str) -> None:
    assert _describe(text).title == title


LAW = """HỘI ĐỒNG XÃ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 12/2024/NQ-HĐ
Nam Định, ngày 26 tháng 11 năm 2024
NGHỊ QUYẾT
VỀ VIỆC TRỒNG CÂY
BÊN KÊNH
Căn cứ Luật Cây xanh;
"""


@pytest.mark.parametrize("columns", ["\n", "\t", " | "])
def test_an_official_text(columns: str) -> None:
    described = _describe(LAW.replace("HĐ\nNam", f"HĐ{columns}Nam"))
    assert described.title == "NGHỊ QUYẾT VỀ VIỆC TRỒNG CÂY BÊN KÊNH"
    assert described.published == date(2024, 11, 26)


def test_an_official_text_without_a_kind_is_named_by_its_number() -> None:
    described = _describe("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLuật số: 51/2024/QH15\n" + BODY)
    assert described.title == "Luật số: 51/2024/QH15"


def test_a_long_title_is_cut_at_a_word() -> None:
    title = _describe("đường làng " * 100).title
    assert len(title) <= 200
    assert title.endswith(("làng…", "đường…"))


def test_metadata_is_kept() -> None:
    known = Description("Tên đã biết", "Nguồn  đã biết", date(2022, 2, 2))
    described = describe("a.html", f"Sửa đường\n05/03/2024 07:45\n(langque.vn)\n{BODY}", known)
    assert described == Description("Tên đã biết", "Nguồn đã biết", date(2022, 2, 2))
