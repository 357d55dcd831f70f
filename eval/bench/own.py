"""Our own retrieval, whole and in parts, over one real index."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import tantivy

from documents.normalising import normalise
from documents.source import MemorySource
from eval.bench.corpus import Corpus
from eval.bench.systems import Models
from index import dense
from index.embedding import Embedder, load_embedder
from index.lexical import LexicalSearcher
from index.lexical_schema import FOLDER_NAME
from index.manifest import read_manifest
from index.query import Query
from index.retriever import Retriever
from index.store import Store
from index.syncing import sync
from index.terms import terms_of
from qa.loading import load_pipeline
from qa.pipeline import Found

Search = Callable[[str, int], Sequence[str]]
"""From a question and k to the documents of at most k passages, best first."""
Read = Callable[[str, int], Sequence[str]]
"""The same, to the texts of the passages."""


class OwnSystem:
    """One of `eval.bench.systems.OWN`.

    ``exact-bm25`` and ``folded-bm25`` are plain BM25 over syllables, as a baseline: no pairs, no
    titles, the question as typed. The others read the question as the product does.
    """

    def __init__(self, name: str, models: Models) -> None:
        self._open = _OPENERS[name]
        self._models = models
        self._embedder = load_embedder(models.embedder)
        self._folder: Path | None = None
        self._search: Search | None = None
        self._read: Read | None = None

    def index(self, corpus: Corpus, folder: Path) -> None:
        """Split, embed and store the documents: all that a sync does."""
        sync(MemorySource(corpus.documents), folder, embedder=self._embedder)
        self._folder = folder

    def search(self, question: str, k: int) -> Sequence[str]:
        """Return the document of each passage found; the first time the index is opened."""
        if self._folder is None:
            raise RuntimeError("a system is asked before it has indexed anything")
        if self._search is None:
            self._search = self._open(self._folder, self._embedder, self._models)
        return self._search(question, k)

    def read(self, question: str, k: int) -> Sequence[str]:
        """Return the text of each passage that the product finds, as users get it."""
        if self._folder is None:
            raise RuntimeError("a system is asked before it has indexed anything")
        if self._read is None:
            self._read = _reading(self._folder, self._models)
        return self._read(question, k)


def _open_exact(folder: Path, embedder: Embedder, models: Models) -> Search:
    return _plain_bm25(folder, "exact_syllables", lambda text: terms_of(text).syllables)


def _open_folded(folder: Path, embedder: Embedder, models: Models) -> Search:
    return _plain_bm25(folder, "folded_syllables", lambda text: terms_of(text).folded().syllables)


def _open_lexical(folder: Path, embedder: Embedder, models: Models) -> Search:
    retriever, searcher = Retriever(folder, embedder), LexicalSearcher(folder)
    documents = _documents_of(folder)

    def search(question: str, k: int) -> Sequence[str]:
        query = retriever.understand(Query(normalise(question)))
        return documents(searcher.search(query.text, k).ids.tolist())

    return search


def _open_dense(folder: Path, embedder: Embedder, models: Models) -> Search:
    retriever = Retriever(folder, embedder)
    searcher = dense.load_searcher(folder, Store(folder), read_manifest(folder))
    documents = _documents_of(folder)

    def search(question: str, k: int) -> Sequence[str]:
        query = retriever.understand(Query(normalise(question)))
        vector = embedder.embed_query(query.text)
        return documents(searcher.search(vector, k).ids.tolist()) if vector.any() else []

    return search


def _open_fused(folder: Path, embedder: Embedder, models: Models) -> Search:
    return _product(folder, models, reranker="none")


def _open_reranked(folder: Path, embedder: Embedder, models: Models) -> Search:
    return _product(folder, models, reranker=models.reranker)


_OPENERS: Mapping[str, Callable[[Path, Embedder, Models], Search]] = {
    "exact-bm25": _open_exact,
    "folded-bm25": _open_folded,
    "bm25": _open_lexical,
    "dense": _open_dense,
    "fused": _open_fused,
    "reranked": _open_reranked,
}


def _product(folder: Path, models: Models, *, reranker: str) -> Search:
    """Return the pipeline's own search: a question's stream up to its first event."""
    pipeline = load_pipeline(folder, embedder=models.embedder, reranker=reranker)

    def search(question: str, k: int) -> Sequence[str]:
        event = next(pipeline.stream(Query(question), k=k))
        return [hit.passage.document for hit in event.hits] if isinstance(event, Found) else []

    return search


def _reading(folder: Path, models: Models) -> Read:
    pipeline = load_pipeline(folder, embedder=models.embedder, reranker=models.reranker)

    def read(question: str, k: int) -> Sequence[str]:
        event = next(pipeline.stream(Query(question), k=k))
        return [hit.passage.text for hit in event.hits] if isinstance(event, Found) else []

    return read


def _plain_bm25(folder: Path, field: str, terms: Callable[[str], Sequence[str]]) -> Search:
    """Return BM25 over one field of the index (k1 1.2, b 0.75), every term with weight 1."""
    index = tantivy.Index.open(str(folder / FOLDER_NAME))
    searcher = index.searcher()
    documents = _documents_of(folder)

    def search(question: str, k: int) -> Sequence[str]:
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, field, term, "freq"))
            for term in dict.fromkeys(terms(question))
        ]
        found = searcher.search(tantivy.Query.boolean_query(clauses), k, count=False).hits
        addresses = [address for _, address in found]
        ids = searcher.fast_field_values("passage_id", addresses)
        return documents(np.asarray(ids, dtype=np.int64).tolist())

    return search


def _documents_of(folder: Path) -> Callable[[Sequence[int]], Sequence[str]]:
    """Return the function from passage ids to the documents they belong to."""
    store = Store(folder)
    generation = read_manifest(folder).generation

    def documents(ids: Sequence[int]) -> Sequence[str]:
        stored = store.passages(ids, generation=generation)
        return [stored[number].passage.document for number in ids]

    return documents
