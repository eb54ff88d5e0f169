"""Pronunciations by espeak-ng as phones of the speech model."""

import ctypes as C
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from earshot_training.phones import PHONES, phones_from_espeak  # noqa: E402

VOICES = {"us": "gmw/en-US", "gb": "gmw/en-GB-x-rp", "fr": "roa/fr"}

# Vowels of the British voice that the set lacks.
_BRITISH = {"ɒ": "ɔ", "əʊ": "oʊ", "eə": "ɛ", "ʊə": "ʊ ə", "iə": "ɪ ə"}
# How French speakers say what the French voice pronounces as English (parking, week-end).
_FRENCH_ACCENT = {
    "ɹ": "ʁ", "ɪ": "i", "ʊ": "u", "ɑ": "a", "æ": "a", "ʌ": "œ", "ɔ": "ɔ", "oʊ": "o", "əʊ": "o", "ɒ": "ɔ",
    "h": "", "θ": "s", "ð": "z", "ɚ": "œ ʁ", "eɪ": "ɛ", "aʊ": "a w", "aɪ": "a j", "ɔɪ": "ɔ j", "ə": "ə",
    "eə": "ɛ ʁ", "ʊə": "u ʁ",
}  # fmt: skip

_SET = set(PHONES)

_lib = C.CDLL("libespeak-ng.so.1")
_lib.espeak_Initialize(2, 0, None, 0)
_lib.espeak_TextToPhonemes.restype = C.c_char_p
_lib.espeak_TextToPhonemes.argtypes = [C.POINTER(C.c_void_p), C.c_int, C.c_int]


def set_voice(name: str) -> None:
    if _lib.espeak_SetVoiceByName(VOICES[name].encode()):
        raise RuntimeError(f"espeak-ng has no voice {VOICES[name]}")


def ipa(text: str) -> str:
    buffer = C.create_string_buffer(text.encode())
    pointer = C.c_void_p(C.addressof(buffer))
    parts = []
    while pointer.value:
        part = _lib.espeak_TextToPhonemes(C.byref(pointer), 1, 2 | (ord("_") << 8))
        if part:
            parts.append(part.decode().strip())
    return " ".join(parts)


def is_foreign(text: str) -> bool:
    """Whether the French voice switched to English somewhere."""
    return "(en)" in text


def to_phones(text: str) -> tuple[str, ...]:
    """IPA as espeak-ng writes it → phones of the set, British vowels replaced; () if one is unknown."""
    return _known(" ".join(_BRITISH.get(p, p) for p in phones_from_espeak(text)).split())


def _known(phones: list[str]) -> tuple[str, ...]:
    return tuple(phones) if set(phones) <= _SET else ()


def with_french_accent(text: str, word: str) -> tuple[str, ...]:
    """Phones of the French voice; where it took a word for English, as a French speaker would say it."""
    out: list[str] = []
    english = False
    for piece in re.split(r"(\([a-z-]+\))", text):
        if piece.startswith("("):
            english = piece == "(en)"
            continue
        for phone in phones_from_espeak(piece):
            out += _FRENCH_ACCENT.get(phone, phone).split() if english else [phone]
        # The English voice is non-rhotic; French speakers say what they see.
        if english and re.search(r"[aeo]r$", word) and out[-1:] == ["ə"]:
            out[-1:] = ["œ", "ʁ"]
        if english and re.search(r"ar[^aeiouyr]", word) and "ʁ" not in out and "a" in out:
            out.insert(out.index("a") + 1, "ʁ")
    return _known(out)
