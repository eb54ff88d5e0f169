"""The training loop: CTC on phones, AdamW, a moving average of the weights; the rate rises, stays, and falls.

A checkpoint holds everything needed to go on: started again with the same name, training resumes.
"""

import copy
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from ..checkpoint import read_resumable
from ..features import output_frames
from ..network import WIDTH, PhoneNetwork, load_weights
from ..paths import WORK
from ..phones import PHONES
from .batches import batches
from .near_misses import contrast


@dataclass(frozen=True)
class TrainingOptions:
    name: str
    steps: int
    peak_rate: float = 6e-4
    batch_s: float = 90.0
    warm_up_steps: int = 60
    decay_share: float = 0.5
    """Of the steps, at the end, over which the rate falls to nothing."""
    start: Path | None = None
    """Checkpoint whose averaged weights are the start; None starts from random weights."""
    resume: Path | None = None
    """Kept checkpoint of another machine (`write_resumable`) to go on from, when the run has none of its own yet."""
    width: int = WIDTH
    """Channels of the network; half of them train four times as fast, for trials."""
    seed: int = 2026
    threads: int = 1
    save_every_s: float = 300.0
    contrast_weight: float = 1.0
    """Of `near_misses.contrast` beside CTC; 0 until the network hears something."""
    minutes: float | None = None
    """Time after which training ends, whatever `steps` says; the rate falls by what comes first."""

    @property
    def path(self) -> Path:
        return WORK / "checkpoints" / f"{self.name}.pt"


def _losses(
    logits: Tensor, frames: Tensor, phones: list[list[int]], rng: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """CTC, nats a phone (utterances without phones count as one), and what near misses lack of their margin."""
    lengths = torch.tensor([len(target) for target in phones])
    targets = torch.tensor([phone for target in phones for phone in target], dtype=torch.long)
    logs, out = F.log_softmax(logits.float(), -1).transpose(0, 1), output_frames_of(frames)
    losses = F.ctc_loss(logs, targets, out, lengths, blank=0, reduction="none", zero_infinity=True)
    return losses.sum() / lengths.clamp(min=1).sum(), contrast(logs, out, phones, losses, rng)


def output_frames_of(frames: Tensor) -> Tensor:
    return torch.tensor([output_frames(int(count)) for count in frames])


def _average_into(average: PhoneNetwork, network: PhoneNetwork, step: int) -> None:
    keep = min(0.995, 1 - 1 / (0.2 * step + 2))
    with torch.no_grad():
        for mean, value in zip(average.state_dict().values(), network.state_dict().values()):
            if mean.dtype.is_floating_point:
                mean.mul_(keep).add_(value, alpha=1 - keep)
            else:
                mean.copy_(value)


class _Run:
    def __init__(self, options: TrainingOptions) -> None:
        self.options, self.step, self.heard_h = options, 0, 0.0
        self.started = time.time()
        self.rng = np.random.default_rng(options.seed)
        self.network = PhoneNetwork(options.width)
        if options.start:
            load_weights(self.network, torch.load(options.start, map_location="cpu", weights_only=True))
        self.average = copy.deepcopy(self.network).eval()
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), lr=options.peak_rate, weight_decay=1e-2, betas=(0.9, 0.98)
        )
        state = None
        if options.path.exists():
            state = torch.load(options.path, map_location="cpu", weights_only=True)
        elif options.resume:
            state = read_resumable(options.resume)
        if state:
            self.network.load_state_dict(state["network"])
            self.average.load_state_dict(state["ema"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.heard_h = state["step"], state["heard_h"]
        self.network.train()

    def save(self) -> None:
        state = {
            "network": self.network.state_dict(), "ema": self.average.state_dict(), "optimiser": self.optimiser.state_dict(),
            "phones": list(PHONES), "step": self.step, "heard_h": self.heard_h,
        }  # fmt: skip
        self.options.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.options.path.with_suffix(".tmp")
        torch.save(state, temporary)
        temporary.replace(self.options.path)

    def left(self) -> float:
        """Share of the training that is still to come, by steps or by the clock."""
        steps = 1 - self.step / self.options.steps
        if self.options.minutes is None:
            return max(0.0, steps)
        return max(0.0, min(steps, 1 - (time.time() - self.started) / 60 / self.options.minutes))

    def learn(self, features: Tensor, frames: Tensor, phones: list[list[int]]) -> tuple[float, float]:
        """Both losses."""
        options = self.options
        rate = options.peak_rate * min(1, self.left() / options.decay_share, (self.step + 1) / options.warm_up_steps)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        ctc, near = _losses(self.network(features), frames, phones, self.rng)
        self.optimiser.zero_grad()
        (ctc + options.contrast_weight * near).backward()
        norm = torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        if torch.isfinite(norm):
            self.optimiser.step()
        self.step += 1
        _average_into(self.average, self.network, self.step)
        return ctc.item(), near.item()


def train(options: TrainingOptions) -> Path:
    """Runs until `options.steps`; returns the checkpoint."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    run, losses = _Run(options), []
    saved = marked = time.time()
    if run.left() <= 0:
        return options.path
    for batch in batches(options.seed + run.step, options.batch_s):
        losses.append(run.learn(batch.features, batch.frames, batch.phones))
        run.heard_h += batch.speech_s / 3600
        if run.step % 25 == 0:
            rate, (ctc, near) = (time.time() - marked) / 25, np.mean(losses[-25:], 0)
            print(
                f"{time.strftime('%H:%M:%S')} step {run.step} loss {ctc:.3f}, near misses {near:.3f}, "
                f"heard {run.heard_h:.2f} h, {rate:.2f} s/step",
                flush=True,
            )
            marked = time.time()
        if time.time() - saved > options.save_every_s or run.left() <= 0:
            run.save()
            saved = time.time()
        if run.left() <= 0:
            break
    return options.path
