from pathlib import Path

import numpy as np
import pytest
from model2vec import StaticModel
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from index import embedding
from index.embedding import BUNDLED_FOLDER, StaticEmbedder

TEXTS = [
    "Hội nghị bế mạc chiều 26/11; 98,5% phiếu thuận.",
    "vie\u0323\u0302n   KIỂM SÁT",
    "5°C, 3€, a_b “Lan” " + "x" * 60,
    "東京 は 首都",
    "",
    "  \n",
]


def expected(folder: Path, texts: list[str]) -> np.ndarray:
    """Return model2vec's own unit vectors."""
    model = StaticModel.from_pretrained(folder, normalize=True)
    return model.encode(texts, max_length=None, use_multiprocessing=False)


def test_vectors_are_the_library_s_own_when_words_are_new_and_when_they_are_known() -> None:
    embedder = StaticEmbedder(BUNDLED_FOLDER, name="bundled")
    for _ in range(2):
        vectors = embedder.embed_passages(TEXTS)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(vectors, expected(BUNDLED_FOLDER, TEXTS), atol=1e-6)
    np.testing.assert_array_equal(embedder.embed_query(TEXTS[0]), vectors[0])
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)


def test_words_are_forgotten_not_mistaken_when_many_are_met(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(embedding, "_WORDS_REMEMBERED", 3)
    embedder = StaticEmbedder(BUNDLED_FOLDER, name="bundled")
    np.testing.assert_allclose(
        embedder.embed_passages(TEXTS), expected(BUNDLED_FOLDER, TEXTS), atol=1e-6
    )


@pytest.mark.parametrize("split", [True, False], ids=["by_word", "across_words"])
def test_a_tokenizer_that_reads_across_words_is_given_whole_texts(
    tmp_path: Path, *, split: bool
) -> None:
    vocabulary = {"[UNK]": 0, "hà": 1, "nội": 2, "hà nội": 3, "mưa": 4}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, "[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = (
        pre_tokenizers.Whitespace() if split else pre_tokenizers.Split(",", "removed")
    )
    vectors = np.random.default_rng(1).normal(size=(5, 8)).astype(np.float32)
    StaticModel(vectors, tokenizer).save_pretrained(tmp_path)
    embedder = StaticEmbedder(tmp_path, name="tiny")
    texts = ["Hà Nội", "Hà Nội,mưa", "mưa Hà Nội"]
    np.testing.assert_allclose(embedder.embed_passages(texts), expected(tmp_path, texts), atol=1e-6)
