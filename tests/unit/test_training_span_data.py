import json
import lzma
from pathlib import Path

import pytest
import torch

from index.reading_tokens import ReadingTokenizer
from training.span_data import ReadingData, add_persons
from training.span_network import SpanNetwork
from training.span_reader import tune_frequent_words

QUESTION = "Kiến trúc sư của Bưu điện Hà Nội là ai?"
ANSWERING = "Bưu điện Hà Nội do Auguste Henri Vildieu vẽ."
SILENT = tuple(
    f"Tòa nhà số {number} bên hồ Hoàn Kiếm có từ thời Pháp thuộc, nay là cửa hàng."
    for number in range(20)
)


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    answer = "Auguste Henri Vildieu"
    paragraphs = [
        (ANSWERING, [{"text": answer, "answer_start": ANSWERING.index(answer)}]),
        *((text, []) for text in SILENT),
    ]
    content = {
        "data": [
            {
                "paragraphs": [
                    {"context": text, "qas": [{"question": QUESTION, "answers": answers}]}
                    for text, answers in paragraphs
                ]
            }
        ]
    }
    path = tmp_path / "persons.json.xz"
    path.write_bytes(lzma.compress(json.dumps(content).encode()))
    return path


def test_silent_paragraphs_are_wrong_passages_and_questions_without_answer(squad: Path) -> None:
    tokenizer = ReadingTokenizer()
    data = ReadingData(tokenizer.encode(["Đoạn có trước."]))
    add_persons(data, squad, tokenizer, sample=1.0, seed=1)
    answered, *silent = data.examples
    assert answered.passages == (1, *range(2, 22))
    [(start, end)] = answered.spans
    tokens = data.passages[1]
    assert ANSWERING[tokens.starts[start] : tokens.ends[end - 1]] == "Auguste Henri Vildieu"
    assert 5 < len(silent) < 20
    for example in silent:
        assert example.spans == ()
        assert sorted(example.passages) == list(range(2, 22))
    assert data.folds == [-1] * len(data.examples)


def test_only_frequent_words_move() -> None:
    network = SpanNetwork(9001)
    counts = torch.arange(9000).numpy()
    tune_frequent_words(network, counts)
    network.embedding(torch.tensor([1, 1000, 1001, 9000])).sum().backward()
    gradient = network.embedding.weight.grad
    assert gradient is not None
    assert gradient[[1, 1000]].abs().sum() == 0
    assert (gradient[[1001, 9000]] == 1).all()
