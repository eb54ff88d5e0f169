"""Plain lower-case words: what may be spoken by every synthesiser without surprises."""

import re

from .numbers import in_words

_SYMBOLS = {
    "en": {"%": " percent ", "°": " degrees ", "&": " and "},
    "fr": {"%": " pour cent ", "°": " degrés ", "&": " et "},
}
_LETTERS = {"en": "a-z'", "fr": "a-zàâäéèêëîïôöùûüç'"}


def normalised(sentence: str, language: str, longest: int = 62) -> str | None:
    """The sentence in words, or None where it is empty, too long, or has characters of no known sound."""
    text = sentence.lower().replace("’", "'").replace("œ", "oe").replace("æ", "ae")
    for symbol, words in _SYMBOLS[language].items():
        text = text.replace(symbol, words)
    text = re.sub(r"\d+", lambda digits: f" {in_words(int(digits[0]) % 10_000, language)} ", text)
    text = re.sub(r"[-.,!?;:\"()]", " ", text)
    text = re.sub(r"(?<![a-zà-ÿ])'|'(?![a-zà-ÿ])", " ", text)
    text = " ".join(text.split())
    if not text or len(text) > longest or re.search(f"[^ {_LETTERS[language]}]", text):
        return None
    return None if any(len(word) > 16 for word in text.split()) else text
