"""Shards of the corpus: all samples in one .bin (int16, 16 kHz), one line of JSON an utterance beside it.

The .jsonl appears when its shard is complete, so a run that was cut off leaves nothing half-made behind.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import soxr

from ..features import SAMPLE_RATE_HZ
from ..paths import WORK

FOLDER = WORK / "corpus"
LONGEST_S = 6.5
_PEAK = 20_000


@dataclass(frozen=True)
class Utterance:
    offset: int
    samples: int
    text: str
    phones: list[str]
    voice: str
    language: str


class ShardWriter:
    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._unfinished = path.with_suffix(".tmp")
        self._binary = self._unfinished.open("wb")
        self._rows: list[Utterance] = []
        self.total_samples = 0

    def add(self, pcm: np.ndarray, text: str, phones: list[str], voice: str, language: str) -> None:
        """float or int16 samples at 16 kHz, any gain."""
        scaled = np.asarray(pcm, np.float32)
        scaled = (scaled * (_PEAK / (np.abs(scaled).max() + 1e-9))).astype(np.int16)
        self._binary.write(scaled.tobytes())
        self._rows.append(Utterance(self.total_samples, len(scaled), text, phones, voice, language))
        self.total_samples += len(scaled)

    def close(self) -> None:
        self._binary.close()
        # Not written in place: training may have the samples of before mapped into its memory.
        self._unfinished.replace(self._path.with_suffix(".bin"))
        lines = [json.dumps(asdict(row), ensure_ascii=False) for row in self._rows]
        self._path.with_suffix(".jsonl").write_text("\n".join(lines) + "\n", "utf8")


def trimmed(pcm: np.ndarray, rate_hz: int, before_s: float = 0.05, after_s: float = 0.08) -> np.ndarray:
    """Without the silence at both ends but for a short rest; empty where there is no sound."""
    if len(pcm) == 0:
        return pcm
    loud = np.nonzero(np.abs(pcm.astype(np.float32)) > max(np.abs(pcm.astype(np.float32)).max() * 0.01, 20))[0]
    if len(loud) == 0:
        return pcm[:0]
    return pcm[max(0, loud[0] - int(before_s * rate_hz)) : loud[-1] + int(after_s * rate_hz)]


def at_16_khz(pcm: np.ndarray, rate_hz: float, faster: float = 1.0) -> np.ndarray:
    """Resampled; `faster` ≠ 1 shifts speed, pitch and formants together, as another speaker would."""
    return soxr.resample(pcm.astype(np.float32), rate_hz * faster, SAMPLE_RATE_HZ, quality="MQ")


def read_shard(index: Path) -> tuple[np.ndarray, list[Utterance]]:
    """Samples (memory-mapped) and utterances of a complete shard."""
    samples = np.memmap(index.with_suffix(".bin"), dtype=np.int16, mode="r")
    return samples, [Utterance(**json.loads(line)) for line in index.open(encoding="utf8")]


def shards(folder: Path = FOLDER) -> Iterator[Path]:
    yield from sorted(folder.glob("*.jsonl"))
