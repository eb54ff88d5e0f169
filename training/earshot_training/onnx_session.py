"""ONNX graphs on one thread: the recipe runs a process on each core, and more threads would wait for each other."""

from pathlib import Path

import onnxruntime


def session_of(graph: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
