"""Dynamically quantised graphs made faster: onnxruntime has no fast code for integer convolutions, but for float ones."""

import numpy as np
import onnx
from onnx import helper, numpy_helper


def convolve_in_float(model: onnx.ModelProto) -> None:
    """Turns every ConvInteger, with what scales its input and output, into the Conv that it was made from."""
    _Converter(model.graph).convert()


class _Converter:
    def __init__(self, graph: onnx.GraphProto) -> None:
        self._graph = graph
        self._constants = {constant.name: constant for constant in graph.initializer}
        self._maker = {output: node for node in graph.node for output in node.output}
        self._users: dict[str, list[onnx.NodeProto]] = {}
        for node in graph.node:
            for name in node.input:
                self._users.setdefault(name, []).append(node)
        self._made: dict[str, onnx.NodeProto] = {}
        """By the name of what they put out in the place of another node."""

    def convert(self) -> None:
        for node in self._graph.node:
            if node.op_type == "ConvInteger":
                self._convert(node)
        nodes = self._needed([self._made.get(node.output[0], node) for node in self._graph.node])
        used = {name for node in nodes for name in node.input}
        constants = [constant for constant in self._graph.initializer if constant.name in used]
        del self._graph.node[:], self._graph.initializer[:]
        self._graph.node.extend(nodes)
        self._graph.initializer.extend(constants)

    def _needed(self, nodes: list[onnx.NodeProto]) -> list[onnx.NodeProto]:
        """Those from which a way leads to an output of the graph."""
        while True:
            used = {name for node in nodes for name in node.input} | {output.name for output in self._graph.output}
            needed = [node for node in nodes if used.intersection(node.output)]
            if len(needed) == len(nodes):
                return nodes
            nodes = needed

    def _array(self, name: str) -> np.ndarray:
        return numpy_helper.to_array(self._constants[name])

    def _convert(self, node: onnx.NodeProto) -> None:
        """ConvInteger [→ Add of a quantised bias] → Cast → Mul by both scales, as one Conv."""
        after = self._users[node.output[0]][0]
        names = [self._maker[node.input[0]].input[0], f"{node.input[1]}.float"]
        if after.op_type == "Add":
            bias = f"{node.name}.bias"
            self._graph.initializer.append(numpy_helper.from_array(self._bias(after, node.output[0]).ravel(), bias))
            names.append(bias)
            after = self._users[after.output[0]][0]
        product = self._users[after.output[0]][0]
        scales = self._maker[next(name for name in product.input if name != after.output[0])]
        scale = self._array(next(name for name in scales.input if name in self._constants))
        shape = (-1,) + (1,) * (self._array(node.input[1]).ndim - 1)
        zero = self._array(node.input[3]).astype(np.float32)
        weights = (self._array(node.input[1]).astype(np.float32) - zero.reshape(shape)) * scale.reshape(shape)
        self._graph.initializer.append(numpy_helper.from_array(weights.astype(np.float32), names[1]))
        convolution = helper.make_node("Conv", names, [product.output[0]], name=f"{node.name}.float")
        convolution.attribute.extend(node.attribute)
        self._made[product.output[0]] = convolution

    def _bias(self, add: onnx.NodeProto, summand: str) -> np.ndarray:
        """The float bias that was divided by the scales, rounded and reshaped to be added to integers."""
        name = next(name for name in add.input if name != summand)
        while name not in self._constants:
            name = self._maker[name].input[0]
        return self._array(name)
