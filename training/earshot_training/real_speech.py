"""Recordings of people as training shards: wake words, whose text is known, and LibriSpeech, whose text another recogniser
wrote down (`transcripts.py`).

A stretch between two pauses, or one or two words cut out of a recording as if they had been said alone, is kept where
the phone network, started from its last checkpoint, finds the text nearly as likely as the best phones it can think of.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from .agreement import disagreement, network_at
from .paths import DATA, WAKE_HELD_OUT, WORK, require
from .phones import known_phones, phones_from_espeak
from .speech import espeak
from .speech.corpus import ShardWriter
from .transcripts import FILE as TRANSCRIPTS

_KEPT_SHARE = 0.95
_KEPT_SHARE_OF_WORDS = 0.8
_FEWEST_PHONES, _SHORTEST_WORDS_S = 3, 0.25
_MOST_OF_ONE_TEXT = 8
_SHORTEST_S, _LONGEST_S = 1.2, 6.5


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


def _is_pause(word: str) -> bool:
    return word.startswith(("[", "<", "+"))


def _spelling(word: str) -> str:
    """Without the number of its pronunciation."""
    return re.sub(r"\(\d+\)$", "", word)


def _stretches(words: list[list]) -> Iterator[tuple[float, float, str]]:
    """(from, to in seconds, text) between pauses, neighbours joined up to a useful length."""
    current: list[str] = []
    start = end = 0.0
    for index, (word, first, last) in enumerate(words):
        if _is_pause(word):
            middle = (first + last) / 200
            if current and middle - start >= _SHORTEST_S:
                if middle - start <= _LONGEST_S:
                    yield start, middle, " ".join(current)
                current = []
            if not current:
                start = middle if index else 0.0
        else:
            current.append(_spelling(word))
            end = last / 100
    if current and _SHORTEST_S <= end - start <= _LONGEST_S:
        yield start, end + 0.1, " ".join(current)


def _words(words: list[list]) -> Iterator[tuple[float, float, str]]:
    """(from, to in seconds, text) of each word, and of each two neighbours."""
    for count in (1, 2):
        for index in range(len(words) - count + 1):
            some = words[index : index + count]
            if any(_is_pause(word) for word, _, _ in some):
                continue
            start, end = some[0][1] / 100, (some[-1][2] + 1) / 100
            if end - start >= _SHORTEST_WORDS_S:
                yield start, end, " ".join(_spelling(word) for word, _, _ in some)


@dataclass(frozen=True)
class _Piece:
    pcm: np.ndarray
    text: str
    phones: list[str]
    speaker: str
    disagreement: float


def _found(
    checkpoint: Path, pieces: Callable[[list[list]], Iterator[tuple[float, float, str]]], fewest_phones: int
) -> list[_Piece]:
    """What `pieces` finds in the words of each recording; the likeliest first."""
    network = network_at(checkpoint)
    espeak.set_voice("en-us")
    found: list[_Piece] = []
    for line in TRANSCRIPTS.open():
        transcript = json.loads(line)
        recording, _ = soundfile.read(DATA / "librispeech-unlabelled" / transcript["file"], dtype="float32")
        for start, end, text in pieces(transcript["words"]):
            pcm = recording[int(start * 16_000) : int(end * 16_000)]
            phones = known_phones(phones_from_espeak(espeak.ipa(text)))
            if phones and len(phones) >= fewest_phones:
                speaker = transcript["file"].split("-")[0]
                found.append(_Piece(pcm, text, phones, speaker, disagreement(network, pcm, phones)))
    return sorted(found, key=lambda piece: piece.disagreement)


def _write(name: str, found: int, kept: list[_Piece]) -> Path:
    path = WORK / "real" / f"{name}.jsonl"
    shard = ShardWriter(path)
    for piece in kept:
        shard.add(piece.pcm, piece.text, piece.phones, f"people:librispeech-{piece.speaker}", "en")
    shard.close()
    hours = shard.total_samples / 16_000 / 3600
    print(f"real speech, {name}: {found} pieces, kept {len(kept)}, {hours:.2f} h", flush=True)
    return path


def write_libri_shard(checkpoint: Path) -> Path:
    found = _found(checkpoint, _stretches, 1)
    return _write("libri", len(found), found[: int(len(found) * _KEPT_SHARE)])


def write_words_shard(checkpoint: Path) -> Path:
    found = _found(checkpoint, _words, _FEWEST_PHONES)
    kept, times = [], Counter()
    for piece in found[: int(len(found) * _KEPT_SHARE_OF_WORDS)]:
        times[piece.text] += 1
        if times[piece.text] <= _MOST_OF_ONE_TEXT:
            kept.append(piece)
    return _write("words", len(found), kept)
