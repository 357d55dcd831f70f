"""Other systems, set up as their documentation says for plain use of keywords; no model is loaded.

They are given the texts of our passages. What their documentation leaves to the user is done:
English stop words are switched off, and where a library wants tokens it gets lower-case syllables.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from documents.normalising import syllables
from eval.bench.corpus import Corpus
from eval.bench.systems import System


def make_peer(name: str) -> System:
    """Return a peer by name; raise ImportError when its package is not installed."""
    return _MAKERS[name]()


class _Bm25s:
    """Lù 2024 (https://arxiv.org/abs/2407.03618): sparse scores counted when indexing."""

    def __init__(self) -> None:
        import bm25s

        self._library = bm25s
        self._model = bm25s.BM25()
        self._documents: list[str] = []

    def index(self, corpus: Corpus, folder: Path) -> None:
        self._documents = [passage.document for passage in corpus.passages]
        tokens = self._tokens([passage.text for passage in corpus.passages])
        self._model.index(tokens, show_progress=False)

    def search(self, question: str, k: int) -> Sequence[str]:
        depth = min(k, len(self._documents))
        found = self._model.retrieve(self._tokens([question]), k=depth, show_progress=False)
        pairs = zip(found.documents[0].tolist(), found.scores[0].tolist(), strict=True)
        return [self._documents[number] for number, score in pairs if score > 0]

    def _tokens(self, texts: list[str]) -> Any:  # noqa: ANN401 - untyped library
        return self._library.tokenize(texts, stopwords=[], show_progress=False)


class _RankBm25:
    """BM25Okapi of rank_bm25 (https://github.com/dorianbrown/rank_bm25)."""

    def __init__(self) -> None:
        from rank_bm25 import BM25Okapi

        self._make = BM25Okapi
        self._documents: list[str] = []

    def index(self, corpus: Corpus, folder: Path) -> None:
        self._documents = [passage.document for passage in corpus.passages]
        self._model = self._make([_syllables(passage.text) for passage in corpus.passages])

    def search(self, question: str, k: int) -> Sequence[str]:
        scores = self._model.get_scores(_syllables(question))
        best = (-scores).argsort(kind="stable")[:k].tolist()
        return [self._documents[number] for number in best if scores[number] > 0]


class _Haystack:
    """The in-memory BM25 retriever of haystack (https://docs.haystack.deepset.ai), BM25L."""

    def __init__(self) -> None:
        os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
        from haystack import Document
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        self._document = Document
        self._store = InMemoryDocumentStore()
        self._retriever = InMemoryBM25Retriever(document_store=self._store)

    def index(self, corpus: Corpus, folder: Path) -> None:
        self._store.write_documents(
            [
                self._document(content=passage.text, meta={"document": passage.document})
                for passage in corpus.passages
            ]
        )

    def search(self, question: str, k: int) -> Sequence[str]:
        found = self._retriever.run(query=question, top_k=k)["documents"]
        return [document.meta["document"] for document in found]


class _Txtai:
    """A keyword index of txtai (https://neuml.github.io/txtai/embeddings/configuration)."""

    def __init__(self) -> None:
        from txtai import Embeddings

        self._embeddings = Embeddings(keyword=True)
        self._documents: list[str] = []

    def index(self, corpus: Corpus, folder: Path) -> None:
        self._documents = [passage.document for passage in corpus.passages]
        self._embeddings.index(
            (number, passage.text, None) for number, passage in enumerate(corpus.passages)
        )

    def search(self, question: str, k: int) -> Sequence[str]:
        return [self._documents[number] for number, _ in self._embeddings.search(question, k)]


_MAKERS: Mapping[str, Callable[[], System]] = {
    "bm25s": _Bm25s,
    "rank_bm25": _RankBm25,
    "haystack": _Haystack,
    "txtai": _Txtai,
}


def _syllables(text: str) -> list[str]:
    return syllables(text.lower())
