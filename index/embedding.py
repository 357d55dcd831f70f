"""Models that turn text into vectors: the bundled static one, or any of sentence-transformers."""

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbedderError
from index.model_folder import ModelKind
from index.model_loading import complete_weights, load_model, refused

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_WORDS_REMEMBERED, _LONGEST_REMEMBERED = 100_000, 40  # words, code points; about 20 MB when full
_PROBE = "Ngày 26/11/2020, Bộ trưởng (mới) nói: “Đã giảm 98,5%...”; ai-đó hỏi: VKSND, TP.HCM? Được!"

_TRIAL = "Một câu để thử mô hình."

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


class StaticEmbedder:
    """A folder of sentence-transformers' `StaticEmbedding`, read with NumPy alone.

    It starts in a fraction of a second where importing torch takes several. A text's vector is the
    weighed sum of its tokens' rows, made a unit. Words recur, so their tokens are remembered: six
    times as fast as tokenizing texts. Where words need their neighbours, texts are tokenized whole.
    """

    def __init__(self, folder: Path, *, name: str) -> None:
        from model2vec import StaticModel

        self.name = name
        self.revision = _hash_of(folder)
        self._model = StaticModel.from_pretrained(folder, max_length=None)
        self.dimension = int(self._model.dim)
        mapping, weights = self._model.token_mapping, self._model.weights
        rows = self._model.embedding if mapping is None else self._model.embedding[mapping]
        self._rows: NDArray[Any] = rows
        self._weights = np.asarray(np.ones(len(rows)) if weights is None else weights, np.float32)
        self._word_tokens = _WordTokens(self._model.tokenize)
        self._reads_by_word = _reads_by_word(self._model.tokenizer)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question."""
        vector: NDArray[np.float32] = self.embed_passages([text])[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors of passages."""
        tokenized = (
            map(self._tokens_by_word, texts)
            if self._reads_by_word
            else map(_as_array, self._model.tokenize(texts))
        )
        sums = np.zeros((len(texts), self.dimension), np.float32)
        for place, tokens in enumerate(tokenized):
            sums[place] = self._weights[tokens] @ self._rows[tokens].astype(np.float32)
        return _unit(sums)

    def _tokens_by_word(self, text: str) -> NDArray[np.int32]:
        # Bytes are joined faster than lists, and need not be made an array.
        joined = b"".join(map(self._word_tokens.__getitem__, text.split()))
        return np.frombuffer(joined, np.int32)


def _as_array(tokens: Sequence[int]) -> NDArray[np.int32]:
    return np.array(tokens, np.int32)


class _WordTokens(dict[str, bytes]):
    """Tokens, as int32, of the words met so far: the first `_WORDS_REMEMBERED` short ones stay."""

    def __init__(self, tokenize: Callable[[Sequence[str]], list[list[int]]]) -> None:
        super().__init__()
        self._tokenize = tokenize

    def __missing__(self, word: str) -> bytes:
        tokens = _as_array(self._tokenize([word])[0]).tobytes()
        if len(word) <= _LONGEST_REMEMBERED and len(self) < _WORDS_REMEMBERED:
            self[word] = tokens
        return tokens


def _reads_by_word(tokenizer: "Tokenizer") -> bool:
    """Return whether a text is parted alike as a whole and word by word, as a probe shows.

    The vocabulary is then asked for parts of words only.
    """

    def parts(text: str) -> list[str]:
        normalizer, splitter = tokenizer.normalizer, tokenizer.pre_tokenizer
        text = normalizer.normalize_str(text) if normalizer else text
        return [part for part, _ in splitter.pre_tokenize_str(text)] if splitter else [text]

    return parts(_PROBE) == [part for word in _PROBE.split() for part in parts(word)]


class TransformerEmbedder:
    """Any sentence-transformers model, by hub name or folder, with its own prompts."""

    def __init__(self, name: str, *, local_files_only: bool) -> None:
        from sentence_transformers import SentenceTransformer

        self.name = name
        with complete_weights():
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
        self.embed_query(_TRIAL)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a question."""
        vector: NDArray[np.float32] = self._encode([text], self._query_prompt)[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors of passages."""
        return self._encode(texts, self._passage_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        vectors = self._model.encode(list(texts), prompt=prompt or None, show_progress_bar=False)
        if not np.isfinite(vectors).all():
            raise refused(self.name, ModelKind.EMBEDDER, "mô hình cho ra vectơ không phải là số")
        return _unit(vectors)


def load_embedder(name: str | None = None) -> Embedder:
    """Return the embedder of a name: None or ``bundled``, a hub name, or a folder.

    Raises
    ------
    EmbedderError
        The model is missing, damaged, needs its own code to run, or cannot be downloaded.
    """
    if name in (None, BUNDLED):
        return _load_bundled()
    if _is_static(Path(name)):
        return load_model(name, _load_static, ModelKind.EMBEDDER)
    return load_model(name, TransformerEmbedder, ModelKind.EMBEDDER)


def _load_static(name: str, *, local_files_only: bool) -> StaticEmbedder:
    return StaticEmbedder(Path(name), name=name)


def _load_bundled() -> StaticEmbedder:
    try:
        return StaticEmbedder(BUNDLED_FOLDER, name=BUNDLED)
    except Exception as error:
        raise EmbedderError(
            f"{BUNDLED_FOLDER}: không nạp được mô hình ({type(error).__name__}: {error});"
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
