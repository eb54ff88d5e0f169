"""How words sound inside running sentences: out/pronunciation/spoken-{en,fr}.json.

word → {phones: [count before a vowel, before a consonant, at the end]}. Only words heard at least twice in
another form than alone are kept. Sentences: the optional development data, and French documentation.
"""

import collections
import json
import os
import random
import re
from pathlib import Path

import espeak
from words import ROOT, WORK

DATA = Path(os.environ.get("EARSHOT_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
VOWELS = set("a aɪ aʊ e eɪ i o oʊ u y æ ø œ œ̃ ɑ ɑ̃ ɔ ɔɪ ɔ̃ ə ɚ ɛ ɛ̃ ɪ ʊ ʌ".split())
PROCLITIC = re.compile(r"\b(l|d|j|c|n|s|t|m|qu|lorsqu|puisqu|jusqu|quoiqu)'", re.I)
MOST_SENTENCES = 25000


def english_sentences():
    for path in sorted(DATA.glob("nlu/*/*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            yield line.split("\t")[-1].lower()


def french_sentences():
    for path in sorted(DATA.glob("ha-intents/*/tests/fr/**/*.yaml")):
        for line in re.findall(r"^\s+- \"?([^\d\W][^\"{}\[\]:]+)\"?$", path.read_text("utf-8"), re.M):
            yield line.lower()
    paths = [*ROOT.glob("usr/share/help/fr/**/*.page"), *ROOT.glob("usr/share/libreoffice/help/fr/**/*.html")]
    for path in sorted(paths):
        for paragraph in re.findall(r"<p\b[^>]*>(.*?)</p>", path.read_text("utf-8", "ignore"), re.S):
            for sentence in re.split(r"[.:;!?()]\s*", re.sub(r"\s+|<[^>]*>", " ", paragraph)):
                yield sentence.strip().lower().replace("’", "'")


def words_of(sentence: str, language: str) -> list[str] | None:
    """Words as the grammar has them (l' apart), or None for sentences with digits or other signs."""
    if not re.fullmatch(r"[\w',\- ]+", sentence) or re.search(r"[\d_]", sentence):
        return None
    if language == "fr":
        sentence = PROCLITIC.sub(r"\1' ", sentence)
    words = sentence.replace(",", " ").replace("-", " ").split()
    return words if 3 <= len(words) <= 14 and "aujourd'" not in words else None


def main() -> None:
    for language, voice, source in (("en", "us", english_sentences), ("fr", "fr", french_sentences)):
        espeak.set_voice(voice)
        unique = sorted({s for s in source() if words_of(s, language)})
        random.Random(1).shuffle(unique)
        counts = collections.defaultdict(lambda: collections.defaultdict(lambda: [0, 0, 0]))
        alone: dict[str, tuple[str, ...]] = {}
        for sentence in unique[:MOST_SENTENCES]:
            count(sentence, words_of(sentence, language), alone, counts)
        kept = {}
        for word, forms in sorted(counts.items()):
            heard = {" ".join(f): c for f, c in forms.items() if sum(c) >= 2 and f}
            if set(heard) - {" ".join(alone[word])}:
                kept[word] = heard
        path = WORK / f"spoken-{language}.json"
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=0), "utf-8")
        print(path, len(unique), "sentences,", len(kept), "words with forms of their own")


def count(sentence, words, alone, counts) -> None:
    text = espeak.ipa(sentence)
    if espeak.is_foreign(text):
        return
    for word in words:
        if word not in alone:
            alone[word] = tuple(espeak.to_phones(espeak.ipa(word)))
    tokens = text.split()
    if len(tokens) == len(words):
        spoken = [espeak.to_phones(t) for t in tokens]
    else:
        spoken = split(espeak.to_phones(text), [alone[w] for w in words])
    for i, (word, phones) in enumerate(zip(words, spoken)):
        after = next((p for later in spoken[i + 1 :] for p in later), None)
        counts[word][phones][2 if after is None else 0 if after in VOWELS else 1] += 1


def split(spoken, expected):
    """Where each word ends in what was spoken, by the cheapest alignment with the words spoken alone."""
    flat = [(p, w) for w, phones in enumerate(expected) for p in phones]
    n, m = len(flat), len(spoken)
    cost = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n + 1):
        for j in range(m + 1):
            options = [0] if i == j == 0 else []
            if i and j:
                a, b = flat[i - 1][0], spoken[j - 1]
                alike = a == b or ((a in VOWELS) == (b in VOWELS) and 0.6)
                options.append(cost[i - 1][j - 1] + (0 if alike is True else alike or 3))
            if i:
                options.append(cost[i - 1][j] + 1)
            if j:
                options.append(cost[i][j - 1] + 1)
            cost[i][j] = min(options)
    parts = [[] for _ in expected]
    i, j = n, m
    while j:
        a, b = (flat[i - 1][0] if i else None), spoken[j - 1]
        alike = a == b or (a is not None and (a in VOWELS) == (b in VOWELS) and 0.6)
        if i and cost[i][j] == cost[i - 1][j - 1] + (0 if alike is True else alike or 3):
            i, j = i - 1, j - 1
            parts[flat[i][1]].insert(0, b)
        elif i and cost[i][j] == cost[i - 1][j] + 1:
            i -= 1
        else:  # an added phone (a liaison) belongs to the word before it
            j -= 1
            parts[flat[i - 1][1] if i else 0].insert(0, b)
    return [tuple(p) for p in parts]


if __name__ == "__main__":
    main()
