import json
import lzma

import numpy as np
import pytest

from index.reading_tokens import ReadingTokenizer, TokenisedText
from training.cloze import Cloze, ClozeMaker
from training.compounds import Words, count_words

WORDS = "gió lúa mưa nắng của là và trời chợ phố đê ga hồ cây đá cát".split()  # noqa: SIM905 - shorter
ARTICLE = (
    "Cầu Long Biên bắc qua sông Hồng ở Hà Nội, do hãng Daydé và Pillé xây, khánh thành năm 1902.",
    "Năm 1902, toàn quyền Paul Doumer dự lễ khánh thành cầu Long Biên, cây cầu dài 2.290 mét.",
    "Ông Paul Doumer sau này làm tổng thống Pháp và bị ám sát năm 1932 ở Paris.",
)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    data = tmp_path_factory.mktemp("data")
    (data / "text").mkdir()
    generator = np.random.default_rng(0)
    texts = [" ".join([*generator.choice(WORDS, size=30), "khánh thành"]) for _ in range(400)]
    for name, lines in (("wiki", texts), ("news", []), ("law", [])):
        content = "\n".join(json.dumps({"text": text}) for text in lines)
        (data / f"text/{name}.jsonl.xz").write_bytes(lzma.compress(content.encode()))
    return count_words(data, sample=1.0, seed=1)


def compound(words: Words, text: str) -> bool:
    first, second = ReadingTokenizer().encode([text])[0].ids.tolist()
    return first * len(words.counts) + second in set(words.compounds.tolist())


def made(words: Words, texts: tuple[str, ...] = ARTICLE) -> list[tuple[str, str, Cloze]]:
    tokenizer = ReadingTokenizer()
    passages = tokenizer.encode(texts)
    generator = np.random.default_rng(1)
    found = []
    for _ in range(20):
        for cloze in ClozeMaker(tokenizer, words).make(passages, generator, most=9):
            question = " ".join(tokenizer.vocabulary[token] for token in cloze.question)
            start, end = cloze.spans[0]
            found.append(
                (question, answer(texts[cloze.place], passages[cloze.place], start, end), cloze)
            )
    return found


def answer(text: str, tokens: TokenisedText, start: int, end: int) -> str:
    return text[tokens.starts[start] : tokens.ends[end - 1]]


def test_syllables_that_always_stand_together_make_a_word(words: Words) -> None:
    assert compound(words, "khánh thành")
    assert not compound(words, "gió lúa")
    assert not compound(words, "mưa nắng")


def test_a_question_asks_for_what_is_the_answer(words: Words) -> None:
    questions = made(words)
    assert len(questions) > 20
    years = [question for question, found, _ in questions if found == "1902"]
    assert years
    assert all("nào" in question.split() for question in years)
    for question, found, cloze in questions:
        assert found
        assert f" {found.lower()} " not in f" {question} " or len(cloze.spans) > 1


def test_some_are_asked_of_another_passage_that_holds_the_same_answer(words: Words) -> None:
    of_doumer = {cloze.place for _, found, cloze in made(words) if found == "Paul Doumer"}
    of_year = {cloze.place for _, found, cloze in made(words) if found == "1902"}
    assert len(of_doumer | of_year) > 1


def test_every_place_of_the_answers_words_is_right(words: Words) -> None:
    for _, found, cloze in made(words):
        tokens = ReadingTokenizer().encode([ARTICLE[cloze.place]])[0]
        spans = {answer(ARTICLE[cloze.place], tokens, *span).lower() for span in cloze.spans}
        assert spans == {found.lower()}


def test_passages_without_anything_to_ask_give_no_questions(words: Words) -> None:
    assert made(words, ("và của là", "…")) == []
