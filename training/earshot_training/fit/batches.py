"""Endless batches of about equal length, drawn over shards by weight, made in a process of their own."""

import multiprocessing
import queue
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from ..features import OUTPUT_STRIDE, HOP_SAMPLES
from ..paths import WORK
from ..phones import PHONE_ID
from ..speech import corpus
from .augment import Augmenter, Batch, Spoken

REAL_FOLDER = WORK / "real"
REAL_SHARDS = {"libri": 0.18, "words": 0.1, "wake": 0.03, "prompts_fr": 0.06, "prompts_en": 0.02}
"""Shares of all utterances drawn; what is not there leaves its share to the synthetic shards."""

VOICE_WEIGHT = {
    "espeak": 0.5, "flite": 1.5, "pico": 1.5, "diphones": 0.7, "german": 1.0, "rhvoice": 1.7, "kokoro": 16.0,
}  # fmt: skip
"""How often an utterance is drawn, by the last part of its shard's name: voices taken from people count more."""
SHORT_WEIGHT = 2.0
"""How much more often one of a word or two is, though not Kokoro's."""

_POOL = 2_500
_SILENCE_SAMPLES = 8_000


class Corpus:
    """Complete shards, looked for again at every pool: training may start before all are made, and one made anew is
    taken in place of the old."""

    def __init__(self) -> None:
        self._lengths: dict[Path, int] = {}
        self._shards: dict[Path, tuple[np.ndarray, list[tuple[int, int, list[int]]]]] = {}
        self.refresh()

    def refresh(self) -> None:
        real = [REAL_FOLDER / f"{name}.jsonl" for name in REAL_SHARDS]
        for path in [*corpus.shards(), *(path for path in real if path.exists())]:
            bytes_ = path.stat().st_size
            if self._lengths.get(path) == bytes_ or path.stem.startswith("held"):
                continue
            self._lengths[path] = bytes_
            samples, rows = corpus.read_shard(path)
            kept = [(row.offset, row.samples, [PHONE_ID[phone] for phone in row.phones]) for row in rows]
            kept = [
                row
                for row in kept
                if row[2] and len(row[2]) * OUTPUT_STRIDE * HOP_SAMPLES < row[1] + _SILENCE_SAMPLES // 2
            ]
            self._shards[path] = samples, kept
            print(
                f"corpus: {path.stem} {len(kept)} utterances, {sum(row[1] for row in kept) / 16_000 / 3600:.2f} h",
                flush=True,
            )

    def pool(self, rng: np.random.Generator) -> list[Spoken]:
        real = {path: REAL_SHARDS[path.stem] for path in self._shards if path.parent == REAL_FOLDER}
        synthetic = {
            path: len(rows) * _weight(path.stem)
            for path, (_, rows) in self._shards.items()
            if path not in real
        }
        left = (1 - sum(real.values())) / sum(synthetic.values())
        chances = real | {path: weight * left for path, weight in synthetic.items()}
        drawn: list[Spoken] = []
        for path, count in zip(chances, rng.multinomial(_POOL, list(chances.values()))):
            samples, rows = self._shards[path]
            for index in rng.integers(0, len(rows), count):
                offset, length, phones = rows[index]
                drawn.append(
                    Spoken(samples[offset : offset + length].astype(np.float32) / 32_768, phones, path in real)
                )
        return drawn


def _weight(shard: str) -> float:
    voice = shard.split("_")[-1]
    return VOICE_WEIGHT[voice] * (SHORT_WEIGHT if "short" in shard and voice != "kokoro" else 1)


def _groups(pool: list[Spoken], seconds: float, rng: np.random.Generator) -> Iterator[list[Spoken]]:
    """Cuts the pool, sorted roughly by length, into batches of `seconds` with padding; in random order."""
    pool.sort(key=lambda item: len(item.pcm) + rng.integers(0, 4_000))
    groups, group, longest = [], [], 0
    for item in pool:
        longest = max(longest, len(item.pcm) + _SILENCE_SAMPLES)
        if group and longest * (len(group) + 1) > seconds * 16_000:
            groups.append(group)
            group, longest = [], len(item.pcm) + _SILENCE_SAMPLES
        group.append(item)
    rng.shuffle(groups)
    yield from groups


def _produce(out: "multiprocessing.Queue[tuple]", seed: int, seconds: float) -> None:
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    augmenter, source = Augmenter(rng), Corpus()
    while True:
        for group in _groups(source.pool(rng), seconds, rng):
            batch = augmenter.batch(group)
            out.put((batch.features.numpy().astype(np.float16), batch.frames.numpy(), batch.phones, batch.speech_s))
        source.refresh()


def batches(seed: int, seconds: float) -> Iterator[Batch]:
    context = multiprocessing.get_context("spawn")
    out = context.Queue(6)
    producer = context.Process(target=_produce, args=(out, seed, seconds), daemon=True)
    producer.start()
    try:
        while True:
            try:
                features, frames, phones, speech_s = out.get(timeout=60)
            except queue.Empty:
                if not producer.is_alive():
                    raise RuntimeError("the process that makes batches has ended; its error is printed above") from None
                continue
            yield Batch(torch.from_numpy(features).float(), torch.from_numpy(frames), phones, speech_s)
    finally:
        producer.terminate()
