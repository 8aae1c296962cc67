"""Export trained weights as the file that ships: ONNX with 8-bit matrices.

python -m training.export WEIGHTS OUT.onnx
"""

import argparse
import hashlib
import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from retrieval.models.packaged import packaged_folder
from retrieval.reading.onnx_reader import INPUTS, OUTPUTS
from training.network import ReaderNetwork

OPSET = 17


def export(weights: Path, out: Path) -> str:
    """Write the quantised network. Returns the file's SHA-256."""
    network = ReaderNetwork(packaged_folder())
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.eval()
    ids = torch.ones((2, 16), dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # PyTorch's newer exporter needs another package; this one warns that it is deprecated.
        warnings.simplefilter("ignore")
        whole, prepared = Path(folder) / "whole.onnx", Path(folder) / "prepared.onnx"
        torch.onnx.export(
            network,
            (ids, ids, ids),
            str(whole),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in (*INPUTS, "where")}
            | {"whether": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )
        onnx.checker.check_model(str(whole))
        quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(str(prepared), str(out), weight_type=QuantType.QInt8, per_channel=True)
    return hashlib.sha256(out.read_bytes()).hexdigest()


def main() -> None:
    """Read the arguments and export."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    print(export(args.weights, args.out))


if __name__ == "__main__":
    main()
