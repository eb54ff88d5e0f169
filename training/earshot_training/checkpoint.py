"""Checkpoints small enough for the repository: averaged weights in half precision, without the optimiser."""

from pathlib import Path

import torch

from .network import PhoneNetwork, load_weights
from .phones import PHONES


def network_from(path: Path) -> PhoneNetwork:
    network = PhoneNetwork()
    load_weights(network, torch.load(path, map_location="cpu", weights_only=True))
    return network.eval()


def write_small(source: Path, target: Path) -> None:
    weights = {
        name: value.half() if value.dtype.is_floating_point else value
        for name, value in network_from(source).state_dict().items()
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"ema": weights, "phones": list(PHONES)}, target)
