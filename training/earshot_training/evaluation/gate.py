"""The blank penalty that applies only near phones, as in src/stt/decoding/blank-gate.ts.

People drop and shorten sounds that synthesisers never do, so the network says blank too readily inside
their words; in silence and in noise it is right to.
"""

import numpy as np

PENALTY_NATS = 3.5
_REACH_FRAMES = 6
_PHONE_PROBABILITY = 0.5


def phones_near(log_probs: np.ndarray) -> np.ndarray:
    """1 within reach of a frame that is surely a phone, 0 far from any; one value a frame."""
    here = np.minimum(1, (1 - np.exp(log_probs[:, 0])) / _PHONE_PROBABILITY)
    around = np.pad(here, _REACH_FRAMES)
    return np.lib.stride_tricks.sliding_window_view(around, 2 * _REACH_FRAMES + 1).max(1)


def with_blank_penalty(log_probs: np.ndarray, penalty_nats: float = PENALTY_NATS) -> np.ndarray:
    penalised = log_probs.astype(np.float64)
    penalised[:, 0] -= penalty_nats * phones_near(log_probs)
    top = penalised.max(1, keepdims=True)
    return penalised - top - np.log(np.exp(penalised - top).sum(1, keepdims=True))
