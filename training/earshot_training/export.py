"""From a checkpoint to the files that are shipped: the int8 graph and model.json."""

import copy
import json
import shutil
from pathlib import Path

import numpy as np
import soundfile
import torch

from . import features as ft
from .checkpoint import mixed, network_from, write_small
from .evaluation.recogniser import Recogniser
from .network import PhoneNetwork
from .onnx_graph import write_graph
from .paths import CHECKPOINTS, DATA, MODEL, WORK
from .phones import PHONES
from .quantise import quantise
from .speech import corpus

VERSION = "0.1.0"
CALIBRATION_UTTERANCES = 160
SHARPNESS = 1.15
"""Times the logits of the graph: what is trained on noise that hides every fourth phone is less sure than it might be where
it can hear, and the decoder's costs of words are few nats (LOG.md)."""

FITTED_SECTIONS = ("decoding", "decision")
"""Sections of model.json that are fitted to a network after its export (training/decision); an export keeps them."""

DESCRIPTION = {
    "name": "earshot-embedded",
    "version": VERSION,
    "languages": ["en", "fr"],
    "graph": "speech.onnx",
    "sampleRateHz": ft.SAMPLE_RATE_HZ,
    "frameMs": ft.OUTPUT_STRIDE * ft.HOP_SAMPLES / 16,
    "minimumSamples": 1_600,
    "longestSamples": 30 * ft.SAMPLE_RATE_HZ,
    "contextMs": 660,
    "phones": list(PHONES),
    "licence": "MIT",
}


def _calibration(seed: int = 7) -> list[np.ndarray]:
    """Utterances of every shard and of people, between silences, in noise from none to a lot."""
    rng = np.random.default_rng(seed)
    sources = [
        path
        for path in [*corpus.shards(), *sorted((WORK / "real").glob("*.jsonl"))]
        if path.with_suffix(".bin").exists()
    ]
    found = []
    for path in sources:
        samples, rows = corpus.read_shard(path)
        for index in rng.integers(0, len(rows), CALIBRATION_UTTERANCES // len(sources)):
            row = rows[index]
            pcm = np.concatenate(
                [np.zeros(3_000), samples[row.offset : row.offset + row.samples] / 32_768, np.zeros(3_000)]
            )
            found.append(pcm + rng.standard_normal(len(pcm)) * np.abs(pcm).max() * 10 ** rng.uniform(-4.5, -1.2))
    return found


def _agreement(float_graph: Path, int8_graph: Path) -> dict[str, float]:
    """How often int8 chooses another phone than float, on recordings of people (unlabelled ones)."""
    exact, rounded = Recogniser(float_graph), Recogniser(int8_graph)
    frames = differing = recordings = 0
    for path in sorted((DATA / "librispeech-unlabelled").glob("*.ogg"))[::12]:
        pcm, _ = soundfile.read(path, dtype="float32")
        a, b = exact(pcm)[0], rounded(pcm)[0]
        frames, differing = frames + len(a), differing + int((a.argmax(1) != b.argmax(1)).sum())
        recordings += 1
    return {"frames that differ": differing / max(frames, 1), "recordings": recordings}


def _sharpened(network: PhoneNetwork) -> PhoneNetwork:
    sharper = copy.deepcopy(network)
    with torch.no_grad():
        sharper.hp.weight.mul_(SHARPNESS)
        sharper.hp.bias.mul_(SHARPNESS)
    return sharper


def export(checkpoint: Path, name: str, ship: bool, earlier: dict[Path, float]) -> Path:
    """Writes out/NAME.float.onnx and out/NAME.int8.onnx; `ship` also replaces the model of the repository.
    Weights of `earlier` checkpoints have these shares of 1 (`mixed`)."""
    float_graph, int8_graph = WORK / f"{name}.float.onnx", WORK / f"{name}.int8.onnx"
    network = mixed(network_from(checkpoint), earlier)
    write_graph(_sharpened(network), str(float_graph))
    quantise(float_graph, int8_graph, _calibration())
    print(f"{int8_graph.name}: {int8_graph.stat().st_size} bytes; {_agreement(float_graph, int8_graph)}", flush=True)
    if ship:
        write_small(network, CHECKPOINTS / "embedded.pt")
        shutil.copyfile(int8_graph, MODEL / "speech.onnx")
        card = MODEL / "model.json"
        earlier_card = json.loads(card.read_text("utf8")) if card.exists() else {}
        fitted = {name: earlier_card[name] for name in FITTED_SECTIONS if name in earlier_card}
        card.write_text(json.dumps(DESCRIPTION | fitted, ensure_ascii=False, indent=2) + "\n", "utf8")
    return int8_graph
