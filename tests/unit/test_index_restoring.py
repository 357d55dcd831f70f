"""Lost accents and informal spellings, by context."""

import pytest

from index.restoring import agrees, restore, words_of
from index.typing_table import TypingTable, load_typing_table
from index.word_statistics import NoStatistics


@pytest.fixture(scope="module")
def table() -> TypingTable:
    return load_typing_table()


def restored(text: str, table: TypingTable) -> str:
    return " ".join(restore(words_of(text), table, NoStatistics()))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vien kiem sat nhan dan toi cao", "viện kiểm sát nhân dân tối cao"),
        ("Ai chu tri hoi nghi", "Ai chủ trì hội nghị"),
        ("Viện kiem sát nhan dan", "Viện kiểm sát nhân dân"),
        ("VKSND là gì", "VKSND là gì"),
        ("Thu tuong Viet Nam nam 2020 la ai ?", "Thủ tướng Việt Nam năm 2020 là ai ?"),
        ("BO CONG AN O DAU", "BỘ CÔNG AN Ở ĐÂU"),
        ("Hà Nội có bn quận", "Hà Nội có bao nhiêu quận"),
        ("tại sao mk ko đc vay", "tại sao mình không được vay"),
        ("công an fải làm gì", "công an phải làm gì"),
        ("nghành công an làm gì", "ngành công an làm gì"),
    ],
)
def test_what_was_lost_is_restored(typed: str, meant: str, table: TypingTable) -> None:
    assert restored(typed, table) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "Ai chủ trì hội nghị cho vay trong năm 2020",
        "Điểm a khoản 1 Điều 5 quy định gì",
        "Khi nao công bố điểm thực tập",  # one word may be a slip: it is not corrected
        "Ngan nhà và ngan hoang khác nhau chỗ nào",  # a rare word, twice
        "Cầu thủ Ko Jin là ai",
        "What is the capital of Vietnam",
        "how are you",
        "Số kg tối đa của hành lý",
        "DELF_B1 là gì",
        "Xem dantri.com.vn ở đâu",
        "COVID F0 B1",
        "",
        "? ? ?",
    ],
)
def test_what_was_meant_stays(typed: str, table: TypingTable) -> None:
    words = words_of(typed)
    assert restore(words, table, NoStatistics()) == [word.typed for word in words]


@pytest.mark.parametrize(
    ("syllable", "typed", "agreed"),
    [
        ("được", "đuoc", True),
        ("đuốc", "đuoc", True),
        ("dược", "đuoc", False),
        ("được", "duơc", True),
        ("viện", "viên", True),
        ("viên", "viện", False),
        ("viện", "vien", True),
        ("viện", "viẹn", True),
        ("viện", "vién", False),
        ("viện", "kiem", False),
    ],
)
def test_typed_marks_are_binding(syllable: str, typed: str, agreed: bool) -> None:  # noqa: FBT001
    assert agrees(syllable, typed) is agreed


def test_a_marked_syllable_that_exists_is_never_changed(table: TypingTable) -> None:
    """Likelier is "viện kiểm sát", but "viên" was typed."""
    assert restored("nhan dan va viên kiem sat toi cao", table).split()[3] == "viên"


def test_a_syllable_that_cannot_be_is_completed(table: TypingTable) -> None:
    assert restored("toi đuoc vay tien o dau", table) == "tôi được vay tiền ở đâu"


def test_the_index_decides_between_likely_words(table: TypingTable) -> None:
    class Names:
        def word_count(self, word: str) -> int:
            return {"bùi": 200, "thoa": 200}.get(word, 0)

        def pair_count(self, first: str, second: str) -> int:
            return 200 if (first, second) == ("bùi", "thoa") else 0

    words = words_of("bui thoa la ai")
    assert restore(words, table, Names())[:2] == ["bùi", "thoa"]
