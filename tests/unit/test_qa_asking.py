"""What a question asks, and what it is about."""

import pytest

from qa.asking import MOST_IN_TOPIC, own_words, topic_of
from qa.spoken import spoken


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Bảo Đại thoái vị khi nào?", "Bảo Đại thoái vị"),
        ("Vì sao kế hoạch bị hoãn?", "kế hoạch bị hoãn"),
        ("Ai chủ trì hội nghị ngày 5/6/2021?", "chủ trì hội nghị ngày 5/6/2021"),
        ("Pháp nhân có chịu trách nhiệm không?", "Pháp nhân chịu trách nhiệm"),
        ("Thành phố mới gồm những nơi nào?", "Thành phố mới"),
        ("Hội nghị tổng kết: ai chủ trì?", "Hội nghị tổng kết, chủ trì"),
        ("Khi nào thì bầu Hà Nội?", "bầu Hà Nội"),
        ("Cụm 6 đạt được bao nhiêu?", "Cụm 6 đạt"),
        ("Vì sao?", ""),
    ],
)
def test_the_topic_is_the_question_without_the_words_that_ask(question: str, topic: str) -> None:
    assert topic_of(question) == topic


def test_a_long_topic_is_cut_at_its_end() -> None:
    topic = topic_of("mỏ " * 99 + "ở đâu?")
    assert topic.split() == ["mỏ"] * MOST_IN_TOPIC


@pytest.mark.parametrize(
    ("question", "words"),
    [("Vì sao?", ()), ("Gồm những tỉnh nào?", ()), ("Bầu ngày nào?", ("bầu",))],
)
def test_own_words_are_those_that_neither_ask_nor_join(
    question: str, words: tuple[str, ...]
) -> None:
    assert own_words(spoken(question)) == words


def test_words_that_ask_are_known_without_accents() -> None:
    assert own_words(spoken("vi sao hoan", accented=False)) == ("hoan",)
