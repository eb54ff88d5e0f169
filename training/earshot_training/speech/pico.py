"""SVOX Pico's statistical voices through `pico2wave`: one woman each for French, British and American English, and
those of other languages, who speak English (and the German one French) with an accent."""

import random
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


# What a voice of another language makes of each phone, in its own X-SAMPA; phones joined by "+" follow each other, "-" is
# left out, and of several with "|" chance takes one. A sentence with a phone that has no entry is left out: German has no
# nasal vowels. (The symbols that Pico does not know it leaves out silently.)
_FOREIGN = {
    ("fr", "de-DE"): "a:a b:b d:d e:e f:f i:i j:j k:k l:l m:m n:n o:o p:p s:s t:t u:u v:v y:y z:z ø:2 œ:9 ɔ:O ə:@ ɛ:E ɡ:g ʁ:R ʃ:S ʒ:Z ɑ:a ŋ:N tʃ:tS dʒ:dZ",
    ("en", "de-DE"): "a:a ɑ:a: æ:E ʌ:a ɔ:O aʊ:aU ə:@ aɪ:aI b:b tʃ:tS d:d ð:d|z ɛ:E e:e ɚ:9+R eɪ:e:|E+I f:f ɡ:g h:h ɪ:I i:i: dʒ:dZ k:k l:l m:m n:n ŋ:N oʊ:o: o:o ɔɪ:OI p:p ɹ:R s:s ʃ:S t:t θ:s|t|f ʊ:U u:u: v:v w:v|u j:j z:z ʒ:Z",
    ("en", "fr-FR"): "a:a ɑ:a æ:a ʌ:9|a ɔ:O aʊ:a+u ə:@ aɪ:a+j b:b tʃ:tS d:d ð:z|d ɛ:E e:e ɚ:9+R eɪ:e|E+j f:f ɡ:g h:- ɪ:i i:i dʒ:dZ k:k l:l m:m n:n ŋ:N oʊ:o|o+u o:o ɔɪ:O+j p:p ɹ:R s:s ʃ:S t:t θ:s|t|f ʊ:u u:u v:v w:w j:j z:z ʒ:Z",
    ("en", "it-IT"): "a:a ɑ:a: æ:E|a ʌ:a ɔ:o: aʊ:aU ə:e|a aɪ:aI b:b tʃ:tS d:d ð:d ɛ:E e:e ɚ:e+r eɪ:eI f:f ɡ:g h:- ɪ:i i:i: dʒ:dZ k:k l:l m:m n:n ŋ:N oʊ:o o:o ɔɪ:o+i p:p ɹ:r s:s ʃ:S t:t θ:t|f|s ʊ:u u:u: v:v w:u j:i z:z ʒ:dZ",
    ("en", "es-ES"): "a:a ɑ:a æ:a ʌ:a ɔ:o aʊ:aU ə:e|a aɪ:aI b:b tʃ:tS d:d ð:D ɛ:e e:e ɚ:e+r eɪ:eI f:f ɡ:g h:x ɪ:i i:i: dʒ:dZ k:k l:l m:m n:n ŋ:N oʊ:o|oU o:o ɔɪ:o+i p:p ɹ:4 s:s ʃ:tS|s t:t θ:T ʊ:u u:u v:b w:u j:j z:s ʒ:dZ",
}  # fmt: skip
_PHONES_A_GROUP = 6


def _table(entries: str) -> dict[str, list[str]]:
    return {phone: ways.split("|") for phone, _, ways in (entry.partition(":") for entry in entries.split())}


_TABLES = {key: _table(entries) for key, entries in _FOREIGN.items()}
FOREIGN_VOICES = {language: [voice for of, voice in _FOREIGN if of == language] for language in ("en", "fr")}


def speak_as_foreigner(
    phones: list[str], language: str, voice: str, speed_percent: int, pitch_percent: int, random_: random.Random
) -> tuple[np.ndarray, int] | None:
    """A voice of another language says phones of `language` as far as it can; None where it has no sound for one."""
    table = _TABLES[language, voice]
    if not all(phone in table for phone in phones):
        return None
    habit = {phone: random_.choice(ways) for phone, ways in table.items()}
    symbols = [symbol for phone in phones for symbol in habit[phone].split("+") if symbol != "-"]
    groups = [symbols[at : at + _PHONES_A_GROUP] for at in range(0, len(symbols), _PHONES_A_GROUP)]
    marked = "".join(f'<phoneme alphabet="xsampa" ph="{" ".join(group)}"/>' for group in groups)
    return _spoken(marked, voice, speed_percent, pitch_percent)
