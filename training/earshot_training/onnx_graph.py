"""Writes the trained network as one ONNX graph from PCM to log-probabilities, with the features inside.

Written node by node instead of traced: every operator is one that onnxruntime runs fast, batch
normalisation is folded into the convolutions, and node names say what to leave out of quantisation.
"""

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from . import features as ft
from .network import DILATIONS, PhoneNetwork
from .phones import PHONES

OPSET = 17
FLOAT_NODES_PREFIX = "float/"
"""Nodes with this prefix stay in float: the features, the first layer (log-mel values spread so far that int8
products overflow the 16-bit sums of processors without VNNI) and the last layer."""


class _Writer:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def number(self, name: str, value: float) -> str:
        return self.constant(name, np.array(value, np.float32))

    def add(self, operator: str, inputs: list[str], output: str, *, quantise: bool = False, **attributes) -> str:
        name = output if quantise else FLOAT_NODES_PREFIX + output
        self.nodes.append(helper.make_node(operator, inputs, [output], name=name, **attributes))
        return output

    def convolution(self, x: str, output: str, weight, bias, *, quantise: bool = True, **attributes) -> str:
        inputs = [x, self.constant(f"{output}.weight", weight), self.constant(f"{output}.bias", bias)]
        return self.add("Conv", inputs, output, quantise=quantise, kernel_shape=[weight.shape[2]], **attributes)


def _folded(weights: dict[str, np.ndarray], convolution: str, norm: str) -> tuple[np.ndarray, np.ndarray]:
    scale = weights[f"{norm}.weight"] / np.sqrt(weights[f"{norm}.running_var"] + 1e-5)
    bias = weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale
    return weights[f"{convolution}.weight"] * scale[:, None, None], bias


def _mel_power(w: _Writer) -> str:
    peak = w.add("ReduceMax", [w.add("Abs", ["pcm"], "magnitude")], "peak", axes=[1], keepdims=1)
    gain = w.add("Div", [w.number("target", ft.PEAK), w.add("Add", [peak, w.number("tiny", 1e-6)], "divisor")], "gain")
    signal = w.add("Mul", ["pcm", gain], "signal")
    signal = w.add("Unsqueeze", [signal, w.constant("axis1", np.array([1], np.int64))], "signal3")
    pad = ft.WINDOW_SAMPLES // 2
    kernels = ft.dft_kernels()[:, None]
    spectrum = w.convolution(
        signal,
        "dft",
        kernels,
        np.zeros(len(kernels), np.float32),
        quantise=False,
        strides=[ft.HOP_SAMPLES],
        pads=[pad, pad],
    )
    squares = w.add("Mul", [spectrum, spectrum], "squares")
    # One multiplication adds real² and imaginary² and forms the mel bands: [64, 2·257] · [2·257, frames].
    bands = w.constant("mel.weight", np.concatenate([ft.mel_weights()] * 2).T)
    return w.add("MatMul", [bands, squares], "mel")


def _features(w: _Writer, mel: str) -> str:
    log = w.add("Log", [w.add("Add", [mel, w.number("log.floor", ft.LOG_FLOOR)], "mel_floored")], "log_mel")
    mean = w.add("ReduceMean", [log], "utterance_mean", axes=[2], keepdims=1)
    centred = w.add("Sub", [log, mean], "centred")
    return w.add("Mul", [centred, w.number("feature.scale", ft.FEATURE_SCALE)], "features")


def _body(w: _Writer, x: str, weights: dict[str, np.ndarray]) -> str:
    for name, norm in (("c1", "n1"), ("c2", "n2")):
        x = w.convolution(x, name, *_folded(weights, name, norm), quantise=name != "c1", strides=[2], pads=[2, 2])
        x = w.add("Relu", [x], f"{name}.relu", quantise=True)
    for index, dilation in enumerate(DILATIONS):
        block = f"b.{index}"
        y = w.convolution(
            x, f"{block}.conv", *_folded(weights, f"{block}.c", f"{block}.n"), dilations=[dilation], pads=[dilation] * 2
        )
        y = w.add("Relu", [y], f"{block}.relu", quantise=True)
        if f"{block}.se.a.weight" in weights:
            y = _squeeze_excite(w, y, block, weights)
        x = w.add("Add", [x, y], f"{block}.out", quantise=True)
    return x


def _squeeze_excite(w: _Writer, y: str, block: str, weights: dict[str, np.ndarray]) -> str:
    mean = w.add("ReduceMean", [y], f"{block}.mean", quantise=True, axes=[2], keepdims=1)
    down = w.convolution(
        mean, f"{block}.down", weights[f"{block}.se.a.weight"][:, :, None], weights[f"{block}.se.a.bias"]
    )
    down = w.add("Relu", [down], f"{block}.down.relu", quantise=True)
    up = w.convolution(down, f"{block}.up", weights[f"{block}.se.b.weight"][:, :, None], weights[f"{block}.se.b.bias"])
    return w.add("Mul", [y, w.add("Sigmoid", [up], f"{block}.gate", quantise=True)], f"{block}.gated", quantise=True)


def write_graph(network: PhoneNetwork, path: str) -> None:
    """Writes `pcm` [1, samples] → `logProbs` [1, frames, phones] in float32."""
    network.eval()
    weights = {name: value.detach().to(torch.float32).numpy() for name, value in network.state_dict().items()}
    w = _Writer()
    x = _body(w, _features(w, _mel_power(w)), weights)
    logits = w.convolution(x, "head", weights["hp.weight"], weights["hp.bias"], quantise=False)
    w.add("LogSoftmax", [w.add("Transpose", [logits], "logits", perm=[0, 2, 1])], "logProbs", axis=-1)
    graph = helper.make_graph(
        w.nodes,
        "earshot-speech",
        [helper.make_tensor_value_info("pcm", TensorProto.FLOAT, [1, "samples"])],
        [helper.make_tensor_value_info("logProbs", TensorProto.FLOAT, [1, "frames", len(PHONES)])],
        w.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="earshot-training")
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, path)
