"""Checkpoints small enough for the repository: averaged weights in half precision, without the optimiser."""

from pathlib import Path

import torch

from .network import PhoneNetwork, load_weights
from .phones import PHONES


def network_from(path: Path) -> PhoneNetwork:
    network = PhoneNetwork()
    load_weights(network, torch.load(path, map_location="cpu", weights_only=True))
    return network.eval()


def mixed(trained: PhoneNetwork, start: PhoneNetwork, start_share: float) -> PhoneNetwork:
    """Weight by weight between where training started and where it ended, which generalises better than either
    (Wortsman and others 2022)."""
    before, after = start.state_dict(), trained.state_dict()
    mixture = PhoneNetwork()
    mixture.load_state_dict(
        {
            name: start_share * before[name] + (1 - start_share) * value if value.dtype.is_floating_point else value
            for name, value in after.items()
        }
    )
    return mixture.eval()


def write_small(network: PhoneNetwork, target: Path) -> None:
    weights = {
        name: value.half() if value.dtype.is_floating_point else value for name, value in network.state_dict().items()
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"ema": weights, "phones": list(PHONES)}, target)
