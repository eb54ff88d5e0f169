"""The exported graph as a function: what is evaluated is what is shipped."""

from pathlib import Path

import numpy as np

from ..onnx_session import session_of


class Recogniser:
    def __init__(self, path: Path) -> None:
        self._session = session_of(path)

    def __call__(self, pcm: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Samples at 16 kHz → log-probabilities [frames, phones], energy [frames] in dB."""
        log_probs, energy_db = self._session.run(["logProbs", "energyDb"], {"pcm": np.asarray(pcm, np.float32)[None]})
        return log_probs[0], energy_db[0]


def greedy(log_probs: np.ndarray) -> list[int]:
    """Phone numbers of the most probable path, repeats and blanks removed."""
    best = log_probs.argmax(1)
    return [int(phone) for phone, before in zip(best, np.r_[-1, best[:-1]]) if phone != before and phone != 0]
