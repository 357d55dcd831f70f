"""Which reader a name is: the bundled one, a model's folder or hub name, a server's model."""

import os
from dataclasses import dataclass
from typing import Any

from index.model_folder import SPAN_READING, ModelKind
from index.model_loading import load_model
from index.passage_reading import load_passage_reading
from qa.extractive_reader import ExtractiveReader, load_weights
from qa.reader import Reader
from qa.writer import Writer

EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True)
class Readers:
    """What answers a question.

    Attributes
    ----------
    reader
        Chooses evidence; where there is a writer, it stands in when nothing of the text stands.
    writer
        Writes an answer in its own words, or None.
    """

    reader: Reader
    writer: Writer | None = None


def load_readers(name: str) -> Readers:
    """Return what a name of ``--reader`` means.

    ``extractive`` is the bundled reader; ``URL#MODEL`` a model behind an OpenAI-compatible server;
    anything else a hub name or folder of transformers, of a chat model or of one that finds spans.

    Raises
    ------
    DanChungError
        The model cannot be loaded, or the server does not answer.
    """
    if name == EXTRACTIVE:
        return Readers(_bundled())
    from qa.server_writer import ServerWriter, is_served, served_model, server_key

    if is_served(name):
        writer = ServerWriter(served_model(name), key=server_key(os.environ))
        writer.check()
        return Readers(_bundled(), writer)
    return load_model(name, _local, ModelKind.READER)


def _bundled() -> ExtractiveReader:
    return ExtractiveReader(load_weights(), load_passage_reading())


def _local(name: str, *, local_files_only: bool) -> Readers:
    from transformers import AutoConfig

    config: Any = AutoConfig.from_pretrained(
        name, trust_remote_code=False, local_files_only=local_files_only
    )
    if config.architectures[0].endswith(SPAN_READING):
        from qa.span_model_reader import SpanModelReader

        return Readers(SpanModelReader(name, local_files_only=local_files_only))
    from qa.local_writer import LocalWriter

    return Readers(_bundled(), LocalWriter(name, local_files_only=local_files_only))
