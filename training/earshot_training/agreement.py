"""How far a text is from what the phone network hears."""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from .network import PhoneNetwork, features_of, load_weights
from .phones import PHONE_ID


def network_at(checkpoint: Path) -> PhoneNetwork:
    torch.set_num_threads(1)  # Pieces are short: two threads on busy cores wait for each other, 37 times as long.
    network = PhoneNetwork().eval()
    load_weights(network, torch.load(checkpoint, map_location="cpu", weights_only=True))
    return network


def disagreement(network: PhoneNetwork, pcm: np.ndarray, phones: list[str]) -> float:
    """Nats a phone by which the text is less likely than the network's own best path."""
    with torch.no_grad():
        logs = F.log_softmax(network(features_of(pcm)), -1)[0]
    target = torch.tensor([PHONE_ID[phone] for phone in phones])
    if len(target) + int((target[1:] == target[:-1]).sum()) > len(logs):
        return float("inf")
    loss = F.ctc_loss(
        logs[:, None], target[None], torch.tensor([len(logs)]), torch.tensor([len(target)]), reduction="sum"
    )
    return (float(loss) + float(logs.max(1).values.sum())) / len(target)
