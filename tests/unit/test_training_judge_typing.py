import pytest

from eval.typing_styles import TypingStyle
from index.typing_table import load_typing_table
from index.word_statistics import NoStatistics
from training.judge_typing import PassageStatistics, share_restored

QUESTION = "Viện kiểm sát nhân dân tối cao ở đâu?"


@pytest.mark.parametrize("style", [TypingStyle.ACCENTED, TypingStyle.TELEX, TypingStyle.VNI])
def test_what_is_understood_counts(style: TypingStyle) -> None:
    table = load_typing_table()
    assert share_restored([QUESTION], style, table=table, statistics=NoStatistics()) == 1


def test_a_syllable_that_does_not_come_back_lowers_the_share() -> None:
    table = load_typing_table()
    rare = "Bà Nguyễn Thị Ngẫm nói gì?"  # a name that only its own document could restore
    alone = share_restored([rare], TypingStyle.UNACCENTED, table=table, statistics=NoStatistics())
    assert alone == 5 / 6


def test_passages_are_counted_once_each() -> None:
    statistics = PassageStatistics(["sen sen hồng", "sen trắng"])
    assert (statistics.word_count("sen"), statistics.pair_count("sen", "hồng")) == (2, 1)
