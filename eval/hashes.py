"""What a run was made with, as hashes: equal hashes, equal things."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from eval.collection import Question

_LENGTH = 16
_WEIGHTS = {".safetensors", ".json", ".txt", ".npz", ".model"}


def text_hash(text: str) -> str:
    """Return the first 16 hex digits of the SHA-256 of a text, as gold spans carry it."""
    return sha256(text.encode("utf-8")).hexdigest()[:_LENGTH]


def value_hash(value: object) -> str:
    """Return the hash of a value that JSON can hold; the order of keys does not count."""
    return text_hash(json.dumps(value, ensure_ascii=False, sort_keys=True))


def questions_hash(questions: Sequence[Question]) -> str:
    """Return the hash of questions with all that is known of their answers, in their order."""
    return value_hash([{**asdict(question), "place": ""} for question in questions])


def corpus_hash(fingerprints: Mapping[str, str]) -> str:
    """Return the hash of the documents: their paths and the hashes of their content."""
    return value_hash(dict(fingerprints))


def folders_hash(folders: Iterable[Path]) -> str:
    """Return the hash of the files of models: weights, settings and vocabularies."""
    digest = sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _WEIGHTS and path.is_file():
                digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:_LENGTH]
