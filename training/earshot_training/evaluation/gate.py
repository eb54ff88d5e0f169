"""The blank penalty that applies only where there is speech energy.

People drop and shorten sounds that synthesisers never do, so the network says blank too readily inside
their words; between words and in noise it is right to. Energy tells the two apart.
"""

import numpy as np

PENALTY_NATS = 4.0
_WINDOW_FRAMES = 13
_FLOOR_QUANTILE, _PEAK_QUANTILE = 0.10, 0.97
_FROM, _WIDTH = 0.25, 0.5


def speech_share(energy_db: np.ndarray) -> np.ndarray:
    """0 where it is quiet for this recording, 1 where it is loud; one value a frame."""
    padded = np.pad(energy_db, _WINDOW_FRAMES // 2, mode="edge")
    smooth = np.convolve(padded, np.ones(_WINDOW_FRAMES) / _WINDOW_FRAMES, mode="valid")
    floor, peak = np.quantile(smooth, [_FLOOR_QUANTILE, _PEAK_QUANTILE])
    return np.clip(((smooth - floor) / (peak - floor + 1e-6) - _FROM) / _WIDTH, 0, 1)


def with_blank_penalty(log_probs: np.ndarray, energy_db: np.ndarray, penalty_nats: float = PENALTY_NATS) -> np.ndarray:
    penalised = log_probs.astype(np.float64)
    penalised[:, 0] -= penalty_nats * speech_share(energy_db)
    top = penalised.max(1, keepdims=True)
    return penalised - top - np.log(np.exp(penalised - top).sum(1, keepdims=True))
