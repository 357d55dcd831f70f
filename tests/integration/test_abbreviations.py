"""Short and long forms of one question find the same document: 100 pairs of our own.

Over the sample articles and, where they are, two real ones.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.folder import FolderSource
from documents.source import MemorySource
from index.embedding import Embedder, load_embedder
from index.query import Query
from index.reranking import BUNDLED, RERANKED, Reranker, load_reranker
from index.retriever import Retriever
from index.syncing import sync

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "documents" / "articles"
REAL_ARTICLES = ROOT.parent / "shared" / "documents"
PAIRS = ROOT / "eval" / "abbreviations.jsonl"
SAME = 0.95
RIGHT = 0.85


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(None)


@pytest.fixture(scope="module")
def retriever(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    folders = [ARTICLES, *([REAL_ARTICLES] if REAL_ARTICLES.is_dir() else [])]
    sources = [FolderSource(folder) for folder in folders]
    documents = [source.load(entry.path) for source in sources for entry in source.entries()]
    folder = tmp_path_factory.mktemp("abbreviations") / "index"
    sync(MemorySource(documents), folder, embedder=embedder)
    retriever = Retriever(folder, embedder)
    yield retriever
    retriever.close()


@pytest.fixture(scope="module")
def pairs(retriever: Retriever) -> list[dict[str, str]]:
    """Return the pairs whose document is in the index."""
    held = {document.path for document in retriever.documents()}
    read = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    assert len(read) >= 100
    return [pair for pair in read if pair["document"] in held]


def test_short_and_long_forms_find_the_same_document(
    retriever: Retriever, embedder: Embedder, pairs: list[dict[str, str]]
) -> None:
    reranker = load_reranker(BUNDLED, embedder)
    assert reranker is not None
    differing, right = [], 0
    for pair in pairs:
        short, long = (_tops(retriever, reranker, pair[form]) for form in ("short", "long"))
        right += short[-1] == pair["document"]
        differing += [pair["short"]] if short != long else []
    assert len(differing) <= (1 - SAME) * len(pairs), differing
    assert right >= RIGHT * len(pairs)


def _tops(retriever: Retriever, reranker: Reranker, question: str) -> tuple[str, str]:
    """Return the first document before and after reranking."""
    query = retriever.understand(Query(question))
    found = retriever.search(query, RERANKED)
    reranked = reranker.rerank(query, found, idf=retriever.idf(query.text))
    return found[0].passage.document, reranked[0].passage.document


def test_every_pair_differs_in_its_short_forms_only(
    retriever: Retriever, pairs: list[dict[str, str]]
) -> None:
    unexpanded = [pair["short"] for pair in pairs if not _is_expanded(retriever, pair)]
    assert unexpanded == []


def _is_expanded(retriever: Retriever, pair: dict[str, str]) -> bool:
    short, long = (retriever.understand(Query(pair[form])).text for form in ("short", "long"))
    return short.lower().split() == long.lower().split()
