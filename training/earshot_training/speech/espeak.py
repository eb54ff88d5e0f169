"""espeak-ng through its C library: pronunciations for all sentences, and many formant voices.

One process has one voice at a time (the library is global), so these are module functions.
"""

import ctypes
from functools import cache
from pathlib import Path

import numpy as np

from ..phones import known_phones, phones_from_espeak

_AUDIO_SYNCHRONOUS = 2
_RATE, _VOLUME, _PITCH, _RANGE, _WORD_GAP = 1, 2, 3, 4, 7
_UTF8 = 1
_IPA_WITH_SEPARATOR = 2 | (ord("_") << 8)
PRONOUNCING_VOICE = {"en": "en-us", "fr": "fr"}
VARIANTS_FOLDER = Path("/usr/lib/x86_64-linux-gnu/espeak-ng-data/voices/!v")


@cache
def _library() -> tuple[ctypes.CDLL, int, list[np.ndarray], object]:
    library = ctypes.CDLL("libespeak-ng.so.1")
    chunks: list[np.ndarray] = []

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
    def collect(samples, count, _events):
        if count > 0:
            chunks.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    rate_hz = library.espeak_Initialize(_AUDIO_SYNCHRONOUS, 500, None, 0)
    library.espeak_SetSynthCallback(collect)
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int]
    return library, rate_hz, chunks, collect


def set_voice(name: str) -> None:
    """For example "en-us" or "fr+f2"."""
    if _library()[0].espeak_SetVoiceByName(name.encode()) != 0:
        raise ValueError(f"espeak-ng has no voice {name}")


def speak(text: str, words_per_minute: float, pitch: float, pitch_range: float) -> tuple[np.ndarray, int]:
    """int16 samples and their rate in Hz, in the voice set last; pitch and range are 0–100."""
    library, rate_hz, chunks, _ = _library()
    for parameter, value in ((_RATE, words_per_minute), (_PITCH, pitch), (_RANGE, pitch_range), (_WORD_GAP, 0)):
        library.espeak_SetParameter(parameter, int(value), 0)
    chunks.clear()
    encoded = text.encode() + b"\0"
    library.espeak_Synth(encoded, len(encoded), 0, 1, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    return (np.concatenate(chunks) if chunks else np.zeros(0, np.int16)), rate_hz


def ipa(text: str) -> str:
    """In the voice set last: "_" between phonemes, blanks between words."""
    library = _library()[0]
    buffer = ctypes.create_string_buffer(text.encode())
    position, parts = ctypes.c_void_p(ctypes.addressof(buffer)), []
    while position.value:
        part = library.espeak_TextToPhonemes(ctypes.byref(position), _UTF8, _IPA_WITH_SEPARATOR)
        if part:
            parts.append(part.decode())
    return " ".join(parts)


def pronounce_all(sentences: list[str], language: str) -> dict[str, list[str]]:
    """Phones of each sentence as espeak-ng's standard voice of the language says it."""
    set_voice(PRONOUNCING_VOICE[language])
    return {sentence: known_phones(phones_from_espeak(ipa(sentence))) for sentence in sentences}
