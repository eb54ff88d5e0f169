"""Fills the shards of synthetic speech: which voices say how much of which language, at which speeds.

Each shard is made by a process of its own from its own seed, so shards can be made in any order, in
parallel, and again.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from ..paths import WORK
from . import diphones, espeak, flite, kokoro, pico, rhvoice
from .corpus import FOLDER, LONGEST_S, ShardWriter, at_16_khz, trimmed

SHARDS = {
    # name: (synthesiser, sentences of which file, sentences tried at full scale, seed)
    "en_espeak": ("espeak", "en", 40_000, 1),
    "en_flite": ("flite", "en", 22_000, 2),
    "en_diphones": ("diphones", "en", 26_000, 4),
    "fr_espeak": ("espeak", "fr", 45_000, 5),
    "fr_pico": ("pico", "fr", 45_000, 6),
    "fr_german": ("pico_german", "fr", 45_000, 7),
    "fr_diphones": ("diphones", "fr", 16_000, 8),
    "en_pico": ("pico", "en", 25_000, 9),
    "en_short_flite": ("flite", "en-short", 2_000, 10),
    "en_short_pico": ("pico", "en-short", 1_500, 11),
    "en_short_espeak": ("espeak", "en-short", 1_500, 12),
    "fr_short_pico": ("pico", "fr-short", 1_500, 13),
    "en_rhvoice": ("rhvoice", "en", 24_000, 18),
    "en_short_rhvoice": ("rhvoice", "en-short", 2_000, 19),
    "en_short_kokoro": ("kokoro", "en-short", 900, 20),
    "en_kokoro": ("kokoro", "en", 800, 21),
    "fr_kokoro": ("kokoro", "fr", 600, 22),
    "en_short_foreign_kokoro": ("kokoro_foreign", "en-short", 1_600, 23),
    "fr_short_kokoro": ("kokoro", "fr-short", 900, 24),
    "en_second_kokoro": ("kokoro", "en", 700, 25),
    "en_third_kokoro": ("kokoro", "en", 700, 26),
}
HELD_OUT_SHARDS = {
    "held_en_espeak": ("espeak_held_out", "en", 200, 98),
    "held_fr_espeak": ("espeak_held_out", "fr", 300, 99),
}

HELD_OUT_VARIANTS = ("Annie", "f3", "m5", "michel")
_UNFIT_VARIANTS = set(
    "Demonic UniRobot anikaRobot Storm croak fast robosoft robosoft2 robosoft3 robosoft4 robosoft5 robosoft6 robosoft7 "
    "robosoft8 whisper whisperf Mr serious RicishayMax2 RicishayMax3 klatt5 klatt6".split()
)
_ACCENTS = {
    "en": ["en-us"] * 5 + ["gmw/en", "en-gb-x-rp", "en-gb-scotland", "en-029", "en-us-nyc", "en-gb-x-gbclan"],
    "fr": ["fr"] * 4 + ["fr-be", "fr-ch"],
}
_SENTENCES_A_VOICE = 15

Speaker = Callable[[str, list[str]], tuple]


def _espeak_speaker(language: str, random_: random.Random, variants: list[str]) -> Speaker:
    state = {"count": 0}

    def speak(text: str, _phones: list[str]) -> tuple:
        if state["count"] % _SENTENCES_A_VOICE == 0:
            state["voice"] = f"{random_.choice(_ACCENTS[language])}+{random_.choice(variants)}"
            state["pitch"], state["range"] = random_.uniform(20, 80), random_.uniform(30, 75)
            espeak.set_voice(state["voice"])
        state["count"] += 1
        pitch = state["pitch"] + random_.uniform(-8, 8)
        return *espeak.speak(text, random_.uniform(130, 230), pitch, state["range"]), f"espeak:{state['voice']}"

    return speak


def _flite_speaker(_language: str, random_: random.Random) -> Speaker:
    def speak(text: str, _phones: list[str]) -> tuple:
        voice = random_.choice(["slt", "rms", "awb", "slt", "rms", "awb", "kal16", "kal"])
        pitch_hz = flite.BASE_PITCH_HZ[voice] * random_.uniform(0.75, 1.4)
        return *flite.speak(text, voice, random_.uniform(0.65, 1.3), pitch_hz, random_.uniform(8, 30)), f"flite:{voice}"

    return speak


def _pico_speaker(language: str, random_: random.Random) -> Speaker:
    def speak(text: str, _phones: list[str]) -> tuple:
        voice = random_.choice(pico.VOICES[language])
        return *pico.speak(text, voice, random_.randint(80, 170), random_.randint(75, 135)), f"pico:{voice}"

    return speak


def _pico_german_speaker(_language: str, random_: random.Random) -> Speaker:
    def speak(_text: str, phones: list[str]) -> tuple | None:
        spoken = pico.speak_french_as_german(phones, random_.randint(85, 160), random_.randint(75, 130))
        return None if spoken is None else (*spoken, "pico:de-DE")

    return speak


def _rhvoice_speaker(_language: str, random_: random.Random) -> Speaker:
    def speak(text: str, _phones: list[str]) -> tuple:
        voice = random_.choice(["alan", "alan", "bdl", "bdl", "clb", "clb", "slt"])
        spoken = rhvoice.speak(text, voice, random_.uniform(0.8, 1.6), random_.uniform(0.75, 1.3))
        return *spoken, f"rhvoice:{voice}"

    return speak


def _kokoro_speaker(language: str, random_: random.Random, foreign: float = 0.2) -> Speaker:
    """`foreign`: share of English that is said by a voice of another language, with its accent."""
    voices = kokoro.voices()
    native = [name for name in voices if name[0] in ("ab" if language == "en" else "f")]
    others = [name for name in voices if name not in native]

    def speak(text: str, _phones: list[str]) -> tuple:
        # A native voice alone, blended with any voice, or (English only) a voice of another language, at most half native.
        first, second, share = random_.choice(native), random_.choice(list(voices)), random_.choice([0, 0, 0.2, 0.4, 0.6])
        if language == "en" and random_.random() < foreign:
            first, second, share = random_.choice(others), first, random_.choice([0, 0, 0.25, 0.5])
        accent = "fr" if language == "fr" else "gmw/en" if first[0] == "b" else "en-us"
        styles = (1 - share) * voices[first] + share * voices[second]
        spoken = kokoro.speak(text, accent, styles, random_.uniform(0.85, 1.35), random_.choice(["", ".", ".", "!", "?"]))
        return *spoken, f"kokoro:{first}" + (f"+{second}" if share else "")

    return speak


def _speaker(kind: str, language: str, random_: random.Random) -> Speaker:
    if kind.startswith("espeak"):
        names = sorted(
            name for name in os.listdir(espeak.VARIANTS_FOLDER) if " " not in name and name not in _UNFIT_VARIANTS
        )
        held_out = kind == "espeak_held_out"
        return _espeak_speaker(language, random_, [name for name in names if (name in HELD_OUT_VARIANTS) == held_out])
    speakers = {
        "flite": _flite_speaker,
        "pico": _pico_speaker,
        "pico_german": _pico_german_speaker,
        "rhvoice": _rhvoice_speaker,
        "kokoro": _kokoro_speaker,
        "kokoro_foreign": partial(_kokoro_speaker, foreign=1.0),
    }
    return speakers[kind](language, random_)


def _one_by_one(
    kind: str, language: str, sentences: list[str], phones: dict[str, list[str]], random_: random.Random
) -> Iterator[tuple]:
    speak = _speaker(kind, language, random_)
    for sentence in sentences:
        spoken = speak(sentence, phones[sentence])
        if spoken is not None:
            yield sentence, *spoken


def make_shard(name: str, scale: float = 1.0) -> Path:
    """Writes one shard unless it is there; returns its index."""
    kind, text, count, seed = (SHARDS | HELD_OUT_SHARDS)[name]
    language = text[:2]
    path = FOLDER / f"{name}.jsonl"
    if path.exists():
        return path
    started, random_ = time.time(), random.Random(seed)
    sentences = (WORK / "text" / f"{text}.txt").read_text("utf8").splitlines()
    random_.shuffle(sentences)
    sentences = sentences[: max(20, int(count * scale))]
    phones = espeak.pronounce_all(sentences, language)
    spoken = (
        diphones.speak_all(sentences, phones, language, random_)
        if kind == "diphones"
        else _one_by_one(kind, language, sentences, phones, random_)
    )
    shard = ShardWriter(path)
    for sentence, pcm, rate_hz, voice in spoken:
        pcm = trimmed(pcm, rate_hz)
        if len(pcm) < 0.15 * rate_hz:
            continue
        pcm = at_16_khz(pcm, rate_hz, random_.uniform(0.85, 1.18))
        if len(pcm) <= LONGEST_S * 16_000:
            shard.add(pcm, sentence, phones[sentence], voice, language)
    shard.close()
    print(f"{name}: {shard.total_samples / 16_000 / 3600:.2f} h in {time.time() - started:.0f} s", flush=True)
    return path
