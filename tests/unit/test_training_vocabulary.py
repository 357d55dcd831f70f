"""The vocabulary on three sentences: what is whole, what is in pieces, what shares a vector."""

import numpy as np
import pytest
from tokenizers import Tokenizer

from training.vocabulary import UNKNOWN, build_tokenizer, count_words, token_tables

CORPUS = [
    "Toà án nhân dân xét xử. Tòa án tối cao.",
    "Người dân hỏi toà án; người dân được trả lời, 30% đúng hạn.",
    "Phần trăm người dân đồng ý.",
]


@pytest.fixture
def tokenizer() -> Tokenizer:
    return build_tokenizer(count_words(CORPUS), words=60, pieces=80)


def tokens(tokenizer: Tokenizer, text: str) -> list[str]:
    return list(tokenizer.encode(text, add_special_tokens=False).tokens)


def test_words_are_counted_in_lower_case_without_punctuation() -> None:
    assert count_words(["Án, án", "ÁN_dân"]) == {"án": 3, "dân": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Người DÂN", ["người", "dân"], id="lower-case"),
        pytest.param("nguoi dan", ["nguoi", "dan"], id="unaccented-whole"),
        pytest.param("Ngu\u031bo\u031b\u0300i", ["người"], id="decomposed"),
        pytest.param("dân,(hỏi)_đúng…", ["dân", "hỏi", "đúng"], id="punctuation-dropped"),
        pytest.param("30%", ["30", "phần", "trăm"], id="percent-sign-reads-as-words"),
        pytest.param("日本", [UNKNOWN], id="unseen-script"),
        pytest.param(" … ", [], id="nothing-to-read"),
    ],
)
def test_tokens(tokenizer: Tokenizer, text: str, expected: list[str]) -> None:
    assert tokens(tokenizer, text) == expected


def test_an_unseen_word_is_spelled_with_pieces(tokenizer: Tokenizer) -> None:
    pieces = tokens(tokenizer, "dânời")
    assert len(pieces) > 1
    assert "".join(pieces).replace("##", "") == "dânời"


def test_frequent_words_come_first_and_rare_ones_are_not_kept_whole() -> None:
    tokenizer = build_tokenizer({"dân": 9, "hỏi": 5, "xử": 2}, words=2, pieces=1)
    assert tokenizer.get_vocab()["dân"] < tokenizer.get_vocab()["hỏi"]
    assert "xử" not in tokenizer.get_vocab()


def test_old_and_new_tone_placement_share_a_vector(tokenizer: Tokenizer) -> None:
    vocabulary = tokenizer.get_vocab()
    canonical = token_tables(tokenizer).canonical
    assert canonical[vocabulary["toà"]] == canonical[vocabulary["tòa"]] == vocabulary["tòa"]


def test_every_token_knows_its_unaccented_form(tokenizer: Tokenizer) -> None:
    vocabulary = tokenizer.get_vocab()
    folded = token_tables(tokenizer).folded
    assert folded[vocabulary["được"]] == vocabulary["duoc"]
    assert folded[vocabulary["toà"]] == folded[vocabulary["tòa"]] == vocabulary["toa"]
    assert folded[vocabulary["30"]] == vocabulary["30"]
    assert folded[vocabulary[UNKNOWN]] == vocabulary[UNKNOWN]
    assert all((tokenizer.id_to_token(int(token)) or "").isascii() for token in np.unique(folded))


def test_the_same_words_give_the_same_tokenizer_though_many_are_equally_frequent() -> None:
    generator = np.random.default_rng(1)
    words = {"".join(generator.choice(list("abcdeghiklmnơư"), 6)): 2 for _ in range(500)}
    first, second = (build_tokenizer(words, words=10, pieces=120).to_str() for _ in range(2))
    assert first == second
