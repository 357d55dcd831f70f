"""Models that turn text into vectors: the bundled static one, or any of sentence-transformers."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbedderError

T_co = TypeVar("T_co", covariant=True)
_HUB_SECONDS = 5.0

BUNDLED = "bundled"
BUNDLED_FOLDER = Path(__file__).parent.parent / "models" / "embedder"

# Prompts of families whose folders do not name them (from their model cards).
_PROMPTS = {"e5": ("query: ", "passage: ")}


class Embedder(Protocol):
    """Turns questions and passages into unit vectors of one space.

    Attributes
    ----------
    name, revision
        What the manifest keeps: the name asked for, and a hash or commit of the weights.
    dimension
        Length of every vector.
    """

    name: str
    revision: str
    dimension: int

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question, shape (dimension,); of an empty one, zeros."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors of passages, shape (len(texts), dimension)."""
        ...


class Loader(Protocol[T_co]):
    """Makes something of a model's hub name or folder."""

    def __call__(self, name: str, *, local_files_only: bool) -> T_co:
        """Load the model; do not ask the hub when ``local_files_only``."""
        ...


class StaticEmbedder:
    """A folder of sentence-transformers' `StaticEmbedding`, read with NumPy alone.

    It starts in a fraction of a second where importing torch takes several.
    """

    def __init__(self, folder: Path, *, name: str) -> None:
        from model2vec import StaticModel

        self.name = name
        self.revision = _hash_of(folder)
        self._model = StaticModel.from_pretrained(folder)
        self.dimension = int(self._model.dim)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question."""
        vector: NDArray[np.float32] = self.embed_passages([text])[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors of passages."""
        return _unit(self._model.encode(list(texts), max_length=None, use_multiprocessing=False))


class TransformerEmbedder:
    """Any sentence-transformers model, by hub name or folder, with its own prompts."""

    def __init__(self, name: str, *, local_files_only: bool) -> None:
        from sentence_transformers import SentenceTransformer

        self.name = name
        self._model = SentenceTransformer(
            name,
            device="cpu",
            trust_remote_code=False,
            local_files_only=local_files_only,
            model_kwargs={"use_safetensors": True},
        )
        self._query_prompt, self._passage_prompt = _prompts(name, self._model.prompts)
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        folder = Path(name)
        self.revision = _hash_of(folder) if folder.is_dir() else _commit_of(self._model)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question."""
        vector: NDArray[np.float32] = self._encode([text], self._query_prompt)[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors of passages."""
        return self._encode(texts, self._passage_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        vectors = self._model.encode(list(texts), prompt=prompt or None, show_progress_bar=False)
        return _unit(vectors)


def load_embedder(name: str | None = None) -> Embedder:
    """Return the embedder of a name: None or ``bundled``, a hub name, or a folder.

    Raises
    ------
    EmbedderError
        The model is missing, damaged, needs its own code to run, or cannot be downloaded.
    """
    if name in (None, BUNDLED):
        return _load_static(BUNDLED_FOLDER, name=BUNDLED)
    if _is_static(Path(name)):
        return _load_static(Path(name), name=name)
    return load_from_hub(name, TransformerEmbedder, option="--embedder")


def load_from_hub(name: str, load: "Loader[T_co]", *, option: str) -> T_co:
    """Return what ``load`` makes of a hub name or folder.

    Raises
    ------
    EmbedderError
        It failed, for whatever reason: the message names the option's bundled alternative.
    """
    try:
        # Left to itself the hub's client retries a minute and more where there is no network.
        return load(name, local_files_only=Path(name).is_dir() or not _hub_answers())
    except Exception as error:
        reason = (str(error).strip() or "không rõ lý do").splitlines()[0]
        raise EmbedderError(
            f"không nạp được mô hình {name!r} ({type(error).__name__}: {reason});"
            f" hãy kiểm tra tên hoặc mạng, hoặc dùng mô hình kèm sẵn: {option} {BUNDLED}"
        ) from error


def _hub_answers() -> bool:
    from huggingface_hub import constants
    from huggingface_hub.utils import get_session  # type: ignore[attr-defined]

    try:
        get_session().head(constants.ENDPOINT, timeout=_HUB_SECONDS)
    except Exception:  # noqa: BLE001 - whatever is wrong with the network
        return False
    return True


def _load_static(folder: Path, *, name: str) -> StaticEmbedder:
    try:
        return StaticEmbedder(folder, name=name)
    except Exception as error:
        raise EmbedderError(
            f"{folder}: không nạp được mô hình ({type(error).__name__}: {error});"
            " hãy cài lại chương trình, hoặc chọn mô hình khác bằng --embedder"
        ) from error


def _is_static(folder: Path) -> bool:
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return str(modules[0]["type"]).endswith("StaticEmbedding")
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _prompts(name: str, known: Mapping[str, str | None]) -> tuple[str, str]:
    """Return the prompts for questions and passages: the folder's, else the family's, else none."""
    query = known.get("query") or ""
    passage = known.get("document") or known.get("passage") or ""
    if query or passage:
        return query, passage
    for family, prompts in _PROMPTS.items():
        if family in Path(name).name.lower().split("-"):
            return prompts
    return "", ""


def _hash_of(folder: Path) -> str:
    """Return a hash over the weights and the tokenizer of a model folder."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".safetensors" or path.name == "tokenizer.json":
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _commit_of(model: Any) -> str:  # noqa: ANN401 - any sentence-transformers model
    config = getattr(getattr(model[0], "auto_model", None), "config", None)
    return str(getattr(config, "_commit_hash", None) or "")


def _unit(vectors: NDArray[Any]) -> NDArray[np.float32]:
    vectors = np.asarray(vectors, dtype=np.float32)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = vectors / np.maximum(norms, np.finfo(np.float32).tiny)
    return unit
