"""The acoustic model in torch: features, residual convolution blocks, one CTC head over the phones."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from . import features as ft
from .phones import PHONES

WIDTH = 256
DILATIONS = (1, 1, 2, 1, 2, 4, 1, 2, 4, 1)
"""One residual block each. The whole reaches 0.66 s to either side of a frame."""

_KERNELS = torch.from_numpy(ft.dft_kernels())[:, None]
_MEL = torch.from_numpy(ft.mel_weights())
_USUAL_MEAN = torch.from_numpy(ft.USUAL_MEAN)


class SqueezeExcite(nn.Module):
    """Scales each channel by a function of the utterance's mean of all channels."""

    def __init__(self, width: int, reduction: int = 4) -> None:
        super().__init__()
        self.a = nn.Linear(width, width // reduction)
        self.b = nn.Linear(width // reduction, width)

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.sigmoid(self.b(F.relu(self.a(x.mean(2))))).unsqueeze(2)


class Block(nn.Module):
    def __init__(self, width: int, dilation: int, squeeze: bool) -> None:
        super().__init__()
        self.c = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation, bias=False)
        self.n = nn.BatchNorm1d(width)
        self.se = SqueezeExcite(width) if squeeze else None

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu(self.n(self.c(x)))
        return x + (y if self.se is None else self.se(y))


class PhoneNetwork(nn.Module):
    """Features [batch, frames, 64] → phone logits [batch, ⌈frames/4⌉, phones]."""

    def __init__(self, width: int = WIDTH, dropout: float = 0.1) -> None:
        super().__init__()
        self.c1 = nn.Conv1d(ft.BANDS, 128, 5, stride=2, padding=2, bias=False)
        self.n1 = nn.BatchNorm1d(128)
        self.c2 = nn.Conv1d(128, width, 5, stride=2, padding=2, bias=False)
        self.n2 = nn.BatchNorm1d(width)
        self.b = nn.Sequential(*(Block(width, d, squeeze=i % 2 == 1) for i, d in enumerate(DILATIONS)))
        self.drop = nn.Dropout(dropout)
        self.hp = nn.Conv1d(width, len(PHONES), 1)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.n1(self.c1(x.transpose(1, 2))))
        x = F.relu(self.n2(self.c2(x)))
        return self.hp(self.drop(self.b(x))).transpose(1, 2)


def power(pcm: Tensor) -> Tensor:
    """[batch, samples] → power spectra [batch, samples // 132 + 1, 257]; silence stands before and after."""
    pad = ft.WINDOW_SAMPLES // 2
    spectrum = F.conv1d(F.pad(pcm, (pad, pad))[:, None], _KERNELS, stride=ft.HOP_SAMPLES)
    real, imaginary = spectrum.split(ft.BINS, dim=1)
    return (real.square() + imaginary.square()).transpose(1, 2)


def log_features(
    mel: Tensor, frames: Tensor | None = None, usual_frames: Tensor | float = ft.USUAL_FRAMES
) -> Tensor:
    """Mel powers [batch, frames, 64] → features, each band less its mean over the utterance's own frames, drawn
    towards what is usual as by `usual_frames` more frames of it (for all, or [batch, 1, 1])."""
    x = torch.log(mel + ft.LOG_FLOOR)
    if frames is None:
        frames = torch.full((len(x),), x.shape[1])
    inside = (torch.arange(x.shape[1])[None] < frames[:, None]).unsqueeze(2)
    count = frames[:, None, None]
    mean = (x * inside).sum(1, keepdim=True) / count
    unusual = mean - _USUAL_MEAN
    unusual = unusual - unusual[..., : ft.LEVEL_BANDS].mean(2, keepdim=True)
    mean = mean - unusual * (usual_frames / (count + usual_frames))
    return (x - mean) * inside * ft.FEATURE_SCALE


def features_of(pcm: np.ndarray) -> Tensor:
    """What the exported graph does with one recording: [samples] of any gain → [1, frames, 64]."""
    signal = torch.from_numpy(np.asarray(pcm, np.float32))[None]
    signal = signal / (signal.abs().amax(1, keepdim=True) + 1e-6) * ft.PEAK
    return log_features(power(signal) @ _MEL)


def load_weights(network: PhoneNetwork, checkpoint: dict) -> None:
    """Takes the averaged weights of a checkpoint (`ema`); other heads it may hold are left out."""
    if tuple(checkpoint["phones"]) != PHONES:
        raise ValueError("the checkpoint was trained with another phone set than phones.py")
    wanted = network.state_dict().keys()
    network.load_state_dict({name: value for name, value in checkpoint["ema"].items() if name in wanted})
