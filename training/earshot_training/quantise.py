"""int8 weights and activations for the network body (static QDQ); features and last layer stay in float."""

import logging
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from .onnx_graph import FLOAT_NODES_PREFIX


class _Recordings(CalibrationDataReader):
    def __init__(self, recordings: Iterable[np.ndarray]) -> None:
        self._inputs = iter([{"pcm": pcm[None].astype(np.float32)} for pcm in recordings])

    def get_next(self) -> dict | None:
        return next(self._inputs, None)


def quantise(float_path: Path, int8_path: Path, recordings: Iterable[np.ndarray]) -> None:
    """Ranges of the activations are those seen in `recordings`, which should span what will be heard."""
    prepared = float_path.with_suffix(".prepared.onnx")
    logging.getLogger().setLevel(logging.ERROR)
    quant_pre_process(float_path, prepared, skip_symbolic_shape=True, skip_optimization=True)
    floats = [node.name for node in onnx.load(prepared).graph.node if node.name.startswith(FLOAT_NODES_PREFIX)]
    quantize_static(
        prepared,
        int8_path,
        _Recordings(recordings),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        reduce_range=True,  # 7-bit weights: the same result on processors with and without VNNI
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        calibrate_method=CalibrationMethod.MinMax,
        op_types_to_quantize=["Conv"],
        nodes_to_exclude=floats,
    )
    prepared.unlink()
