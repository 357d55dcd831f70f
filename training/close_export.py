"""Write the close reader as `index.close_reader` reads it."""

import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import Tensor, nn

from training.close_network import CloseNetwork

_LARGEST = 127
_OPSET = 18


class _OneSequence(nn.Module):
    """The network over one sequence without padding: (tokens, all) to (tokens, 3)."""

    def __init__(self, network: CloseNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, inputs: Tensor) -> Tensor:
        shown = torch.ones(1, inputs.shape[0], dtype=torch.bool)
        scores: Tensor = self.network.score(self.network(inputs[None], shown)[0])
        return scores


def write_close_reader(
    network: CloseNetwork, pair_keys: NDArray[np.int32], output: Path, *, quantised: bool = True
) -> None:
    """Write ``model.onnx`` and ``tables.safetensors``.

    The weights of matrix products are rounded to eight bits, column by column, if ``quantised``,
    and what they are multiplied by as it comes; vectors are rounded row by row.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    output.mkdir(parents=True, exist_ok=True)
    network = network.cpu().eval()
    like = torch.zeros(8, network.enter.in_features)
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "model.onnx"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch warns of its own parts
            torch.onnx.export(
                _OneSequence(network).eval(),
                (like,),
                exact,
                input_names=["inputs"],
                output_names=["scores"],
                dynamic_shapes=({0: "tokens"},),
                opset_version=_OPSET,
                external_data=False,
                verbose=False,
            )
        if quantised:
            quantize_dynamic(
                exact, output / "model.onnx", weight_type=QuantType.QInt8, per_channel=True
            )
        else:
            (output / "model.onnx").write_bytes(exact.read_bytes())
    tables: dict[str, NDArray[Any]] = {"pair_keys": pair_keys.astype(np.int32)}
    for name, embedding in (("words", network.words), ("pairs", network.pairs)):
        tables[name], tables[f"{name}_scales"] = _quantised(embedding.weight.detach().numpy())
    save_file(tables, output / "tables.safetensors")


def _quantised(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    scales = (np.abs(rows).max(axis=1) / _LARGEST).astype(np.float16)
    scales[scales == 0] = 1
    values = np.round(rows / scales[:, None].astype(np.float32))
    return np.clip(values, -_LARGEST, _LARGEST).astype(np.int8), scales
