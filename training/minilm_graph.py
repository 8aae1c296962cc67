"""Builds the packaged model's computation as ONNX graphs without weights, which ship and are verified when
loaded.

    python -m training.minilm_graph

Writes both files beside `retrieval/models/minilm.py` and prints their SHA-256, which are recorded there. The
input is the embeddings of one text's tokens, the output the vectors of the last layer. The weights are
referenced by name but not contained: the graph for questions computes its matrices in 8 bits, the other one
in 32.
"""

import hashlib
from typing import Any

import onnx
from onnx import TensorProto, helper

from retrieval.models.minilm import (
    DIMENSION,
    EPSILON,
    HEADS,
    INNER,
    INPUT,
    LAYERS,
    OUTPUT,
    PASSAGE_GRAPH,
    QUESTION_GRAPH,
    graph_path,
)

OPSET, IR_VERSION = 17, 8
"""The oldest versions with every operator used, so that older releases of ONNX Runtime can load the files."""
FUSED = "com.microsoft"
"""The domain of ONNX Runtime's fused operators: attention, and a sum with its normalisation, in one step
each."""


class _Graph:
    """Collects the nodes and weights of a graph."""

    def __init__(self, *, quantised: bool) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}
        self._quantised = quantised

    def add(self, operator: str, inputs: list[str], output: str, domain: str = "", **settings: Any) -> str:
        """Add a node. Returns the name of its output."""
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **settings))
        return output

    def weight(self, name: str, *shape: int, kind: int = TensorProto.FLOAT) -> str:
        """Add a weight that is supplied when the graph is loaded. Returns its name."""
        tensor = onnx.TensorProto(name=name, dims=shape, data_type=kind)
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="model.safetensors")
        self.weights[name] = tensor
        return name

    def constant(self, name: str, values: list[int]) -> str:
        """Add constant integers. Returns their name."""
        self.weights[name] = helper.make_tensor(name, TensorProto.INT64, [len(values)], values)
        return name

    def linear(self, given: str, part: str, into: str, outputs: int, inputs: int) -> str:
        """Add a linear layer. The matrix in the file has one row for each output."""
        bias = self.weight(f"{part}.bias", outputs)
        if not self._quantised:
            matrix = self.weight(f"{part}.weight", outputs, inputs)
            return self.add("Gemm", [given, matrix, bias], into, transB=1)
        matrix = self.weight(f"{part}.weight", inputs, outputs, kind=TensorProto.INT8)
        share, most = self._shares(given)
        found = self.add(
            "DynamicQuantizeMatMul",
            [share, matrix, self.weight(f"{part}.scale", outputs)],
            f"{into}.share",
            FUSED,
        )
        return self.add("Add", [self.add("Mul", [found, most], f"{into}.whole"), bias], into)

    def _shares(self, given: str) -> tuple[str, str]:
        """Each token's values divided by its largest absolute value, and that value.

        The quotients are rounded to the same 256 steps for all tokens; if the values themselves were, the
        token with the largest would leave few steps to the others.
        """
        share, most = f"{given}.share", f"{given}.most"
        if not any(share in node.output for node in self.nodes):
            self.add("ReduceMax", [self.add("Abs", [given], f"{given}.size")], most, axes=[-1], keepdims=1)
            self.add("Div", [given, most], share)
        return share, most

    def normed(self, given: list[str], part: str, into: str) -> str:
        """Add the layer normalisation of the sum of its inputs."""
        weights = [self.weight(f"{part}.weight", DIMENSION), self.weight(f"{part}.bias", DIMENSION)]
        return self.add("SkipLayerNormalization", [*given, *weights], into, FUSED, epsilon=EPSILON)


def minilm(*, quantised: bool) -> onnx.ModelProto:
    """The whole computation, for one text at a time, so that no result depends on another text."""
    graph = _Graph(quantised=quantised)
    graph.constant("row", [-1, DIMENSION])
    graph.constant("text", [1, -1, DIMENSION])
    part = "embeddings.LayerNorm"
    first = [INPUT, graph.weight(f"{part}.weight", DIMENSION), graph.weight(f"{part}.bias", DIMENSION)]
    given = graph.add("LayerNormalization", first, "given", epsilon=EPSILON)
    for layer in range(LAYERS):
        given = _layer(graph, given, f"encoder.layer.{layer}", last=layer == LAYERS - 1)
    made = helper.make_graph(
        graph.nodes,
        "minilm",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["tokens", DIMENSION])],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["tokens", DIMENSION])],
        list(graph.weights.values()),
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=IR_VERSION)


def _layer(graph: _Graph, given: str, part: str, *, last: bool) -> str:
    attention, inner, outer = f"{part}.attention", f"{part}.intermediate.dense", f"{part}.output.dense"
    heads = []
    for name in ("query", "key", "value"):
        one = graph.linear(given, f"{attention}.self.{name}", f"{part}.{name}", DIMENSION, DIMENSION)
        heads.append(graph.add("Reshape", [one, "text"], f"{one}.text"))
    mixed = graph.add("MultiHeadAttention", heads, f"{part}.mixed", FUSED, num_heads=HEADS)
    rows = graph.add("Reshape", [mixed, "row"], f"{part}.rows")
    turned = graph.linear(rows, f"{attention}.output.dense", f"{part}.turned", DIMENSION, DIMENSION)
    seen = graph.normed([turned, given], f"{attention}.output.LayerNorm", f"{part}.seen")
    wide = graph.linear(seen, inner, f"{part}.wide", INNER, DIMENSION)
    bent = graph.add("Gelu", [wide], f"{part}.bent", FUSED)
    narrow = graph.linear(bent, outer, f"{part}.narrow", DIMENSION, INNER)
    return graph.normed([narrow, seen], f"{part}.output.LayerNorm", OUTPUT if last else f"{part}.out")


def main() -> None:
    """Write both graphs."""
    for name in (PASSAGE_GRAPH, QUESTION_GRAPH):
        path = graph_path(name)
        path.write_bytes(minilm(quantised=name == QUESTION_GRAPH).SerializeToString(deterministic=True))
        print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
