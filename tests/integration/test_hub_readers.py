"""Readers of the hub's forms, made here: chat models run locally or served, and span models."""

import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import free_port
from tiny_models import chat_model, span_model

import eval.cli
import qa.cli
from documents.document import Document, Passage
from documents.source import MemorySource
from index.embedding import load_embedder
from index.errors import EmbedderError
from index.hit import Hit
from index.query import Query
from index.syncing import sync
from qa import local_writer
from qa.choosing import load_readers
from qa.writer import WriterError
from qa.written_answer import STANDING_IN

pytestmark = pytest.mark.model
TEXT = (
    "Sáng 5/6/2021, Sở Tư pháp tỉnh Hòa Bình tổ chức hội nghị tổng kết."
    " Bà Trần Thị Mai chủ trì hội nghị. Hội nghị ghi nhận 312 vụ việc hòa giải thành."
)
QUESTION = "Ai chủ trì hội nghị tổng kết?"
TRUE = ["Bà", "Trần", "Thị", "Mai", "chủ", "trì", "hội", "nghị", "[1]."]
QUOTE = "Bà Trần Thị Mai chủ trì hội nghị."


@pytest.fixture(scope="module")
def truthful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chat_model(tmp_path_factory.mktemp("truthful"), TRUE)


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chat_model(tmp_path_factory.mktemp("endless"), ["mãi", "và", "lại"], ends=False)


@pytest.fixture(scope="module")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("index")
    documents = [Document("tin.txt", TEXT, "Hội nghị tổng kết")]
    sync(MemorySource(documents), folder, embedder=load_embedder())
    return str(folder)


def hit(text: str, rank: int = 1) -> Hit:
    return Hit(Passage(f"{rank}.txt", 0, 0, len(text), text), "Tin", "", None, -rank, rank)


def ask(index: str, reader: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert qa.cli.main([QUESTION, "--index", index, "--reader", reader, "--json"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    answer: dict[str, object] = json.loads(captured.out)
    return answer


def quotes(answer: dict[str, object]) -> list[str]:
    citations = answer["citations"]
    assert isinstance(citations, list)
    for citation in citations:
        assert TEXT[citation["start"] : citation["end"]] == citation["quote"]
    return [citation["quote"] for citation in citations]


def test_a_chat_model_of_a_folder_answers(
    truthful: Path, index_folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ask(index_folder, str(truthful), capsys)
    assert answer["answer"] == "Bà Trần Thị Mai chủ trì hội nghị. [1]"
    assert quotes(answer) == [QUOTE]
    assert (answer["struck"], answer["note"]) == ([], "")


def test_a_chat_model_that_lies_is_struck(
    index_folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lying = chat_model(tmp_path, ["Bà", "Lê", "Thị", "Hoa", "chủ", "trì", "hội", "nghị", "[1]."])
    answer = ask(index_folder, str(lying), capsys)
    assert answer["struck"] == ["Bà Lê Thị Hoa chủ trì hội nghị."]
    assert str(answer["note"]).endswith(STANDING_IN)
    assert quotes(answer) == [QUOTE]


def test_a_chat_model_that_does_not_end_is_cut_and_another_answer_stands_in(
    endless: Path,
    index_folder: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(local_writer, "MOST_TOKENS", 30)
    answer = ask(index_folder, str(endless), capsys)
    assert "bị cắt ở 30 từ tố" in str(answer["note"])
    assert quotes(answer) == [QUOTE]


def test_the_text_comes_piece_by_piece_and_closing_stops_the_model(endless: Path) -> None:
    writer = load_readers(str(endless)).writer
    assert writer is not None
    before = threading.active_count()
    pieces = writer.write(Query(QUESTION), [hit(TEXT)])
    assert [next(pieces), next(pieces)] == ["mãi ", "và "]
    assert threading.active_count() == before + 1
    pieces.close()
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before


def test_what_a_model_cannot_read_is_left_out_or_said(tmp_path: Path) -> None:
    short = chat_model(tmp_path, TRUE, reads=1200)
    writer = load_readers(str(short)).writer
    assert writer is not None
    long = "chữ " * 500
    question = Query(QUESTION)
    assert "".join(writer.write(question, [hit(TEXT), hit(long, 2)])) == " ".join(TRUE)
    with pytest.raises(WriterError, match="không đủ cho một đoạn"):
        list(writer.write(question, [hit(long)]))


def test_a_model_without_a_chat_template_is_refused(tmp_path: Path) -> None:
    folder = chat_model(tmp_path, TRUE)
    (folder / "chat_template.jinja").unlink()
    with pytest.raises(EmbedderError, match=r"chat template.*--reader extractive"):
        load_readers(str(folder))


def test_an_encoder_is_no_reader(tmp_path: Path) -> None:
    folder = span_model(tmp_path, ["Mai"], finds="Mai")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["architectures"] = ["BertModel"]
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(EmbedderError, match="BertModel, cần mô hình hội thoại"):
        load_readers(str(folder))


def test_a_model_that_computes_no_numbers_is_refused(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    for make in (chat_model(tmp_path / "a", TRUE), span_model(tmp_path / "b", ["a"], finds="a")):
        weights = load_file(make / "model.safetensors")
        for tensor in weights.values():
            tensor.fill_(float("nan"))
        save_file(weights, make / "model.safetensors", metadata={"format": "pt"})
        with pytest.raises(EmbedderError, match="không phải là số"):
            load_readers(str(make))


@pytest.mark.parametrize("name", ["no/such-model", "/no/such/folder", ""])
def test_a_reader_that_cannot_be_had_ends_in_one_line_with_the_bundled_one(
    index_folder: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert qa.cli.main([QUESTION, "--index", index_folder, "--reader", name]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "--reader extractive" in captured.err


def test_eval_measures_with_a_chat_model(
    truthful: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [{"text": "Trần Thị Mai", "answer_start": TEXT.index("Trần Thị Mai")}]
    paragraph = {"context": TEXT, "qas": [{"id": "1", "question": QUESTION, "answers": answers}]}
    collection = tmp_path / "squad.json"
    data = {"data": [{"title": "Hội nghị", "paragraphs": [paragraph]}]}
    collection.write_text(json.dumps(data), encoding="utf-8")
    assert eval.cli.main(["run", str(collection), "--reader", str(truthful), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["settings"]["reader"] == str(truthful)
    assert report["answers"]["sentence_accuracy"] == 1.0
    assert report["citations"]["validity"] == 1.0


@pytest.fixture(scope="module")
def served(truthful: Path) -> Iterator[str]:
    """Serve the truthful model with `transformers serve`."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("transformers")), "serve", str(truthful)]
    with subprocess.Popen(  # noqa: S603 - a command of this test
        [*command, "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"],
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/health", server)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()


def wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - an address of this test
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"transformers serve did not start: {server.poll()}")


def test_the_same_model_served_by_transformers_answers_the_same(
    truthful: Path, served: str, index_folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ask(index_folder, f"{served}#{truthful}", capsys)
    assert answer["answer"] == "Bà Trần Thị Mai chủ trì hội nghị. [1]"
    assert quotes(answer) == [QUOTE]
    assert (answer["struck"], answer["note"]) == ([], "")


WORDS = f"{TEXT} {QUESTION}".replace(".", " .").replace("?", " ?").lower().split()


def test_a_span_model_cites_the_sentence_around_its_span(
    tmp_path: Path, index_folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ask(index_folder, str(span_model(tmp_path / "m", WORDS, finds="mai")), capsys)
    assert answer["answer"] == f"{QUOTE} [1]"
    assert quotes(answer) == [QUOTE]
    assert answer["refused"] is False
    assert answer["short_answer"] == "Mai"
    assert float(str(answer["confidence"])) > 0.95


def test_a_span_model_refuses_where_no_answer_scores_more(tmp_path: Path) -> None:
    model = span_model(tmp_path, WORDS, finds="mai", score=-3)
    reading = load_readers(str(model)).reader.read(Query(QUESTION), [hit("Mai")], idf=lambda _: 1.0)
    assert reading.refused
    assert [evidence.text for evidence in reading.evidence] == ["Mai"]
    assert reading.confidence < 0.05


def test_a_span_far_into_a_long_passage_is_found(tmp_path: Path) -> None:
    reader = load_readers(str(span_model(tmp_path, WORDS, finds="mai"))).reader
    text = "Hội nghị tổng kết. " * 200 + QUOTE + " Hội nghị tổng kết." * 200
    hits = [hit("Hội nghị."), hit(text, 2)]
    for question in (QUESTION, "hội nghị " * 500):
        reading = reader.read(Query(question), hits, idf=lambda _: 1.0)
        assert [evidence.text for evidence in reading.evidence] == [QUOTE]
        assert not reading.refused


def test_a_span_model_without_passages_refuses(tmp_path: Path) -> None:
    reader = load_readers(str(span_model(tmp_path, WORDS, finds="mai"))).reader
    assert reader.read(Query(QUESTION), [], idf=lambda _: 1.0).refused
