"""The systems a benchmark compares: what they are called and how one is made.

Nothing heavy is imported before a system is made, so that each process holds its own alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Protocol

from eval.bench.corpus import Corpus


class System(Protocol):
    """Indexes a corpus once, then searches it."""

    def index(self, corpus: Corpus, folder: Path) -> None:
        """Index the corpus; ``folder`` is empty, for whatever must lie on disk."""
        ...

    def search(self, question: str, k: int) -> Sequence[str]:
        """Return the document of each of at most ``k`` best passages, best first."""
        ...


class PassageSystem(System, Protocol):
    """A system that also tells what the passages say."""

    def read(self, question: str, k: int) -> Sequence[str]:
        """Return the text of each of at most ``k`` best passages, best first."""
        ...


DEFAULT = "reranked"
"""Our system as users get it."""

OWN: Mapping[str, str] = {
    "exact-bm25": "BM25 đủ dấu",
    "folded-bm25": "BM25 bỏ dấu",
    "bm25": "Dẫn Chứng: từ",
    "dense": "Dẫn Chứng: nghĩa",
    "fused": "Dẫn Chứng: từ và nghĩa",
    DEFAULT: "Dẫn Chứng: xếp hạng lại",
}
"""Ours by name, with what they are called in tables."""

PEERS: Mapping[str, str] = {
    "bm25s": "bm25s",
    "rank_bm25": "rank-bm25",
    "haystack": "haystack-ai",
    "txtai": "txtai",
}
"""Other systems by name, with the package that brings them."""

MODEL_PEERS: Mapping[str, str] = {
    "txtai-hybrid": "txtai",
    "haystack-embedding": "sentence-transformers-haystack",
    "langchain-faiss": "langchain-community",
}
"""Other systems with our embedding model, with the package that brings them."""


@dataclass(frozen=True, slots=True)
class Models:
    """The models of our own systems, by name; an embedder None is the bundled one."""

    embedder: str | None = None
    reranker: str = "bundled"


def label_of(name: str) -> str:
    """Return what a system is called in tables."""
    return OWN.get(name, name)


def version_of(name: str) -> str | None:
    """Return the installed version of a peer's package, None when it is not installed."""
    try:
        return metadata.version({**PEERS, **MODEL_PEERS}[name])
    except metadata.PackageNotFoundError:
        return None


def make_system(name: str, models: Models) -> System:
    """Return a system, ready to index.

    Raises
    ------
    KeyError
        There is no system of that name.
    ImportError
        A peer is not installed.
    """
    if name in OWN:
        from eval.bench.own import OwnSystem

        return OwnSystem(name, models)
    if name in MODEL_PEERS:
        from eval.bench.model_peers import make_model_peer

        return make_model_peer(name, models.embedder)
    from eval.bench.peers import make_peer

    return make_peer(name)
