"""From the IPA that espeak-ng writes to the model's phone symbols: the one mapping used by everything.

The phone set serves English and French together. Its order is the order of the model's outputs and is
part of a trained checkpoint: append, never reorder.
"""

import re

BLANK = "_"

PHONES: tuple[str, ...] = (
    BLANK, "a", "aɪ", "aʊ", "b", "d", "dʒ", "e", "eɪ", "f", "h", "i", "j", "k", "l", "m", "n", "o",
    "oʊ", "p", "s", "t", "tʃ", "u", "v", "w", "y", "z", "æ", "ð", "ø", "ŋ", "œ", "œ̃", "ɑ", "ɑ̃", "ɔ",
    "ɔɪ", "ɔ̃", "ə", "ɚ", "ɛ", "ɛ̃", "ɡ", "ɪ", "ɲ", "ɹ", "ʁ", "ʃ", "ʊ", "ʌ", "ʒ", "θ",
)  # fmt: skip

PHONE_ID = {phone: index for index, phone in enumerate(PHONES)}

# espeak-ng's symbol (stress marks removed) → phones of the set, separated by spaces. Length is dropped
# afterwards, so only the long vowels that are another phone than their short form appear here.
_FROM_ESPEAK = {
    "ɐ": "ə", "ᵻ": "ɪ", "ɾ": "t", "ʔ": "", "ɜː": "ɚ", "ɜ": "ɚ", "əl": "ə l", "l̩": "ə l", "n̩": "ə n",
    "ɑːɹ": "ɑ ɹ", "ɔːɹ": "ɔ ɹ", "oːɹ": "ɔ ɹ", "oː": "oʊ", "ɪɹ": "ɪ ɹ", "ɛɹ": "ɛ ɹ", "ʊɹ": "ʊ ɹ",
    "aɪɚ": "aɪ ɚ", "aɪə": "aɪ ə", "iə": "i ə", "ɬ": "l", "x": "k", "r": "ɹ", "g": "ɡ", "ɫ": "l", "ʍ": "w",
}  # fmt: skip

_LANGUAGE_SWITCH = re.compile(r"\([a-z-]+\)")
_STRESS_AND_TIES = re.compile(r"[ˈˌ‿\-]")
_LENGTH_AND_DETAIL = re.compile(r"[ːʲ͡]")


def phones_from_espeak(ipa: str) -> list[str]:
    """Phones of what espeak-ng wrote with "_" between phonemes and blanks between words.

    Symbols outside the set are kept as they are; `known_phones` removes them, `unknown_phones` tells.
    """
    phones: list[str] = []
    for symbol in re.split(r"[_\s]+", _LANGUAGE_SWITCH.sub("", ipa)):
        symbol = _STRESS_AND_TIES.sub("", symbol)
        if not symbol:
            continue
        symbol = _LENGTH_AND_DETAIL.sub("", _FROM_ESPEAK.get(symbol, symbol))
        phones += _FROM_ESPEAK.get(symbol, symbol).split()
    return phones


def known_phones(phones: list[str]) -> list[str]:
    return [phone for phone in phones if phone in PHONE_ID and phone != BLANK]


def unknown_phones(phones: list[str]) -> set[str]:
    return {phone for phone in phones if phone not in PHONE_ID}
