import json
import lzma

import numpy as np
import pytest
from numpy.typing import NDArray

from index.reading_tokens import ReadingTokenizer
from training.word_types import WordTypes, learn_word_types

CITIES, YEARS = ("Huế", "Vinh", "Lạng"), ("1954", "1968", "1975")


@pytest.fixture(scope="module")
def types(tmp_path_factory: pytest.TempPathFactory) -> WordTypes:
    data = tmp_path_factory.mktemp("data")
    (data / "text").mkdir()
    lines = [f"Ông đến {city} vào năm {year} rồi ở lại." for city in CITIES for year in YEARS] * 20
    lines += ["Sóc"] * 20
    for name, texts in (("wiki", lines), ("news", []), ("law", [])):
        content = "\n".join(json.dumps({"text": text}) for text in texts)
        (data / f"text/{name}.jsonl.xz").write_bytes(lzma.compress(content.encode()))
    return learn_word_types(data, sample=1.0, seed=1)


def ids(words: tuple[str, ...]) -> NDArray[np.int64]:
    return np.array([tokens.ids[0] for tokens in ReadingTokenizer().encode(words)])


def test_words_in_the_same_places_have_like_vectors(types: WordTypes) -> None:
    norms = np.linalg.norm(types.vectors, axis=1, keepdims=True)
    unit = types.vectors / np.maximum(norms, 1e-9)
    cities, years = unit[ids(CITIES)], unit[ids(YEARS)]
    assert (cities @ cities.T).min() > 0.9
    assert (years @ years.T).min() > 0.9
    assert (cities @ years.T).max() < 0.5


def test_every_token_is_counted_and_unseen_ones_have_no_direction(types: WordTypes) -> None:
    assert types.counts[ids(CITIES)].tolist() == [60, 60, 60]
    assert types.counts.sum() == 180 * 9 + 20
    assert np.abs(types.vectors[types.counts == 0]).max() < 1e-6


def test_words_of_different_texts_are_not_neighbours(types: WordTypes) -> None:
    alone = ids(("Sóc",))[0]
    assert types.counts[alone] == 20
    assert np.abs(types.vectors[alone]).max() < 1e-6
