"""Put a pipeline together from an index folder and the names of models."""

from pathlib import Path

from documents.errors import DanChungError
from index.embedding import load_embedder
from index.manifest import read_manifest
from index.reranking import BUNDLED, load_reranker
from index.retriever import Retriever
from index.span_reader import load_span_reader
from qa.extractive_reader import ExtractiveReader, load_weights
from qa.pipeline import Pipeline

EXTRACTIVE = "extractive"


def load_pipeline(
    folder: Path,
    *,
    embedder: str | None = None,
    reranker: str = BUNDLED,
    reader: str = EXTRACTIVE,
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
        ``extractive``: the bundled reader.

    Raises
    ------
    DanChungError
        The index is missing, damaged or made otherwise, or a model cannot be loaded.
    """
    if reader != EXTRACTIVE:
        raise DanChungError(f"{reader}: chưa có trình đọc này; hãy dùng --reader {EXTRACTIVE}")
    model = load_embedder(read_manifest(folder).embedder if embedder is None else embedder)
    return Pipeline(
        Retriever(folder, model),
        ExtractiveReader(load_weights(), load_span_reader()),
        reranker=load_reranker(reranker, model),
    )
