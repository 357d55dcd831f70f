"""What a model's files say it is, read before anything of it is loaded.

Wrong models often load all the same: a cross-encoder as an embedder gives vectors that mean
nothing, an embedder as a cross-encoder scores with weights made up on the spot.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any


class ModelKind(Enum):
    """What a model is wanted for, by the command's option."""

    EMBEDDER = "--embedder"
    RERANKER = "--reranker"
    READER = "--reader"
    JUDGE = "--nli"


class UnusableModelError(Exception):
    """Why a model cannot be used, in Vietnamese; whoever asked for it adds its name."""


ReadFile = Callable[[str], Path | None]
"""From a file's name in the model to the file, None when the model has none of that name."""

_SAVED_AS = {"SentenceTransformer": ModelKind.EMBEDDER, "CrossEncoder": ModelKind.RERANKER}
_NAMED = {
    ModelKind.EMBEDDER: "mô hình nhúng",
    ModelKind.RERANKER: "bộ xếp hạng (cross-encoder)",
    ModelKind.READER: "mô hình hội thoại hoặc mô hình hỏi đáp",
    ModelKind.JUDGE: "mô hình suy luận (NLI, có lớp phân loại)",
}
_CLASSIFYING = (ModelKind.RERANKER, ModelKind.JUDGE)
# Heads that a plain transformers folder may have under an embedder: mean pooling leaves them out.
_BASE = re.compile(r"(?:Model|EncoderModel|ForMaskedLM|ForPreTraining|ForTextEncoding)$")
_SCORING = "ForSequenceClassification"
SPAN_READING = "ForQuestionAnswering"
_WRITING = ("ForCausalLM", "LMHeadModel")
_GENERATING = ("ForCausalLM", "ForConditionalGeneration", "LMHeadModel")
_TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "*.model", "bpe.codes")
_ACTIVATION = re.compile(r"torch\.nn\.(?:modules\.(?:activation|linear)\.)?[A-Z]\w*")


def check_place(name: str) -> None:
    """Raise `UnusableModelError` where a name can be no model, whatever the hub holds.

    Of a folder, its weights are opened, not read.
    """
    _raise_any(_problem_of_place(name))


def check_kind(kind: ModelKind, read_file: ReadFile) -> None:
    """Raise `UnusableModelError` where a model's settings forbid to use it so."""
    modules = _read(read_file, "modules.json", list) or []
    config = _read(read_file, "config.json", dict) or {}
    saved = _read(read_file, "config_sentence_transformers.json", dict) or {}
    _raise_any(
        _problem_of_code(modules, config, saved)
        or (_problem_of_saved(kind, saved) if modules else _problem_of_plain(kind, config))
    )


def _raise_any(problem: str) -> None:
    if problem:
        raise UnusableModelError(problem)


def _problem_of_place(name: str) -> str:
    path = Path(name)
    if not name.strip():
        return "tên để trống"
    if path.is_file():
        return "đây là một tệp, cần một thư mục mô hình"
    if path.is_dir():
        return _problem_of_folder(path)
    if path.is_absolute() or name.startswith((".", "~")) or name.count("/") > 1:
        return "không có thư mục này"
    return "" if _is_hub_name(name) else "không phải tên trên hub, cũng không có thư mục này"


def _is_hub_name(name: str) -> bool:
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils import validate_repo_id  # type: ignore[attr-defined]

    try:
        validate_repo_id(name)
    except HFValidationError:
        return False
    return True


def _problem_of_folder(folder: Path) -> str:
    if not any((folder / name).is_file() for name in ("config.json", "modules.json")):
        return "thư mục không có config.json hay modules.json, không phải thư mục mô hình"
    weights = list(folder.rglob("*.safetensors"))
    if not weights and any(folder.rglob("*.bin")):
        return (
            "chỉ có trọng số dạng pickle (.bin), nạp vào có thể chạy mã lạ;"
            " hãy lấy bản có tệp .safetensors"
        )
    if not weights:
        return "thiếu tệp trọng số .safetensors"
    # Without them transformers goes on with a tokenizer that knows no word.
    if not any(path for pattern in _TOKENIZERS for path in folder.rglob(pattern)):
        return "thiếu tệp tách từ (tokenizer.json)"
    return next((problem for path in weights if (problem := _problem_of_weights(path))), "")


def _problem_of_weights(path: Path) -> str:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="np"):
            return ""
    except (OSError, SafetensorError) as error:
        return f"tệp {path.name} bị cắt cụt hoặc hỏng ({error}); hãy tải lại mô hình"


def _problem_of_code(
    modules: list[Any], config: Mapping[str, Any], saved: Mapping[str, Any]
) -> str:
    """Return what of the settings names code to run that is no part of the libraries."""
    types = [str(module["type"]) for module in modules if isinstance(module, dict)]
    foreign = [name for name in types if not name.startswith("sentence_transformers.")]
    foreign += [name for name in _activations(config, saved) if not _ACTIVATION.fullmatch(name)]
    if foreign:
        return f"mô hình đòi chạy mã {foreign[0]!r} không thuộc thư viện; chương trình không chạy"
    return ""


def _activations(config: Mapping[str, Any], saved: Mapping[str, Any]) -> Iterator[str]:
    """Yield the functions that a cross-encoder would import and call while loading."""
    own = config.get("sentence_transformers")
    own = own if isinstance(own, dict) else {}
    named = (
        own.get("activation_fn"),
        config.get("sbert_ce_default_activation_function"),
        saved.get("activation_fn"),
    )
    return (str(name) for name in named if name is not None)


def _problem_of_saved(kind: ModelKind, saved: Mapping[str, Any]) -> str:
    """Return what is wrong with the kind that sentence-transformers wrote down."""
    written = str(saved.get("model_type", "SentenceTransformer"))
    found = _SAVED_AS.get(written)
    if found is kind or (kind is ModelKind.JUDGE and found is ModelKind.RERANKER):
        return ""
    return _other_kind(kind, found) if found else f"đây là mô hình {written}, cần {_NAMED[kind]}"


def _problem_of_plain(kind: ModelKind, config: Mapping[str, Any]) -> str:
    """Return what is wrong with the kind of a plain transformers model."""
    [architecture, *_] = config.get("architectures") or [""]
    if architecture.endswith(_SCORING):
        return "" if kind in _CLASSIFYING else _other_kind(kind, ModelKind.RERANKER)
    if kind is ModelKind.READER:
        return _problem_of_reader(architecture)
    if architecture.endswith(_GENERATING):
        return f"đây là mô hình sinh văn bản ({architecture}), cần {_NAMED[kind]}"
    if kind in _CLASSIFYING and architecture:
        return f"đây là mô hình {architecture} không có lớp chấm điểm, cần {_NAMED[kind]}"
    if architecture and not _BASE.search(architecture):
        return f"đây là mô hình {architecture}, cần {_NAMED[kind]}"
    return ""


def _problem_of_reader(architecture: str) -> str:
    if architecture.endswith((SPAN_READING, *_WRITING)):
        return ""
    return f"đây là mô hình {architecture or 'không ghi kiến trúc'}, cần {_NAMED[ModelKind.READER]}"


def _other_kind(wanted: ModelKind, found: ModelKind) -> str:
    return f"đây là {_NAMED[found]}, không phải {_NAMED[wanted]}; hãy dùng nó với {found.value}"


def _read(read_file: ReadFile, name: str, form: type) -> Any:  # noqa: ANN401 - JSON of others
    path = read_file(name)
    if path is None:
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UnusableModelError(f"tệp {name} không phải JSON đúng ({error})") from error
    if not isinstance(content, form):
        raise UnusableModelError(f"tệp {name} không có dạng của một mô hình")
    return content
