"""A mixture of sentences of one language: own patterns, word lists, Home Assistant's templates, question sets."""

import random
import re
from collections import Counter
from pathlib import Path

import yaml

from ..paths import DATA, WORK
from .normalise import normalised
from .numbers import common_number, in_words
from .templates import TemplateSampler

SEED = 20_26
DICTIONARIES = {"en": Path("/usr/share/dict/american-english"), "fr": Path("/usr/share/dict/french")}
QUESTION_SETS = ("snips", "clinc150", "hwu64", "banking77")
"""English only: CC0, CC-BY-3.0, CC-BY-4.0, CC-BY-4.0. Their training parts."""

SHARES = {
    "en": {"pattern": 40, "template": 17, "question": 20, "free": 11, "list": 12},
    "fr": {"pattern": 45, "template": 28, "free": 14, "list": 13},
}
_FRENCH_RARE_ENDINGS = re.compile(r"(ss|âmes|âtes|èrent|îmes|îtes|ûmes|ûtes|ions|iez)(e|es|ent|iez|ions)?$")


class SentenceMixture:
    def __init__(self, language: str, random_: random.Random) -> None:
        self._random, self._language = random_, language
        vocabulary = yaml.safe_load((Path(__file__).parent / f"vocabulary-{language}.yaml").read_text("utf8"))
        self._patterns = [pattern.strip() for pattern in vocabulary.pop("patterns").strip().split("\n")]
        self._lists = {name: [value.strip() for value in values.split("|")] for name, values in vocabulary.items()}
        self._common = vocabulary["common"].split()
        self._words = _dictionary(language)
        self._questions = _questions() if language == "en" else []
        templates = DATA / "ha-intents" / "2025-07"
        self._templates = TemplateSampler(templates, language, random_) if templates.exists() else None
        shares = dict(SHARES[language])
        if not self._templates:
            shares.pop("template")
        if not self._questions:
            shares.pop("question", None)
        self._kinds, self._weights = list(shares), list(shares.values())

    def one(self) -> str | None:
        kind = self._random.choices(self._kinds, self._weights)[0]
        return normalised(getattr(self, f"_{kind}")(), self._language)

    def short(self) -> str:
        kind = self._random.random()
        if kind < 0.3:
            return in_words(self._random.randint(0, 9), self._language)
        if kind < 0.4:
            return in_words(self._random.randint(10, 99), self._language)
        if kind < 0.65:
            answer = self._random.choice(self._lists[self._random.choice(["word_alone", "color", "item", "device"])])
            return normalised(answer, self._language) or self._word()
        return " ".join(self._word() for _ in range(self._random.choice([1, 1, 1, 2])))

    def _word(self) -> str:
        return self._random.choice(self._words if self._random.random() < 0.65 else self._common)

    def _fill(self, name: str) -> str:
        if name == "n":
            return common_number(self._random, self._language)
        return self._word() if name == "w" else self._random.choice(self._lists[name])

    def _pattern(self) -> str:
        return re.sub(r"\{(\w+)\}", lambda slot: self._fill(slot[1]), self._random.choice(self._patterns))

    def _template(self) -> str:
        anything = [f"{self._word()} {self._word()}" for _ in range(4)]
        try:
            return self._templates.sample(
                {"name": self._lists["device"], "area": self._lists["room"], "anything": anything}
            )
        except (KeyError, RecursionError):
            return ""

    def _question(self) -> str:
        return self._random.choice(self._questions)

    def _free(self) -> str:
        return " ".join(self._word() for _ in range(self._random.choice([1, 1, 2, 2, 3, 3, 4, 5, 6])))

    def _list(self) -> str:
        names = [name for name in self._lists if name != "common"]
        return " ".join(
            self._random.choice(self._lists[self._random.choice(names)])
            for _ in range(self._random.choice([1, 1, 1, 2, 2, 3, 4]))
        )


def _dictionary(language: str) -> list[str]:
    path = DICTIONARIES[language]
    if not path.exists():
        raise SystemExit(f"{path} is missing: apt-get install wamerican wfrench")
    words = [
        w
        for w in path.read_text("utf8").split()
        if w.islower() and "'" not in w and 2 <= len(w) <= 12 and normalised(w, language) == w
    ]
    return [w for w in words if language != "fr" or not _FRENCH_RARE_ENDINGS.search(w)]


def _questions() -> list[str]:
    paths = [DATA / "nlu" / name / "train.tsv" for name in QUESTION_SETS]
    return [
        line.split("\t")[1]
        for path in paths
        if path.exists()
        for line in path.read_text("utf8").splitlines()
        if "\t" in line
    ]


def write_short(language: str, count: int) -> Path:
    """`count` lines of one to three words, many of them more than once: digits, numbers, answers, any word."""
    random_ = random.Random(f"{SEED}-short-{language}")
    mixture, path = SentenceMixture(language, random_), WORK / "text" / f"{language}-short.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(mixture.short() for _ in range(count)) + "\n", "utf8")
    return path


def write_sentences(language: str, count: int) -> Path:
    """`count` distinct sentences, one a line; each at most once, in random order."""
    random_ = random.Random(f"{SEED}-{language}")
    mixture, found, tries = SentenceMixture(language, random_), Counter(), 0
    while len(found) < count and tries < 30 * count:
        tries += 1
        sentence = mixture.one()
        if sentence:
            found[sentence] += 1
    path = WORK / "text" / f"{language}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    sentences = list(found)
    random_.shuffle(sentences)
    path.write_text("\n".join(sentences) + "\n", "utf8")
    return path
