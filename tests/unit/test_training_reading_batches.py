import numpy as np
import pytest
import torch

from index.reading_tokens import ReadingTokenizer
from training.reading_batches import Shown, draw_batches, make_batch
from training.span_data import Example, ReadingData
from training.span_network import SpanNetwork
from training.span_reader import Stage, learn, loss_of

SIZE = 16
TEXTS = ("Cầu Long Biên khánh thành năm 1902.", "Trời mưa to ở Huế.", "Sông Hồng chảy qua Hà Nội.")


@pytest.fixture(scope="module")
def tokenizer() -> ReadingTokenizer:
    return ReadingTokenizer()


@pytest.fixture(scope="module")
def data(tokenizer: ReadingTokenizer) -> ReadingData:
    ids = [tokens.ids for tokens in tokenizer.encode(["cầu khánh thành năm nào", "mưa ở đâu"])]
    examples = [
        Example(ids[0], (0, 1, 2), ((6, 7),)),
        Example(ids[1], (1,), ((4, 5),)),
    ] * SIZE
    return ReadingData(tokenizer.encode(TEXTS), examples, [0] * len(examples))


def test_a_batch_pads_and_shifts_ids(data: ReadingData, tokenizer: ReadingTokenizer) -> None:
    batch = make_batch(data, [(data.examples[0].question, np.array([0, 1]))], tokenizer.folded)
    assert batch.passage[:7, 0].tolist() == (data.passages[0].ids + 1).tolist()
    assert batch.passage[:, 1].tolist() == [*(data.passages[1].ids + 1).tolist(), 0, 0]
    assert batch.questions == 1


def test_a_question_that_loses_its_accents_is_compared_without_them(
    data: ReadingData, tokenizer: ReadingTokenizer
) -> None:
    asked = [(data.examples[0].question, np.array([0]))]
    batch = make_batch(data, asked, tokenizer.folded, unaccented=[True])
    assert batch.question[:, 0].tolist() == (tokenizer.folded[asked[0][0]] + 1).tolist()


def test_every_example_comes_once_with_its_passage_first(
    data: ReadingData, tokenizer: ReadingTokenizer
) -> None:
    generator = np.random.default_rng(0)
    places = range(len(data.examples))
    drawn = list(
        draw_batches(data, places, tokenizer.folded, generator, Shown(SIZE, each=3, nothing=0.0))
    )
    gold = [spans for _, batch_gold in drawn for spans in batch_gold]
    assert sorted(gold) == sorted(example.spans for example in data.examples)
    for batch, batch_gold in drawn:
        firsts = batch.passage[:, :: batch.each].t().tolist()
        for ids, spans in zip(firsts, batch_gold, strict=True):
            right = 0 if spans == ((6, 7),) else 1
            assert [i for i in ids if i] == (data.passages[right].ids + 1).tolist()


def test_without_the_right_passage_there_is_no_gold(
    data: ReadingData, tokenizer: ReadingTokenizer
) -> None:
    generator = np.random.default_rng(0)
    places = range(0, len(data.examples), 2)
    [(batch, gold)] = draw_batches(
        data, places, tokenizer.folded, generator, Shown(SIZE, each=2, nothing=1.0)
    )
    assert gold == [()] * SIZE
    assert batch.passage.shape[1] == 2 * SIZE


def test_a_question_without_answer_is_asked_of_its_own_passages(
    data: ReadingData, tokenizer: ReadingTokenizer
) -> None:
    silent = Example(data.examples[0].question, (2,), ())
    asked = ReadingData(data.passages, [silent] * SIZE, [0] * SIZE)
    shown = Shown(SIZE, each=1, nothing=0.0)
    generator = np.random.default_rng(0)
    [(batch, gold)] = draw_batches(asked, range(SIZE), tokenizer.folded, generator, shown)
    assert gold == [()] * SIZE
    assert batch.passage.t().tolist() == [(data.passages[2].ids + 1).tolist()] * SIZE


def test_the_network_learns_what_it_is_shown(
    data: ReadingData, tokenizer: ReadingTokenizer
) -> None:
    torch.manual_seed(0)
    network = SpanNetwork(len(tokenizer.folded) + 1)
    generator = np.random.default_rng(0)
    places = range(len(data.examples))
    batch, gold = next(
        draw_batches(data, places, tokenizer.folded, generator, Shown(SIZE, each=2, nothing=0.0))
    )
    before = loss_of(network, batch, gold).item()
    stage = Stage(epochs=4, rate=5e-3, shown=Shown(SIZE, each=2, nothing=0.0), dropout=0.0)
    learn(network, data, list(places), tokenizer.folded, stage, seed=1)
    assert loss_of(network, batch, gold).item() < before / 2
