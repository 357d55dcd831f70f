"""Gold spans are read strictly and held against the documents."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from documents.document import Document
from documents.folder import FolderSource
from eval.collection import Question, Span
from eval.gold_spans import sound_spans
from eval.hashes import text_hash
from eval.kinds import KINDS
from eval.loading import load_collection
from eval.records import MalformedCollectionError
from eval.typing_styles import TypingStyle

ROOT = Path(__file__).parents[2]
SAMPLES = [ROOT / "eval" / f"sample_{part}.jsonl" for part in ("dev", "test")]
DOCUMENTS = {"hue.txt": Document("hue.txt", "Kinh đô nhà Nguyễn ở Huế.", "Huế")}
GOOD = {
    "id": "a",
    "question": "Kinh đô ở đâu?",
    "answers": ["Huế"],
    "documents": ["hue.txt"],
    "kind": "where",
    "items": ["Huế", "Huế"],
    "spans": [{"document": "hue.txt", "start": 21, "end": 24}],
}


def _load(folder: Path, *records: object) -> Sequence[Question]:
    path = folder / "q.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return load_collection(path).questions


def test_kind_items_and_spans_are_read(tmp_path: Path) -> None:
    (question,) = _load(tmp_path, GOOD)
    assert (question.kind, question.items) == ("where", ("Huế",))
    assert question.spans == (Span("hue.txt", 21, 24),)
    assert sound_spans([question], DOCUMENTS.get).questions == (question,)
    assert sound_spans([question], DOCUMENTS.get).notes == ()


def test_a_span_of_a_question_without_a_known_answer_holds(tmp_path: Path) -> None:
    (question,) = _load(tmp_path, {**GOOD, "answers": [], "items": []})
    assert sound_spans([question], DOCUMENTS.get).questions == (question,)


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ({"document": "x.txt", "start": 0, "end": 1}, "“x.txt” không có trong “documents”"),
        ({"start": 0, "end": 1}, "cần trường “document”"),
        ({"document": "hue.txt", "start": 0}, "cần “start” và “end”"),
        ({"document": "hue.txt", "start": 3, "end": 3}, "cần .*, 0 ≤ start < end"),
        ({"document": "hue.txt", "start": -1, "end": 3}, "cần .*, 0 ≤ start < end"),
        ({"document": "hue.txt", "start": "0", "end": 3}, "trường “start” phải là số nguyên"),
    ],
)
def test_a_malformed_span_is_refused_with_its_line(
    tmp_path: Path, span: dict[str, object], message: str
) -> None:
    with pytest.raises(MalformedCollectionError, match=rf"dòng 2: spans\[0\]: {message}"):
        _load(tmp_path, GOOD, GOOD | {"id": "b", "spans": [span]})


def test_a_repeated_id_of_marked_questions_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(MalformedCollectionError, match="dòng 3: mã “a” đã có"):
        _load(tmp_path, GOOD, GOOD | {"id": "b"}, GOOD)


def test_a_repeated_id_of_plain_questions_is_mended_as_before(tmp_path: Path) -> None:
    plain = {"id": "a", "question": "Ở đâu?", "answers": ["Huế"]}
    assert [question.id for question in _load(tmp_path, plain, plain)] == ["a", "a#2"]


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (21, 26, r"nằm ngoài văn bản \(25 ký tự\)"),
        (0, 7, "là “Kinh đô”, không chứa đáp án nào"),
        (21, 23, "là “Hu”, không chứa"),
    ],
)
def test_a_span_that_holds_no_answer_is_left_out_and_listed_with_its_line(
    tmp_path: Path, start: int, end: int, message: str
) -> None:
    span = {"document": "hue.txt", "start": start, "end": end}
    questions = _load(tmp_path, GOOD, GOOD | {"id": "b", "spans": [span]})
    sound = sound_spans(questions, DOCUMENTS.get)
    assert [len(question.spans) for question in sound.questions] == [1, 0]
    assert re.search(f"^1 đoạn .*: q.jsonl: dòng 2: đoạn .* {message}", sound.notes[0])


def test_a_span_of_a_text_that_has_changed_is_left_out_though_it_still_holds_the_answer(
    tmp_path: Path,
) -> None:
    marked = {"document": "hue.txt", "start": 21, "end": 24}
    now, before = text_hash(DOCUMENTS["hue.txt"].text), text_hash("Kinh đô cũ")
    records = [
        GOOD | {"id": name, "spans": [marked | {"hash": value}]}
        for name, value in (("a", now), ("b", before))
    ]
    sound = sound_spans(_load(tmp_path, *records), DOCUMENTS.get)
    assert [len(question.spans) for question in sound.questions] == [1, 0]
    assert sound.notes == (
        "1 đoạn đánh dấu không còn đúng, không dùng để chấm; hãy đánh dấu lại: q.jsonl: dòng 2:"
        " đoạn 21–24 của hue.txt được đánh dấu trên văn bản khác, tài liệu đã đổi.",
    )


def test_a_missing_document_is_left_to_the_note_about_it(tmp_path: Path) -> None:
    assert sound_spans(_load(tmp_path, GOOD), lambda _: None).notes == ()


@pytest.fixture(scope="module")
def sample_records() -> list[dict[str, Any]]:
    lines = [line for path in SAMPLES for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def test_the_sample_questions_fit_the_sample_articles() -> None:
    source = FolderSource(ROOT / "documents" / "articles")
    documents = {entry.path: source.load(entry.path) for entry in source.entries()}
    for path in SAMPLES:
        questions = load_collection(path).questions
        assert sound_spans(questions, documents.get).notes == ()
        assert {p for question in questions for p in question.documents} == set(documents)
        assert {question.kind for question in questions} == set(KINDS)
        for question in questions:
            assert question.refuse == (question.kind in {"near_miss", "off_topic"})
            assert question.refuse or (question.answers and question.spans)
            assert bool(question.items) == (question.kind == "list")


def test_the_items_of_a_list_stand_in_its_spans() -> None:
    source = FolderSource(ROOT / "documents" / "articles")
    for path in SAMPLES:
        for question in load_collection(path).questions:
            spans = [source.load(s.document).text[s.start : s.end] for s in question.spans]
            text = "\n".join(spans).lower()
            missing = [item for item in question.items if item.lower() not in text]
            assert (question.id, missing) == (question.id, [])


def test_the_sample_questions_are_many_distinct_and_typed_in_every_way(
    sample_records: list[dict[str, Any]],
) -> None:
    assert len(sample_records) >= 150
    assert len({record["id"] for record in sample_records}) == len(sample_records)
    assert len({record["question"] for record in sample_records}) == len(sample_records)
    ways = {style.value for style in TypingStyle} - {"nfd"} | {"mixed"}
    assert {record["typing"] for record in sample_records} == ways
