"""The folder an embedder is written to: exact enough, and read alike by both its readers."""

from pathlib import Path

import numpy as np
import pytest
from model2vec import StaticModel
from numpy.typing import NDArray

from training.exporting import quantise, save_embedder
from training.vocabulary import build_tokenizer, count_words

TEXTS = ["Người dân hỏi.", "toà án trả lời người dân", "??", "日本 hỏi"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tokenizer = build_tokenizer(count_words(TEXTS[:2]), words=30, pieces=1)
    generator = np.random.default_rng(1)
    vectors = generator.standard_normal((tokenizer.get_vocab_size(), 4)).astype(np.float32)
    vectors[0] = 0
    save_embedder(tmp_path / "model", vectors, tokenizer)
    return tmp_path / "model"


def encode_by_hand(folder: Path, text: str) -> NDArray[np.float32]:
    model = StaticModel.from_pretrained(folder)
    assert model.weights is not None
    ids = model.tokenize([text])[0]
    total = (model.embedding[ids] * model.weights[ids][:, None]).mean(axis=0, dtype=np.float32)
    return np.asarray(total / np.linalg.norm(total))


def test_vectors_survive_in_eight_bits() -> None:
    vectors = np.random.default_rng(1).standard_normal((50, 16)).astype(np.float32)
    vectors[7] = 0
    rows = quantise(vectors)
    assert rows.embeddings.dtype == np.int8
    back = rows.embeddings * rows.weights[:, None]
    assert (np.abs(back - vectors) <= rows.weights[:, None] / 2 + 1e-6).all()


def test_a_text_s_vector_is_the_mean_of_its_tokens_at_unit_length(folder: Path) -> None:
    encoded = StaticModel.from_pretrained(folder).encode(TEXTS)
    np.testing.assert_allclose(encoded[1], encode_by_hand(folder, TEXTS[1]), atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(encoded, axis=1), [1, 1, 0, 1], atol=1e-6)


def test_a_long_text_is_not_cut(folder: Path) -> None:
    model = StaticModel.from_pretrained(folder)
    long = "hỏi " * 5000 + "toà án " * 5000
    np.testing.assert_allclose(model.encode([long]), model.encode(["hỏi toà án"]), atol=1e-3)


def test_a_missing_vector_is_refused(tmp_path: Path) -> None:
    tokenizer = build_tokenizer({"dân": 2}, words=1, pieces=1)
    vectors = np.ones((tokenizer.get_vocab_size() - 1, 4), np.float32)
    with pytest.raises(ValueError, match=r"\d+ vectors for \d+ tokens"):
        save_embedder(tmp_path, vectors, tokenizer)


def test_the_model_card_stays(folder: Path) -> None:
    (folder / "README.md").write_text("card", encoding="utf-8")
    tokenizer = build_tokenizer({"dân": 2}, words=1, pieces=1)
    save_embedder(folder, np.ones((tokenizer.get_vocab_size(), 4), np.float32), tokenizer)
    assert (folder / "README.md").read_text(encoding="utf-8") == "card"


@pytest.mark.model
def test_sentence_transformers_gives_the_same_vectors_as_model2vec(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    heavy = SentenceTransformer(str(folder), device="cpu").encode(TEXTS)
    light = StaticModel.from_pretrained(folder).encode(TEXTS)
    np.testing.assert_allclose(heavy, light, atol=1e-6)
