"""Other systems with an embedding model, set up as their documentation says.

Each gets our bundled model, as the sentence-transformers folder it is, and the texts of our
passages. No reranker is added: none of the three names one by default, and theirs are on a hub.
"""

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from eval.bench.corpus import Corpus
from eval.bench.systems import PassageSystem
from index.embedding import BUNDLED_FOLDER


def make_model_peer(name: str, embedder: str | None) -> PassageSystem:
    """Return a peer by name; raise ImportError when its package is not installed."""
    return _MAKERS[name](embedder or str(BUNDLED_FOLDER))


class _Passages:
    """What the systems share: numbers of passages to documents and texts."""

    def __init__(self) -> None:
        self._corpus = Corpus((), ())

    def search(self, question: str, k: int) -> Sequence[str]:
        return [self._corpus.passages[number].document for number in self._find(question, k)]

    def read(self, question: str, k: int) -> Sequence[str]:
        return [self._corpus.passages[number].text for number in self._find(question, k)]

    def _find(self, question: str, k: int) -> Sequence[int]:
        raise NotImplementedError


class _Txtai(_Passages):
    """A hybrid index of txtai (https://neuml.github.io/txtai/embeddings/configuration)."""

    def __init__(self, model: str) -> None:
        from txtai import Embeddings

        super().__init__()
        # Said by name: the folder has no model of transformers that it would look for first.
        self._embeddings = Embeddings(path=model, method="sentence-transformers", hybrid=True)

    def index(self, corpus: Corpus, folder: Path) -> None:
        self._corpus = corpus
        self._embeddings.index((n, passage.text, None) for n, passage in enumerate(corpus.passages))

    def _find(self, question: str, k: int) -> Sequence[int]:
        return [int(number) for number, _ in self._embeddings.search(question, k)]


class _Haystack(_Passages):
    """In-memory embedding retrieval (https://docs.haystack.deepset.ai/docs/embedders)."""

    def __init__(self, model: str) -> None:
        os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
        from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
            SentenceTransformersTextEmbedder,
        )

        super().__init__()
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        self._documents = SentenceTransformersDocumentEmbedder(model=model, progress_bar=False)
        self._texts = SentenceTransformersTextEmbedder(model=model, progress_bar=False)
        self._documents.warm_up()
        self._texts.warm_up()
        self._retriever = InMemoryEmbeddingRetriever(document_store=self._store)

    def index(self, corpus: Corpus, folder: Path) -> None:
        from haystack import Document

        self._corpus = corpus
        documents = [
            Document(content=passage.text, meta={"number": number})
            for number, passage in enumerate(corpus.passages)
        ]
        self._store.write_documents(self._documents.run(documents)["documents"])

    def _find(self, question: str, k: int) -> Sequence[int]:
        vector = self._texts.run(question)["embedding"]
        found = self._retriever.run(query_embedding=vector, top_k=k)["documents"]
        return [document.meta["number"] for document in found]


class _LangChain(_Passages):
    """LangChain's FAISS store (https://docs.langchain.com/oss/python/integrations/vectorstores).

    Its newer package for embeddings asks for an older huggingface_hub than ours, so the class of
    ``langchain_community`` is taken, which does the same.
    """

    def __init__(self, model: str) -> None:
        super().__init__()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from langchain_community.embeddings import HuggingFaceEmbeddings

            self._embeddings = HuggingFaceEmbeddings(model_name=model)

    def index(self, corpus: Corpus, folder: Path) -> None:
        from langchain_community.vectorstores import FAISS

        self._corpus = corpus
        self._store = FAISS.from_texts(
            [passage.text for passage in corpus.passages],
            self._embeddings,
            metadatas=[{"number": number} for number in range(len(corpus.passages))],
        )

    def _find(self, question: str, k: int) -> Sequence[int]:
        found = self._store.similarity_search(question, k=k)
        return [document.metadata["number"] for document in found]


_MAKERS: Mapping[str, Callable[[str], PassageSystem]] = {
    "txtai-hybrid": _Txtai,
    "haystack-embedding": _Haystack,
    "langchain-faiss": _LangChain,
}
