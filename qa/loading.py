"""Put a pipeline together from an index folder and the names of models."""

from pathlib import Path

from documents.errors import DanChungError
from index.embedding import load_embedder
from index.manifest import read_manifest
from index.reranking import load_reranker
from index.retriever import Retriever
from qa.extractive_reader import ExtractiveReader, load_weights
from qa.pipeline import Pipeline

EXTRACTIVE = "extractive"
BUNDLED, NONE = "bundled", "none"


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
        ``bundled``, or ``none`` to keep the searchers' order.
    reader
        ``extractive``: the bundled reader.

    Raises
    ------
    DanChungError
        The index is missing, damaged or made otherwise, or a model cannot be loaded.
    """
    if reader != EXTRACTIVE:
        raise DanChungError(f"{reader}: chưa có trình đọc này; hãy dùng --reader {EXTRACTIVE}")
    if reranker not in (BUNDLED, NONE):
        raise DanChungError(
            f"{reranker}: chưa có bộ xếp hạng này; hãy dùng --reranker {BUNDLED} hoặc {NONE}"
        )
    model = load_embedder(embedder or read_manifest(folder).embedder)
    return Pipeline(
        Retriever(folder, model),
        ExtractiveReader(load_weights()),
        reranker=load_reranker(model) if reranker == BUNDLED else None,
    )
