"""Checkpoints small enough for the repository, in half precision: averaged weights alone, or all that training goes on with."""

from pathlib import Path

import torch

from .network import PhoneNetwork, load_weights
from .phones import PHONES


def network_from(path: Path) -> PhoneNetwork:
    checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    network = PhoneNetwork(checkpoint["ema"]["n2.weight"].numel())
    load_weights(network, checkpoint)
    return network.eval()


def mixed(trained: PhoneNetwork, earlier: dict[Path, float]) -> PhoneNetwork:
    """Weight by weight between where training ended and earlier checkpoints (file → its share of 1), which generalises
    better than any of them (Wortsman and others 2022)."""
    weights = {name: value * (1 - sum(earlier.values())) for name, value in _floats(trained).items()}
    for path, share in earlier.items():
        for name, value in _floats(network_from(path)).items():
            weights[name] += share * value
    mixture = PhoneNetwork()
    mixture.load_state_dict(trained.state_dict() | weights)
    return mixture.eval()


def _floats(network: PhoneNetwork) -> dict[str, torch.Tensor]:
    return {name: value for name, value in network.state_dict().items() if value.dtype.is_floating_point}


def write_small(network: PhoneNetwork, target: Path) -> None:
    weights = {
        name: value.half() if value.dtype.is_floating_point else value for name, value in network.state_dict().items()
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"ema": weights, "phones": list(PHONES)}, target)


def write_resumable(checkpoint: Path, target: Path) -> None:
    """A run's checkpoint at half its size. The second moments are kept as their roots: they are too small for halves."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    for moments in state["optimiser"]["state"].values():
        moments["exp_avg_sq"] = moments["exp_avg_sq"].sqrt()
    torch.save(_mapped(state, lambda x: x.half() if x.dtype == torch.float32 and x.numel() > 1 else x), target)


def read_resumable(path: Path) -> dict:
    """As the run saved it."""
    packed = torch.load(path, map_location="cpu", weights_only=True)
    state = _mapped(packed, lambda x: x.float() if x.dtype == torch.float16 else x)
    for moments in state["optimiser"]["state"].values():
        moments["exp_avg_sq"] = moments["exp_avg_sq"].square()
    return state


def _mapped(value, change):
    if isinstance(value, dict):
        return type(value)((key, _mapped(item, change)) for key, item in value.items())
    if isinstance(value, list):
        return [_mapped(item, change) for item in value]
    return change(value) if torch.is_tensor(value) else value
