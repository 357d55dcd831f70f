"""Files of questions and answers: each answer is the document to find."""

import json
from pathlib import Path

import pytest

from documents.document import Document
from documents.errors import DanChungError
from eval.collection import Collection, Question
from eval.faq import load_faq
from eval.loading import load_collection, load_distractors


def _write(path: Path, *records: dict[str, str]) -> Path:
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


PAIRS = (
    {"question": "Mấy giờ mở cửa?", "answer": "Bảy giờ sáng."},
    {"question": "Có chỗ để xe không?", "answer": "Có, ở sân sau."},
    {"question": "Khi nào mở cửa?", "answer": " Bảy giờ  sáng.\n"},
)


def test_answers_become_documents_each_once(tmp_path: Path) -> None:
    assert load_collection(_write(tmp_path / "a.jsonl", *PAIRS)) == Collection(
        "a.jsonl",
        (
            Question("câu-1", "Mấy giờ mở cửa?", documents=("0001.txt",)),
            Question("câu-2", "Có chỗ để xe không?", documents=("0002.txt",)),
            Question("câu-3", "Khi nào mở cửa?", documents=("0001.txt",)),
        ),
        (
            Document("0001.txt", "Bảy giờ sáng.", "0001.txt"),
            Document("0002.txt", "Có, ở sân sau.", "0002.txt"),
        ),
        ("3 câu hỏi không có mã, được đánh số theo thứ tự.",),
    )


def test_answers_may_be_distractors(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.jsonl", *PAIRS)
    assert [d.path for d in load_distractors([path])] == ["1-a/0001.txt", "1-a/0002.txt"]


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([PAIRS[0], {"question": "?", "answer": " "}], "dòng 2: cần trường “answer”"),
        ([PAIRS[0], {"answer": "x"}], "dòng 2: cần trường “question”"),
        ([], "cần ít nhất một câu hỏi"),
    ],
)
def test_malformed_pairs_are_refused(
    tmp_path: Path, records: list[dict[str, str]], message: str
) -> None:
    with pytest.raises(DanChungError, match=message):
        load_faq(_write(tmp_path / "a.jsonl", *records))
