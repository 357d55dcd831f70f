"""Write a static embedder as the folder that SentenceTransformer and model2vec both load."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

_MODULES = "sentence_transformers.sentence_transformer.modules"
_MODULES_JSON = [
    {"idx": 0, "name": "0", "path": "", "type": f"{_MODULES}.static_embedding.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{_MODULES}.normalize.Normalize"},
]
# What model2vec reads: unit vectors, and no text cut off, as SentenceTransformer does anyway.
_MODEL2VEC_JSON = {"normalize": True, "max_length": None, "embedding_dtype": "int8"}
_SENTENCE_TRANSFORMERS_JSON = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


@dataclass(frozen=True, slots=True)
class QuantisedRows:
    """Row i is ``embeddings[i] * weights[i]``; the names are model2vec's."""

    embeddings: NDArray[np.int8]
    weights: NDArray[np.float32]


def quantise(vectors: NDArray[np.float32]) -> QuantisedRows:
    """Return the rows in 8 bits, each component off by at most half of its row's weight."""
    weights = (np.abs(vectors).max(axis=1) / 127).astype(np.float32)
    divisors = np.where(weights > 0, weights, 1)[:, None]
    return QuantisedRows(np.round(vectors / divisors).astype(np.int8), weights)


def save_embedder(folder: Path, vectors: NDArray[np.float32], tokenizer: Tokenizer) -> None:
    """Write the embedder; other files of the folder, such as its model card, stay.

    The folder loads while it has a ``modules.json``, which is therefore written last.

    Raises
    ------
    ValueError
        If there is not one vector per token.
    """
    if len(vectors) != tokenizer.get_vocab_size():
        raise ValueError(f"{len(vectors)} vectors for {tokenizer.get_vocab_size()} tokens")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "modules.json").unlink(missing_ok=True)
    weights = folder / "model.safetensors"
    save_file(asdict(quantise(vectors)), weights)
    weights.chmod(0o644)  # safetensors makes files that only their owner can read
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    _write_json(folder / "config.json", _MODEL2VEC_JSON)
    _write_json(folder / "config_sentence_transformers.json", _SENTENCE_TRANSFORMERS_JSON)
    _write_json(folder / "modules.json", _MODULES_JSON)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
