"""Put a pipeline together from an index folder and the names of models."""

from pathlib import Path

from documents.errors import DanChungError
from index.retriever import open_retriever
from qa.extractive_reader import ExtractiveReader, load_weights
from qa.pipeline import Pipeline

EXTRACTIVE = "extractive"


def load_pipeline(
    folder: Path, *, embedder: str | None = None, reader: str = EXTRACTIVE
) -> Pipeline:
    """Return a pipeline over the index of a folder.

    Parameters
    ----------
    embedder
        Name of the embedder; None takes the one the index was made with.
    reader
        ``extractive``: the bundled reader.

    Raises
    ------
    DanChungError
        The index is missing, damaged or made otherwise, or a model cannot be loaded.
    """
    if reader != EXTRACTIVE:
        raise DanChungError(f"{reader}: chưa có trình đọc này; hãy dùng --reader {EXTRACTIVE}")
    return Pipeline(open_retriever(folder, embedder=embedder), ExtractiveReader(load_weights()))
