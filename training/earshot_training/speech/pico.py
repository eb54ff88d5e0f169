"""SVOX Pico's statistical voices through `pico2wave`: one woman each for French, British and American English,
and the German one for French without nasal vowels."""

import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import soundfile

VOICES = {"en": ("en-GB", "en-US"), "fr": ("fr-FR",)}


def speak(text: str, voice: str, speed_percent: int, pitch_percent: int) -> tuple[np.ndarray, int]:
    """int16 samples and their rate in Hz (16 000); speed and pitch are relative to the voice's own."""
    return _spoken(escape(text), voice, speed_percent, pitch_percent)


def _spoken(marked: str, voice: str, speed_percent: int, pitch_percent: int) -> tuple[np.ndarray, int]:
    marked = f'<speed level="{speed_percent}"><pitch level="{pitch_percent}">{marked}</pitch></speed>'
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").exists() else None) as folder:
        path = Path(folder) / "speech.wav"
        subprocess.run(["pico2wave", "-l", voice, "-w", str(path), marked], check=True, capture_output=True, timeout=30)
        return soundfile.read(path, dtype="int16")


# French phones in German X-SAMPA; German has no nasal vowels, so sentences with one are left out.
_GERMAN = {
    "a": "a", "b": "b", "d": "d", "e": "e", "f": "f", "i": "i", "j": "j", "k": "k", "l": "l", "m": "m", "n": "n", "o": "o",
    "p": "p", "s": "s", "t": "t", "u": "u", "v": "v", "y": "y", "z": "z", "ø": "2", "œ": "9", "ɔ": "O", "ə": "@", "ɛ": "E",
    "ɡ": "g", "ʁ": "R", "ʃ": "S", "ʒ": "Z", "ɑ": "a", "ŋ": "N", "tʃ": "tS", "dʒ": "dZ",
}  # fmt: skip
_PHONES_A_GROUP = 6


def speak_french_as_german(phones: list[str], speed_percent: int, pitch_percent: int) -> tuple[np.ndarray, int] | None:
    """The German woman says French phones; None where she has no sound for one of them."""
    if not all(phone in _GERMAN for phone in phones):
        return None
    groups = [phones[at : at + _PHONES_A_GROUP] for at in range(0, len(phones), _PHONES_A_GROUP)]
    marked = "".join(
        f'<phoneme alphabet="xsampa" ph="{" ".join(_GERMAN[phone] for phone in group)}"/>' for group in groups
    )
    return _spoken(marked, "de-DE", speed_percent, pitch_percent)
