"""Writes models/embedded/g2p-{en,fr}.bin: batch norm folded in, weights as int8 with a scale per output.

Layout (little endian): uint32 length of the header, the header as JSON padded with blanks to a multiple of
four, all float32 (scale then bias of every layer, in order), then all int8 (weights of every layer, in order).
Weights are [tap][input][output]; the first layer is a table [offset][letter][output].
"""

import json
import struct
import sys
from pathlib import Path

import numpy as np
import torch

from train import CHANNELS, DILATIONS, FIRST_REACH
from words import WORK

MODEL = Path(__file__).resolve().parents[2] / "models" / "embedded"


def main(language: str) -> None:
    saved = torch.load(WORK / f"g2p-{language}.pt")
    state = {k: v.numpy() for k, v in saved["model"].items()}
    layers = []
    table = np.stack([state[f"first.{k}.weight"] for k in range(2 * FIRST_REACH + 1)])
    layers.append(folded(table, state, 0))
    for i in range(len(DILATIONS)):
        layers.append(folded(state[f"convs.{i}.weight"].T.reshape(3, CHANNELS, CHANNELS), state, i + 1))
    layers.append((state["last.weight"].T, state["last.bias"]))
    floats, weights = [], []
    for weight, bias in layers:
        scale = np.abs(weight).reshape(-1, weight.shape[-1]).max(0) / 127 + 1e-12
        floats += [scale, bias]
        weights.append(np.round(weight / scale).astype(np.int8).reshape(-1))
    header = {
        "format": "earshot-g2p 1",
        "language": language,
        "letters": "".join(sorted(saved["letters"], key=saved["letters"].get)),
        "tags": [" ".join(tag) for tag in saved["tags"]],
        "channels": CHANNELS,
        "firstReach": FIRST_REACH,
        "dilations": DILATIONS,
    }
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-len(text) % 4)
    path = MODEL / f"g2p-{language}.bin"
    path.write_bytes(
        struct.pack("<I", len(text))
        + text
        + np.concatenate(floats).astype("<f4").tobytes()
        + np.concatenate(weights).tobytes()
    )
    print(path, path.stat().st_size, "bytes")


def folded(weight, state, norm):
    gain = state[f"norms.{norm}.weight"] / np.sqrt(state[f"norms.{norm}.running_var"] + 1e-5)
    return weight * gain, state[f"norms.{norm}.bias"] - state[f"norms.{norm}.running_mean"] * gain


if __name__ == "__main__":
    main(sys.argv[1])
