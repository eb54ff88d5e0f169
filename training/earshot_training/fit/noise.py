"""Banks of noise and room responses, drawn once for each process from its seed."""

import numpy as np
import torch
from torch import Tensor

from ..features import SAMPLE_RATE_HZ

NOISE_S = 10
RESPONSE_SAMPLES = 8_000


def _coloured(rng: np.random.Generator, samples: int) -> np.ndarray:
    """Noise with a random slope, random resonances and, often, a random envelope."""
    spectrum = np.fft.rfft(rng.standard_normal(samples))
    hz = np.fft.rfftfreq(samples, 1 / SAMPLE_RATE_HZ) + 20
    spectrum /= hz ** (rng.uniform(-0.3, 2.2) / 2)
    for _ in range(rng.integers(0, 5)):
        centre, width = np.exp(rng.uniform(np.log(80), np.log(7_000))), rng.uniform(0.1, 1.0)
        spectrum *= 1 + rng.uniform(-0.9, 6) * np.exp(-0.5 * (np.log(hz / centre) / width) ** 2)
    noise = np.fft.irfft(spectrum, samples)
    if rng.random() < 0.4:
        noise *= np.interp(np.linspace(0, 1, samples), np.sort(rng.random(40)), rng.uniform(0.05, 1, 40))
    return noise


def _clatter(rng: np.random.Generator, samples: int) -> np.ndarray:
    """Dishes, doors, keys: short rings of a few damped tones over a quiet hiss."""
    noise = _coloured(rng, samples)
    noise *= 0.15 / noise.std()
    for _ in range(rng.integers(5, 30)):
        length = int(rng.uniform(0.02, 0.4) * SAMPLE_RATE_HZ)
        start, t = rng.integers(0, samples - length), np.arange(length) / SAMPLE_RATE_HZ
        ring = rng.standard_normal(length) * np.exp(-t * rng.uniform(60, 400)) * rng.uniform(0, 1)
        for _ in range(rng.integers(1, 6)):
            ring += (
                rng.uniform(0.1, 1)
                * np.sin(2 * np.pi * np.exp(rng.uniform(5.5, 8.9)) * t)
                * np.exp(-t * rng.uniform(8, 120))
            )
        noise[start : start + length] += ring * rng.uniform(0.3, 3)
    return noise


def _tones(rng: np.random.Generator, samples: int) -> np.ndarray:
    """Music of a kind: chords of harmonic tones that change a few times a second."""
    noise, at = _coloured(rng, samples) * 0.02, 0
    while at < samples:
        length = min(int(rng.uniform(0.1, 0.8) * SAMPLE_RATE_HZ), samples - at)
        t = np.arange(length) / SAMPLE_RATE_HZ
        for _ in range(rng.integers(1, 4)):
            base = 110 * 2 ** (rng.integers(0, 36) / 12)
            for harmonic in range(1, rng.integers(2, 9)):
                noise[at : at + length] += (
                    np.sin(2 * np.pi * base * harmonic * t + rng.uniform(0, 6))
                    / harmonic
                    * np.exp(-t * rng.uniform(0, 6))
                )
        at += length
    return noise


def _band(rng: np.random.Generator, samples: int, low_hz: float, high_hz: float) -> np.ndarray:
    spectrum = np.fft.rfft(rng.standard_normal(samples))
    hz = np.fft.rfftfreq(samples, 1 / SAMPLE_RATE_HZ) + 1
    steep = rng.uniform(2, 8)
    noise = np.fft.irfft(spectrum / np.sqrt(1 + (low_hz / hz) ** steep) / np.sqrt(1 + (hz / high_hz) ** steep), samples)
    return noise / (noise.std() + 1e-9)


def _running(rng: np.random.Generator, samples: int) -> np.ndarray:
    """Water, frying, rustling: bands of noise, each with an unsteady loudness of its own, and crackles."""
    noise = np.zeros(samples)
    for _ in range(rng.integers(2, 6)):
        low = np.exp(rng.uniform(np.log(100), np.log(4_000)))
        band = _band(rng, samples, low, low * rng.uniform(1.3, 6))
        steps = int(NOISE_S * np.exp(rng.uniform(np.log(0.5), np.log(25)))) + 2
        loudness_db = np.cumsum(rng.normal(0, 2, steps)) * 0.3 + rng.normal(0, rng.uniform(1, 6), steps)
        noise += band * 10 ** (np.interp(np.linspace(0, steps - 1, samples), np.arange(steps), loudness_db) / 20)
    noise /= noise.std() + 1e-9
    crackles = np.zeros(samples)
    at = rng.integers(0, samples, rng.integers(0, 600))
    crackles[at] = rng.normal(0, rng.uniform(2, 30), len(at))
    return noise + np.convolve(crackles, np.exp(-np.arange(40) / rng.uniform(2, 12)), mode="same")


def _motor(rng: np.random.Generator, samples: int) -> np.ndarray:
    """Fans, hoods, mixers: harmonics that drift, switch on and off, over their own hiss."""
    t = np.arange(samples) / SAMPLE_RATE_HZ
    base = np.exp(rng.uniform(np.log(45), np.log(400)))
    phase = 2 * np.pi * base * t + rng.uniform(0, 8) * np.sin(2 * np.pi * rng.uniform(0.05, 2) * t)
    noise = _coloured(rng, samples)
    noise *= rng.uniform(0.2, 1.5) / (noise.std() + 1e-9)
    for harmonic in range(1, rng.integers(4, 25)):
        if base * harmonic < 7_500:
            noise += np.sin(phase * harmonic + rng.uniform(0, 6)) * rng.uniform(0, 1) / harmonic ** rng.uniform(0, 1.2)
    if rng.random() < 0.5:
        turns = np.sort(rng.integers(0, samples, rng.integers(1, 5)))
        running = np.searchsorted(turns, np.arange(samples)) % 2 * rng.uniform(0.5, 0.95)
        noise *= 1 - np.convolve(running, np.ones(800) / 800, mode="same")
    return noise


def _kitchen(rng: np.random.Generator, samples: int) -> np.ndarray:
    """Several of them at once, none of them far away from the others in loudness."""
    mixture = np.zeros(samples)
    for maker in rng.choice([_coloured, _clatter, _running, _motor, _tones], rng.integers(2, 4), replace=False):
        piece = maker(rng, samples)
        mixture += piece / (piece.std() + 1e-9) * 10 ** (rng.uniform(-12, 0) / 20)
    return mixture


def noise_bank(rng: np.random.Generator, pieces: int = 120) -> Tensor:
    """All pieces one after the other, each with an RMS of 1."""
    makers = [_coloured] * 2 + [_clatter] * 2 + [_running] * 2 + [_kitchen] * 3 + [_motor, _tones]
    bank = [makers[i % len(makers)](rng, NOISE_S * SAMPLE_RATE_HZ) for i in range(pieces)]
    return torch.from_numpy(np.concatenate([piece / (piece.std() + 1e-9) for piece in bank]).astype(np.float32))


def _room_response(rng: np.random.Generator) -> np.ndarray:
    t = np.arange(RESPONSE_SAMPLES) / SAMPLE_RATE_HZ
    tail = rng.standard_normal(RESPONSE_SAMPLES) * np.exp(-6.9 * t / rng.uniform(0.08, 0.7))
    tail[: int(rng.uniform(0.5, 8) * 16)] = 0
    hz = np.fft.rfftfreq(RESPONSE_SAMPLES, 1 / SAMPLE_RATE_HZ)
    tail = np.fft.irfft(np.fft.rfft(tail) / np.sqrt(1 + (hz / rng.uniform(1_500, 9_000)) ** 2), RESPONSE_SAMPLES)
    for _ in range(rng.integers(2, 8)):
        tail[rng.integers(10, 600)] += rng.uniform(-0.5, 0.5) * np.abs(tail).max()
    response = tail / np.sqrt((tail**2).sum() + 1e-9)
    response[0] += 10 ** (rng.uniform(-2, 15) / 20)
    return (response / np.sqrt((response**2).sum())).astype(np.float32)


def room_bank(rng: np.random.Generator, rooms: int = 150) -> Tensor:
    return torch.from_numpy(np.stack([_room_response(rng) for _ in range(rooms)]))
