"""python -m eval exam over a real index: what it writes, and what it leaves out."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from fakes import HashEmbedder

from documents.folder import FolderSource
from documents.normalising import fold
from eval.cli import main
from eval.exam.corpus import Corpus
from eval.exam.uniqueness import is_natural, is_unanswered
from eval.exam.variants import variants_of
from eval.gold_spans import SoundSpans, sound_spans
from eval.loading import load_collection
from eval.near_misses import Change
from eval.typing_styles import TypingStyle
from index.syncing import sync

ARTICLES = Path(__file__).parents[2] / "documents" / "articles"
JUDGED = Path(__file__).parents[2] / "eval" / "exam_judged.jsonl"


def _index(folder: Path, texts: dict[str, str]) -> Path:
    documents = folder / "documents"
    documents.mkdir()
    for name, text in texts.items():
        (documents / name).write_text(text, encoding="utf-8")
    sync(FolderSource(documents), folder / "index", embedder=HashEmbedder())
    return folder / "index"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exam") / "index"
    sync(FolderSource(ARTICLES), folder, embedder=HashEmbedder())
    return folder


@pytest.fixture(scope="module")
def lines(index: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    file = tmp_path_factory.mktemp("made") / "exam.jsonl"
    assert main(["exam", "--index", str(index), "--questions", "60", "--output", str(file)]) == 0
    return _lines(file)


def test_the_same_seed_gives_the_same_bytes_and_another_other_ones(
    index: Path, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("a.jsonl", "b.jsonl", "c.jsonl")]
    for file, seed in zip(files, "770", strict=True):
        arguments = ["--questions", "30", "--seed", seed, "--output", str(file)]
        assert main(["exam", "--index", str(index), *arguments]) == 0
    first, same, other = (file.read_bytes() for file in files)
    assert first == same
    assert first != other


def test_questions_are_spread_over_documents_kinds_and_typing(
    lines: list[dict[str, Any]],
) -> None:
    assert len(lines) == 60
    assert len({line["id"] for line in lines}) == 60
    assert len({path for line in lines for path in line["documents"]}) >= 8
    assert {"when", "number", "document", "near_miss"} <= {line["kind"] for line in lines}
    typed = Counter(line["typing"] for line in lines)
    assert set(typed) == {style.value for style in TypingStyle} - {"nfd"}
    assert all(
        line["question"] == line["accented"] for line in lines if line["typing"] == "accented"
    )
    unaccented = [line for line in lines if line["typing"] == "unaccented"]
    assert all(line["question"] == fold(line["accented"]) for line in unaccented)


def test_an_exam_is_a_collection_whose_spans_hold(
    index: Path, lines: list[dict[str, Any]], tmp_path: Path
) -> None:
    file = tmp_path / "exam.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    questions = load_collection(file).questions
    corpus = Corpus(index)
    answerable = [question for question in questions if not question.refuse]
    assert all(question.spans[0].hash for question in answerable)
    assert sound_spans(questions, corpus.document) == SoundSpans(questions, ())
    moved = next(line for line in lines if line["kind"] == "when")
    changed = {**moved, "spans": [{**moved["spans"][0], "hash": "0" * 16}]}
    file.write_text(json.dumps(changed), encoding="utf-8")
    assert len(sound_spans(load_collection(file).questions, corpus.document).notes) == 1
    corpus.close()


def test_variants_and_near_misses_name_a_question_of_the_exam(
    lines: list[dict[str, Any]],
) -> None:
    by_id = {line["id"]: line for line in lines}
    variants = [line for line in lines if line["variant"] and not line["refuse"]]
    misses = [line for line in lines if line["refuse"]]
    assert len(variants) == len(misses) == 12
    for line in variants:
        assert by_id[line["of"]]["spans"] == line["spans"]
        assert by_id[line["of"]]["accented"] != line["accented"]
    for line in misses:
        assert line["of"] in by_id
        assert not line["answers"]
        assert not line["documents"]


def test_a_fact_told_with_two_values_is_not_asked(tmp_path: Path) -> None:
    texts = {
        "a.txt": "Cầu\n\nCầu Gành Hào khánh thành ngày 3/2/1990. Cầu Gành Hào dài 400 mét.",
        "b.txt": "Tin cũ\n\nTheo sách, cầu Gành Hào khánh thành ngày 5/6/1991, ở miền Nam.",
    }
    file = tmp_path / "exam.jsonl"
    assert main(["exam", "--index", str(_index(tmp_path, texts)), "--output", str(file)]) == 0
    asked = {line["accented"] for line in _lines(file) if not line["refuse"]}
    assert asked == {"Cầu Gành Hào dài bao nhiêu mét?"}


def test_fewer_questions_than_wanted_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = _index(tmp_path, {"a.txt": "Cầu\n\nCầu Gành Hào dài 400 mét."})
    file = tmp_path / "new" / "exam.jsonl"
    arguments = ["--questions", "9", "--output", str(file), "--json"]
    assert main(["exam", "--index", str(index), *arguments]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {
        "file": str(file),
        "questions": 1,
        "wanted": 9,
        "seed": 0,
        "documents": 1,
        "documents_used": 1,
        "kinds": {"number": 1},
    }
    assert "chỉ ra được 1 câu trong 9" in told.err


def test_the_command_tells_kinds_examples_and_what_to_run(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "exam.jsonl"
    main(["exam", "--index", str(index), "--questions", "20", "--output", str(file)])
    printed = capsys.readouterr().out
    assert printed.startswith("20 câu từ ")
    assert printed.count(" → ") == 3
    assert printed.endswith(f"python -m eval run {file} --index {index}\n")


def test_without_facts_or_index_one_line_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = _index(tmp_path, {"a.txt": "Thơ\n\nTrời xanh mây trắng.", "b.txt": "Ca\n\nAi ơi."})
    assert main(["exam", "--index", str(index), "--output", str(tmp_path / "e.jsonl")]) == 1
    assert "đã xem 2 tài liệu" in capsys.readouterr().err
    assert not (tmp_path / "e.jsonl").exists()
    assert main(["exam", "--index", str(tmp_path / "none")]) == 1
    assert str(tmp_path / "none") in capsys.readouterr().err


def test_a_changed_question_that_something_answers_is_told(tmp_path: Path) -> None:
    text = "Cầu\n\nCầu Gành Hào dài 400 mét. Cầu Mỹ Thuận dài 1.535 mét."
    corpus = Corpus(_index(tmp_path, {"a.txt": text}))
    original = "Cầu Gành Hào dài bao nhiêu mét?"
    assert not is_unanswered("Cầu Mỹ Thuận dài bao nhiêu mét?", original, corpus)
    assert is_unanswered("Cầu Nhật Tân dài bao nhiêu mét?", original, corpus)
    corpus.close()


@pytest.mark.parametrize(
    ("changed", "original", "change", "natural"),
    [
        ("Điều 7 quy định gì?", "Điều 9 quy định gì?", Change.NUMBER, True),
        ("Vì sao 3 nhà máy đóng cửa?", "Vì sao 5 nhà máy đóng cửa?", Change.NUMBER, False),
        ("Ai đến Lào Cai?", "Ai đến Bến Tre?", Change.PLACE, True),
        ("Ai đến đảo Thái Lan?", "Ai đến đảo Cuba?", Change.PLACE, False),
    ],
)
def test_only_a_particular_that_tells_apart_is_changed(
    changed: str, original: str, change: Change, *, natural: bool
) -> None:
    assert is_natural(changed, original, change) is natural


@pytest.mark.parametrize(
    ("question", "variants"),
    [
        (
            "Ai là Chủ tịch UBND xã An Phú?",
            {"long_form": "Ai là Chủ tịch Ủy ban nhân dân xã An Phú?"},
        ),
        ("Bộ luật Hình sự có gì?", {"short_form": "BLHS có gì?"}),
        ("Ngày 3/2/1930, ai nói?", {"date": "Ngày 3 tháng 2 năm 1930, ai nói?"}),
        ("Chiều 3/2/1930, ai nói?", {"date": "Chiều ngày 3 tháng 2 năm 1930, ai nói?"}),
        ("Ngày 3 tháng 2 năm 1930, ai nói?", {"date": "Ngày 3/2/1930, ai nói?"}),
        ("Ai nói năm 1930?", {}),
    ],
)
def test_the_same_is_said_otherwise(question: str, variants: dict[str, str]) -> None:
    assert dict(variants_of(question)) == variants


def test_the_exam_of_the_sample_is_the_one_that_was_judged_by_reading(
    index: Path, tmp_path: Path
) -> None:
    judged = {line["question"]: line for line in _lines(JUDGED)}
    file = tmp_path / "exam.jsonl"
    assert main(["exam", "--index", str(index), "--seed", "13", "--output", str(file)]) == 0

    good = sum(judged.get(line["question"], {}).get("good", False) for line in _lines(file))

    assert len(judged) == 100
    assert good >= 85, "the rules changed: read the questions anew and judge them in the file"
