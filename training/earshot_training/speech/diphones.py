"""Festival's diphone voices speak phones, not text: human timbres for both languages, whatever their own.

Durations and pitch come from simple rules with much chance in them. Each voice has its own phone symbols;
a sentence with a phone that the voice lacks is left out.
"""

import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import soundfile

_US = "ɑ:aa æ:ae ʌ:ah ɔ:ao aʊ:aw ə:ax aɪ:ay b:b tʃ:ch d:d ð:dh ɛ:eh ɚ:er eɪ:ey f:f ɡ:g h:hh ɪ:ih i:iy dʒ:jh k:k l:l m:m n:n ŋ:ng oʊ:ow ɔɪ:oy p:p ɹ:r s:s ʃ:sh t:t θ:th ʊ:uh u:uw v:v w:w j:y z:z ʒ:zh"
_FINNISH = "a:a ɑ:a: æ:@ ʌ:a ɔ:o o:o aʊ:a+u ə:& aɪ:a+i b:b tʃ:t+S d:d ɛ:e e:e ɚ:7+r eɪ:e+i f:f ɡ:g h:h ɪ:i i:i: dʒ:d+S j:j k:k l:l m:m n:n ŋ:N oʊ:o+u ɔɪ:o+i p:p ɹ:r s:s ʃ:S t:t θ:f ʊ:u u:u: v:v w:u y:y ø:7 œ:7"
_ITALIAN = "ɑ:a1 æ:E ʌ:a ɔ:O1 o:o aʊ:a+u ə:e aɪ:a1+i b:b tʃ:tS d:d ɛ:E e:e ɚ:E+r eɪ:e+i f:f ɡ:g ɪ:i i:i1 dʒ:dZ k:k l:l m:m n:n ŋ:ng oʊ:o+u ɔɪ:O+i p:p ɹ:r s:s ʃ:S t:t ʊ:u u:u1 v:v w:w j:j z:z"
_CZECH = "ɑ:a: æ:e ʌ:a ɔ:o o:o aʊ:a+u ə:e aɪ:a+j b:b tʃ:c~ d:d ɛ:e ɚ:e+r eɪ:e+j f:f ɡ:g h:h ɪ:i i:i: dʒ:dz~ j:j k:k l:l m:m n:n ŋ:n* oʊ:o+u ɔɪ:o+j p:p ɹ:r s:s ʃ:s~ t:t ʊ:u u:u: v:v w:u z:z ʒ:z~"

VOICES = {
    # name: (symbols, silence, usual pitch in Hz)
    "ked_diphone": (_US, "pau", 110), "kal_diphone": (_US, "pau", 105),
    "suo_fi_lj_diphone": (_FINNISH, "#", 190), "hy_fi_mv_diphone": (_FINNISH, "#", 110),
    "lp_diphone": (_ITALIAN, "#", 185), "pc_diphone": (_ITALIAN, "#", 115),
    "czech_dita": (_CZECH, "#", 190), "czech_krb": (_CZECH, "#", 220), "czech_machac": (_CZECH, "#", 115), "czech_ph": (_CZECH, "#", 120),
}  # fmt: skip

_FRENCH_VOICES = ("suo_fi_lj_diphone", "hy_fi_mv_diphone")
_VOWELS = set("aeiouyæøœɑɔəɚɛɪʊʌ")
_SENTENCES_A_PROCESS = 100


def _synthesise(voice: str, utterances: list[str], folder: Path) -> list[Path]:
    """One Festival process says them all; a file is missing where Festival lacked a diphone."""
    paths = [folder / f"{index}.wav" for index in range(len(utterances))]
    lines = [
        f'(utt.save.wave (utt.synth (Utterance Segments ({text}))) "{path}" \'riff)'
        for text, path in zip(utterances, paths)
    ]
    script = folder / "speak.scm"
    script.write_text("\n".join([f"(voice_{voice})", *lines]))
    subprocess.run(["festival", "-b", str(script)], stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    return paths


def _segments(
    phones: list[str], symbols: dict[str, list[str]], silence: str, pitch_hz: float, random_: random.Random
) -> str:
    stretch, spread = random_.uniform(0.65, 1.15), random_.uniform(0.05, 0.2)
    parts, heard = [f"({silence} 0.1)"], pitch_hz * random_.uniform(1.0, 1.2)
    stressed = random_.randint(0, 2)
    for index, phone in enumerate(phones):
        vowel = phone[0] in _VOWELS
        duration = (
            (0.085 if vowel else 0.07)
            * stretch
            * random_.uniform(0.75, 1.3)
            * (0.6 if phone == "ə" else 1.3 if len(phone) > 1 else 1.0)
        )
        accent = 1.0
        if vowel:
            stressed -= 1
            if stressed < 0:
                stressed, accent, duration = random_.randint(0, 2), 1 + spread * random_.random() * 2, duration * 1.4
        duration *= 1.0 + 0.5 * (index >= len(phones) - 2)
        heard = max(pitch_hz * 0.7, heard * random_.uniform(0.985, 1.004))
        for symbol in symbols[phone]:
            share = max(0.03, duration / len(symbols[phone]))
            parts.append(f"({symbol} {share:.3f} ({share / 2:.3f} {heard * accent:.0f}))")
    return " ".join([*parts, f"({silence} 0.1)"])


def _symbols(table: str) -> dict[str, list[str]]:
    return {phone: target.split("+") for phone, _, target in (entry.partition(":") for entry in table.split())}


def speak_all(
    sentences: list[str], phones: dict[str, list[str]], language: str, random_: random.Random
) -> Iterator[tuple]:
    """Yields (sentence, samples, rate in Hz, voice) for the sentences that the voice drawn for them can say."""
    voices = list(_FRENCH_VOICES if language == "fr" else VOICES)
    for start in range(0, len(sentences), _SENTENCES_A_PROCESS):
        voice = random_.choice(voices)
        table, silence, pitch_hz = VOICES[voice]
        symbols = _symbols(table)
        group = [
            s for s in sentences[start : start + _SENTENCES_A_PROCESS] if all(phone in symbols for phone in phones[s])
        ]
        utterances = [
            _segments(phones[s], symbols, silence, pitch_hz * random_.uniform(0.85, 1.2), random_) for s in group
        ]
        with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").exists() else None) as folder:
            for sentence, path in zip(group, _synthesise(voice, utterances, Path(folder))):
                if path.exists():
                    yield sentence, *soundfile.read(path, dtype="int16"), f"festival:{voice}"
