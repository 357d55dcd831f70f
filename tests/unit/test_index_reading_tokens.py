import numpy as np
import pytest

from index.reading_tokens import MARKS, MATCHES, ReadingTokenizer, matches

TEXT = "Ngày 26/11, ông Hòa (UBND) nói. Backpropagationista rất khó!"


@pytest.fixture(scope="module")
def tokenizer() -> ReadingTokenizer:
    return ReadingTokenizer()


def test_tokens_stand_where_they_say(tokenizer: ReadingTokenizer) -> None:
    tokens = tokenizer.encode([TEXT])[0]
    words = [TEXT[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    assert words[:8] == ["Ngày", "26", "11", "ông", "Hòa", "UBND", "nói", "Back"]


def test_marks_say_how_a_token_is_written_and_what_precedes_it(tokenizer: ReadingTokenizer) -> None:
    tokens = tokenizer.encode([TEXT])[0]
    words = [TEXT[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    marked = {
        mark: [word for word, is_so in zip(words, tokens.marks[:, column], strict=True) if is_so]
        for column, mark in enumerate(MARKS)
    }
    assert marked["capital"] == ["Ngày", "Hòa", "UBND", "Back"]
    assert marked["all_capitals"] == ["UBND"]
    assert marked["digit"] == ["26", "11"]
    assert marked["starts_sentence"] == ["Ngày", "Back"]
    assert marked["after_comma"] == ["ông"]
    assert marked["after_bracket"] == ["UBND"]
    assert marked["after_other"] == ["11", "ông", "UBND", "nói", "Back"]
    assert "".join(marked["continuing"]) == "propagationista"


def test_tokens_equal_without_accents_share_a_folded_id(tokenizer: ReadingTokenizer) -> None:
    accented, plain = tokenizer.encode(["Viện kiểm sát đã nói", "vien kiem sat da noi"])
    assert accented.folded.tolist() == plain.folded.tolist()
    assert accented.ids.tolist() != plain.ids.tolist()


def matched(question: str, passage: str, *, folded: bool) -> dict[str, list[bool]]:
    tokenizer = ReadingTokenizer()
    asked, text = tokenizer.encode([question, passage])
    table = matches(asked, text, folded=folded)
    return {name: table[:, column].tolist() for column, name in enumerate(MATCHES)}


def test_matches_tell_accents_and_pairs() -> None:
    found = matched("toà án tỉnh", "tòa án tinh tế", folded=False)
    assert found["same"] == [False, True, False, False]
    assert found["same_folded"] == [True, True, True, False]
    assert found["pair_with_previous"] == [False, True, True, False]
    assert found["pair_with_next"] == [True, True, False, False]


def test_a_question_without_accents_matches_without_them() -> None:
    found = matched("toa an", "tòa án", folded=True)
    assert found["same"] == [True, True]


@pytest.mark.parametrize("text", ["", "?!", "…\n"])
def test_a_text_without_words_has_no_tokens(tokenizer: ReadingTokenizer, text: str) -> None:
    tokens = tokenizer.encode([text])[0]
    assert tokens.marks.shape == (0, len(MARKS))
    assert matches(tokens, tokens, folded=False).shape == (0, len(MATCHES))
    assert tokens.ids.dtype == np.int64
