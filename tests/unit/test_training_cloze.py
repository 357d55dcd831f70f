import numpy as np
import pytest

from index.reading_tokens import ReadingTokenizer
from training.cloze import ClozeMaker

FIRST = (
    "Cầu Long Biên được khánh thành năm 1902, bắc qua sông Hồng ở Hà Nội. "
    "Ông Paul Doumer chủ trì lễ khánh thành cầu Long Biên."
)
SECOND = "Ngày nay cầu Long Biên vẫn nối hai bờ sông Hồng, do Paul Doumer cho xây và khánh thành."


@pytest.fixture(scope="module")
def tokenizer() -> ReadingTokenizer:
    return ReadingTokenizer()


def questions(tokenizer: ReadingTokenizer) -> list[tuple[str, int, str]]:
    maker = ClozeMaker(tokenizer, np.zeros(len(tokenizer.vocabulary), dtype=np.bool_))
    passages = tokenizer.encode([FIRST, SECOND])
    made = []
    for seed in range(30):
        for ids, place, (start, end) in maker.make(passages, np.random.default_rng(seed), most=9):
            words = [tokenizer.vocabulary[token] for token in ids]
            tokens = passages[place]
            text = (FIRST, SECOND)[place]
            made.append((" ".join(words), place, text[tokens.starts[start] : tokens.ends[end - 1]]))
    return made


def test_a_year_a_person_and_a_place_are_asked_for(tokenizer: ReadingTokenizer) -> None:
    made = questions(tokenizer)
    assert any(answer == "1902" and "nào" in asked.split() for asked, _, answer in made)
    assert any(
        answer.endswith("Paul Doumer") and "ai" in asked.split() for asked, _, answer in made
    )
    assert any(answer == "Hà Nội" and "đâu" in asked.split() for asked, _, answer in made)


def test_the_question_does_not_hold_its_answer(tokenizer: ReadingTokenizer) -> None:
    for asked, _, answer in questions(tokenizer):
        if answer in {"1902", "Hà Nội"}:
            assert answer.lower() not in asked


def test_an_answer_that_stands_in_another_passage_too_is_asked_of_that_one(
    tokenizer: ReadingTokenizer,
) -> None:
    about_doumer = [place for asked, place, answer in questions(tokenizer) if "Doumer" in answer]
    assert {0, 1} == set(about_doumer)


def test_the_same_seed_makes_the_same_questions(tokenizer: ReadingTokenizer) -> None:
    assert questions(tokenizer) == questions(tokenizer)
