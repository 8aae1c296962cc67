"""Make PyTorch's weights of the packaged reader again, to train it further.

    python -m training.restore OUT.pt

The matrices come from 8 bits, so each of their numbers is off by up to half a step of its output's scale.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from retrieval.models.packaged import packaged_folder
from retrieval.reading.packaged_reader import weights_path
from training.network import ReaderNetwork

QUANTIZED = "_quantized"
"""What ONNX Runtime's quantization adds to a matrix's name."""


def restored(network: onnx.ModelProto) -> dict[str, Tensor]:
    """The weights by their names in ReaderNetwork.

    What the exported network does not hold (the pooler of the encoder) is MiniLM's. Raises ValueError where
    a shape is not the network's.
    """
    held = {one.name: numpy_helper.to_array(one) for one in network.graph.initializer}
    found = {name: torch.tensor(values) for name, values in held.items() if not name.endswith(QUANTIZED)}
    for node in network.graph.node:
        for name in node.input:
            if name.endswith(QUANTIZED) and name in held:
                matrix = _dequantized(name.removesuffix(QUANTIZED), held)
                # Looked up by row, a matrix stands as it is; multiplied, as its transpose.
                rows = matrix if node.op_type == "Gather" else np.ascontiguousarray(matrix.T)
                found[_weight_of(node, name)] = torch.tensor(rows)
    weights = ReaderNetwork(packaged_folder()).state_dict()
    for name in weights.keys() & found.keys():
        if weights[name].shape != found[name].shape:
            raise ValueError(
                f"{name} has the shape {tuple(found[name].shape)} and not {tuple(weights[name].shape)}"
            )
        weights[name] = found[name]
    return weights


def _dequantized(name: str, held: dict[str, NDArray[np.generic]]) -> NDArray[np.float32]:
    zero = np.asarray(held[f"{name}_zero_point"], np.float32)
    scale = np.asarray(held[f"{name}_scale"], np.float32)
    return (np.asarray(held[f"{name}{QUANTIZED}"], np.float32) - zero) * scale


def _weight_of(node: onnx.NodeProto, matrix: str) -> str:
    """The name of the weight in ReaderNetwork: a lookup keeps it, a product is named by its layer."""
    if node.op_type == "Gather":
        return matrix.removesuffix(QUANTIZED)
    layer = node.name.strip("/").removesuffix("/Gemm_MatMul_quant").removesuffix("/MatMul_quant")
    return f"{layer.replace('/', '.')}.weight"


def main() -> None:
    """Read the argument and write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    torch.save(restored(onnx.load(str(weights_path()))), parser.parse_args().out)


if __name__ == "__main__":
    main()
