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


def _slice(w: _Writer, x: str, output: str, start: int, end: int) -> str:
    """Along axis 1."""
    numbers = {"from": start, "to": end, "axis": 1}
    limits = [w.constant(f"{output}.{name}", np.array([value], np.int64)) for name, value in numbers.items()]
    return w.add("Slice", [x, *limits], output)


def _energy(w: _Writer, mel: str) -> None:
    bands = _slice(w, mel, "middle_bands", ft.ENERGY_BANDS.start, ft.ENERGY_BANDS.stop)
    mean = w.add("ReduceMean", [bands], "band_mean", axes=[1], keepdims=1)
    pooled = w.add("AveragePool", [mean], "pooled", kernel_shape=[5], strides=[ft.OUTPUT_STRIDE], pads=[2, 2])
    floored = w.add("Add", [pooled, w.number("energy.floor", ft.ENERGY_FLOOR)], "floored")
    decibels = w.add("Mul", [w.add("Log", [floored], "log_energy"), w.number("db_per_nat", 10 / np.log(10))], "decibels")
    w.add("Squeeze", [decibels, w.constant("squeezed", np.array([1], np.int64))], "energyDb")


def _mean(w: _Writer, log: str) -> str:
    """Of each band over the utterance, drawn towards what is usual (features.USUAL_MEAN)."""
    mean = w.add("ReduceMean", [log], "utterance_mean", axes=[2], keepdims=1)
    unusual = w.add("Sub", [mean, w.constant("usual_mean", ft.USUAL_MEAN[None, :, None])], "unusual")
    level_bands = _slice(w, unusual, "level_bands", 0, ft.LEVEL_BANDS)
    level = w.add("ReduceMean", [level_bands], "level", axes=[1], keepdims=1)
    shape = w.add("Sub", [unusual, level], "unusual_shape")
    frames = w.add("Cast", [w.add("Shape", [log], "log_mel.frames", start=2, end=3)], "frames", to=TensorProto.FLOAT)
    usual = w.constant("usual.frames", np.array([ft.USUAL_FRAMES], np.float32))
    share = w.add("Div", [usual, w.add("Add", [frames, usual], "all_frames")], "usual_share")
    return w.add("Sub", [mean, w.add("Mul", [shape, share], "towards_usual")], "mean")


def _features(w: _Writer, mel: str) -> str:
    log = w.add("Log", [w.add("Add", [mel, w.number("log.floor", ft.LOG_FLOOR)], "mel_floored")], "log_mel")
    centred = w.add("Sub", [log, _mean(w, log)], "centred")
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
    """Writes `pcm` [1, samples] → `logProbs` [1, frames, phones], `energyDb` [1, frames] in float32."""
    network.eval()
    weights = {name: value.detach().to(torch.float32).numpy() for name, value in network.state_dict().items()}
    w = _Writer()
    mel = _mel_power(w)
    _energy(w, mel)
    x = _body(w, _features(w, mel), weights)
    logits = w.convolution(x, "head", weights["hp.weight"], weights["hp.bias"], quantise=False)
    w.add("LogSoftmax", [w.add("Transpose", [logits], "logits", perm=[0, 2, 1])], "logProbs", axis=-1)
    graph = helper.make_graph(
        w.nodes,
        "earshot-speech",
        [helper.make_tensor_value_info("pcm", TensorProto.FLOAT, [1, "samples"])],
        [
            helper.make_tensor_value_info("logProbs", TensorProto.FLOAT, [1, "frames", len(PHONES)]),
            helper.make_tensor_value_info("energyDb", TensorProto.FLOAT, [1, "frames"]),
        ],
        w.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="earshot-training")
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, path)
