"""Articles as they are in the data files, cut into passages."""

import json
import lzma
from pathlib import Path

import pytest

from training.corpus import (
    QUESTION_FILES,
    TEXT_FILES,
    TrainingDataError,
    cut_passages,
    read_articles,
    read_questions,
    require_data,
)
from training.embedder import main

SENTENCE = "Một hai ba bốn năm sáu bảy tám chín mười. "


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write(text)


def test_passages_are_whole_sentences_of_about_the_length_asked_for() -> None:
    passages = list(cut_passages(SENTENCE * 5, 20))
    assert [len(passage) for passage in passages] == [2, 2]  # ten syllables are too few


def test_a_wiki_section_is_the_lead_of_its_passages(tmp_path: Path) -> None:
    text = f"{SENTENCE * 2}\n\n== Lịch sử ==\n{SENTENCE * 2}"
    write(tmp_path, "text/wiki.jsonl.xz", json.dumps({"title": "Huế", "text": text}))
    (passages,) = read_articles(tmp_path, "text/wiki.jsonl.xz", sample=1, seed=1)
    assert [(p.title, p.lead) for p in passages] == [("Huế", "Huế"), ("Huế", "Huế Lịch sử")]
    assert all("==" not in sentence for p in passages for sentence in p.sentences)


def test_an_article_of_law_is_asked_for_by_its_heading(tmp_path: Path) -> None:
    body = f"1. {SENTENCE}\n27\nCÔNG BÁO/Số 1/Ngày 2\n2. {SENTENCE}\n"
    text = f"LUẬT\nĐiều 1. Phạm vi \nđiều chỉnh\n{body}Điều 2. Hiệu lực\n{body}"
    write(tmp_path, "text/law.jsonl.xz", json.dumps({"title": "luat", "text": text}))
    (passages,) = read_articles(tmp_path, "text/law.jsonl.xz", sample=1, seed=1)
    assert [p.title for p in passages] == ["Phạm vi điều chỉnh", "Hiệu lực"]
    assert passages[0].sentences == (f"1. {SENTENCE}".strip(), f"2. {SENTENCE}".strip())


def test_a_sample_of_the_articles_repeats_with_the_seed(tmp_path: Path) -> None:
    line = json.dumps({"title": "a", "lead": "b", "text": SENTENCE * 2})
    write(tmp_path, "text/news.jsonl.xz", "\n".join([line] * 200))
    read = [
        [p[0].group for p in read_articles(tmp_path, "text/news.jsonl.xz", sample=0.3, seed=7)]
        for _ in range(2)
    ]
    assert read[0] == read[1]
    assert 30 < len(read[0]) < 90


def test_unanswerable_questions_and_false_pairs_are_left_out(tmp_path: Path) -> None:
    entries = [{"question": "có"}, {"question": "không", "is_impossible": True}]
    squad = {"data": [{"paragraphs": [{"context": "Một câu.", "qas": entries}]}]}
    pairs = [
        {"question": "đúng", "paragraph": "Đoạn.", "answers": True},
        {"question": "sai", "paragraph": "Đoạn.", "answers": False},
        {"question": "cũng đúng", "paragraph": "Đoạn.", "answers": True},
    ]
    write(tmp_path, "qa/persons_train.json.xz", json.dumps(squad))
    write(tmp_path, "qa/zalo2019_pairs.jsonl.xz", "\n".join(map(json.dumps, pairs)))
    assert [p.questions for p in read_questions(tmp_path, "qa/persons_train.json.xz")] == [("có",)]
    assert [p.questions for p in read_questions(tmp_path, "qa/zalo2019_pairs.jsonl.xz")] == [
        ("đúng", "cũng đúng")
    ]


def test_missing_data_is_named(tmp_path: Path) -> None:
    for name in (*TEXT_FILES, *QUESTION_FILES[1:]):
        write(tmp_path, name, "")
    with pytest.raises(TrainingDataError, match=f"{QUESTION_FILES[0]} missing"):
        require_data(tmp_path)


def test_the_command_ends_with_one_line_when_the_data_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path / "nowhere"), "--output", str(tmp_path / "model")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "model").exists()
