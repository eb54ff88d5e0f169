"""Word pairs of spoken commands and questions, for writing down free speech: models/embedded/bigram-LANGUAGE.gz.

    cd training && .venv/bin/python -m language_model.build

Sentences come from the recipe's own patterns, those of shopping, tasks, messages and titles (`everyday-LANGUAGE.yaml`),
Home Assistant's templates and, for English, question sets (SNIPS CC0, CLINC150 CC-BY-3.0, HWU64 and Banking77
CC-BY-4.0). Absolute discounting with back-off. A line per word: the word, cost of it alone, cost of backing off, then
pairs "next:cost"; costs in tenths of a nat, words by their line in base 36. Word 0, "#", is the beginning and the end
of a sentence.
"""

import gzip
import math
import random
import re
from collections import Counter, defaultdict
from pathlib import Path

import yaml

from earshot_training.text.sentences import SentenceMixture, normalised

SEED = 11
SAMPLES = {"pattern": 60_000, "template": 60_000, "list": 5_000}
EVERYDAY_SAMPLES = 40_000
"""Of `everyday-LANGUAGE.yaml`."""
DISCOUNT = 0.7
LEAST_WORD_COUNT, LEAST_PAIR_COUNT = 4, 2
MOST_WORDS = 12_000
OUTPUT = Path(__file__).parents[2] / "models" / "embedded"
EDGE = "#"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ELISION = re.compile(r"\b([ldjmtscn]|qu|jusqu|lorsqu|puisqu)'(?=\w)")


def sentences(language: str) -> list[list[str]]:
    mixture = SentenceMixture(language, random.Random(SEED))
    texts = [*mixture._questions, *(word for word in mixture._common for _ in range(LEAST_WORD_COUNT))]
    for kind, count in SAMPLES.items():
        texts += [getattr(mixture, f"_{kind}")() for _ in range(count)]
    texts += everyday(language)
    plain = (normalised(text, language, longest=120) for text in texts)
    split = (_ELISION.sub(r"\1' ", text) if language == "fr" else text for text in plain if text)
    return [text.split() for text in split]


def everyday(language: str) -> list[str]:
    """What people say where a command takes any words; each value of each list at least `LEAST_WORD_COUNT` times."""
    lists = yaml.safe_load((Path(__file__).parent / f"everyday-{language}.yaml").read_text("utf8"))
    patterns = lists.pop("patterns").strip().split("\n")
    values = {name: text.split("|") for name, text in lists.items()}
    random_ = random.Random(SEED)
    fill = lambda slot: random_.choice(values[slot[1]])
    drawn = [re.sub(r"\{(\w+)\}", fill, random_.choice(patterns).strip()) for _ in range(EVERYDAY_SAMPLES)]
    return [*drawn, *(value for of in values.values() for value in of for _ in range(LEAST_WORD_COUNT))]


def base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if number == 0:
            return digits


def build(language: str) -> Path:
    texts = sentences(language)
    counts = Counter(word for text in texts for word in text)
    known = [word for word, count in counts.most_common(MOST_WORDS) if count >= LEAST_WORD_COUNT]
    index = {word: i for i, word in enumerate([EDGE, *known])}
    pairs: dict[int, Counter] = defaultdict(Counter)
    singles: Counter = Counter()
    for text in texts:
        ids = [0, *(index.get(word, -1) for word in text), 0]
        for before, word in zip(ids, ids[1:]):
            if word >= 0:
                singles[word] += 1
            if before >= 0 and word >= 0:
                pairs[before][word] += 1
    total = sum(singles.values())
    tenths = lambda probability: round(-10 * math.log(probability))
    lines = ["earshot-bigram 1"]
    for word, i in index.items():
        seen = pairs[i]
        kept = sorted((w, n) for w, n in seen.items() if n >= LEAST_PAIR_COUNT)
        whole = max(1, sum(seen.values()))
        given = sum((n - DISCOUNT) / whole for _, n in kept)
        below = sum(singles[w] / total for w, _ in kept)
        backoff = min(1.0, max(1e-3, (1 - given) / max(1e-3, 1 - below)))
        fields = [f"{base36(w)}:{tenths((n - DISCOUNT) / whole)}" for w, n in kept]
        lines.append(" ".join([word, str(tenths(singles[i] / total)), str(tenths(backoff)), *fields]))
    path = OUTPUT / f"bigram-{language}.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode() + b"\n", 9, mtime=0))
    print(f"{path}: {len(index)} words, {sum(len(line.split()) - 3 for line in lines[1:])} pairs, {path.stat().st_size} bytes, from {len(texts)} sentences")
    return path


if __name__ == "__main__":
    for each in ("en", "fr"):
        build(each)
