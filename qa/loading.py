"""Put a pipeline together from an index folder and the names of models."""

from collections.abc import Callable
from pathlib import Path

from index.embedding import load_embedder
from index.manifest import read_manifest
from index.reranking import BUNDLED, load_reranker
from index.retriever import Retriever
from qa.choosing import EXTRACTIVE, load_readers
from qa.pipeline import Pipeline


def load_pipeline(
    folder: Path,
    *,
    embedder: str | None = None,
    reranker: str = BUNDLED,
    reader: str = EXTRACTIVE,
    make: Callable[..., Pipeline] = Pipeline,
) -> Pipeline:
    """Return a pipeline over the index of a folder.

    Parameters
    ----------
    embedder
        Name of the embedder; None takes the one the index was made with.
    reranker
        ``bundled``; ``none`` keeps the searchers' order; else any cross-encoder of
        sentence-transformers, by hub name or folder.
    reader
        ``extractive``: the bundled reader; or another, as in `qa.choosing.load_readers`.
    make
        What is called with the parts.

    Raises
    ------
    DanChungError
        The index is missing, damaged or made otherwise, a model cannot be loaded, or a server
        does not answer.
    """
    made_with = read_manifest(folder).embedder
    readers = load_readers(reader)  # first: a wrong address is known at once
    model = load_embedder(made_with if embedder is None else embedder)
    return make(
        Retriever(folder, model),
        readers.reader,
        reranker=load_reranker(reranker, model),
        writer=readers.writer,
    )
