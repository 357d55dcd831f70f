from pathlib import Path

import numpy as np
import pytest
import torch

from index.reading_tokens import ReadingTokenizer
from index.span_reader import MODEL_PATH, SpanReader, load_span_reader
from index.tree_ensemble import ModelFileError
from training.reading_batches import make_batch
from training.span_data import ReadingData
from training.span_network import SpanNetwork

QUESTION = "Ông Hòa sinh năm nào?"
TEXTS = ("Ông Hòa sinh năm 1958, quê ở Huế.", "Mưa to.", "Bà Lan (1960) nói: ông Hòa đến.")


@pytest.fixture(scope="module")
def tokenizer() -> ReadingTokenizer:
    return ReadingTokenizer()


@pytest.fixture(scope="module")
def network(tokenizer: ReadingTokenizer) -> SpanNetwork:
    torch.manual_seed(0)
    return SpanNetwork(len(tokenizer.folded) + 1).eval()


@pytest.fixture(scope="module")
def reader(network: SpanNetwork, tokenizer: ReadingTokenizer) -> SpanReader:
    weights = {name: values.numpy() for name, values in network.state_dict().items()}
    return SpanReader(weights, tokenizer)


def test_numpy_and_torch_give_the_same_scores(
    reader: SpanReader, network: SpanNetwork, tokenizer: ReadingTokenizer
) -> None:
    data = ReadingData(tokenizer.encode(TEXTS), [], [])
    ids = tokenizer.encode([QUESTION])[0].ids
    batch = make_batch(data, [(ids, np.arange(3))], tokenizer.folded)
    with torch.inference_mode():
        start, end, nothing = network(batch.question, batch.passage, batch.features)
    read = reader.read(QUESTION, TEXTS)
    assert read.nothing == pytest.approx(nothing.item(), abs=1e-5)
    for column, passage in enumerate(read.passages):
        size = len(passage.starts)
        assert passage.starts == pytest.approx(start[:size, column].numpy(), abs=1e-5)
        assert passage.ends == pytest.approx(end[:size, column].numpy(), abs=1e-5)


def test_a_passage_is_read_the_same_whatever_stands_beside_it(reader: SpanReader) -> None:
    together, alone = reader.read(QUESTION, TEXTS), reader.read(QUESTION, TEXTS[1:2])
    assert together.passages[1].starts == pytest.approx(alone.passages[0].starts, abs=1e-5)


def test_ids_and_text_are_read_alike(reader: SpanReader, tokenizer: ReadingTokenizer) -> None:
    ids = tokenizer.encode([QUESTION])[0].ids
    by_ids = reader.read_tokens(ids, tokenizer.encode(TEXTS))
    by_text = reader.read(QUESTION, TEXTS)
    assert by_ids.passages[0].starts == pytest.approx(by_text.passages[0].starts, abs=1e-6)


def test_texts_and_questions_without_words_hold_no_answer(reader: SpanReader) -> None:
    assert reader.read("?", TEXTS).passages[0].best_span()[0] == -np.inf
    assert reader.read(QUESTION, ["…", "!"]).passages[1].best_span()[0] == -np.inf
    assert reader.read(QUESTION, []).passages == ()
    mixed = reader.read(QUESTION, ["…", TEXTS[0]]).passages
    assert mixed[0].best_span()[0] == -np.inf
    assert mixed[1].best_span()[0] > -np.inf


def test_long_questions_and_passages_are_cut(reader: SpanReader) -> None:
    read = reader.read("ai " * 500, ["mưa to " * 2000])
    assert np.isfinite(read.passages[0].starts).all()
    assert len(read.passages[0].starts) == len(read.passages[0].tokens.ids) < 4000


@pytest.mark.parametrize("content", [None, b"", b"\x08\x00\x00\x00\x00\x00\x00\x00{}      "])
def test_a_missing_or_damaged_model_is_named_with_the_remedy(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "model.safetensors"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelFileError, match="make span-reader"):
        load_span_reader(path)


@pytest.mark.skipif(not MODEL_PATH.exists(), reason="the model is not made yet")
def test_the_bundled_model_finds_a_year_and_a_place() -> None:
    reader = load_span_reader()
    passage = reader.read(QUESTION, TEXTS).passages[0]
    _, start, end = passage.best_span()
    tokens = passage.tokens
    assert "1958" in TEXTS[0][tokens.starts[start] : tokens.ends[end - 1]]
