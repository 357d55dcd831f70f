"""Models of the hub's forms, made here: no network."""

from pathlib import Path

import pytest

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


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny BERT with one output and its tokenizer."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder = tmp_path_factory.mktemp("bert")
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
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer = BertTokenizer(vocab_file=str(folder / "vocab.txt"), strip_accents=False)
    tokenizer.save_pretrained(folder)
    return folder


def test_a_cross_encoder_orders_the_hits(bert: Path) -> None:
    reranker = load_reranker(str(bert), load_embedder())
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


def test_an_embedder_from_a_folder_indexes_and_searches(bert: Path, tmp_path: Path) -> None:
    embedder = load_embedder(str(bert))
    sync(MemorySource([Document("a.txt", "viện kiểm sát", "Tin")]), tmp_path, embedder=embedder)
    retriever = Retriever(tmp_path, load_embedder(str(bert)))
    assert [hit.passage.text for hit in retriever.search(Query("viện kiểm sát"))] == [
        "viện kiểm sát"
    ]
    assert retriever.document("a.txt") is not None
    assert embedder.dimension == 16


@pytest.mark.parametrize("name", ["no/such-model", "/no/such/folder"])
def test_a_model_that_cannot_be_had_names_the_bundled_one(name: str) -> None:
    with pytest.raises(EmbedderError, match="--embedder bundled"):
        load_embedder(name)
    with pytest.raises(EmbedderError, match="--reranker bundled"):
        load_reranker(name, load_embedder())
