"""Recordings of people as training shards: wake words, whose text is known, and LibriSpeech, whose text is guessed.

A guessed stretch between two pauses is kept where the phone network, started from its last checkpoint,
finds the guess nearly as likely as the best phones it can think of.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
import torch
from torch.nn import functional as F

from .hypotheses import FILE as HYPOTHESES
from .network import PhoneNetwork, features_of, load_weights
from .paths import DATA, WAKE_HELD_OUT, WORK, require
from .phones import PHONE_ID, known_phones, phones_from_espeak
from .speech import espeak
from .speech.corpus import ShardWriter

KEPT_SHARE = 0.65
_SHORTEST_S, _LONGEST_S = 1.2, 6.5
_PAUSES = {"<s>", "</s>", "<sil>", "[NOISE]", "[COUGH]", "[SMACK]", "[UH]", "++NOISE++"}


def held_out_wake_names() -> list[str]:
    """Every third of the recordings, by the hash of its name: the same for all time."""
    folder = require(DATA / "wake-en", "wake words for training are there")
    names = sorted(str(path.relative_to(folder)) for path in folder.glob("*/*.flac"))
    return [name for name in names if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0]


def write_wake_shard() -> Path:
    held_out = set(WAKE_HELD_OUT.read_text().split())
    folder, path = require(DATA / "wake-en", "wake words for training are there"), WORK / "real" / "wake.jsonl"
    espeak.set_voice("en-us")
    shard = ShardWriter(path)
    for recording in sorted(folder.glob("*/*.flac")):
        word = recording.parent.name
        if f"{word}/{recording.name}" not in held_out:
            pcm, _ = soundfile.read(recording, dtype="float32")
            shard.add(
                pcm[: 16_000 * 4], word, known_phones(phones_from_espeak(espeak.ipa(word))), "people:wake-en", "en"
            )
    shard.close()
    return path


def _stretches(words: list[list]) -> Iterator[tuple[float, float, str]]:
    """(from, to in seconds, text) between pauses, neighbours joined up to a useful length."""
    current: list[str] = []
    start = end = 0.0
    for index, (word, first, last) in enumerate(words):
        if word in _PAUSES or word.startswith(("[", "<", "+")):
            middle = (first + last) / 200
            if current and middle - start >= _SHORTEST_S:
                if middle - start <= _LONGEST_S:
                    yield start, middle, " ".join(current)
                current = []
            if not current:
                start = middle if index else 0.0
        else:
            current.append(re.sub(r"\(\d+\)$", "", word))
            end = last / 100
    if current and _SHORTEST_S <= end - start <= _LONGEST_S:
        yield start, end + 0.1, " ".join(current)


def _disagreement(network: PhoneNetwork, pcm: np.ndarray, phones: list[str]) -> float:
    """Nats a phone by which the guess is less likely than the network's own best path."""
    with torch.no_grad():
        logs = F.log_softmax(network(features_of(pcm)), -1)[0]
    target = torch.tensor([PHONE_ID[phone] for phone in phones])
    if len(target) + int((target[1:] == target[:-1]).sum()) > len(logs):
        return float("inf")
    loss = F.ctc_loss(
        logs[:, None], target[None], torch.tensor([len(logs)]), torch.tensor([len(target)]), reduction="sum"
    )
    return (float(loss) + float(logs.max(1).values.sum())) / len(target)


def write_libri_shard(checkpoint: Path) -> Path:
    network = PhoneNetwork().eval()
    load_weights(network, torch.load(checkpoint, map_location="cpu", weights_only=True))
    espeak.set_voice("en-us")
    found: list[tuple[float, np.ndarray, str, list[str], str]] = []
    for line in HYPOTHESES.open():
        hypothesis = json.loads(line)
        pcm, _ = soundfile.read(DATA / "librispeech-unlabelled" / hypothesis["file"], dtype="float32")
        for start, end, text in _stretches(hypothesis["words"]):
            piece, phones = pcm[int(start * 16_000) : int(end * 16_000)], known_phones(
                phones_from_espeak(espeak.ipa(text))
            )
            if phones:
                found.append(
                    (_disagreement(network, piece, phones), piece, text, phones, hypothesis["file"].split("-")[0])
                )
    found.sort(key=lambda item: item[0])
    path = WORK / "real" / "libri.jsonl"
    shard = ShardWriter(path)
    for _, pcm, text, phones, speaker in found[: int(len(found) * KEPT_SHARE)]:
        shard.add(pcm, text, phones, f"people:librispeech-{speaker}", "en")
    shard.close()
    print(
        f"real speech: {len(found)} stretches, kept {int(len(found) * KEPT_SHARE)}, {shard.total_samples / 16_000 / 3600:.2f} h",
        flush=True,
    )
    return path
