"""What might have been said instead: labels near an utterance's own, that the network shall hear the difference from.

CTC alone teaches what was said, and hedges where it is hard to hear; nothing then tells "triple" from "double" by much. A
margin that grows with the phones that differ (boosted MMI, Povey and others 2008) against a few sampled labels does.
"""

import numpy as np
import torch
from rapidfuzz.distance import Levenshtein
from torch import Tensor
from torch.nn import functional as F

from ..phones import PHONES

NEAR_MISSES = 2
"""Labels beside each utterance's own."""
MARGIN_NATS = 6.0
"""For each phone that differs."""
OTHER_WORD, LEFT_OUT = 0.5, 0.15
"""Shares of near misses in which a stretch is one of another utterance, or missing; in the rest single phones are others."""
STRETCH = (2, 7)
"""Phones of a stretch: as long as a word."""

_VOWELS = frozenset(k for k, phone in enumerate(PHONES) if phone[0] in "aeiouyæøœɑɔəɚɛɪʊʌ")
_CONSONANTS = frozenset(range(1, len(PHONES))) - _VOWELS


def near_miss(phones: list[int], others: list[list[int]], rng: np.random.Generator) -> tuple[list[int], int]:
    """A label near `phones`, with words of `others`, and how many phones differ; 0 where by chance none does."""
    chance = rng.random()
    start, end = _stretch(len(phones), rng)
    if chance < OTHER_WORD:
        source = others[int(rng.integers(len(others)))]
        length = max(1, end - start + int(rng.integers(-1, 2)))
        at = int(rng.integers(0, max(1, len(source) - length + 1)))
        instead = source[at : at + length]
    elif chance < OTHER_WORD + LEFT_OUT and end - start < len(phones):
        instead = []
    else:
        end = min(end, start + 3)
        instead = _other_phones(phones[start:end], rng)
    return [*phones[:start], *instead, *phones[end:]], Levenshtein.distance(phones[start:end], instead)


def _stretch(length: int, rng: np.random.Generator) -> tuple[int, int]:
    size = min(length, int(rng.integers(STRETCH[0], STRETCH[1] + 1)))
    start = int(rng.integers(0, length - size + 1))
    return start, start + size


def _other_phones(phones: list[int], rng: np.random.Generator) -> list[int]:
    """One phone another of its kind, or one more, or one less."""
    at, chance = int(rng.integers(len(phones))), rng.random()
    if chance < 0.25 and len(phones) > 1:
        return [*phones[:at], *phones[at + 1 :]]
    kind = _VOWELS if (phones[at] in _VOWELS) == (chance < 0.85) else _CONSONANTS
    other = int(rng.choice(sorted(kind)))
    return [*phones[:at], other, *phones[at + (chance < 0.85) :]]


def contrast(
    logs: Tensor, frames: Tensor, phones: list[list[int]], own: Tensor, rng: np.random.Generator
) -> Tensor:
    """Mean over near misses of what each lacks of its margin, nats a phone that differs. `logs`: log probabilities
    [frames, batch, phones]; `own`: losses of the true labels [batch], nats."""
    spoken = [label for label in phones if label]
    rows, labels, differing = [], [], []
    for row, label in enumerate(phones):
        for _ in range(NEAR_MISSES if label else 0):
            other, count = near_miss(label, spoken, rng)
            if count and other:
                rows.append(row)
                labels.append(other)
                differing.append(count)
    if not rows:
        return logs.new_zeros(())
    index = torch.tensor(rows)
    theirs = F.ctc_loss(
        logs[:, index], torch.tensor([phone for label in labels for phone in label]), frames[index],
        torch.tensor([len(label) for label in labels]), blank=0, reduction="none", zero_infinity=True,
    )  # fmt: skip
    possible = (theirs > 0) & (own[index] > 0)
    lead = (theirs - own[index]) / torch.tensor(differing)
    return F.softplus(MARGIN_NATS - lead)[possible].mean() if possible.any() else logs.new_zeros(())
