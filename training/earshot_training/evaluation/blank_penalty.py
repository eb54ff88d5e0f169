"""The blank penalty near phones and where it is loud, as in src/stt/scoring/blank-penalty.ts.

People drop and shorten sounds that synthesisers never do, so the network says blank too readily inside
their words; in silence and in noise it is right to.
"""

import json

import numpy as np

from ..paths import MODEL

_SETTINGS = json.loads((MODEL / "model.json").read_text("utf8"))["decoding"]["blankPenalty"]
PENALTY_NATS = _SETTINGS["penaltyNats"]
_REACH_FRAMES = _SETTINGS["reachFrames"]
_PHONE_PROBABILITY = _SETTINGS["phoneProbability"]
_WINDOW_FRAMES = _SETTINGS["smoothingFrames"]
_FLOOR_QUANTILE, _PEAK_QUANTILE = _SETTINGS["floorQuantile"], _SETTINGS["peakQuantile"]
_QUIET, _LOUD = _SETTINGS["quiet"], _SETTINGS["loud"]


def phones_near(log_probs: np.ndarray) -> np.ndarray:
    """1 within reach of a frame that is surely a phone, 0 far from any; one value a frame."""
    here = np.minimum(1, (1 - np.exp(log_probs[:, 0])) / _PHONE_PROBABILITY)
    around = np.pad(here, _REACH_FRAMES)
    return np.lib.stride_tricks.sliding_window_view(around, 2 * _REACH_FRAMES + 1).max(1)


def loudness(energy_db: np.ndarray) -> np.ndarray:
    """0 where it is quiet for this recording, 1 where it is loud; one value a frame."""
    padded = np.pad(energy_db, _WINDOW_FRAMES // 2, mode="edge")
    smooth = np.convolve(padded, np.ones(_WINDOW_FRAMES) / _WINDOW_FRAMES, mode="valid")
    floor, peak = np.quantile(smooth, [_FLOOR_QUANTILE, _PEAK_QUANTILE])
    return np.clip(((smooth - floor) / (peak - floor + 1e-6) - _QUIET) / (_LOUD - _QUIET), 0, 1)


def with_blank_penalty(log_probs: np.ndarray, energy_db: np.ndarray, penalty_nats: float = PENALTY_NATS) -> np.ndarray:
    penalised = log_probs.astype(np.float64)
    penalised[:, 0] -= penalty_nats * (phones_near(log_probs) + loudness(energy_db)) / 2
    top = penalised.max(1, keepdims=True)
    return penalised - top - np.log(np.exp(penalised - top).sum(1, keepdims=True))
