import json
import lzma
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from index.close_reader import FIRST_TOKEN, MASK, PAIR
from index.reading_tokens import MARKS, ReadingTokenizer
from training import close_reader
from training.close_batches import AskedPassages, MadeBatches, asked_batch, everywhere
from training.close_losses import span_loss
from training.close_network import CloseNetwork, Shape
from training.close_reader import (
    Course,
    Questions,
    Setting,
    frequent_pairs,
    learn_language,
    learn_questions,
)
from training.reading_corpus import Made, ReadingCorpus
from training.span_data import Example, ReadingData, Span, add_pairs

SETTING = Setting("cpu", workers=0, seed=1)
SMALL = Shape(layers=2, width=32, heads=2, inner=48, words=16, pairs=8)
PASSAGES = (
    "Cầu Long Biên bắc qua sông Hồng, khánh thành năm 1902.",
    "Chùa Một Cột ở Hà Nội có từ thời Lý, năm 1049.",
    "Hồ Ba Bể ở tỉnh Bắc Kạn là hồ nước ngọt.",
)
QUESTIONS = ("Cầu Long Biên khánh thành năm nào?", "Chùa Một Cột có từ năm nào?")


@pytest.fixture(scope="module")
def tokenizer() -> ReadingTokenizer:
    return ReadingTokenizer()


@pytest.fixture(scope="module")
def corpus(tokenizer: ReadingTokenizer) -> ReadingCorpus:
    passages = tokenizer.encode(PASSAGES * 8)
    answer = tokenizer.encode(["1902"])[0].ids.astype(np.uint16)
    question = tokenizer.encode(["cầu khánh thành năm nào"])[0].ids.astype(np.uint16)
    bits = 1 << np.arange(len(MARKS))
    return ReadingCorpus(
        np.concatenate([p.ids.astype(np.uint16) for p in passages]),
        np.concatenate([(p.marks @ bits).astype(np.uint8) for p in passages]),
        np.cumsum([0, *(len(p.ids) for p in passages)]),
        (Made(question, 0, answer), Made(question, 3, answer)),
    )


@pytest.fixture(scope="module")
def data(tokenizer: ReadingTokenizer) -> ReadingData:
    passages = tokenizer.encode(PASSAGES)
    examples = []
    for number, (question, answer) in enumerate(zip(QUESTIONS, ("1902", "1049"), strict=True)):
        ids, wanted = (one.ids for one in tokenizer.encode([question, answer]))
        spans = tuple(everywhere(passages[number].ids, wanted))
        others = tuple(n for n in range(len(PASSAGES)) if n != number)
        examples.append(Example(ids, (number, *others), spans))
    return ReadingData(list(passages), examples, [0, 0])


def test_pairs_that_punctuation_parts_are_none(
    corpus: ReadingCorpus, tokenizer: ReadingTokenizer
) -> None:
    keys = set(frequent_pairs(corpus).tolist())

    def key(text: str) -> int:
        first, second = (tokenizer.encode([text])[0].ids + FIRST_TOKEN).tolist()
        return int(first * PAIR + second)

    assert key("sông Hồng") in keys
    assert key("Hồng khánh") not in keys


def test_hidden_tokens_are_to_be_guessed_and_do_not_tell_how_they_were_written(
    corpus: ReadingCorpus, tokenizer: ReadingTokenizer
) -> None:
    keys = frequent_pairs(corpus)
    batches = MadeBatches(corpus, tokenizer.folded, keys)
    batch = batches.hidden(40, 32, np.random.default_rng(1))
    masked = batch.sequences.ids == MASK
    share = (batch.targets > 0).float()[:, 2:].mean().item()
    assert 0.15 < share < 0.35
    assert (batch.targets[masked] >= FIRST_TOKEN).all()
    capital = batch.sequences.features[..., MARKS.index("capital")]
    assert capital.any()
    assert not capital[masked].any()
    unchanged = batch.targets == 0
    assert (batch.sequences.ids[:, 2:][unchanged[:, 2:]] >= FIRST_TOKEN).all()


def test_made_questions_are_asked_of_their_passage_and_a_near_one(
    corpus: ReadingCorpus, tokenizer: ReadingTokenizer
) -> None:
    batches = MadeBatches(corpus, tokenizer.folded, frequent_pairs(corpus))
    batch = batches.asked(6, 48, np.random.default_rng(1))
    year = tokenizer.encode(["1902"])[0].ids[0] + FIRST_TOKEN
    assert batch.each == 2
    assert batch.starts.view(6, -1).any(1).all()
    assert (batch.sequences.ids[batch.starts] == year).all()
    assert torch.equal(batch.starts, batch.ends)
    assert not (batch.starts & ~batch.passage).any()


def test_without_a_right_passage_nothing_is_right(tokenizer: ReadingTokenizer) -> None:
    asked, *texts = tokenizer.encode([QUESTIONS[0], *PASSAGES[:2]])
    of_passages: list[list[list[Span]]] = [[[], []], [[(0, 1)], []]]
    batches = [
        asked_batch([AskedPassages(asked, texts, spans, folded=False)], np.array([1], np.int32), 40)
        for spans in of_passages
    ]
    network = CloseNetwork(len(tokenizer.folded), 1, SMALL).eval()
    states = torch.zeros(2, 40, SMALL.width)
    with torch.no_grad():
        network.score.bias.copy_(torch.tensor([0.0, 0.0, 50.0]))
        none, some = (span_loss(network, states, batch, "cpu").item() for batch in batches)
    assert none == pytest.approx(0, abs=1e-3)
    assert some == pytest.approx(50, abs=1)


def test_both_parts_learn_what_they_are_shown(
    corpus: ReadingCorpus,
    data: ReadingData,
    tokenizer: ReadingTokenizer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes = {"_HIDDEN_TEXTS": 4, "_MADE": 4, "_LENGTH": 40, "_ASKED_LENGTH": 40, "_WARM": 5}
    for name, size in sizes.items():
        monkeypatch.setattr(close_reader, name, size)
    torch.manual_seed(0)
    keys = frequent_pairs(corpus)
    network = CloseNetwork(len(tokenizer.folded), len(keys), SMALL)
    batches = MadeBatches(corpus, tokenizer.folded, keys)
    batch = batches.asked(4, 40, np.random.default_rng(5))
    rows = batch.sequences

    def loss() -> float:
        network.eval()
        with torch.no_grad():
            inputs = network.inputs(rows.ids, rows.pairs, rows.features)
            return span_loss(network, network(inputs, rows.ids > 0), batch, "cpu").mean().item()

    before = loss()
    learn_language(network, batches, 60, SETTING)
    assert loss() < before / 2
    words = network.words.weight.detach().clone()
    batch = asked_batch(
        [Questions(data, [n], tokenizer.folded).draw(3, np.random.default_rng(0)) for n in (0, 1)],
        keys,
        40,
    )
    rows = batch.sequences
    before = loss()
    course = Course(epochs=60, rate=3e-3, size=4, each=3, alone=0.5)
    learn_questions(network, Questions(data, [0, 1], tokenizer.folded), keys, course, SETTING)
    assert loss() < before / 2
    assert torch.equal(words, network.words.weight)


def test_pairs_say_which_paragraphs_answer_not_where(
    tokenizer: ReadingTokenizer, tmp_path: Path
) -> None:
    path = tmp_path / "pairs.jsonl.xz"
    lines = [(QUESTIONS[0], PASSAGES[0], True), (QUESTIONS[0], PASSAGES[1], False)]
    lines += [(QUESTIONS[1], PASSAGES[0], False)]
    keys = ("question", "paragraph", "answers")
    records = [json.dumps(dict(zip(keys, line, strict=True))) for line in lines]
    path.write_bytes(lzma.compress("\n".join(records).encode()))
    data = ReadingData(tokenizer.encode(["Đoạn có trước."]))
    add_pairs(data, path, tokenizer)
    answered, silent = data.examples
    assert answered.passages == (1, 2)
    assert answered.spans == tuple((n, n + 1) for n in range(len(data.passages[1].ids)))
    assert silent == replace(silent, passages=(3,), spans=())
    assert data.folds == [-1, -1]
