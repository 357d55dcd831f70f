"""Models of the hub's forms, made here: no network."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes import HashEmbedder

import eval.cli
import index.cli
import qa.cli
from documents.document import Document, Passage
from documents.source import MemorySource
from index.embedding import load_embedder
from index.errors import EmbedderError
from index.hit import Hit
from index.query import Query
from index.reranking import load_reranker
from index.retriever import Retriever
from index.syncing import sync

pytestmark = pytest.mark.model
WORDS = ("viện", "kiểm", "sát", "nhân", "dân", "tòa", "án", "query", "passage", ":", "rừng")
TEXTS = ("Tòa án nhân dân xét xử.", "Viện kiểm sát thực hành quyền công tố.", "Kiểm lâm giữ rừng.")
QUESTION = "Viện kiểm sát thực hành quyền gì?"


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny BERT with one output and its tokenizer."""
    return tiny(tmp_path_factory.mktemp("cross_encoder"), "BertForSequenceClassification", labels=1)


@pytest.fixture(scope="module")
def bi_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny BERT without a head, as sentence-transformers saves it."""
    from sentence_transformers import SentenceTransformer

    folder = tiny(tmp_path_factory.mktemp("bert"), "BertModel")
    saved = tmp_path_factory.mktemp("bi_encoder")
    SentenceTransformer(str(folder), device="cpu").save_pretrained(str(saved))
    return saved


def tiny(folder: Path, architecture: str, *, labels: int = 2) -> Path:
    import torch
    import transformers
    from transformers import BertConfig, BertTokenizer

    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(WORDS)]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    config.num_labels = labels
    getattr(transformers, architecture)(config).save_pretrained(folder)
    tokenizer = BertTokenizer(vocab_file=str(folder / "vocab.txt"), strip_accents=False)
    tokenizer.save_pretrained(folder)
    return folder


def spoil(folder: Path, copy: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Return a copy of a model with its weights changed."""
    from safetensors.torch import load_file, save_file

    shutil.copytree(folder, copy, dirs_exist_ok=True)
    weights = load_file(copy / "model.safetensors")
    change(weights)
    save_file(weights, copy / "model.safetensors", metadata={"format": "pt"})
    return copy


def with_json(folder: Path, name: str, **changes: object) -> Path:
    content = json.loads((folder / name).read_text(encoding="utf-8"))
    (folder / name).write_text(json.dumps({**content, **changes}), encoding="utf-8")
    return folder


@pytest.fixture
def index_folder(tmp_path: Path) -> Path:
    """Return a folder with an index by the bundled embedder."""
    documents = [Document(f"{place}.txt", text, "Tin") for place, text in enumerate(TEXTS)]
    sync(MemorySource(documents), tmp_path / "index", embedder=load_embedder())
    return tmp_path / "index"


def test_a_cross_encoder_orders_the_hits(cross_encoder: Path) -> None:
    reranker = load_reranker(str(cross_encoder), load_embedder())
    assert reranker is not None
    hits = [
        Hit(Passage(f"{rank}.txt", 0, 0, len(text), text), "Tin", "", None, -rank, rank)
        for rank, text in enumerate(("tòa án nhân dân", "viện kiểm sát", "rừng"), start=1)
    ]
    ordered = reranker.rerank(Query("viện kiểm sát nhân dân"), hits, idf=lambda _: 1.0)
    assert {hit.passage for hit in ordered} == {hit.passage for hit in hits}
    assert [hit.rank for hit in ordered] == [1, 2, 3]
    scores = [hit.score for hit in ordered]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3
    assert reranker.contributions(ordered[0]) == {}


def test_an_embedder_from_a_folder_indexes_and_searches(bi_encoder: Path, tmp_path: Path) -> None:
    embedder = load_embedder(str(bi_encoder))
    sync(MemorySource([Document("a.txt", "viện kiểm sát", "Tin")]), tmp_path, embedder=embedder)
    retriever = Retriever(tmp_path, load_embedder(str(bi_encoder)))
    assert [hit.passage.text for hit in retriever.search(Query("viện kiểm sát"))] == [
        "viện kiểm sát"
    ]
    assert retriever.document("a.txt") is not None
    assert embedder.dimension == 16


def test_qa_answers_with_a_cross_encoder_of_a_folder(
    cross_encoder: Path, index_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [QUESTION, "--index", str(index_folder), "--reranker", str(cross_encoder), "--json"]
    assert qa.cli.main(command) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    answer = json.loads(captured.out)
    hits = answer["hits"]
    assert sorted(hit["why"]["reranker"]["rank_before"] for hit in hits) == [1, 2, 3]
    assert [hit["why"]["reranker"]["rank_after"] for hit in hits] == [1, 2, 3]
    assert all(hit["why"]["reranker"]["reasons"] == [] for hit in hits)
    assert all(0 <= hit["score"] <= 1 for hit in hits)


def test_eval_measures_with_a_cross_encoder_of_a_folder(
    cross_encoder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [{"text": "quyền công tố", "answer_start": TEXTS[1].index("quyền công tố")}]
    paragraph = {
        "context": TEXTS[1],
        "qas": [{"id": "1", "question": QUESTION, "answers": answers}],
    }
    collection = tmp_path / "squad.json"
    data = {"data": [{"title": "Viện", "paragraphs": [paragraph]}]}
    collection.write_text(json.dumps(data), encoding="utf-8")
    options = ["--reranker", str(cross_encoder), "--output", str(tmp_path / "out"), "--json"]
    assert eval.cli.main(["run", str(collection), *options]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["settings"]["reranker"] == str(cross_encoder)
    assert report["retrieval"]["recall@1"] == 1.0


def test_an_english_question_prefers_its_day_with_any_model(
    bi_encoder: Path, tmp_path: Path
) -> None:
    documents = [
        Document(f"{day}.txt", f"Ngày {day}/11/2020, tòa án mở phiên xử công khai.", "Tin")
        for day in range(10, 30)
    ]
    sync(MemorySource(documents), tmp_path, embedder=load_embedder(str(bi_encoder)))
    retriever = Retriever(tmp_path, load_embedder(str(bi_encoder)))
    query = retriever.understand(Query("What did the court do on 26 November 2020?"))
    assert query.text == "What did the court do on 26 November 2020?"
    best = retriever.search(query)[0]
    assert (best.passage.document, best.of_time) == ("26.txt", 1)


@pytest.mark.parametrize("name", ["no/such-model", "no-such-model", "/no/such/folder", ""])
def test_a_model_that_cannot_be_had_names_the_bundled_one(name: str) -> None:
    with pytest.raises(EmbedderError, match="--embedder bundled"):
        load_embedder(name)
    with pytest.raises(EmbedderError, match="--reranker bundled"):
        load_reranker(name, HashEmbedder())


def test_one_model_in_the_place_of_the_other_is_refused(
    cross_encoder: Path, bi_encoder: Path
) -> None:
    with pytest.raises(EmbedderError, match="--reranker"):
        load_embedder(str(cross_encoder))
    with pytest.raises(EmbedderError, match="--embedder"):
        load_reranker(str(bi_encoder), HashEmbedder())


def test_a_classifier_of_three_labels_is_no_reranker(tmp_path: Path) -> None:
    folder = tiny(tmp_path, "BertForSequenceClassification", labels=3)
    with pytest.raises(EmbedderError, match="3 điểm"):
        load_reranker(str(folder), HashEmbedder())


def test_weights_that_the_files_lack_are_not_made_up(cross_encoder: Path, tmp_path: Path) -> None:
    folder = spoil(cross_encoder, tmp_path, lambda weights: weights.pop("classifier.weight"))
    with pytest.raises(EmbedderError, match=r"thiếu classifier\.weight"):
        load_reranker(str(folder), HashEmbedder())


def nan(weights: dict[str, Any]) -> None:
    for tensor in weights.values():
        if tensor.is_floating_point():
            tensor.fill_(float("nan"))


def test_a_model_that_computes_no_numbers_is_refused(
    cross_encoder: Path, bi_encoder: Path, tmp_path: Path
) -> None:
    with pytest.raises(EmbedderError, match="không phải là số"):
        load_reranker(str(spoil(cross_encoder, tmp_path / "a", nan)), HashEmbedder())
    with pytest.raises(EmbedderError, match="không phải là số"):
        load_embedder(str(spoil(bi_encoder, tmp_path / "b", nan)))


EVIL = "from pathlib import Path\nPath(r'{trace}').touch()\nclass Evil: pass\n"


@pytest.mark.parametrize("place", ["modules.json", "auto_map", "pytorch_model.bin", "activation"])
def test_no_code_of_a_model_is_run(
    cross_encoder: Path, bi_encoder: Path, tmp_path: Path, place: str
) -> None:
    trace = tmp_path / "trace"
    folder = tmp_path / "model"
    source = cross_encoder if place == "activation" else bi_encoder
    shutil.copytree(source, folder)
    (folder / "evil.py").write_text(EVIL.format(trace=trace), encoding="utf-8")
    if place == "modules.json":
        path = folder / "modules.json"
        path.write_text(
            path.read_text()
            .replace("transformer.Transformer", "x")
            .replace("sentence_transformers.base.modules.x", "evil.Evil")
        )
    elif place == "auto_map":
        with_json(folder, "config.json", model_type="evil", auto_map={"AutoConfig": "evil.Evil"})
    elif place == "activation":
        own = {"activation_fn": "torch.utils.collect_env.main"}
        with_json(folder, "config.json", sentence_transformers=own)
    else:
        pickled(folder, trace)
    for load in (load_embedder, lambda name: load_reranker(name, HashEmbedder())):
        with pytest.raises(EmbedderError):
            load(str(folder))
    assert not trace.exists()


def pickled(folder: Path, trace: Path) -> None:
    import torch

    class Touch:
        def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
            return os.mkdir, (str(trace),)

    (folder / "model.safetensors").unlink()
    torch.save({"weight": Touch()}, folder / "pytorch_model.bin")


def test_code_beside_a_model_that_does_not_need_it_is_left_alone(
    bi_encoder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(bi_encoder, folder)
    (folder / "evil.py").write_text(EVIL.format(trace=tmp_path / "trace"), encoding="utf-8")
    with_json(folder, "config.json", auto_map={"AutoModel": "evil.Evil"})
    assert load_embedder(str(folder)).dimension == 16
    assert not (tmp_path / "trace").exists()


def test_a_bad_embedder_ends_the_sync_in_one_line_and_leaves_the_index_answering(
    bi_encoder: Path, index_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("Bài mới.", encoding="utf-8")
    bad = str(spoil(bi_encoder, tmp_path / "bad", nan))
    command = ["sync", str(articles), "--index", str(index_folder), "--embedder", bad]
    for rebuild in ([], ["--rebuild"]):
        assert index.cli.main([*command, *rebuild]) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.count("\n") == 1
        assert "--embedder bundled" in captured.err
    assert index.cli.main(["search", QUESTION, "--index", str(index_folder), "--json"]) == 0
    [first, *_] = json.loads(capsys.readouterr().out)["hits"]
    assert first["text"] == TEXTS[1]


@pytest.mark.parametrize("content", [b"", b"xin ch\xc3\xa0o"])
def test_qa_with_a_text_file_for_a_reranker_ends_in_one_line(
    index_folder: Path, tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    assert qa.cli.main([QUESTION, "--index", str(index_folder), "--reranker", str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "--reranker bundled" in captured.err


def test_a_static_embedder_of_a_folder_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    from index.embedding import BUNDLED_FOLDER

    folder = tmp_path / "static"
    shutil.copytree(BUNDLED_FOLDER, folder)
    assert load_embedder(str(folder)).dimension == load_embedder().dimension
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(EmbedderError, match="cắt cụt"):
        load_embedder(str(folder))
