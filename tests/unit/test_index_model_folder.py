"""What a model's files say, without loading any."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from index.model_folder import ModelKind, UnusableModelError, check_kind, check_place

TRANSFORMER = {"type": "sentence_transformers.base.modules.transformer.Transformer", "path": ""}
BI_ENCODER = {"modules.json": [TRANSFORMER], "config.json": {"architectures": ["BertModel"]}}
CROSS_ENCODER = {
    "modules.json": [TRANSFORMER],
    "config.json": {"architectures": ["BertForSequenceClassification"]},
    "config_sentence_transformers.json": {"model_type": "CrossEncoder"},
}


def plain(architecture: str) -> dict[str, Any]:
    return {"config.json": {"architectures": [architecture]}}


def write(folder: Path, files: dict[str, Any]) -> Path:
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


def model(folder: Path) -> Path:
    """Return a folder that has all that a model's folder must have."""
    write(folder, {"config.json": {}, "tokenizer.json": {}})
    save_file({"weight": np.zeros((4, 4), np.float32)}, folder / "model.safetensors")
    return folder


def check(kind: ModelKind, folder: Path) -> None:
    def read_file(name: str) -> Path | None:
        return folder / name if (folder / name).is_file() else None

    check_kind(kind, read_file)


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        pytest.param(ModelKind.EMBEDDER, BI_ENCODER, id="saved embedder"),
        pytest.param(ModelKind.EMBEDDER, plain("XLMRobertaModel"), id="plain encoder"),
        pytest.param(ModelKind.EMBEDDER, plain("RobertaForMaskedLM"), id="masked language model"),
        pytest.param(ModelKind.RERANKER, CROSS_ENCODER, id="saved cross-encoder"),
        pytest.param(
            ModelKind.RERANKER, plain("XLMRobertaForSequenceClassification"), id="plain scorer"
        ),
        pytest.param(ModelKind.READER, plain("Qwen3ForCausalLM"), id="chat model"),
        pytest.param(ModelKind.READER, plain("GPT2LMHeadModel"), id="older chat model"),
        pytest.param(
            ModelKind.READER, plain("XLMRobertaForQuestionAnswering"), id="question answering"
        ),
    ],
)
def test_a_model_of_the_kind_wanted_passes(
    tmp_path: Path, kind: ModelKind, files: dict[str, Any]
) -> None:
    check(kind, write(tmp_path, files))


@pytest.mark.parametrize(
    ("kind", "files", "said"),
    [
        pytest.param(ModelKind.EMBEDDER, CROSS_ENCODER, "--reranker", id="cross-encoder"),
        pytest.param(
            ModelKind.EMBEDDER, plain("BertForSequenceClassification"), "--reranker", id="scorer"
        ),
        pytest.param(ModelKind.RERANKER, BI_ENCODER, "--embedder", id="embedder"),
        pytest.param(ModelKind.RERANKER, plain("BertModel"), "BertModel", id="encoder"),
        pytest.param(ModelKind.EMBEDDER, plain("LlamaForCausalLM"), "sinh văn bản", id="LLM"),
        pytest.param(ModelKind.RERANKER, plain("LlamaForCausalLM"), "sinh văn bản", id="LLM again"),
        pytest.param(
            ModelKind.EMBEDDER,
            plain("T5ForConditionalGeneration"),
            "sinh văn bản",
            id="sequence to sequence",
        ),
        pytest.param(
            ModelKind.EMBEDDER, plain("BertForQuestionAnswering"), "QuestionAnswering", id="reader"
        ),
        pytest.param(ModelKind.READER, BI_ENCODER, "--embedder", id="embedder as a reader"),
        pytest.param(ModelKind.READER, CROSS_ENCODER, "--reranker", id="cross-encoder as a reader"),
        pytest.param(ModelKind.READER, plain("BertModel"), "BertModel", id="encoder as a reader"),
        pytest.param(ModelKind.READER, {}, "không ghi kiến trúc", id="no architecture"),
        pytest.param(
            ModelKind.READER, plain("T5ForConditionalGeneration"), "T5", id="T5 as a reader"
        ),
        pytest.param(
            ModelKind.EMBEDDER,
            {**BI_ENCODER, "config_sentence_transformers.json": {"model_type": "SparseEncoder"}},
            "SparseEncoder",
            id="sparse",
        ),
    ],
)
def test_a_model_of_another_kind_is_named(
    tmp_path: Path, kind: ModelKind, files: dict[str, Any], said: str
) -> None:
    with pytest.raises(UnusableModelError, match=said):
        check(kind, write(tmp_path, files))


@pytest.mark.parametrize("kind", ModelKind)
@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"modules.json": [{"type": "os.system", "path": ""}]}, "os.system"),
        ({"modules.json": [{"type": "evil.Evil", "path": ""}]}, "evil.Evil"),
        ({"modules.json": [TRANSFORMER, {"type": "sentence_transformersx.A"}]}, "sentence_tr"),
        ({"config.json": {"sentence_transformers": {"activation_fn": "torch.x.main"}}}, "x.main"),
        ({"config.json": {"sbert_ce_default_activation_function": "os.abort"}}, "os.abort"),
        ({"config_sentence_transformers.json": {"activation_fn": "torch.nn.init.a"}}, "init.a"),
    ],
)
def test_code_that_is_no_part_of_the_libraries_is_refused(
    tmp_path: Path, kind: ModelKind, files: dict[str, Any], named: str
) -> None:
    with pytest.raises(UnusableModelError, match=f"chạy mã.*{named}"):
        check(kind, write(tmp_path, files))


@pytest.mark.parametrize("name", ["torch.nn.Identity", "torch.nn.modules.activation.Sigmoid"])
def test_the_usual_activations_are_no_foreign_code(tmp_path: Path, name: str) -> None:
    saved = {"model_type": "CrossEncoder", "activation_fn": name}
    files = {**CROSS_ENCODER, "config_sentence_transformers.json": saved}
    check(ModelKind.RERANKER, write(tmp_path, files))


@pytest.mark.parametrize("content", ["{", "[]", '"text"', "\udcff"])
def test_settings_that_cannot_be_read_are_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "config.json").write_text(content, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(UnusableModelError, match=r"config\.json"):
        check(ModelKind.EMBEDDER, tmp_path)


def test_a_whole_folder_and_a_hub_name_pass(tmp_path: Path) -> None:
    check_place(str(model(tmp_path)))
    check_place("BAAI/bge-reranker-v2-m3")
    check_place("all-MiniLM-L6-v2")


@pytest.mark.parametrize(
    "name",
    ["", "  ", "/no/such/folder", "./none", "a/b/c", "~/none", "tên có dấu", "-x", "a//b"],
)
def test_a_name_that_is_neither_folder_nor_hub_name_is_refused(name: str) -> None:
    with pytest.raises(UnusableModelError, match=r"để trống|không có thư mục"):
        check_place(name)


def test_a_file_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("Xin chào", encoding="utf-8")
    with pytest.raises(UnusableModelError, match="đây là một tệp"):
        check_place(str(path))


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("config.json", "không phải thư mục mô hình"),
        ("tokenizer.json", "thiếu tệp tách từ"),
        ("model.safetensors", "thiếu tệp trọng số"),
    ],
)
def test_what_a_folder_lacks_is_named(tmp_path: Path, missing: str, said: str) -> None:
    (model(tmp_path) / missing).unlink()
    with pytest.raises(UnusableModelError, match=said):
        check_place(str(tmp_path))


def test_pickled_weights_are_not_taken(tmp_path: Path) -> None:
    (model(tmp_path) / "model.safetensors").rename(tmp_path / "pytorch_model.bin")
    with pytest.raises(UnusableModelError, match="pickle"):
        check_place(str(tmp_path))


@pytest.mark.parametrize("keep", [0, 5, 90])
def test_weights_that_are_cut_short_are_named(tmp_path: Path, keep: int) -> None:
    path = model(tmp_path) / "model.safetensors"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(UnusableModelError, match=r"model\.safetensors bị cắt cụt"):
        check_place(str(tmp_path))
