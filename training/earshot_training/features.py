"""Log-mel features, defined once in numpy and used by training (torch) and by the exported graph alike.

16 kHz samples → Hann window of 400 samples every 132 → 512-point power spectrum → 64 mel bands → log.
The phase of a frame does not matter to its power, so the window is not centred inside the 512 points.
"""

import numpy as np

SAMPLE_RATE_HZ = 16_000
WINDOW_SAMPLES = 400
HOP_SAMPLES = 132
"""8.25 ms: with OUTPUT_STRIDE a frame of 33 ms, the shortest that kept improving on people (LOG.md)."""
DFT_SAMPLES = 512
BINS = DFT_SAMPLES // 2 + 1
BANDS = 64
LOWEST_HZ = 40.0
HIGHEST_HZ = 7_600.0

PEAK = 0.7
"""Amplitude to which every utterance is normalised."""

LOG_FLOOR = 1e-6
"""Added to mel powers before the logarithm (powers of a signal whose peak is PEAK)."""

FEATURE_SCALE = 0.4
"""Brings log-mel values, less their mean over the utterance, to a spread of about one."""

USUAL_MEAN = np.interp(
    np.arange(BANDS), [0, 4, 10, 22, 34, 46, 50, 53, 63], [-2.1, -0.4, -0.8, -2.6, -3.0, -3.7, -5.4, -6.2, -7.2]
).astype(np.float32)
"""Mean of each band's log over the training data, roughly (nats; only the shape matters)."""

USUAL_FRAMES = 400
"""As many frames' weight USUAL_MEAN has in the mean that is taken off (3.3 s): of a word with one vowel, less of that
vowel is taken away. The maximum a posteriori estimate of a mean under a Gaussian prior."""

LEVEL_BANDS = 44
"""The lowest bands, to 3.2 kHz, which telephones keep too, say how loud an utterance is."""

ENERGY_BANDS = slice(8, 48)
"""0.3 to 3.9 kHz, for the energy of frames."""
ENERGY_FLOOR = 1e-3
"""Added to the mean mel power before it is turned into dB: digital silence is then no quieter than a very
quiet room, so thresholds relative to the quietest part of a recording stay meaningful."""

OUTPUT_STRIDE = 4
"""Feature frames for each output frame of the network (33 ms)."""


def dft_kernels() -> np.ndarray:
    """Windowed cosines, then windowed sines: [2·BINS, WINDOW_SAMPLES] float32."""
    sample = np.arange(WINDOW_SAMPLES)
    window = 0.5 - 0.5 * np.cos(2 * np.pi * sample / WINDOW_SAMPLES)
    angle = 2 * np.pi * ((np.arange(BINS)[:, None] * sample[None]) % DFT_SAMPLES) / DFT_SAMPLES
    return np.concatenate([np.cos(angle) * window, np.sin(angle) * window]).astype(np.float32)


def _hz_to_mel(hz: np.ndarray | float) -> np.ndarray:
    return 1127.0 * np.log1p(np.asarray(hz) / 700.0)


def mel_weights(warp: float = 1.0) -> np.ndarray:
    """[BINS, BANDS] triangular weights; `warp` ≠ 1 stretches the frequency axis below 4.8 kHz as a longer or
    shorter vocal tract does (VTLP, Jaitly and Hinton 2013)."""
    hz = np.arange(BINS) * SAMPLE_RATE_HZ / DFT_SAMPLES
    if warp != 1.0:
        top, knee = SAMPLE_RATE_HZ / 2, 4_800.0 * min(warp, 1.0)
        bend = knee / warp
        hz = np.where(hz <= bend, hz * warp, top - (top - knee) / (top - bend) * (top - hz))
    mel, edges = _hz_to_mel(hz), np.linspace(_hz_to_mel(LOWEST_HZ), _hz_to_mel(HIGHEST_HZ), BANDS + 2)
    rising = (mel[:, None] - edges[None, :-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[None, 2:] - mel[:, None]) / (edges[2:] - edges[1:-1])
    return np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)


def output_frames(feature_frames: int) -> int:
    return -(-feature_frames // OUTPUT_STRIDE)


def feature_frames(samples: int) -> int:
    return samples // HOP_SAMPLES + 1
