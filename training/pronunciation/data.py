"""The labelled words, and which of them no training may see."""

import hashlib

from words import WORK

STEM_LETTERS = 6


def load(language: str) -> list[tuple[str, int, str, tuple[str, ...], str]]:
    """(word, rank, kind, phones, last column of label.py) for every listed word."""
    rows = []
    for line in (WORK / f"{language}.tsv").read_text("utf-8").splitlines():
        word, rank, kind, phones, extra = line.split("\t")
        rows.append((word, int(rank), kind, tuple(phones.split()), extra))
    return rows


def is_held_out(word: str) -> bool:
    """3 % of all stems: words that begin alike are held out together, so no inflection is a hint."""
    digest = hashlib.sha256(word[:STEM_LETTERS].encode()).digest()
    return digest[0] * 256 + digest[1] < 0.03 * 65536


def is_regular(language: str, row) -> bool:
    """Whether the pronunciation says something about spelling in this language."""
    word, _, _, phones, extra = row
    return not (language == "fr" and extra) and "-" not in word and "'" not in word and len(word) > 1
