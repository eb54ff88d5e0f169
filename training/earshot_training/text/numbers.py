"""Numbers in words, as people say them in commands."""

import random

_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_FR = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
).split()
_FR_TENS = "vingt trente quarante cinquante soixante".split()


def _english(n: int) -> str:
    if n < 20:
        return _EN[n]
    if n < 100:
        return _EN_TENS[n // 10 - 2] + (f" {_EN[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{_EN[n // 100]} hundred" + (f" and {_english(n % 100)}" if n % 100 else "")
    return f"{_english(n // 1000)} thousand" + (f" {_english(n % 1000)}" if n % 1000 else "")


def _french(n: int) -> str:
    if n < 20:
        return _FR[n]
    if n < 70:
        tens, ones = divmod(n, 10)
        return _FR_TENS[tens - 2] + ("" if ones == 0 else " et un" if ones == 1 else f" {_FR[ones]}")
    if n < 80:
        return "soixante et onze" if n == 71 else f"soixante {_FR[n - 60]}"
    if n < 100:
        return "quatre vingts" if n == 80 else f"quatre vingt {_FR[n - 80]}"
    if n < 1000:
        return ("cent" if n < 200 else f"{_FR[n // 100]} cent") + (f" {_french(n % 100)}" if n % 100 else "")
    return ("mille" if n < 2000 else f"{_french(n // 1000)} mille") + (f" {_french(n % 1000)}" if n % 1000 else "")


def in_words(n: int, language: str) -> str:
    return _english(n) if language == "en" else _french(n)


def common_number(random_: random.Random, language: str) -> str:
    """Small ones more often than large ones, as in commands."""
    chance = random_.random()
    top = (0, 13) if chance < 0.4 else (0, 100) if chance < 0.88 else (100, 3000)
    return in_words(random_.randrange(*top), language)
