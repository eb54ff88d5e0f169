"""A batch of utterances as it might have been heard: rooms, noise, microphones, other speakers, other speeds."""

from dataclasses import dataclass

import numpy as np
import torch
from scipy.signal import lfilter
from torch import Tensor

from .. import features as ft
from ..network import log_features, power
from .noise import RESPONSE_SAMPLES, noise_bank, room_bank

WARPS = np.linspace(0.82, 1.2, 39)
REVERBERATED = 0.4
NOISY = 0.85
BABBLE = 0.25
MURMUR_VOICES = 4
"""From so many on other voices are a murmur, and may be as loud as `MURMUR_DB` allows; fewer are a television, and at
least `FEW_VOICES_DB` fainter, lest the network learn to pass over a speaker's own fainter phrases."""
MURMUR_DB = 3.0
FEW_VOICES_DB = 12.0
UNEVEN = 0.5
"""Share of utterances whose loudness wanders, and falls towards the end, as people's does."""
USUAL_FRAMES = (100, 600)
"""How many usual frames an utterance's own mean is weighed against: drawn anew for each, so that listening may choose."""
CLOSELY_CUT = 0.2
"""Share of utterances with next to no silence around, as single words often come."""
CUT_INTO = 0.12
"""Share whose first sound is cut into, as whoever cuts words out, or presses a button late, does."""
CUT_SAMPLES = 800
BASS = 0.2
"""Share, of those whose bass is not cut, that is spoken from near: bass is louder then, and the voice's murmur goes on
behind its last sound."""
BACKGROUND = 0.6
"""Share with the faint background that Earshot puts around and under what it hears."""
BACKGROUND_SAMPLES = 4_480
NOISE_ALONE = 0.04
"""Share of a batch in which nobody speaks: the target is blank."""


@dataclass
class Spoken:
    """One utterance of the corpus: samples at 16 kHz (−1…1) and phone numbers."""

    pcm: np.ndarray
    phones: list[int]
    real: bool


@dataclass
class Batch:
    features: Tensor
    frames: Tensor
    phones: list[list[int]]
    speech_s: float


class Augmenter:
    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._noise, self._rooms = noise_bank(rng), room_bank(rng)
        self._mel = torch.from_numpy(np.stack([ft.mel_weights(warp) for warp in WARPS]))
        self._hz = np.linspace(0, 8_000, ft.BINS)

    def batch(self, spoken: list[Spoken]) -> Batch:
        phones = [item.phones for item in spoken]
        signal, samples, speech = self._laid_out(spoken)
        for k in np.nonzero(self._rng.random(len(spoken)) < NOISE_ALONE)[0]:
            signal[k], phones[k] = 0, []
        loudness = signal.square().sum(1) / speech + (signal.abs().amax(1) == 0) * 1e-3
        signal = self._with_noise(self._in_rooms(signal), spoken, loudness)
        signal = self._with_background(signal)
        signal = signal / (signal.abs().amax(1, keepdim=True) + 1e-6) * self._uniform(0.3, 1.0, len(spoken))
        warp = np.where(
            [item.real for item in spoken],
            self._rng.integers(10, 30, len(spoken)),
            self._rng.integers(0, len(WARPS), len(spoken)),
        )
        mel = torch.bmm(power(signal) * self._microphones(spoken), self._mel[torch.from_numpy(warp)])
        mel, frames = self._at_other_speeds(mel, samples, spoken, phones)
        low, high = np.log(USUAL_FRAMES)
        x = log_features(mel, frames, self._uniform(low, high, len(spoken)).exp()[..., None])
        self._mask(x, frames)
        return Batch(x, frames, phones, float(sum(len(item.pcm) for item in spoken)) / ft.SAMPLE_RATE_HZ)

    def _uniform(self, low: float, high: float, count: int) -> Tensor:
        return torch.from_numpy(self._rng.uniform(low, high, (count, 1)).astype(np.float32))

    def _laid_out(self, spoken: list[Spoken]) -> tuple[Tensor, list[int], Tensor]:
        """Each after a random silence and before another; batch, samples with silences, samples of speech."""
        count = len(spoken)
        close = np.where(self._rng.random(count) < CLOSELY_CUT, 0.06, 1.0)
        before = (self._rng.integers(0, 8_000, count) * close).astype(int)
        after = (self._rng.integers(800, 8_000, count) * close).astype(int)
        padded = np.where(self._rng.random(count) < 0.5, BACKGROUND_SAMPLES, 0)
        before, after = np.maximum(before, padded), np.maximum(after, padded)
        samples = [len(item.pcm) + int(b + a) for item, b, a in zip(spoken, before, after)]
        signal = torch.zeros(len(spoken), max(samples))
        cut = self._rng.integers(0, CUT_SAMPLES, count) * (self._rng.random(count) < CUT_INTO)
        for k, item in enumerate(spoken):
            missing = min(int(cut[k]), len(item.pcm) // 8)
            voice = item.pcm * self._loudness(len(item.pcm)) if self._rng.random() < UNEVEN else item.pcm
            signal[k, before[k] + missing : before[k] + len(item.pcm)] = torch.from_numpy(voice[missing:])
        return signal, samples, torch.tensor([float(len(item.pcm)) for item in spoken])

    def _loudness(self, samples: int) -> np.ndarray:
        """Gain: a knot about every half second, and a slope over the whole."""
        knots = samples // 8_000 + 3
        gain_db = self._rng.normal(0, 3.5, knots) + np.linspace(0, self._rng.uniform(-10, 3), knots)
        curve_db = np.interp(np.linspace(0, knots - 1, samples), np.arange(knots), gain_db)
        return (10 ** (curve_db / 20)).astype(np.float32)

    def _in_rooms(self, signal: Tensor) -> Tensor:
        count, length = int(len(signal) * REVERBERATED), signal.shape[1]
        chosen = torch.from_numpy(self._rng.choice(len(signal), count, replace=False))
        rooms = self._rooms[torch.from_numpy(self._rng.integers(0, len(self._rooms), count))]
        size = 2 ** int(np.ceil(np.log2(length + RESPONSE_SAMPLES)))
        heard = torch.fft.irfft(torch.fft.rfft(signal[chosen], size) * torch.fft.rfft(rooms, size), size)
        signal[chosen] = heard[:, :length]
        return signal

    def _with_noise(self, signal: Tensor, spoken: list[Spoken], loudness: Tensor) -> Tensor:
        count, length = signal.shape
        ratio_db = np.where(self._rng.random(count) < NOISY, self._rng.uniform(-3, 30, count), 60.0)
        noise = torch.stack(
            [self._noise[at : at + length] for at in self._rng.integers(0, len(self._noise) - length, count)]
        )
        spoken_in = signal.abs().amax(1).numpy() > 0
        for k in np.nonzero((self._rng.random(count) < BABBLE) & spoken_in)[0]:
            voices = int(self._rng.integers(1, 9))
            noise[k] = self._babble(spoken, voices, length)
            ratio_db[k] = max(ratio_db[k], MURMUR_DB if voices >= MURMUR_VOICES else FEW_VOICES_DB)
        scale = (loudness * torch.from_numpy(10 ** (-ratio_db / 10)).float()).sqrt()
        return signal + noise * scale[:, None]

    def _babble(self, spoken: list[Spoken], voices: int, samples: int) -> Tensor:
        """Other utterances of the batch, each said over and over without a pause, with an RMS of 1."""
        babble = np.zeros(samples, np.float32)
        for k in self._rng.integers(0, len(spoken), voices):
            voice = spoken[k].pcm / (spoken[k].pcm.std() + 1e-6)
            start = int(self._rng.integers(0, len(voice)))
            babble += np.resize(np.roll(voice, start), samples) * np.float32(self._rng.uniform(0.4, 1))
        return torch.from_numpy(babble / (babble.std() + 1e-6))

    def _with_background(self, signal: Tensor) -> Tensor:
        """Noise that falls with frequency, about 30 dB below the loudest frame of 2048 samples."""
        whole = signal.shape[1] // 2_048 * 2_048
        loudest = signal[:, :whole].unflatten(1, (-1, 2_048)).square().mean(2).amax(1, keepdim=True)
        level_db = self._rng.uniform(-36, -26, (len(signal), 1))
        level_db[self._rng.random(len(signal)) >= BACKGROUND] = -90
        noise = lfilter([np.sqrt(1 - 0.95**2)], [1, -0.95], self._rng.standard_normal(signal.shape, np.float32), axis=1)
        gain = (loudest * torch.from_numpy(10 ** (level_db / 10)).float()).sqrt()
        return signal + torch.from_numpy(noise.astype(np.float32)) * gain

    def _microphones(self, spoken: list[Spoken]) -> Tensor:
        """Power gain of each bin: a random smooth curve, a slope, sometimes a band limit; milder for recordings."""
        count = len(spoken)
        curve = np.stack(
            [np.interp(self._hz, [0, 250, 700, 1500, 3000, 5000, 8000], k) for k in self._rng.normal(0, 5, (count, 7))]
        )
        curve = curve + self._rng.uniform(-6, 6, (count, 1)) * (self._hz / 8_000)[None]
        curve *= np.where([item.real for item in spoken], 0.5, 1.0)[:, None]
        for k in range(count):
            chance = self._rng.random()
            if chance < 0.22:  # telephone
                edge_hz, depth_db = self._rng.uniform(3_300, 4_200), self._rng.uniform(30, 90)
                curve[k] -= np.clip((self._hz - edge_hz) / 200, 0, 1) * depth_db
            elif chance < 0.32:
                curve[k] -= np.clip((self._hz - self._rng.uniform(4_500, 7_500)) / 400, 0, 1) * self._rng.uniform(
                    20, 50
                )
            if self._rng.random() < 0.25:
                low = self._rng.uniform(80, 350)
                curve[k] -= np.clip((low - self._hz) / low, 0, 1) * 30
            elif self._rng.random() < BASS:
                curve[k] += self._rng.uniform(4, 16) / (1 + (self._hz / self._rng.uniform(150, 350)) ** 2)
        return torch.from_numpy((10 ** (curve / 10)).astype(np.float32))[:, None]

    def _at_other_speeds(
        self, mel: Tensor, samples: list[int], spoken: list[Spoken], phones: list[list[int]]
    ) -> tuple[Tensor, Tensor]:
        """Uneven compression of time: people speak faster than synthesisers, and not evenly."""
        longest, lengths, positions = (
            mel.shape[1],
            [],
            np.zeros((len(samples), int(mel.shape[1] * 1.2) + 2), np.float32),
        )
        for k, count in enumerate(samples):
            available = ft.feature_frames(count)
            repeats = sum(a == b for a, b in zip(phones[k], phones[k][1:]))
            needed = int(ft.OUTPUT_STRIDE * (len(phones[k]) + repeats) * 1.06) + 5
            base = self._rng.uniform(0.85, 1.15) if spoken[k].real else self._rng.uniform(0.85, 1.35)
            pace = base * self._rng.uniform(0.82, 1.18, 5)
            length = int(min(max(available / pace.mean(), needed, 16), available * 1.18))
            track = np.concatenate([[0], np.cumsum(pace)])
            positions[k, :length] = np.interp(
                np.linspace(0, 5, length), np.arange(6), track / track[-1] * (available - 1)
            )
            lengths.append(length)
        where = torch.from_numpy(positions[:, : max(lengths)])
        left = where.floor().long().clamp(max=longest - 2)
        share, index = (where - left).unsqueeze(2), left.unsqueeze(2).expand(-1, -1, ft.BANDS)
        return mel.gather(1, index) * (1 - share) + mel.gather(1, index + 1) * share, torch.tensor(lengths)

    def _mask(self, x: Tensor, frames: Tensor) -> None:
        """SpecAugment (Park and others 2019): two bands and two stretches of time of each are blanked."""
        for k in range(len(x)):
            for _ in range(2):
                width = self._rng.integers(0, 9)
                band = self._rng.integers(0, ft.BANDS - width + 1)
                x[k, :, band : band + width] = 0
                width = self._rng.integers(0, 12)
                start = self._rng.integers(0, max(1, int(frames[k]) - width))
                x[k, start : start + width] = 0
