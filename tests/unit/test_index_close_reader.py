from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from index.close_reader import (
    CLS,
    FEATURES,
    FIRST_TOKEN,
    MODEL_FOLDER,
    PAIR,
    SEPARATOR,
    CloseReader,
    in_one,
    load_close_reader,
    pair_rows,
)
from index.reading_tokens import MARKS, MATCHES, ReadingTokenizer
from index.tree_ensemble import ModelFileError
from training.close_batches import AskedPassages, asked_batch
from training.close_export import write_close_reader
from training.close_network import CloseNetwork, Shape

QUESTION = "Ông Hòa sinh năm nào?"
TEXTS = ("Ông Hòa sinh năm 1958, quê ở Huế.", "Mưa to.", "Bà Lan (1960) nói: ông Hòa đến.")
Keys = NDArray[np.int32]
SMALL = Shape(layers=2, width=32, heads=2, inner=48, words=16, pairs=8)


@pytest.fixture(scope="module")
def tokenizer() -> ReadingTokenizer:
    return ReadingTokenizer()


@pytest.fixture(scope="module")
def pair_keys(tokenizer: ReadingTokenizer) -> Keys:
    ids = tokenizer.encode([TEXTS[0]])[0].ids + FIRST_TOKEN
    return np.unique(ids[:-1] * PAIR + ids[1:]).astype(np.int32)


@pytest.fixture(scope="module")
def network(tokenizer: ReadingTokenizer, pair_keys: Keys) -> CloseNetwork:
    torch.manual_seed(0)
    network = CloseNetwork(len(tokenizer.folded), len(pair_keys), SMALL).eval()
    torch.nn.init.normal_(network.score.weight)
    torch.nn.init.normal_(network.pairs.weight)
    return network


class Maker(Protocol):
    def __call__(self, *, quantised: bool) -> CloseReader: ...


@pytest.fixture(scope="module")
def made(network: CloseNetwork, pair_keys: Keys, tmp_path_factory: pytest.TempPathFactory) -> Maker:
    def make(*, quantised: bool) -> CloseReader:
        folder = tmp_path_factory.mktemp("close_reader")
        write_close_reader(network, pair_keys, folder, quantised=quantised)
        return load_close_reader(folder)

    return make


def test_onnx_and_torch_give_the_same_scores(
    made: Maker,
    network: CloseNetwork,
    tokenizer: ReadingTokenizer,
    pair_keys: Keys,
) -> None:
    asked, *texts = tokenizer.encode([QUESTION, *TEXTS])
    batch = asked_batch([AskedPassages(asked, texts, [[], [], []], folded=False)], pair_keys, 40)
    rows = batch.sequences
    with torch.inference_mode():
        inputs = network.inputs(rows.ids, rows.pairs, rows.features)
        scores = network.score(network(inputs, rows.ids > 0)).numpy()
    before = len(asked.ids) + 2
    exact, rounded = (
        made(quantised=False).read(QUESTION, TEXTS),
        made(quantised=True).read(QUESTION, TEXTS),
    )
    spread = float(scores[0, : before + len(texts[0].ids)].std())
    for row, passage, rough in zip(scores, exact.passages, rounded.passages, strict=True):
        size = len(passage.starts)
        assert passage.starts == pytest.approx(row[before : before + size, 0], abs=0.03 * spread)
        assert passage.ends == pytest.approx(row[before : before + size, 1], abs=0.03 * spread)
        assert rough.starts == pytest.approx(passage.starts, abs=0.3 * spread)
    nothing = float(np.log(np.exp(scores[:, 0, 2]).mean()))
    assert exact.nothing == pytest.approx(nothing, abs=0.03 * spread)


def test_question_and_passage_stand_in_one_sequence(tokenizer: ReadingTokenizer) -> None:
    asked, passage = tokenizer.encode([QUESTION, TEXTS[0]])
    ids, features = in_one(asked, passage, folded=False)
    before = len(asked.ids) + 2
    assert ids[0] == CLS
    assert ids[before - 1] == SEPARATOR
    assert (ids[before:] - FIRST_TOKEN).tolist() == passage.ids.tolist()
    assert features.shape == (len(ids), FEATURES)
    assert not features[:before].any()
    assert features[before:, -1].all()
    assert features[before:, : len(MARKS)].tolist() == passage.marks.tolist()
    same = features[before:, len(MARKS) + MATCHES.index("same")].tolist()
    assert same == [True, True, True, True, *[False] * (len(passage.ids) - 4)]


def test_a_question_without_accents_is_read_without_them(tokenizer: ReadingTokenizer) -> None:
    plain, accented = tokenizer.encode(["ong Hoa sinh nam nao", QUESTION])
    passage = tokenizer.encode([TEXTS[0]])[0]
    one, its_features = in_one(plain, passage, folded=True)
    other, features = in_one(accented, passage, folded=True)
    assert one.tolist() == other.tolist()
    assert its_features.tolist() == features.tolist()


def test_known_pairs_have_rows_of_their_own_and_all_others_the_first() -> None:
    keys = np.array([5 * PAIR + 6, 6 * PAIR + 5], dtype=np.int32)
    assert pair_rows(np.array([5, 6, 5, 5]), keys).tolist() == [0, 1, 2, 0, 0]


def test_a_passage_is_read_the_same_whatever_stands_beside_it(
    made: Maker,
) -> None:
    reader = made(quantised=False)
    together, alone = reader.read(QUESTION, TEXTS), reader.read(QUESTION, TEXTS[1:2])
    assert together.passages[1].starts == pytest.approx(alone.passages[0].starts, abs=1e-5)


def test_texts_and_questions_without_words_hold_no_answer(
    made: Maker,
) -> None:
    reader = made(quantised=False)
    assert reader.read("?", TEXTS).passages[0].best_span()[0] == -np.inf
    assert reader.read(QUESTION, ["…", "!"]).passages[1].best_span()[0] == -np.inf
    assert reader.read(QUESTION, []).passages == ()
    mixed = reader.read(QUESTION, ["…", TEXTS[0]]).passages
    assert mixed[0].best_span()[0] == -np.inf
    assert mixed[1].best_span()[0] > -np.inf


def test_long_questions_and_passages_are_cut(made: Maker) -> None:
    read = made(quantised=False).read("ai " * 500, ["mưa to " * 2000])
    assert np.isfinite(read.passages[0].starts).all()
    assert len(read.passages[0].starts) == len(read.passages[0].tokens.ids) < 4000


@pytest.mark.parametrize("content", [None, b"", b"not a network", b"\x08\x07"])
def test_a_missing_or_damaged_network_is_named_with_the_remedy(
    tmp_path: Path, content: bytes | None
) -> None:
    (tmp_path / "tables.safetensors").write_bytes(
        (MODEL_FOLDER / "tables.safetensors").read_bytes()
    )
    if content is not None:
        (tmp_path / "model.onnx").write_bytes(content)
    with pytest.raises(ModelFileError, match="make close-reader"):
        load_close_reader(tmp_path)


@pytest.mark.parametrize("content", [None, b"", b"\x08\x00\x00\x00\x00\x00\x00\x00{}      "])
def test_missing_or_damaged_tables_are_named_with_the_remedy(
    tmp_path: Path, content: bytes | None
) -> None:
    (tmp_path / "model.onnx").write_bytes((MODEL_FOLDER / "model.onnx").read_bytes())
    if content is not None:
        (tmp_path / "tables.safetensors").write_bytes(content)
    with pytest.raises(ModelFileError, match="make close-reader"):
        load_close_reader(tmp_path)


def test_the_bundled_model_finds_a_year_and_a_place() -> None:
    reader = load_close_reader()
    for question, answer in ((QUESTION, "1958"), ("ong Hoa que o dau", "Huế")):
        passage = reader.read(question, TEXTS).passages[0]
        _, start, end = passage.best_span()
        assert answer in TEXTS[0][passage.tokens.starts[start] : passage.tokens.ends[end - 1]]
