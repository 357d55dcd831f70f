"""From files to collections: what is read, merged, counted, and refused with a reason."""

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from documents.document import Document
from documents.errors import DanChungError
from eval.collection import Collection, Question
from eval.loading import load_collection, load_distractors, with_distractors

HUE = "Huế là kinh đô của triều Nguyễn từ năm 1802."
HANOI = "Hà Nội là thủ đô của Việt Nam."


def _qa(name: str, question: str, *answers: str, **more: object) -> dict[str, object]:
    golds = [{"text": answer, "answer_start": 0} for answer in answers]
    return {"id": name, "question": question, "answers": golds} | more


def _article(*paragraphs: tuple[str, list[dict[str, object]]], **more: object) -> dict[str, object]:
    return {"paragraphs": [{"context": text, "qas": qas} for text, qas in paragraphs]} | more


def _write(path: Path, *articles: dict[str, object]) -> Path:
    path.write_text(json.dumps({"data": list(articles)}, ensure_ascii=False), encoding="utf-8")
    return path


def _lines(path: Path, *records: object) -> Path:
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def test_squad_contexts_become_documents(tmp_path: Path) -> None:
    path = _write(
        tmp_path / "a.json",
        _article((HUE, [_qa("1", "Kinh đô ở đâu?", "Huế", "Huế")]), title="Cố_đô_Huế"),
        _article((HANOI, [_qa("2", "Thủ đô ở đâu?", "Hà Nội")]), title="Hà Nội"),
    )
    assert load_collection(path) == Collection(
        "a.json",
        (
            Question("1", "Kinh đô ở đâu?", ("Huế",), ("0001/0001.txt",)),
            Question("2", "Thủ đô ở đâu?", ("Hà Nội",), ("0002/0001.txt",)),
        ),
        (
            Document("0001/0001.txt", HUE, "Cố đô Huế"),
            Document("0002/0001.txt", HANOI, "Hà Nội"),
        ),
    )


def test_squad_may_be_packed_and_decomposed(tmp_path: Path) -> None:
    plain = _write(tmp_path / "a.json", _article((HUE, [_qa("1", "Ơ\u0309 đâu?", "Huê\u0301")])))
    packed = tmp_path / "a.json.xz"
    packed.write_bytes(lzma.compress(plain.read_bytes()))
    question = load_collection(packed).questions[0]
    assert (question.text, question.answers) == ("Ở đâu?", ("Huế",))


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"is_impossible": True}, id="impossible"),
        pytest.param({"is_impossible": True, "answers": [{"text": "Huế"}]}, id="with an answer"),
        pytest.param({"answers": []}, id="no answers"),
    ],
)
def test_squad_question_without_answer_is_to_be_refused(
    tmp_path: Path, more: dict[str, object]
) -> None:
    path = _write(tmp_path / "a.json", _article((HUE, [_qa("1", "Ai xây?", **more)])))
    collection = load_collection(path)
    assert collection.questions == (Question("1", "Ai xây?", refuse=True),)
    assert collection.notes == ()


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        pytest.param(["Huế", "Hà Nội"], ["Huế", "Hà Nội"], id="telling titles stay"),
        pytest.param(["Wikipedia", "Wikipedia"], ["", ""], id="shared by all"),
        pytest.param(["kinh đô Ở ĐÂU", "Hà Nội"], ["", "Hà Nội"], id="is a question"),
        pytest.param(["Thủ đô ở đâu?", "Hà Nội"], ["Thủ đô ở đâu?", "Hà Nội"], id="of another"),
        pytest.param([None, "Hà Nội"], ["", "Hà Nội"], id="missing"),
    ],
)
def test_squad_title_that_leaks_or_says_nothing_is_withheld(
    tmp_path: Path, titles: list[str | None], expected: list[str]
) -> None:
    path = _write(
        tmp_path / "a.json",
        _article((HUE, [_qa("1", "Kinh đô ở đâu?", "Huế")]), title=titles[0]),
        _article((HANOI, [_qa("2", "Thủ đô ở đâu?", "Hà Nội")]), title=titles[1]),
    )
    documents = load_collection(path).documents
    assert [d.title for d in documents] == [
        title or document.path for title, document in zip(expected, documents, strict=True)
    ]


def test_squad_title_of_a_lone_article_stays(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.json", _article((HUE, [_qa("1", "Ở đâu?", "Huế")]), title="Huế"))
    assert load_collection(path).documents[0].title == "Huế"


def test_squad_equal_contexts_are_one_document(tmp_path: Path) -> None:
    path = _write(
        tmp_path / "a.json",
        _article((HUE, [_qa("1", "Kinh đô ở đâu?", "Huế")]), title="Kinh đô ở đâu"),
        _article((f" {HUE}\n", [_qa("2", "Năm nào?", "1802")]), title="Nhà Nguyễn"),
    )
    collection = load_collection(path)
    assert collection.documents == (Document("0001/0001.txt", HUE, "Nhà Nguyễn"),)
    assert [q.documents for q in collection.questions] == [("0001/0001.txt",)] * 2
    assert "1 đoạn văn trùng nội dung được gộp làm một tài liệu." in collection.notes


def test_repeated_and_missing_question_ids_get_one_of_their_own(tmp_path: Path) -> None:
    qas = [_qa(name, "Ở đâu?", "Huế") for name in ("a", "a", "a#2", "", "a")]
    collection = load_collection(_write(tmp_path / "a.json", _article((HUE, qas))))
    assert [q.id for q in collection.questions] == ["a", "a#2", "a#2#2", "câu-4", "a#3"]
    assert collection.notes == (
        "3 mã câu hỏi bị lặp, được thêm đuôi #2, #3….",
        "1 câu hỏi không có mã, được đánh số theo thứ tự.",
    )


def test_answers_that_are_elsewhere_or_blank_are_counted(tmp_path: Path) -> None:
    golds = [{"text": "1802", "answer_start": 3}, {"text": " "}, {"text": "triều Nguyễn"}]
    path = _write(tmp_path / "a.json", _article((HUE, [_qa("1", "?", answers=golds)])))
    collection = load_collection(path)
    assert collection.questions[0].answers == ("1802", "triều Nguyễn")
    assert collection.notes == (
        "1 đáp án lệch vị trí ghi trong tệp, chỉ dùng phần chữ.",
        "1 đáp án rỗng bị bỏ qua.",
    )


def test_unanswerable_question_asked_in_the_same_words_is_counted(tmp_path: Path) -> None:
    path = _write(
        tmp_path / "a.json",
        _article((HUE, [_qa("1", "Kinh đô?", "Huế")]), (HANOI, [_qa("2", "kinh đô")])),
    )
    assert load_collection(path).notes == (
        "1 câu “không trả lời được” có cùng lời với một câu trả lời được;"
        " số đo từ chối của bộ này không đáng tin.",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("{", r"^a\.json: không phải JSON hợp lệ ở dòng 1, cột 2", id="not JSON"),
        pytest.param("[" * 100_000, r"^a\.json: .*lồng nhau quá sâu", id="too deep"),
        pytest.param("[]", r"^a\.json: cần một đối tượng JSON", id="a list"),
        pytest.param("{}", r"^a\.json: cần trường “data”", id="no data"),
        pytest.param('{"data": [3]}', r"^a\.json: data\[0\]: cần một đối tượng", id="a number"),
        pytest.param(
            '{"data": [{"paragraphs": [{"qas": []}]}]}',
            r"^a\.json: data\[0\]\.paragraphs\[0\]: cần trường “context”",
            id="no context",
        ),
        pytest.param(
            '{"data": [{"paragraphs": [{"context": "x", "qas": [{"question": 3.5}]}]}]}',
            r"qas\[0\]: trường “question” phải là chuỗi",
            id="question is a number",
        ),
        pytest.param(
            '{"data": [{"paragraphs": [{"context": "x", "qas": [{"question": "?",'
            ' "is_impossible": "no"}]}]}]}',
            r"qas\[0\]: trường “is_impossible” phải là true hoặc false",
            id="not a truth value",
        ),
        pytest.param(
            '{"data": [{"paragraphs": [{"context": "x", "qas": [{"question": "?",'
            ' "answers": {"text": []}}]}]}]}',
            r"qas\[0\]: trường “answers” phải là danh sách",
            id="answers not a list",
        ),
        pytest.param(
            '{"data": [{"paragraphs": []}]}', r"^a\.json: không có câu hỏi nào", id="no question"
        ),
    ],
)
def test_malformed_squad_is_refused_with_its_place(
    tmp_path: Path, content: str, message: str
) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DanChungError, match=message):
        load_collection(path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", b"\xff{}", "byte thứ 0 không phải UTF-8"),
        ("a.json.xz", b"{}", "tệp nén xz bị hỏng"),
        ("a.csv", b"", "Không biết đọc .*a.csv"),
        ("a.xz", b"", "Không biết đọc .*a.xz"),
    ],
)
def test_unreadable_file_is_refused(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DanChungError, match=message):
        load_collection(path)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DanChungError, match=r"Không có tệp .*nowhere\.json"):
        load_collection(tmp_path / "nowhere.json")


def test_truncated_xz_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json.xz"
    path.write_bytes(lzma.compress(b"{}" * 1000)[:-8])
    with pytest.raises(DanChungError, match="bị hỏng"):
        load_collection(path)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            {"answers": ["Huế", "Huế"], "documents": ["a.txt", "b.txt"], "refuse": False},
            Question("1", "Ở đâu?", ("Huế",), ("a.txt", "b.txt")),
        ),
        ({"documents": ["a.txt"]}, Question("1", "Ở đâu?", (), ("a.txt",))),
        ({"answers": ["Huế"]}, Question("1", "Ở đâu?", ("Huế",))),
        ({"refuse": True}, Question("1", "Ở đâu?", refuse=True)),
        ({}, Question("1", "Ở đâu?", refuse=True)),
    ],
)
def test_json_lines(tmp_path: Path, record: dict[str, object], expected: Question) -> None:
    path = _lines(tmp_path / "a.jsonl", {"id": 1, "question": "Ở đâu?"} | record)
    assert load_collection(path).questions == (expected,)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"question": " "}, "dòng 2: cần trường “question”"),
        ({"answers": "Huế"}, "dòng 2: trường “answers” phải là danh sách"),
        ({"answers": [1]}, "dòng 2: trường “answers” phải là danh sách chuỗi"),
        ({"answers": ["Huế"], "refuse": True}, "dòng 2: .*thì “answers” phải rỗng"),
        ({"answers": [], "refuse": False}, "dòng 2: cần “answers”, “documents”"),
        ({"refuse": 1}, "dòng 2: trường “refuse” phải là true hoặc false"),
    ],
)
def test_malformed_json_lines_are_refused_with_their_line(
    tmp_path: Path, record: dict[str, object], message: str
) -> None:
    good = {"id": "0", "question": "Ở đâu?", "answers": ["Huế"]}
    path = _lines(tmp_path / "a.jsonl", good, {"id": "1", "question": "?"} | record)
    with pytest.raises(DanChungError, match=message):
        load_collection(path)


def test_empty_json_lines_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DanChungError, match="cần ít nhất một câu hỏi"):
        load_collection(_lines(tmp_path / "a.jsonl"))


def _beir(folder: Path, qrels: str) -> Path:
    (folder / "qrels").mkdir(parents=True)
    corpus = [
        {"_id": "d1", "title": "Huế", "text": HUE},
        {"_id": "d2", "title": "", "text": HANOI},
        {"_id": "d3", "title": "Chỉ tên", "text": ""},
    ]
    _lines(folder / "corpus.jsonl", *corpus)
    _lines(folder / "queries.jsonl", {"_id": "q1", "text": "Ở đâu?"}, {"_id": 2, "text": "Gì?"})
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_beir_folder(tmp_path: Path) -> None:
    qrels = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t1\nq1\td3\t0\n"
    assert load_collection(_beir(tmp_path / "scifact", qrels)) == Collection(
        "scifact",
        (Question("q1", "Ở đâu?", (), ("d1", "d2"), grades=(2, 1)),),
        (
            Document("d1", HUE, "Huế"),
            Document("d2", HANOI, "d2"),
            Document("d3", "Chỉ tên", "Chỉ tên"),
        ),
        ("1 câu của queries.jsonl không có tài liệu đúng trong qrels/test.tsv, bị bỏ.",),
    )


@pytest.mark.parametrize(
    ("qrels", "message"),
    [
        ("q1\td1\n", r"qrels/test\.tsv: dòng 1: cần ba cột"),
        ("q1\td1\tcao\n", r"qrels/test\.tsv: dòng 1: cần ba cột"),
        ("q9\td1\t1\n", "không khớp câu hỏi nào"),
        ("q1\td1\t1\nq9\td1\t1\n", "1 câu trong qrels/test.tsv không có .*: q9"),
    ],
)
def test_malformed_qrels_are_refused(tmp_path: Path, qrels: str, message: str) -> None:
    with pytest.raises(DanChungError, match=message):
        load_collection(_beir(tmp_path / "b", qrels))


def test_beir_corpus_with_a_repeated_id_is_refused(tmp_path: Path) -> None:
    folder = _beir(tmp_path / "b", "q1\td1\t1\n")
    record: Any = {"_id": "d1", "text": "x"}
    _lines(folder / "corpus.jsonl", record, record)
    with pytest.raises(DanChungError, match=r"corpus\.jsonl: dòng 2: mã “d1” đã có"):
        load_collection(folder)


def test_folder_that_is_not_beir_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DanChungError, match=r"Không có tệp .*corpus\.jsonl"):
        load_collection(tmp_path)


def test_distractors_are_added_once_and_never_a_gold_text(tmp_path: Path) -> None:
    collection = load_collection(
        _write(tmp_path / "a.json", _article((HUE, [_qa("1", "Ở đâu?", "Huế")])))
    )
    other = _write(tmp_path / "more.json", _article((HUE.replace(" ", "  "), []), (HANOI, [])))
    both = with_distractors(collection, load_distractors([other, other]))
    assert [d.path for d in both.documents] == ["0001/0001.txt", "1-more/0001/0002.txt"]
    assert both.questions == collection.questions
    assert both.notes == ("3 tài liệu gây nhiễu trùng nội dung bị bỏ qua.",)
