"""ALQAC: articles become documents, questions name them, faults are told with their place."""

import json
import lzma
from pathlib import Path

import pytest

from documents.document import Document
from documents.errors import DanChungError
from eval.alqac import load_alqac
from eval.cli import main
from eval.collection import Collection, Question
from eval.loading import Form, form_of, load_collection

LAWS = [
    {
        "id": "Luật Cây xanh",
        "articles": [
            {"id": "1", "text": "Phạm vi điều chỉnh\n\nLuật này nói về cây trên phố."},
            {"id": "2", "text": "1. Ai cũng\nđược trồng cây."},
        ],
    },
    {"id": "Luật Hồ nước", "articles": [{"id": "1", "text": "Cấm đổ rác xuống hồ"}]},
]
QUESTION = {
    "question_id": "q1",
    "text": "Luật nào nói về cây?",
    "relevant_articles": [
        {"law_id": "Luật Cây xanh", "article_id": "1"},
        {"law_id": "Luật Cây xanh", "article_id": "2"},
    ],
    "answer": "A",
}


def _write(
    folder: Path, *questions: object, laws: object = LAWS, name: str = "alqac_laws.json"
) -> Path:
    (folder / name).write_text(json.dumps(laws), encoding="utf-8")
    path = folder / "hoi.jsonl"
    path.write_text("\n".join(map(json.dumps, questions or [QUESTION])), encoding="utf-8")
    return path


def test_each_article_is_a_document_and_questions_name_theirs(tmp_path: Path) -> None:
    assert load_collection(_write(tmp_path)) == Collection(
        "hoi.jsonl",
        (Question("q1", "Luật nào nói về cây?", documents=("Luật Cây xanh/1", "Luật Cây xanh/2")),),
        (
            Document(
                "Luật Cây xanh/1",
                "Phạm vi điều chỉnh\n\nLuật này nói về cây trên phố.",
                "Luật Cây xanh, Điều 1. Phạm vi điều chỉnh",
            ),
            Document(
                "Luật Cây xanh/2",
                "1. Ai cũng\nđược trồng cây.",
                "Luật Cây xanh, Điều 2",
            ),
            Document("Luật Hồ nước/1", "Cấm đổ rác xuống hồ", "Luật Hồ nước, Điều 1"),
        ),
    )


def test_laws_may_be_packed_or_named(tmp_path: Path) -> None:
    path = _write(tmp_path, name="other.json")
    expected = load_alqac(path, tmp_path / "other.json")
    packed = tmp_path / "alqac_laws.json.xz"
    packed.write_bytes(lzma.compress((tmp_path / "other.json").read_bytes()))
    assert load_alqac(path) == expected


def test_missing_laws_are_asked_for_by_name(tmp_path: Path) -> None:
    path = _write(tmp_path, name="other.json")
    with pytest.raises(DanChungError, match=r"alqac_laws\.json.*--documents FILE"):
        load_alqac(path)


@pytest.mark.parametrize(
    ("laws", "message"),
    [
        ({}, r"^alqac_laws\.json: cần một danh sách JSON"),
        ([], r"^alqac_laws\.json: cần ít nhất một điều luật"),
        ([{"id": "A", "articles": [{"id": "1"}]}], r"\[0\]\.articles\[0\]: cần trường “text”"),
        ([*LAWS, LAWS[1]], r"\[2\]: điều “Luật Hồ nước/1” đã có"),
    ],
)
def test_malformed_laws_are_refused(tmp_path: Path, laws: object, message: str) -> None:
    with pytest.raises(DanChungError, match=message):
        load_alqac(_write(tmp_path, laws=laws))


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (QUESTION | {"text": ""}, "dòng 2: cần trường “text”"),
        (QUESTION | {"relevant_articles": []}, "dòng 2: cần “relevant_articles”"),
        (
            QUESTION | {"relevant_articles": [{"law_id": "A"}]},
            r"dòng 2: relevant_articles\[0\]: cần trường “article_id”",
        ),
    ],
)
def test_malformed_questions_are_refused_with_their_line(
    tmp_path: Path, question: object, message: str
) -> None:
    with pytest.raises(DanChungError, match=message):
        load_alqac(_write(tmp_path, QUESTION, question))


@pytest.mark.parametrize("option", ["--index i", "--index i --distractors x"])
def test_an_index_in_place_is_refused(
    tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["run", str(_write(tmp_path)), *option.split()])
    assert "bộ ALQAC mang theo các điều luật" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "line", "form"),
    [
        ("a.jsonl", '{"relevant_articles": []}', Form.ALQAC),
        ("a.jsonl", '{"question": "?", "answer": "x"}', Form.FAQ),
        ("a.jsonl", '{"question": "?", "answer": "x", "answers": []}', Form.JSON_LINES),
        ("a.jsonl", "{", Form.JSON_LINES),
        ("a.jsonl", "", Form.JSON_LINES),
        ("a.jsonl.xz", "not packed", Form.JSON_LINES),
        ("a.json", "", Form.SQUAD),
        ("a.txt", "", Form.UNKNOWN),
    ],
)
def test_form_is_told_by_the_name_and_the_first_line(
    tmp_path: Path, name: str, line: str, form: Form
) -> None:
    (tmp_path / name).write_text(line, encoding="utf-8")
    assert form_of(tmp_path / name) is form


def test_a_missing_file_of_lines_has_the_plain_form(tmp_path: Path) -> None:
    assert form_of(tmp_path / "no.jsonl") is Form.JSON_LINES
    assert form_of(tmp_path) is Form.BEIR
